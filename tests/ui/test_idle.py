"""Silence is told when its limit is over; any key or touch begins the time anew, and machines that work stop it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.idle import IdleWatch, Pause, slept_through_s

LIMIT_S = 150.0
DEAF_MS = 60


@dataclass
class Hands:
    """A clock and a reason to wait that a test steers."""

    now_s: float = 1000.0
    pause: Pause = Pause.NONE


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
    window.resize(300, 200)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def watch(qapp: QApplication, window: QWidget, hands: Hands) -> Iterator[IdleWatch]:
    made = IdleWatch(qapp, window, lambda: hands.pause, lambda: hands.now_s)
    yield made
    qapp.removeEventFilter(made)


def quiet_for(watch: IdleWatch, hands: Hands, seconds: float) -> list[str]:
    """What was told while so much time went by, a second at a time."""
    told: list[str] = []
    watch.idle.connect(lambda: told.append("idle"))
    watch.slept.connect(lambda: told.append("slept"))
    for _second in range(round(seconds)):
        hands.now_s += 1
        watch.tick()
    watch.idle.disconnect()
    watch.slept.disconnect()
    return told


def test_real_time_is_told_each_time_that_it_is_watched_for(qapp: QApplication, window: QWidget, qtbot: QtBot) -> None:
    watch = IdleWatch(qapp, window)
    for _round in range(2):
        with qtbot.waitSignal(watch.idle):
            watch.watch(0.01)


def test_silence_is_told_once_at_its_limit(watch: IdleWatch, hands: Hands) -> None:
    watch.watch(LIMIT_S)
    assert quiet_for(watch, hands, LIMIT_S - 1) == []
    assert quiet_for(watch, hands, 400) == ["idle"]
    watch.watch(0)
    assert quiet_for(watch, hands, 10_000) == []


@pytest.mark.parametrize("act", [press_a_key, touch, press_a_mouse])
def test_a_sign_of_life_begins_the_time_anew(
    window: QWidget, watch: IdleWatch, hands: Hands, act: Callable[[QWidget], None]
) -> None:
    watch.watch(LIMIT_S)
    quiet_for(watch, hands, LIMIT_S - 1)
    act(window)
    assert quiet_for(watch, hands, LIMIT_S - 1) == []
    assert quiet_for(watch, hands, 1) == ["idle"]


def test_what_only_lies_there_is_nobody(window: QWidget, watch: IdleWatch, hands: Hands) -> None:
    glass, middle = QTest.createTouchDevice(), window.rect().center()
    QTest.touchEvent(window, glass).press(0, middle, window).commit()
    watch.watch(LIMIT_S)
    quiet_for(watch, hands, LIMIT_S - 1)
    QTest.touchEvent(window, glass).move(0, middle * 1.1, window).commit()
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True)
    QApplication.sendEvent(window, held)
    assert quiet_for(watch, hands, 1) == ["idle"]
    watch.watch(LIMIT_S)
    quiet_for(watch, hands, LIMIT_S - 1)
    QTest.touchEvent(window, glass).stationary(0).press(1, middle / 2, window).commit()  # somebody, beside the bag
    assert quiet_for(watch, hands, 1) == []
    QTest.touchEvent(window, glass).release(0, middle, window).release(1, middle / 2, window).commit()


@pytest.mark.parametrize(("pause", "at_most_s"), [(Pause.MACHINE, 180), (Pause.VOICE, 600)])
def test_what_a_machine_does_pauses_it_so_long_and_no_longer(
    watch: IdleWatch, hands: Hands, pause: Pause, at_most_s: int
) -> None:
    watch.watch(LIMIT_S)
    hands.pause = pause
    assert quiet_for(watch, hands, at_most_s + LIMIT_S - 1) == []
    watch.go_on(LIMIT_S)  # somebody touched: on the same page the pause is used up
    assert quiet_for(watch, hands, LIMIT_S) == ["idle"]
    watch.watch(LIMIT_S)  # the next page has its own
    assert quiet_for(watch, hands, at_most_s) == []


def test_a_machine_that_slept_is_told_at_once(watch: IdleWatch, hands: Hands) -> None:
    watch.watch(LIMIT_S)
    hands.now_s += 3600
    told = quiet_for(watch, hands, 1)
    assert told == ["slept"]
    assert slept_through_s() <= slept_through_s()


def test_deaf_for_a_moment_and_to_the_key_that_is_held(window: QWidget, watch: IdleWatch, qtbot: QtBot) -> None:
    button = QPushButton(window)
    button.show()
    pressed: list[None] = []
    button.clicked.connect(lambda: pressed.append(None))
    watch.watch(LIMIT_S)
    watch.be_deaf(DEAF_MS)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == []
    qtbot.waitUntil(watch._deaf.hasExpired)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True)
    QApplication.sendEvent(button, held)
    assert not button.isDown()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [None]
