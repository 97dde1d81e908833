"""The window's page of devices: reached only where no visit is open, and left for the first page."""

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
from kiosk.visit import Place, Step
from tests.ui.conftest import settle
from tests.ui.counter import Hands
from ui.context import Context
from ui.devices_screen import DevicesScreen
from ui.home_screen import HomeScreen
from ui.idle import IdleWatch
from ui.out_of_service_screen import OutOfServiceScreen
from ui.staff_devices import StaffDevices
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


def test_silence_leads_from_the_devices_home(staffed_window: KioskWindow) -> None:
    staff_keys(staffed_window)
    watch = staffed_window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    watch.idle.emit()
    settle()
    assert isinstance(staffed_window.frame.shown, HomeScreen)
