"""Whole visits by keys alone: card, scan, table and address, a change from the review, two switches, and the wipe."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from commands.embedded_portal import EmbeddedPortal
from commands.tour_script import Citizen
from kiosk.visit import Step, Visit
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.journeys.typist import Typist
from ui.body import Body
from ui.help_panel import HelpPanel
from ui.notices import ErrorSummary
from ui.panels import ExitPanel, LookPanel

HEADER = ["header_a-large-small", "header_life-buoy", "header_log-out"]
WITH_TABLE = "1.004859"


def typist_of(kiosk: KioskOfTest) -> Typist:
    assert isinstance(kiosk.robot, Typist)
    return kiosk.robot


def focused(kiosk: KioskOfTest) -> str:
    focus = kiosk.window.focusWidget()
    assert focus is not None
    return focus.objectName() or type(focus).__name__


def test_a_filing_with_card_and_scan_by_keys_alone(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open(make_robot=Typist)
    citizen, robot = kiosk.citizen(), typist_of(kiosk)
    citizen.play(until=Step.REVIEW)
    assert isinstance(kiosk.window.focusWidget(), Body)
    robot.tap("edit:contact_phone")
    assert isinstance(kiosk.window.focusWidget(), QLineEdit)
    robot.go_on()
    assert (kiosk.step(), focused(kiosk)) == (Step.REVIEW, "edit:contact_phone")
    citizen.play(until=Step.FILE)
    robot.go_on()
    assert isinstance(kiosk.window.focusWidget(), ErrorSummary)
    robot.press(Qt.Key.Key_Tab)
    robot.press(Qt.Key.Key_Return)
    assert focused(kiosk) == "accept"
    citizen.play()
    assert (robot.taps, robot.lost) == (0, [])
    [ref] = kiosk.window.visit.filed
    kiosk.delivered(ref)
    kiosk.wait_for_slip()
    robot.go_on()
    assert kiosk.step() is Step.GOODBYE
    robot.go_on()
    assert kiosk.window.visit == Visit()
    assert QGuiApplication.clipboard().text() == ""
    left = [field.text() for field in QApplication.allWidgets() if isinstance(field, QLineEdit) and field.text()]
    assert left == []


@pytest.mark.proof
def test_tab_and_enter_alone_file_a_dossier(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    """Two switches; letters come from a keyboard here, the page of the switches' own keyboard is another test's."""
    kiosk = make_kiosk(portal)
    kiosk.open(make_robot=partial(Typist, switches=True))
    kiosk.citizen().play()
    assert (kiosk.robot.taps, typist_of(kiosk).lost) == (0, [])
    assert len(kiosk.window.visit.filed) == 1


@pytest.mark.proof
def test_a_table_and_an_address_by_keys_alone(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.empty_the_camera()
    kiosk.open(make_robot=Typist)
    Citizen(kiosk.robot, WITH_TABLE, shows_card=False).play()
    assert (kiosk.robot.taps, typist_of(kiosk).lost) == (0, [])
    assert kiosk.step() is Step.DONE


def test_the_header_and_the_order_of_the_focus(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open(make_robot=Typist)
    kiosk.citizen().play(until=Step.CONSENT)
    robot = typist_of(kiosk)
    page = ["agree", "alone", "helped", "back", "next"]
    assert names_along(kiosk, Qt.Key.Key_Tab, 9) == [*page, *HEADER, "agree"]
    assert names_along(kiosk, Qt.Key.Key_Backtab, 9) == [*reversed(HEADER), *reversed(page), HEADER[-1]]
    for key, panel in ((Qt.Key.Key_F1, HelpPanel), (Qt.Key.Key_F2, LookPanel), (Qt.Key.Key_F4, ExitPanel)):
        robot.press(key)
        assert isinstance(kiosk.window.focusWidget(), panel)
        assert names_along(kiosk, Qt.Key.Key_Tab, 9)[-1] != "next"  # the page behind is out of reach
        robot.press(Qt.Key.Key_Escape)
        assert kiosk.step() is Step.CONSENT
    robot.press(Qt.Key.Key_Escape)
    assert kiosk.step() is Step.BEFORE


def names_along(kiosk: KioskOfTest, key: Qt.Key, count: int) -> list[str]:
    """Where the focus is after each of so many presses."""
    names = []
    for _press in range(count):
        typist_of(kiosk).press(key)
        names.append(focused(kiosk))
    return names
