"""The page is hidden at once; the question can be answered as often as wanted, and silence ends the visit."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.cover import Cover
from ui.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_it_covers_everything_and_has_the_focus(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    cover = Cover(theme, 45, window)
    assert cover.geometry() == window.rect()
    assert "45 giây" in [label.text() for label in cover.findChildren(QLabel)]
    qtbot.waitUntil(cover.stay.hasFocus)


def test_silence_ends_it(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    cover = Cover(theme, 2, window)
    [tick] = cover.findChildren(QTimer)
    tick.setInterval(1)
    with qtbot.waitSignal(cover.ended):
        pass
    assert "0 giây" in [label.text() for label in cover.findChildren(QLabel)]
    assert not tick.isActive()


def test_both_answers_are_heard(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    cover = Cover(theme, 45, window)
    with qtbot.waitSignal(cover.stayed):
        cover.stay.click()
    with qtbot.waitSignal(cover.wiped):
        cover.findChildren(QWidget, "end_visit")[0].click()  # type: ignore[attr-defined]  # a button
