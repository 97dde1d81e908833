"""Facts of written Vietnamese: folding accents for search, people's names, numbers and money."""

import re
import unicodedata
from functools import lru_cache

from kiosk.texts import _, marked, sayable

# Latin letters up to Extended-B and the Vietnamese block: Vietnamese, the languages of the Central Highlands
# (ƀ, č, ŏ …) and European names. Some highland letters (ê̆, ơ̆) exist only with a combining mark.
_THOUSAND = marked("1.000")
"""A catalogue translates it with its own sign between the thousands: 8.000 is eight to who reads English."""
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
# Part of the contract with portals: also in the JSON Schema of every form (kiosk.form_schema).
NAME_PATTERN = rf"[{_LETTER}](?:[{_LETTER}]|[\u0300-\u036F](?![\u0300-\u036F]{{2}})|[ .'’ʼ-])*"


def fold(text: str) -> str:
    """Lower case without accents, punctuation as single spaces: "Phường Cư M'gar" becomes "phuong cu m gar"."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


@lru_cache(maxsize=8192)  # the names of all communes: a search with accents asks for them at every key press
def spelling(text: str) -> str:
    """Lower case with every accent, but the tone of a word after it: "hoà" and "hòa" become the same."""
    return " ".join(_tone_last(word) for word in unicodedata.normalize("NFD", text.casefold()).split())


def is_vietnamese_name(text: str) -> bool:
    """Whether `text` has only what a person's name has: Latin letters, marks, space, apostrophe, hyphen, dot.

    Names of every ethnic group and of foreigners pass; digits, markup and other scripts do not. Nothing is
    said about the number of words: some people have one.
    """
    return re.fullmatch(NAME_PATTERN, unicodedata.normalize("NFC", text)) is not None


def name_case(text: str) -> str:
    """A name that was typed without any capital letter, with the capitals of a name: "h'hen niê" becomes "H'Hen Niê".
    What has a capital anywhere stays as it was typed: only its owner knows how it is written ("K'brẽo", "de la Cruz").
    """
    if text != text.lower():
        return text
    return re.sub(r"(?:^|(?<=[ .'’ʼ-]))\S", lambda first: first.group().upper(), text)


@sayable
def number_grouped(number: int) -> str:
    """1234567 as "1.234.567", or with the sign between the thousands that the language in use has."""
    return f"{number:,}".replace(",", _(_THOUSAND)[1])


def dong(amount: int | None) -> str:
    """An amount of money: 8000 as "8.000 đồng", and None as an amount that only the counter knows."""
    if amount is None:
        return _("hỏi quầy")
    return _("{amount} đồng").format(amount=number_grouped(amount))


@sayable
def in_a_sentence(words: str) -> str:
    """With a small first letter, unless it begins an abbreviation: "số trang", "UBND xã"."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _tone_last(decomposed: str) -> str:
    return "".join(sorted(decomposed, key=_TONES.__contains__))
