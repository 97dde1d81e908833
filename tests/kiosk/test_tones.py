"""Tone marks land where modern Vietnamese spelling puts them."""

import unicodedata

import pytest

from kiosk.tones import Tone, apply_tone

PLACES = [
    ("NGUYÊN", Tone.NGA, "NGUYỄN"),
    ("nguyên", Tone.NGA, "nguyễn"),
    ("ĐÔ", Tone.NGA, "ĐỖ"),
    ("Huynh", Tone.HUYEN, "Huỳnh"),
    ("hoa", Tone.HUYEN, "hoà"),
    ("thuy", Tone.SAC, "thuý"),
    ("khoe", Tone.HOI, "khoẻ"),
    ("hoan", Tone.HUYEN, "hoàn"),
    ("hoai", Tone.HUYEN, "hoài"),
    ("mia", Tone.SAC, "mía"),
    ("mua", Tone.HUYEN, "mùa"),
    ("mưa", Tone.SAC, "mứa"),
    ("gao", Tone.NANG, "gạo"),
    ("quyên", Tone.HOI, "quyển"),
    ("qua", Tone.HUYEN, "quà"),
    ("quy", Tone.SAC, "quý"),
    ("gia", Tone.SAC, "giá"),
    ("gi", Tone.HUYEN, "gì"),
    ("giêng", Tone.SAC, "giếng"),
    ("gin", Tone.HUYEN, "gìn"),
    ("người", Tone.HUYEN, "ngươi"),
    ("ngươi", Tone.HUYEN, "người"),
    ("hưu", Tone.NANG, "hựu"),
    ("khuyu", Tone.HOI, "khuỷu"),
    ("tuân", Tone.SAC, "tuấn"),
    ("yên", Tone.HOI, "yển"),
    ("y", Tone.SAC, "ý"),
    ("Ă", Tone.HOI, "Ẳ"),
]


@pytest.mark.parametrize(("typed", "tone", "expected"), PLACES)
def test_the_tone_lands_on_its_vowel(typed: str, tone: Tone, expected: str) -> None:
    assert apply_tone(typed, tone) == expected


def test_only_the_last_syllable_changes() -> None:
    assert apply_tone("Trần Văn Mâu", Tone.NGA) == "Trần Văn Mẫu"
    assert apply_tone("12/3 đương", Tone.HUYEN) == "12/3 đường"


def test_a_space_after_the_syllable_does_not_matter() -> None:
    assert apply_tone("NGUYÊN ", Tone.NGA) == "NGUYỄN "


def test_the_same_tone_again_takes_it_off_and_another_replaces_it() -> None:
    assert apply_tone("Đỗ", Tone.NGA) == "Đô"
    assert apply_tone("Đỗ", Tone.NANG) == "Độ"
    assert apply_tone("hóa", Tone.HUYEN) == "hoà"


def test_the_older_placement_can_be_typed() -> None:
    assert apply_tone("ho", Tone.HUYEN) + "a" == "hòa"


@pytest.mark.parametrize("text", ["", " ", "123", "Đ", "a1", "th"])
def test_text_without_a_vowel_at_its_end_stays(text: str) -> None:
    assert apply_tone(text, Tone.SAC) == text


def test_decomposed_input_gives_composed_output() -> None:
    assert apply_tone(unicodedata.normalize("NFD", "nguyên"), Tone.NGA) == "nguyễn"
