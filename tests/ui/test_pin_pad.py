"""The pad for PINs: by finger and by keyboard, one try a PIN, and nothing that was typed stays or shows."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.staff import PIN_MAX_DIGITS, Locked, WrongPin
from tests.ui.conftest import LOW, settle
from ui.pin_pad import PinPad, refusal_words
from ui.theme import Theme
from ui.tokens import Contrast, TextSize


@pytest.fixture
def pad(theme: Theme, qtbot: QtBot) -> PinPad:
    pad = PinPad(theme)
    qtbot.addWidget(pad)
    pad.show()
    pad.activateWindow()
    qtbot.waitUntil(pad.isActiveWindow)
    pad.setFocus()
    settle()
    return pad


def press(pad: PinPad, *names: str) -> None:
    for name in names:
        key = pad.findChild(QPushButton, f"pin_{name}")
        assert key is not None
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)


def entered(pad: PinPad) -> list[str]:
    pins: list[str] = []
    pad.entered.connect(pins.append)
    return pins


def test_a_pin_is_typed_with_the_keys_of_the_pad(pad: PinPad) -> None:
    pins = entered(pad)
    press(pad, *"2718", "erase", *"829", "enter")
    assert pins == ["271829"]
    assert pad.hasFocus()


def test_a_pin_is_typed_without_touching_the_glass(pad: PinPad) -> None:
    pins = entered(pad)
    QTest.keyClicks(pad, "27x18 8")
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClicks(pad, "29")
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert pins == ["271829"]


def test_what_was_typed_stands_nowhere_to_be_read(pad: PinPad) -> None:
    before = pad.grab().toImage()
    QTest.keyClicks(pad, "2718")
    assert pad.count == 4
    assert pad.grab().toImage() != before
    words = [label.text() for label in pad.findChildren(QLabel)] + [pad.accessibleName(), pad.accessibleDescription()]
    assert not any("2718" in word for word in words)


def test_one_pin_is_one_try_until_it_is_refused(pad: PinPad) -> None:
    pins = entered(pad)
    QTest.keyClicks(pad, "271829\r\r")
    press(pad, "1", "enter", "erase")
    assert (pins, pad.count) == (["271829"], 0)
    pad.refuse("Mã PIN không đúng.")
    assert pad.refusal == "Mã PIN không đúng."
    QTest.keyClicks(pad, "3")
    assert (pad.count, pad.refusal) == (1, "")


def test_a_page_that_goes_takes_what_was_typed_along(pad: PinPad) -> None:
    pad.refuse("Mã PIN không đúng.")
    QTest.keyClicks(pad, "2718")
    pad.hide()
    assert (pad.count, pad.refusal) == (0, "")


def test_no_pin_is_endless(pad: PinPad) -> None:
    QTest.keyClicks(pad, "1" * 40)
    assert pad.count == PIN_MAX_DIGITS


@pytest.mark.parametrize("text_size", TextSize)
def test_the_keys_are_as_big_as_fingers_want_them(theme: Theme, qtbot: QtBot, text_size: TextSize) -> None:
    theme.set_panel(LOW)
    theme.set_look(text_size, Contrast.LIGHT)
    pad = PinPad(theme)
    qtbot.addWidget(pad)
    pad.show()
    settle()
    keys = pad.findChildren(QPushButton)
    assert len(keys) == 12
    assert min(min(key.width(), key.height()) for key in keys) >= theme.metrics.touch_px
    rows = sorted({key.y() for key in keys})
    assert min(below - above for above, below in pairwise(rows)) >= theme.metrics.key_px + theme.metrics.px(2.54)
    assert pad.height() < theme.metrics.px(110)


def test_what_a_refusal_says() -> None:
    assert refusal_words(WrongPin(3)) == "Mã PIN không đúng. Còn 3 lần thử."
    until = datetime(2026, 3, 2, 7, 5, tzinfo=UTC)
    assert refusal_words(Locked(until)) == "Sai nhiều lần nên đã khóa. Thử lại sau 14:05."
