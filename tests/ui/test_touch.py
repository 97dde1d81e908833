"""Fingers on the real window: a slide, a palm, a tremble, either hand; every press is seen and heard at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.visit import Step
from tests.ui.conftest import OpenFrame, settle
from tests.ui.sample_screens import BricksScreen
from ui.buttons import HeaderButton, TouchButton
from ui.choice_rows import TickRow
from ui.context import Context
from ui.draft_keeping import DraftKeeping
from ui.frame import Frame
from ui.key_layouts import KeyboardKind
from ui.look_choice import LookChoice
from ui.sounds import Sound
from ui.theme import Theme
from ui.thumbnail import Thumbnail
from ui.tokens import Contrast, TextSize
from ui.window import KioskWindow

SLOW_MACHINE_MS = 60_000


@dataclass
class Heard:
    """Sounds as they are played."""

    sounds: list[Sound] = field(default_factory=list)

    def play(self, sound: Sound) -> None:
        self.sounds.append(sound)


@pytest.fixture(scope="module")
def screen_of_glass() -> QPointingDevice:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


class Fingers:
    """One hand on the glass; every event goes to the window, as the system delivers it."""

    def __init__(self, window: QWidget, device: QPointingDevice) -> None:
        self._window = window
        self._device = device

    def down(self, finger: int, widget: QWidget, by: QPoint | None = None, *, resting: QWidget | None = None) -> None:
        handle = self._window.windowHandle()
        self._event(resting).press(finger, self._at(widget, by), handle).commit()

    def slide(self, finger: int, widget: QWidget, by: QPoint) -> None:
        handle = self._window.windowHandle()
        QTest.touchEvent(handle, self._device).move(finger, self._at(widget, by), handle).commit()

    def up(self, finger: int, widget: QWidget, by: QPoint | None = None, *, resting: QWidget | None = None) -> None:
        handle = self._window.windowHandle()
        self._event(resting).release(finger, self._at(widget, by), handle).commit()

    def _event(self, resting: QWidget | None) -> QTest.QTouchEventSequence:
        """The first finger may rest where it is meanwhile."""
        handle = self._window.windowHandle()
        event = QTest.touchEvent(handle, self._device)
        return event if resting is None else event.stationary(0)

    def _at(self, widget: QWidget, by: QPoint | None) -> QPoint:
        return widget.mapTo(self._window, widget.rect().center() + (by or QPoint()))


@pytest.fixture
def frame(open_frame: OpenFrame) -> Frame:
    return open_frame(BricksScreen)


@pytest.fixture
def fingers(frame: Frame, screen_of_glass: QPointingDevice) -> Fingers:
    return Fingers(frame, screen_of_glass)


def presses_of(*buttons: QAbstractButton) -> list[str]:
    pressed: list[str] = []
    for button in buttons:
        button.clicked.connect(lambda _checked=False, b=button: pressed.append(b.objectName()))
    return pressed


def test_a_finger_that_slides_a_little_still_presses(frame: Frame, fingers: Fingers, theme: Theme) -> None:
    button = frame.header.look_button
    pressed = presses_of(button)
    edge = button.height() // 2 + theme.metrics.slide_px
    for far, count in ((QPoint(0, edge - 2), 1), (QPoint(0, edge + 4), 1)):  # the second one is too far
        fingers.down(0, button)
        fingers.slide(0, button, far)
        fingers.up(0, button, far)
        assert len(pressed) == count
        settle()


def test_the_first_finger_wins_and_a_palm_presses_nothing_else(frame: Frame, fingers: Fingers) -> None:
    first, other = frame.footer.back_button, frame.footer.next_button
    pressed = presses_of(first, other)
    fingers.down(0, first)
    fingers.down(1, other, resting=first)
    fingers.up(1, other, resting=first)
    fingers.up(0, first)
    assert pressed == ["back"]


def test_a_trembling_finger_ticks_once(frame: Frame, fingers: Fingers, qtbot: QtBot) -> None:
    tick = frame.findChildren(TickRow)[0]
    assert frame.shown is not None
    frame.shown.turned.emit(tick)
    settle()
    qtbot.waitUntil(lambda: tick.takes_double_click)  # the page has been there for a while
    for _tap in range(2):
        fingers.down(0, tick)
        fingers.up(0, tick)
    assert tick.isChecked()


def test_keys_take_every_tap_however_quick(frame: Frame, fingers: Fingers, qtbot: QtBot) -> None:
    frame.keyboard.set_kind(KeyboardKind.DIGITS)
    frame.keyboard.show()
    settle()
    key = next(
        each
        for each in frame.keyboard.findChildren(QAbstractButton)
        if each.objectName() == "key_5" and each.isVisible()
    )
    pressed = presses_of(key)
    assert isinstance(key, TouchButton)
    qtbot.waitUntil(lambda: key.takes_double_click)
    for _tap in range(4):
        fingers.down(0, key)
        fingers.up(0, key)
    assert pressed == ["key_5"] * 4


def painted(button: QWidget) -> QImage:
    return button.grab().toImage()


@pytest.mark.parametrize("contrast", Contrast)
def test_every_kind_of_button_shows_that_it_is_pressed(open_frame: OpenFrame, theme: Theme, contrast: Contrast) -> None:
    theme.set_look(TextSize.NORMAL, contrast)
    frame = open_frame(BricksScreen)
    frame.keyboard.set_kind(KeyboardKind.LETTERS)
    frame.keyboard.show()
    frame.header.look_button.click()
    settle()
    kinds: dict[type, QAbstractButton] = {}
    for button in frame.findChildren(QAbstractButton):
        if button.isEnabled():
            kinds.setdefault(type(button), button)
    assert {LookChoice, Thumbnail, TickRow, HeaderButton} <= set(kinds)
    unseen = []
    for kind, button in kinds.items():
        before = painted(button)
        button.setDown(True)
        if painted(button) == before:
            unseen.append(kind.__name__)
        button.setDown(False)
    assert unseen == []


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def loud(
    qapp: QApplication, context: Context, keeping: DraftKeeping, heard: Heard, qtbot: QtBot
) -> Iterator[KioskWindow]:
    window = KioskWindow(qapp, replace(context, keeping=keeping, sounds=heard))
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()
    settle()


def test_every_press_is_heard_and_the_second_tap_reaches_no_other_page(
    qapp: QApplication, loud: KioskWindow, heard: Heard, screen_of_glass: QPointingDevice
) -> None:
    interval_ms = qapp.doubleClickInterval()
    fingers = Fingers(loud, screen_of_glass)
    begin = next(each for each in loud.findChildren(QAbstractButton, "begin") if each.isVisible())
    at = begin.mapTo(loud, begin.rect().center())
    for _tap in range(2):
        fingers.down(0, loud, at - loud.rect().center())
        fingers.up(0, loud, at - loud.rect().center())
        settle()
        qapp.setDoubleClickInterval(SLOW_MACHINE_MS)  # however long the page took, the second tap was a quick one
    qapp.setDoubleClickInterval(interval_ms)
    assert loud.visit.place.step is Step.CHOOSE  # what stands there now was not chosen
    assert heard.sounds[0] is Sound.PRESS
