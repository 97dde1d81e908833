"""The table of syllables agrees with what is written: official names of places, and the words of the kiosk itself."""

import re

from kiosk.resources import resource_path
from kiosk.syllables import is_syllable, may_become_syllable
from kiosk.typed_word import word_of

SOURCES = ("areas/communes.tsv", "areas/old_communes.tsv", "areas/provinces.tsv", "areas/old_provinces.tsv")
# Abbreviations, single letters, and one misspelling of the official list.
NO_SYLLABLES = {"qđ", "sđ", "đ", "nđ", "hđnd", "đgts", "ẫ", "ặ", "miầu"}


def accented_words(*names: str) -> set[str]:
    texts = [resource_path(*name.split("/")).read_text(encoding="utf-8") for name in names]
    words = {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    return {word for word in words if not word.isascii()}


def test_official_names_and_our_own_words_are_syllables() -> None:
    texts = next(resource_path("locale").rglob("*.po")).relative_to(resource_path())
    words = accented_words(*SOURCES, str(texts)) - NO_SYLLABLES
    assert len(words) > 1500
    typed = {word: word_of(word) for word in words}
    assert [word for word, one in typed.items() if not is_syllable(one.bases, one.tone)] == []
    assert all(one.literal is None for one in typed.values())


def test_beginnings_may_be_shaped_later_but_keep_their_shapes() -> None:
    assert all(map(may_become_syllable, ("", "q", "ngh", "duo", "đươ", "thuo", "krong", "mlo")))
    assert not any(map(may_become_syllable, ("ưan", "hôa", "tayl", "fra", "ngiê", "lph")))
