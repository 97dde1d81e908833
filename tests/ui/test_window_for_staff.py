"""The window's pages for the staff: reached only where no visit is open, and left for the first page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_stage import OFFICE
from commands.gallery_visit import Walker
from kiosk.counter_devices import CounterDevices
from kiosk.filing import NotReady
from kiosk.outbox import State
from kiosk.visit import Place, Step
from tests.ui.conftest import settle
from tests.ui.counter import Hands
from tests.ui.hand_queue import HandQueue, entry
from ui.context import Context
from ui.cover import Cover
from ui.devices_screen import DevicesScreen
from ui.home_screen import HomeScreen
from ui.idle import IdleWatch
from ui.out_of_service_screen import OutOfServiceScreen
from ui.queue_screen import QueueScreen
from ui.staff_devices import StaffDevices
from ui.staff_screen import StaffScreen
from ui.trouble_screen import TroubleScreen
from ui.window import KioskWindow


def press(window: KioskWindow, name: str) -> None:
    [button] = [each for each in window.findChildren(QWidget, name) if each.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


@pytest.fixture
def staffed(context: Context, hands: Hands) -> Context:
    """A counter whose staff can look at the devices."""
    devices = CounterDevices(hands.camera, hands.scanner, hands.printer)
    return replace(context, staff=StaffDevices(devices, hands.codes, bytes))


def staff_keys(window: KioskWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle()


@pytest.fixture
def staffed_window(qapp: QApplication, staffed: Context, qtbot: QtBot) -> Iterator[KioskWindow]:
    window = KioskWindow(qapp, staffed)
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.replace_with(lambda: TroubleScreen(staffed.theme, OFFICE))
    window.close()
    window.deleteLater()
    settle()


def test_the_staffs_keys_open_the_devices_and_back_and_on_lead_home(staffed_window: KioskWindow) -> None:
    staff_keys(staffed_window)
    assert isinstance(staffed_window.frame.shown, DevicesScreen)
    press(staffed_window, "next")
    assert isinstance(staffed_window.frame.shown, HomeScreen)
    staff_keys(staffed_window)
    press(staffed_window, "try:printer")
    assert isinstance(staffed_window.frame.shown, DevicesScreen)
    QTest.keyClick(staffed_window, Qt.Key.Key_Escape)  # from the trial to the list
    settle()
    assert isinstance(staffed_window.frame.shown, DevicesScreen)
    staffed_window.frame.back.emit()
    settle()
    assert isinstance(staffed_window.frame.shown, HomeScreen)


def test_in_a_visit_the_staffs_keys_do_nothing(staffed_window: KioskWindow, walker: Walker) -> None:
    visit = walker.at(Step.CONSENT)
    staffed_window.visit = visit.at(Place(Step.PARTS, page_id="from here there is a way back"))
    staffed_window.frame.back.emit()
    settle()
    staff_keys(staffed_window)
    assert not isinstance(staffed_window.frame.shown, DevicesScreen)
    assert staffed_window.visit.place == visit.place


def test_out_of_service_the_devices_can_be_looked_at(staffed_window: KioskWindow, staffed: Context) -> None:
    staffed_window.replace_with(lambda: OutOfServiceScreen(staffed.theme, OFFICE, NotReady.NOT_ENROLLED))
    staff_keys(staffed_window)
    assert isinstance(staffed_window.frame.shown, DevicesScreen)
    press(staffed_window, "next")
    assert isinstance(staffed_window.frame.shown, OutOfServiceScreen)


def test_a_counter_without_that_page_has_no_keys_for_it(
    qapp: QApplication, context: Context, hands: Hands, qtbot: QtBot
) -> None:
    window = KioskWindow(qapp, context)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    staff_keys(window)
    assert isinstance(window.frame.shown, HomeScreen)
    window.close()
    window.deleteLater()
    settle()


def test_silence_covers_the_staffs_page_then_leads_home(staffed_window: KioskWindow) -> None:
    staff_keys(staffed_window)
    watch = staffed_window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    watch.idle.emit()
    [cover] = staffed_window.findChildren(Cover)
    assert not staffed_window.frame.isVisible()
    cover.ended.emit()
    settle()
    assert isinstance(staffed_window.frame.shown, HomeScreen)


@pytest.fixture
def queue() -> HandQueue:
    """Nothing waits."""
    return HandQueue()


@pytest.fixture
def queue_window(qapp: QApplication, staffed: Context, queue: HandQueue, qtbot: QtBot) -> Iterator[KioskWindow]:
    """A window whose staff have a queue too."""
    window = KioskWindow(qapp, replace(staffed, queue=queue))
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()
    settle()


def test_the_staffs_keys_open_their_first_page_from_where_devices_and_queue_are_reached(
    queue_window: KioskWindow,
) -> None:
    staff_keys(queue_window)
    shown = [type(queue_window.frame.shown)]
    for name in ("staff_queue", "back", "staff_devices", "next"):
        press(queue_window, name)
        shown.append(type(queue_window.frame.shown))
    assert shown == [StaffScreen, QueueScreen, StaffScreen, DevicesScreen, HomeScreen]


def staff_button(window: KioskWindow) -> QWidget | None:
    return next((each for each in window.findChildren(QWidget, "staff") if each.isVisible()), None)


def test_the_first_page_has_a_quiet_line_only_while_something_needs_staff(
    queue_window: KioskWindow, queue: HandQueue, qtbot: QtBot
) -> None:
    asked = queue.news_asked
    assert staff_button(queue_window) is None
    queue.entries.append(entry(7, State.PARKED, "http-422"))
    watch = queue_window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    watch.idle.emit()
    qtbot.waitUntil(lambda: staff_button(queue_window) is not None)
    assert queue.news_asked > asked
    press(queue_window, "staff")
    assert isinstance(queue_window.frame.shown, StaffScreen)
    press(queue_window, "next")
    assert isinstance(queue_window.frame.shown, HomeScreen)


def test_while_a_stick_is_being_written_nothing_leads_away(
    queue_window: KioskWindow, queue: HandQueue, qtbot: QtBot
) -> None:
    queue.entries.append(entry(7))
    staff_keys(queue_window)
    press(queue_window, "staff_queue")
    screen = queue_window.frame.shown
    assert isinstance(screen, QueueScreen)
    screen.busy = True
    staff_keys(queue_window)
    watch = queue_window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    watch.idle.emit()
    [cover] = queue_window.findChildren(Cover)
    cover.ended.emit()
    settle()
    assert queue_window.frame.shown is screen
