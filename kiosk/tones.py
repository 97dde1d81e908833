"""Put a Vietnamese tone mark on the syllable just typed, where modern spelling wants it."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum


class Tone(StrEnum):
    """The five tone marks."""

    SAC = "sắc"
    HUYEN = "huyền"
    HOI = "hỏi"
    NGA = "ngã"
    NANG = "nặng"


_MARKS = {
    Tone.SAC: "\u0301",
    Tone.HUYEN: "\u0300",
    Tone.HOI: "\u0309",
    Tone.NGA: "\u0303",
    Tone.NANG: "\u0323",
}
_TONE_OF = {mark: tone for tone, mark in _MARKS.items()}
SHAPED_VOWELS = "ăâêôơư"
_VOWELS = "aeiouy" + SHAPED_VOWELS
_SECOND = ("oa", "oe", "uy")
_LAST_SYLLABLE = re.compile(r"([^\W\d_]+)(\s*)$")


def apply_tone(text_before_cursor: str, tone: Tone) -> str:
    """The same text with `tone` on its last syllable; the tone that is already there is taken off again.

    Modern placement (hoà, thuý). Who needs the older one (hòa, thúy), as many birth certificates have it,
    presses the tone key right after the vowel that carries it. Text without a vowel stays as it is.
    The answer is in NFC as far as the syllable goes.
    """
    match = _LAST_SYLLABLE.search(unicodedata.normalize("NFC", text_before_cursor))
    if match is None:
        return text_before_cursor
    letters = [split_tone(letter) for letter in match[1]]
    at = tone_position([base.lower() for base, _tone in letters])
    if at is None:
        return text_before_cursor
    had = next((found for _base, found in letters if found is not None), None)
    bases = [base for base, _tone in letters]
    if had is not tone:
        bases[at] = with_tone(bases[at], tone)
    return match.string[: match.start()] + "".join(bases) + match[2]


def split_tone(letter: str) -> tuple[str, Tone | None]:
    """(letter without its tone mark, the tone): "Ễ" gives ("Ê", NGA)."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONE_OF[part] for part in parts if part in _TONE_OF), None)
    bare = "".join(part for part in parts if part not in _TONE_OF)
    return unicodedata.normalize("NFC", bare), tone


def with_tone(letter: str, tone: Tone) -> str:
    """The letter with its tone mark, in NFC."""
    return unicodedata.normalize("NFC", letter + _MARKS[tone])


def vowels_of(bases: Sequence[str]) -> tuple[int, int]:
    """Where the last run of vowels begins and ends, (0, 0) without a vowel. The u of "qu" counts, and the i of "gi"."""
    vowels = [index for index, base in enumerate(bases) if base in _VOWELS]
    if not vowels:
        return 0, 0
    start = vowels[-1]
    while start > 0 and bases[start - 1] in _VOWELS:
        start -= 1
    return start, vowels[-1] + 1


def tone_position(bases: Sequence[str], *, older: bool = False) -> int | None:
    """Index of the vowel that carries the tone, None without a vowel. `bases` are lower case, without tones; the
    older spelling (hòa, khỏe, thúy) differs in open oa, oe and uy only."""
    start, end = vowels_of(bases)
    if not end:
        return None
    # "qu" and "gi" before another vowel are consonants: quà, giá, but gì.
    if end - start > 1 and start > 0 and bases[start - 1] + bases[start] in ("qu", "gi"):
        start += 1
    shaped = [index for index in range(start, end) if bases[index] in SHAPED_VOWELS]
    if shaped:
        return shaped[-1]
    closed = end < len(bases)
    nucleus = "".join(bases[start:end])
    match len(nucleus):
        case 1:
            return start
        case 2:
            second = closed or (nucleus in _SECOND and not older)
            return start + 1 if second or nucleus == "ue" else start
        case _:
            return end - 1 if closed else start + 1
