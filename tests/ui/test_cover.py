"""The page is hidden at once; the question can be answered as often as wanted, and silence ends the visit."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.cover import FRESH_S, AtTheEnd, Cover
from ui.theme import Theme


@dataclass
class Hand:
    """A clock that a test turns."""

    now_s: float = 0.0


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def made(theme: Theme, window: QWidget, hand: Hand, end: AtTheEnd | None = None) -> tuple[Cover, list[str]]:
    """A cover of 45 seconds, and what it says."""
    cover, said = Cover(theme, 45, window, end, lambda: hand.now_s), list[str]()
    for name in ("stayed", "more_time_asked", "ended", "wiped", "nearly_over"):
        getattr(cover, name).connect(lambda name=name: said.append(name))
    return cover, said


def pass_by(cover: Cover, hand: Hand, seconds: int) -> None:
    for _second in range(seconds):
        hand.now_s += 1
        cover.tick()


def press(cover: Cover, name: str) -> None:
    button = cover.findChild(QWidget, name)
    assert isinstance(button, QWidget)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_covers_everything_and_has_the_focus(theme: Theme, window: QWidget, hand: Hand, qtbot: QtBot) -> None:
    cover, _said = made(theme, window, hand)
    assert cover.geometry() == window.rect()
    qtbot.waitUntil(cover.stay.hasFocus)


def test_numbers_are_shown_in_the_last_half_only_and_silence_ends_it(theme: Theme, window: QWidget, hand: Hand) -> None:
    cover, said = made(theme, window, hand)
    pass_by(cover, hand, 22)
    assert not cover.count.text().strip()
    pass_by(cover, hand, 1)
    assert cover.count.text() == "22 giây"
    assert said == []
    pass_by(cover, hand, 12)
    assert said == ["nearly_over"]
    pass_by(cover, hand, 60)
    assert said == ["nearly_over", "ended"]
    assert cover.count.text() == "0 giây"


def test_every_key_and_every_touch_keeps_the_visit_once_it_is_let_go(theme: Theme, window: QWidget, hand: Hand) -> None:
    cover, said = made(theme, window, hand)
    QTest.mousePress(cover, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
    QTest.keyPress(cover, Qt.Key.Key_7)
    QTest.keyClick(cover.stay, Qt.Key.Key_Tab)
    assert said == []
    QTest.mouseRelease(cover, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
    QTest.keyRelease(cover, Qt.Key.Key_7)
    QTest.keyClick(cover.stay, Qt.Key.Key_Escape)
    press(cover, "still_here")
    assert said == ["stayed"] * 4
    QTest.keyPress(cover.stay, Qt.Key.Key_Return)
    assert said == ["stayed"] * 5


@pytest.mark.parametrize(("name", "means"), [("end_visit", "wiped"), ("more_time", "more_time_asked")])
def test_what_was_meant_for_the_page_only_keeps_the_visit(
    theme: Theme, window: QWidget, hand: Hand, name: str, means: str
) -> None:
    cover, said = made(theme, window, hand)
    hand.now_s += FRESH_S / 2
    press(cover, name)
    hand.now_s += FRESH_S
    press(cover, name)
    assert said == ["stayed", means]


def test_the_staff_are_told_that_their_page_locks(theme: Theme, window: QWidget, hand: Hand) -> None:
    cover, _said = made(theme, window, hand, AtTheEnd(staff=True))
    assert "Hết giờ này máy khóa trang dành cho cán bộ." in [label.text() for label in cover.findChildren(QLabel)]
    more = cover.findChild(QWidget, "more_time")
    assert more is not None
    assert more.isHidden()
