"""Judges what a hand-held reader sent: whether it is a card's, and whether its letters came through whole."""

import re
import unicodedata
from dataclasses import replace

from kiosk.card import CardRead, NotACard, parse_card
from kiosk.mrz import MrzRead, as_card, parse_mrz

# A syllable as the Telex way of typing spells it, its tone as a letter at the end: "Nguyeenx", "Vaws", "DDoongf". No
# Vietnamese syllable ends with one of these letters; names of the Central Highlands that do ("Ksor") begin otherwise.
_ONSET = "b|ch?|dd?|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x"
_TELEX_TONE = re.compile(rf"(?:{_ONSET})?[aeiouyăâêôơưw]{{1,4}}(?:ch?|m|ng?|nh|p|t)?[sfrxj]")
_TELEX_SHAPE = re.compile(rf"(?:{_ONSET})?[iuy]?(?:aa|ee|aw|ow|uw)[aeiouyw]{{0,2}}(?:ch?|m|ng?|nh|p|t|i|y|u|o)?|dd.+")
_LAST_ON_A_CARD = 7  # number, old number, name, birth, sex, address, issue


_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")  # "]Q1" before the text of a QR code, ISO/IEC 15424
_FRAMING = "\x02\x03\x04\0 \t\r\n\ufeff"  # what readers may be set to send around a text: STX, ETX, EOT, blanks


def bare_text(text: str) -> str:
    """The text without what a reader may be set to send around it, in Unicode's composed form (NFC); else unchanged."""
    return unicodedata.normalize("NFC", _without_prefix(text.strip(_FRAMING)).strip(_FRAMING))


def read_scanned(text: str) -> CardRead | NotACard:
    """The card in a text of unknown spelling, as the page that asks whether it is right takes it.

    What has only digits and signs (numbers, dates) is used in any case. If marks seem lost or turned into something
    else, `name` and `address` are empty: the name is left to be typed, and never guessed. Text that comes through a
    camera needs no such doubt (`kiosk.card.parse_card`).
    """
    text = bare_text(text)
    mrz = parse_mrz(text)
    if isinstance(mrz, MrzRead):
        return as_card(mrz)
    card = parse_card(text)
    if isinstance(card, CardRead):
        return _without_words(card) if marks_lost(card.name, card.address) else card
    wordless = parse_card(_words_left_out(text))
    return _without_words(wordless) if isinstance(wordless, CardRead) else card


def marks_lost(name: str, address: str) -> bool:
    """Whether a name and an address show signs that a reader in keyboard mode spoilt them.

    The signs: no letter beyond a to z in both (nearly every Vietnamese address has some), letters of the Telex way of
    typing left in ("Nguyeenx"), UTF-8 taken for Windows' letters ("VÄƒn"). Some rare right names are doubted too: they
    are typed then, which costs less than a wrong name in a dossier.
    """
    whole = f"{name} {address}"
    if whole.isascii():
        return True
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", whole))
    return any(_telex(word.casefold()) for word in words) or _misread_utf8(whole)


def _without_prefix(text: str) -> str:
    found = _SYMBOLOGY.match(text)
    return text[found.end() :] if found else text


def _telex(word: str) -> bool:
    return word.isascii() and bool(_TELEX_TONE.fullmatch(word) or _TELEX_SHAPE.fullmatch(word))


def _misread_utf8(text: str) -> bool:
    """Whether a part of the text makes sense as UTF-8 once its letters are taken for Windows' bytes again."""
    for run in re.findall(r"\S+", text):
        for code_page in ("cp1252", "cp1258", "latin-1"):
            try:
                again = run.encode(code_page).decode("utf-8")
            except UnicodeError:
                continue
            if again != run:
                return True
    return False


def _words_left_out(text: str) -> str:
    """The text with its name as one letter and without its address: what is left shows whether it is a card's."""
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < _LAST_ON_A_CARD - 1:
        return text
    name_at = 2 if not parts[1] or parts[1][0].isdigit() else 1
    sex_at, address_at = name_at + 2, name_at + 3
    if len(parts) <= address_at or not parts[name_at] or not parts[sex_at]:
        return text
    parts[name_at], parts[address_at] = "X", ""
    parts[sex_at] = _sex(parts[sex_at])
    later = [part if re.fullmatch(r"[\d ]*", part) else "" for part in parts[address_at + 1 :]]
    return "|".join([*parts[: address_at + 1], *later])


def _sex(text: str) -> str:
    """ "Nam" has no mark to lose; "Nữ" loses it in many ways ("Nu", "Nuwx", "N?", "Ná»¯"), all of them short."""
    return "Nữ" if re.fullmatch(r"n(?!a).{0,3}", text.casefold()) else text


def _without_words(card: CardRead) -> CardRead:
    return replace(card, name="", address="", extras=())
