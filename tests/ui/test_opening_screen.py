"""Tests of the opening page: it says so once when it can be seen, and there is nothing to press on it."""

from pytestqt.qtbot import QtBot

from ui.frame import Frame
from ui.opening_screen import OpeningScreen
from ui.theme import Theme


def test_it_tells_once_that_it_can_be_seen(qtbot: QtBot, theme: Theme) -> None:
    frame, screen = Frame(theme), OpeningScreen(theme)
    qtbot.addWidget(frame)
    told: list[bool] = []
    screen.painted.connect(lambda: told.append(screen.isVisible()))
    frame.set_screen(screen)
    assert told == []
    with qtbot.waitSignal(screen.painted, timeout=5000):
        frame.show()
    frame.repaint()
    qtbot.waitUntil(lambda: told == [True], timeout=5000)
    assert (screen.next_label, screen.can_go_back) == (None, False)
