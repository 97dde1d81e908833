"""Tests of ui.scanned_keys: the ways in which readers send a letter."""

import unicodedata

import pytest
from PySide6.QtCore import Qt

from tests.ui.strokes import ALT, CARD, CONTROL, NO, PAD, SHIFT, by_alt_codes, scanned
from ui.scanned_keys import NO_KEY, ScannedKeys, Stroke


def text_of(strokes: list[Stroke]) -> str:
    keys = ScannedKeys()
    for stroke in strokes:
        assert stroke.key in (Qt.Key.Key_Shift, Qt.Key.Key_Alt) or not stroke.down or keys.counts(stroke)
        keys.take(stroke)
    return keys.text


def test_keys_with_their_text() -> None:
    assert text_of(scanned(CARD)) == CARD


def test_alt_codes_above_255_are_unicode_letters() -> None:
    assert text_of(by_alt_codes(str(ord(letter)).zfill(4) for letter in "Nguyễn Văn Mẫu")) == "Nguyễn Văn Mẫu"


def test_alt_codes_of_the_vietnamese_code_page() -> None:
    codes = [f"0{byte}" for byte in "Nguyê\u0303n".encode("cp1258")]
    assert unicodedata.normalize("NFC", text_of(by_alt_codes(codes))) == "Nguyễn"


def test_alt_codes_with_num_lock_off() -> None:
    pad = [Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Home]  # 7877: ễ is 7877
    strokes = [Stroke(key, "", 0, ALT | PAD) for key in pad]
    assert text_of([*strokes, Stroke(Qt.Key.Key_Alt, "", 0, NO, down=False)]) == "ễ"


def test_a_number_below_256_is_of_the_same_kind_as_the_others() -> None:
    assert text_of(by_alt_codes(["0227"])) == "ă"
    assert text_of(by_alt_codes(["0227", "7877"])) == "ãễ"


@pytest.mark.parametrize("code", ["1114112", "55296", "0210000", "0255255255"])
def test_a_number_of_no_letter_is_nothing(code: str) -> None:
    assert text_of(by_alt_codes([code, "065"])) == "A"


def test_a_letter_that_windows_put_together_too_comes_once() -> None:
    strokes = by_alt_codes(["7877"])
    assert text_of([*strokes, Stroke(NO_KEY, "ễ", 9), *scanned("n")]) == "ễn"


@pytest.mark.parametrize("ends_with", ["space", "release"])
def test_letters_as_linux_takes_them(ends_with: str) -> None:
    both = CONTROL | SHIFT
    strokes = [Stroke(Qt.Key.Key_U, "\x15", 0, both)]
    if ends_with == "space":
        strokes += [Stroke(ord(digit), digit.lower(), 1) for digit in "1EC5"]
        strokes += [Stroke(Qt.Key.Key_Space, " ", 2)]
    else:
        strokes += [Stroke(ord(digit), "", 1, both) for digit in "1EC5"]
        strokes += [Stroke(key, "", 2, NO, down=False) for key in (Qt.Key.Key_Shift, Qt.Key.Key_Control)]
    assert text_of([*strokes, *scanned("n ")]) == "ễn "


def test_what_an_input_method_takes_back_is_taken_back() -> None:
    assert text_of(scanned("Nguye\b\bê\u0303n\b\bễn")) == "Nguêễn"


@pytest.mark.parametrize(
    "stroke",
    [
        Stroke(Qt.Key.Key_Left, "", 0),
        Stroke(Qt.Key.Key_Escape, "\x1b", 0),
        Stroke(Qt.Key.Key_F1, "", 0),
        Stroke(Qt.Key.Key_V, "\x16", 0, CONTROL),
        Stroke(Qt.Key.Key_1, "1", 0, CONTROL | PAD),
    ],
)
def test_other_keys_are_no_letters(stroke: Stroke) -> None:
    keys = ScannedKeys()
    assert not keys.counts(stroke)
    keys.take(stroke)
    assert keys.text == ""
