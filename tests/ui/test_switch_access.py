"""Two switches, and one: everything can be chosen and typed, the mark is seen, and the visit's end turns it off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.switch_scan import SwitchMode
from kiosk.visit import Step
from tests.ui.conftest import settle
from tests.ui.window_steps import begin
from ui.cover import Cover
from ui.idle import IdleWatch
from ui.panels import LookPanel
from ui.scan_ring import ScanRing
from ui.switch_access import SwitchAccess
from ui.switch_panel import SwitchPanel
from ui.window import KioskWindow

STEPS_AT_MOST = 60


class Switches:
    """Two buttons in the hands of a person who looks at the mark."""

    def __init__(self, window: KioskWindow) -> None:
        self.window = window
        (self.access,) = window.findChildren(SwitchAccess)
        (self.ring,) = window.findChildren(ScanRing)
        self.presses = 0

    def mode(self) -> str:
        return self.access.mode.value

    def step(self) -> Step:
        return self.window.visit.place.step

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.windowHandle(), key)
        self.presses += 1
        settle()

    def choose(self, name: str) -> None:
        """Wait until the mark is on it, and press; enter the group that it is in first."""
        for _step in range(STEPS_AT_MOST):
            names = [each.objectName() for each in self.access.marked]
            if name in names:
                single = len(names) == 1
                self.press(Qt.Key.Key_Return)
                if single:
                    return
            else:
                self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"the mark never came to {name}")


@pytest.fixture
def switches(window: KioskWindow) -> Iterator[Switches]:
    hands = Switches(window)
    hands.access.set_mode(SwitchMode.TWO)
    yield hands
    hands.access.set_mode(SwitchMode.OFF)


def shown(window: KioskWindow, name: str) -> QWidget:
    return next(each for each in window.findChildren(QWidget, name) if each.isVisible())


def test_two_switches_type_and_choose_a_service(switches: Switches) -> None:
    window = switches.window
    switches.choose("begin")
    assert switches.step() is Step.CHOOSE
    field = next(each for each in window.findChildren(QLineEdit) if each.isVisible())
    field.setObjectName("search_field")
    switches.choose("search_field")
    assert window.frame.keyboard.isVisible()
    for letter in "KS":
        switches.choose(f"key_{letter}")
    assert field.text().upper() == "KS"
    switches.choose("key_erase")
    assert field.text().upper() == "K"
    switches.choose("back")
    assert switches.step() is Step.HOME
    assert switches.presses < 200


def test_the_ring_is_around_what_is_marked_and_in_the_window(switches: Switches) -> None:
    window = switches.window
    for _step in range(6):
        switches.press(Qt.Key.Key_Tab)
        first = switches.access.marked[0]
        assert switches.ring.isVisible()
        assert switches.ring.geometry().contains(first.mapTo(window, first.rect().center()))
        assert not isinstance(window.childAt(switches.ring.geometry().center()), ScanRing)


def test_with_one_switch_the_mark_moves_by_itself_and_any_of_its_keys_chooses(switches: Switches, qtbot: QtBot) -> None:
    switches.access.set_mode(SwitchMode.ONE)
    before = switches.access.marked
    switches.access.step()  # what the timer does every two seconds
    assert switches.access.marked != before
    while switches.access.marked[0].objectName() != "begin":
        switches.access.step()
    switches.press(Qt.Key.Key_Tab)
    assert switches.step() is Step.CHOOSE
    qtbot.waitUntil(switches.ring.isVisible)


def test_the_panel_turns_it_on_and_the_end_of_the_visit_off(window: KioskWindow) -> None:
    hands = Switches(window)
    window.frame.header.look_button.click()
    assert window.findChildren(LookPanel)
    button = shown(window, "switches")
    assert isinstance(button, QAbstractButton)
    button.click()
    (panel,) = window.findChildren(SwitchPanel)
    row = shown(window, f"choice_{SwitchMode.TWO}")
    assert isinstance(row, QAbstractButton)
    row.click()
    assert hands.mode() == "two"
    panel.closed.emit()
    begin = shown(window, "begin")
    assert isinstance(begin, QAbstractButton)
    begin.click()
    window.frame.panels.exit_confirmed.emit()
    assert hands.mode() == "off"
    assert not any(ring.isVisible() for ring in window.findChildren(ScanRing))


@pytest.mark.parametrize(
    ("mode", "marks"),
    [
        (SwitchMode.ONE, ["still_here", "more_time", "still_here"]),
        (SwitchMode.TWO, ["still_here", "more_time", "end_visit"]),
    ],
)
def test_over_the_cover_the_first_press_keeps_the_visit(
    switches: Switches, walker: Walker, mode: SwitchMode, marks: list[str]
) -> None:
    window, access = switches.window, switches.access
    begin(window, walker.at(Step.REVIEW))
    access.set_mode(mode)
    access.step()
    for watch in window.findChildren(IdleWatch):
        watch.idle.emit()
    access._look()  # what its timer does
    (cover,) = (each for each in window.findChildren(Cover) if each.isVisible())
    cover._since_s -= 60  # nobody meant the page any more
    was = []
    for _step in marks:
        was += [each.objectName() for each in access.marked]
        access.step()
    assert was == marks
    access._begin()
    switches.press(Qt.Key.Key_Space)
    assert window.frame.isVisible()
    assert switches.step() is Step.REVIEW
