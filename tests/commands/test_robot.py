"""The pure part of the tour's hands: which keys of the on-screen keyboard type a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.robot import keys_of
from kiosk.form import AnswerValue
from kiosk.tones import Tone
from tests.sample_forms import FATHERS_DEATH, OWN_BIRTH
from ui.key_layouts import KeyboardKind, rows_for

KEYS = {key.name.removeprefix("key_") for row in rows_for(KeyboardKind.LETTERS) for key in row}
MARKS = {Tone.SAC: "\u0301", Tone.HUYEN: "\u0300", Tone.HOI: "\u0309", Tone.NGA: "\u0303", Tone.NANG: "\u0323"}
LETTERS = [unicodedata.normalize("NFC", vowel + mark) for vowel in "AĂÂEÊIOÔƠUƯY" for mark in ("", *MARKS.values())]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", []),
        ("MẪU 12", ["M", "Â", "ngã", "U", " ", "1", "2"]),
        ("Nguyễn", ["N", "G", "U", "Y", "Ê", "ngã", "N"]),
        ("ĐẶNG", ["Đ", "Ă", "nặng", "N", "G"]),
        ("Hòa", ["H", "O", "huyền", "A"]),
        ("Ở ĐÂU", ["Ơ", "hỏi", " ", "Đ", "Â", "U"]),
        ("25/2001", ["2", "5", "/", "2", "0", "0", "1"]),
    ],
)
def test_each_letter_then_its_tone(text: str, keys: list[str]) -> None:
    assert keys_of(text) == keys


@given(st.text(st.sampled_from(LETTERS), max_size=20))
def test_both_ways_of_writing_an_accent_are_the_same_keys(text: str) -> None:
    assert keys_of(unicodedata.normalize("NFD", text)) == keys_of(unicodedata.normalize("NFC", text))


@given(st.text(st.sampled_from(LETTERS), max_size=20))
def test_the_keys_spell_the_text(text: str) -> None:
    marks = {tone.value: mark for tone, mark in MARKS.items()}
    spelt = "".join(marks.get(key, key) for key in keys_of(text))
    assert unicodedata.normalize("NFC", spelt) == text


@pytest.mark.parametrize("letter", LETTERS)
def test_the_keyboard_has_every_key_of_a_vietnamese_letter(letter: str) -> None:
    assert set(keys_of(letter)) <= KEYS


@pytest.mark.parametrize("value", [*OWN_BIRTH.values(), *FATHERS_DEATH.values()])
def test_names_of_made_up_people_can_be_typed(value: AnswerValue | None) -> None:
    if isinstance(value, str) and value.isupper():
        assert set(keys_of(value)) <= KEYS
