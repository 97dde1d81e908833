"""Identifiers made at the desk: the dossier's client_ref (UUIDv7) and the codes that a person can say on the phone."""

import hashlib
import re
import uuid

# Crockford's base 32: no I, L, O, U, so nothing on paper or on the phone is read as something else.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOLS = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_CODE_LENGTH = 10
_DRAFT_CODE_LENGTH = 8
DRAFT_CODE_BYTES = 5


def uuid7(unix_ms: int, random_bytes: bytes) -> uuid.UUID:
    """A UUID of version 7 (RFC 9562 §5.7): `unix_ms` since 1970 in 48 bits, then 74 bits of `random_bytes`.

    Clock and randomness come from the caller: 10 random bytes. ValueError for another length or a time
    outside 48 bits.
    """
    if len(random_bytes) != 10 or not 0 <= unix_ms < 1 << 48:
        raise ValueError("uuid7 needs 10 random bytes and a time of 48 bits")
    noise = int.from_bytes(random_bytes)
    version_and_a = 0x7000 | noise >> 68
    variant_and_b = 1 << 63 | noise & (1 << 62) - 1
    return uuid.UUID(int=unix_ms << 80 | version_and_a << 64 | variant_and_b)


def slip_code(client_ref: uuid.UUID) -> str:
    """The code on the slip: nine characters of SHA-256(client_ref) and a check character.

    45 bits: among a million dossiers the chance that any two share a code is one in seventy, so a code finds
    a dossier, but client_ref stays its identity.
    """
    digest = hashlib.sha256(client_ref.bytes).digest()
    number = int.from_bytes(digest[:6]) >> 3
    symbols = [number >> shift & 31 for shift in range(40, -1, -5)]
    return "".join(_ALPHABET[symbol] for symbol in [*symbols, _check_symbol(symbols)])


def format_slip_code(code: str) -> str:
    """The code as it is printed and read aloud: "ABCDE-FGHJK"."""
    return f"{code[:5]}-{code[5:]}"


def parse_slip_code(text: str) -> str | None:
    """The code that was typed or heard, or None when it cannot be one.

    Case, spaces and dashes do not matter; O is 0, I and L are 1. The check character finds every single
    wrong character and every swap of two characters.
    """
    return _parse(text, _CODE_LENGTH)


def draft_code(random_bytes: bytes) -> str:
    """The code of a draft that was saved on purpose: seven random characters (35 bits of DRAFT_CODE_BYTES random bytes)
    and a check character. ValueError for another length."""
    if len(random_bytes) != DRAFT_CODE_BYTES:
        raise ValueError(f"a draft's code needs {DRAFT_CODE_BYTES} random bytes")
    number = int.from_bytes(random_bytes)
    symbols = [number >> shift & 31 for shift in range(30, -1, -5)]
    return "".join(_ALPHABET[symbol] for symbol in [*symbols, _check_symbol(symbols)])


def format_draft_code(code: str) -> str:
    """The code as it is printed and read aloud: "ABCD-EFGH"."""
    return f"{code[:4]}-{code[4:]}"


def parse_draft_code(text: str) -> str | None:
    """The code that was typed or heard, as `parse_slip_code` does it, or None when it cannot be one."""
    return _parse(text, _DRAFT_CODE_LENGTH)


def _parse(text: str, length: int) -> str | None:
    letters = re.sub(r"[\s–—-]", "", text).upper()
    if len(letters) != length or any(letter not in _SYMBOLS for letter in letters):
        return None
    symbols = [_SYMBOLS[letter] for letter in letters]
    if _check_symbol(symbols[:-1]) != symbols[-1]:
        return None
    return "".join(_ALPHABET[symbol] for symbol in symbols)


def _check_symbol(symbols: list[int]) -> int:
    """Weighted sum in GF(32), the weights being different powers of a primitive element, by Horner's rule.

    A wrong symbol changes the sum because no weight is zero; a swap does because no two weights are equal.
    """
    total = 0
    for symbol in symbols:
        total = (total ^ symbol) << 1
        if total & 0b100000:
            total ^= 0b100101  # x^5 + x^2 + 1, primitive: the powers of x are all 31 elements but zero
    return total
