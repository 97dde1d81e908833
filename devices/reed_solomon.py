"""Mends the codewords of a QR code's block: wrong ones, and ones known to be unsure (Reed-Solomon over GF(256))."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Word = NDArray[np.uint8]

_FIELD = 0x11D  # x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004:2015, 7.5.2)


def _tables() -> tuple[list[int], list[int]]:
    powers, logs = [0] * 510, [0] * 256
    value = 1
    for power in range(255):
        powers[power] = powers[power + 255] = value
        logs[value] = power
        value = value << 1 ^ (_FIELD if value & 0x80 else 0)
    return powers, logs


_POWERS, _LOGS = _tables()
_POWERS_ARRAY, _LOGS_ARRAY = np.array(_POWERS, np.uint8), np.array(_LOGS)
_PRODUCTS_ARRAY = np.where(
    np.multiply.outer(np.arange(256), np.arange(256)) == 0, 0, _POWERS_ARRAY[_LOGS_ARRAY[:, None] + _LOGS_ARRAY]
).astype(np.uint8)
_PRODUCTS = [bytes(row) for row in _PRODUCTS_ARRAY]  # plain bytes: the loops below take one at a time


def mend(word: Word, checks: int, unsure: Sequence[int] = (), spare: int = 0) -> Word | None:
    """The word with its errors mended, or None where that is beyond its last `checks` codewords.

    Twice the errors and the `unsure` places may come to `checks - spare`: each spare check makes it 256 times less
    likely that noise is taken for a word.
    """
    if len(unsure) > checks - spare:
        return None
    syndromes = _syndromes(word, checks)
    if not any(syndromes):
        return word
    locator = _locator(syndromes, [len(word) - 1 - place for place in unsure])
    degree = len(locator) - 1
    errors = degree - len(unsure)
    if errors < 0 or 2 * errors + len(unsure) > checks - spare:
        return None
    places = _roots(locator, len(word))
    if len(places) != degree:
        return None
    mended = _with_errors_out(word, syndromes, locator, places)
    return mended if not any(_syndromes(mended, checks)) else None


def _syndromes(word: Word, checks: int) -> list[int]:
    terms = _PRODUCTS_ARRAY[word[None, :], _syndrome_factors(len(word), checks)]
    return [int(value) for value in np.bitwise_xor.reduce(terms, axis=1)]


@cache
def _syndrome_factors(length: int, checks: int) -> Word:
    factors: Word = _POWERS_ARRAY[np.arange(length - 1, -1, -1)[None, :] * np.arange(checks)[:, None] % 255]
    return factors


def _value(polynomial: Sequence[int], power: int) -> int:
    """At the field's generator to a power (0 to 255); coefficients from the lowest."""
    total = 0
    for degree, coefficient in enumerate(polynomial):
        if coefficient:
            total ^= _POWERS[(_LOGS[coefficient] + degree * power) % 255]
    return total


def _roots(locator: Sequence[int], length: int) -> list[int]:
    """The powers below `length` whose places the locator names."""
    powers = np.arange(len(locator))[:, None] * (255 - np.arange(length))[None, :] % 255
    terms = _PRODUCTS_ARRAY[np.array(locator)[:, None], _POWERS_ARRAY[powers]]
    return [int(power) for power in np.nonzero(np.bitwise_xor.reduce(terms, axis=0) == 0)[0]]


def _locator(syndromes: Sequence[int], erased: Sequence[int]) -> list[int]:
    """Berlekamp-Massey that begins with the places that are known to be unsure."""
    locator = [1]
    for power in erased:
        row = _PRODUCTS[_POWERS[power]]
        locator = [a ^ row[b] for a, b in zip([*locator, 0], [0, *locator], strict=True)]
    before, length = list(locator), len(erased)
    for step in range(len(erased), len(syndromes)):
        before.insert(0, 0)
        gap = 0
        for degree, coefficient in enumerate(locator[: step + 1]):
            gap ^= _PRODUCTS[coefficient][syndromes[step - degree]]
        if not gap:
            continue
        row = _PRODUCTS[gap]
        scaled = [row[coefficient] for coefficient in before]
        grown = [
            (locator[i] if i < len(locator) else 0) ^ (scaled[i] if i < len(scaled) else 0)
            for i in range(max(len(locator), len(scaled)))
        ]
        if 2 * (length - len(erased)) <= step - len(erased):
            row = _PRODUCTS[_POWERS[255 - _LOGS[gap]]]
            before = [row[coefficient] for coefficient in locator]
            length = step + 1 - (length - len(erased))
        locator = grown
    while len(locator) > 1 and not locator[-1]:
        locator.pop()
    return locator


def _with_errors_out(word: Word, syndromes: Sequence[int], locator: Sequence[int], places: Sequence[int]) -> Word:
    """Forney's formula; the first root of the code is the generator to the power 0."""
    checks = len(syndromes)
    evaluator = [0] * checks
    for i, coefficient in enumerate(locator):
        for j in range(checks - i):
            evaluator[i + j] ^= _PRODUCTS[coefficient][syndromes[j]]
    slope = [coefficient if degree % 2 else 0 for degree, coefficient in enumerate(locator)]
    mended = word.copy()
    for power in places:
        divisor = _value(slope, 255 - power)
        if divisor:
            error = _PRODUCTS[_value(evaluator, 255 - power)][_POWERS[255 - _LOGS[divisor]]]
            # The slope above is the derivative times its argument, so the argument's own factor is in it already.
            mended[len(word) - 1 - power] ^= error
    return mended
