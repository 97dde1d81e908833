"""Silence is told when its limit is over; any key or touch begins the time anew."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.idle import IdleWatch


def press_a_key(window: QWidget) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)


def touch(window: QWidget) -> None:
    QTest.touchEvent(window, QTest.createTouchDevice()).press(0, window.rect().center(), window).commit()


def press_a_mouse(window: QWidget) -> None:
    QTest.mouseClick(window, Qt.MouseButton.LeftButton)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_silence_is_told_each_time_that_it_is_watched_for(qapp: QApplication, window: QWidget, qtbot: QtBot) -> None:
    watch = IdleWatch(qapp, window)
    for _round in range(2):
        with qtbot.waitSignal(watch.idle):
            watch.watch(0.01)


@pytest.mark.parametrize("act", [press_a_key, touch, press_a_mouse])
def test_a_sign_of_life_begins_the_time_anew(
    qapp: QApplication, window: QWidget, act: Callable[[QWidget], None]
) -> None:
    watch = IdleWatch(qapp, window)
    watch.watch(3600)
    [timer] = watch.findChildren(QTimer)
    before = timer.timerId()  # each start is given another
    act(window)
    assert timer.isActive()
    assert timer.timerId() != before


def test_no_limit_is_no_watch(qapp: QApplication, window: QWidget) -> None:
    watch = IdleWatch(qapp, window)
    watch.watch(3600)
    watch.watch(0)
    [timer] = watch.findChildren(QTimer)
    press_a_key(window)
    assert not timer.isActive()
