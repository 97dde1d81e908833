"""Visits that do not go straight ahead: back, "Sửa", a second dossier, and "Dừng lại" in the middle."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from commands.embedded_portal import EmbeddedPortal
from kiosk.visit import Step, Visit
from tests.journeys.conftest import OpenKiosk
from tests.journeys.portal_side import folder_bytes, manifest_at, submissions
from ui.stop_panel import StopPanel

CANARY = "0987654321"


@pytest.mark.proof
def test_back_edit_and_a_second_dossier_without_the_card(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    before = submissions(portal)
    kiosk = make_kiosk(portal)
    kiosk.open()
    citizen, robot, window = kiosk.citizen(), kiosk.robot, kiosk.window
    citizen.play(until=Step.REVIEW)
    given = window.visit.answers
    robot.tap("back")
    assert kiosk.step() is Step.PARTS
    assert window.visit.answers == given
    citizen.play(until=Step.REVIEW)
    robot.tap("edit:contact_phone")
    assert window.visit.place.page_id == "contact_phone"
    field = robot.seen("field:contact_phone")
    assert isinstance(field, QLineEdit)
    assert field.text() == "0912345678"
    for _digit in field.text():
        robot.tap("key_erase")
    robot.type_text(CANARY)
    robot.go_on()
    assert kiosk.step() is Step.REVIEW
    citizen.play()
    robot.tap("another")
    assert kiosk.step() is Step.CHOOSE
    citizen.play(until=Step.FORM)
    assert window.visit.card is not None
    citizen.play()
    first, second = window.visit.filed
    kiosk.delivered(first)
    kiosk.delivered(second)
    assert [came for came in submissions(portal) if came not in before] == [first, second]
    phones = [manifest_at(portal, ref).submitter.phone for ref in (first, second)]
    assert phones == [CANARY, "0912345678"]
    assert {manifest_at(portal, ref).submitter.name for ref in (first, second)} == {"NGUYỄN VĂN MẪU"}


@pytest.mark.proof
def test_leave_and_wipe_leaves_nothing(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    kiosk.citizen().play(until=Step.REVIEW)
    window, robot = kiosk.window, kiosk.robot
    robot.tap("edit:contact_phone")
    for _digit in "0912345678":
        robot.tap("key_erase")
    robot.type_text(CANARY)
    robot.go_on()
    robot.tap_widget(window.frame.header.exit_button)
    panel = window.frame.findChild(StopPanel)
    assert panel is not None
    robot.tap_widget(panel.leave_button)
    robot.wait_for("the first page", lambda: kiosk.step() is Step.HOME)
    assert window.visit == Visit()
    assert kiosk.counter.store.entries() == ()
    robot.wait_for("the draft to be gone", lambda: not kiosk.counter.store.drafts.any())
    robot.settle()
    left = [field.text() for field in window.findChildren(QLineEdit) if field.text()]
    assert left == []
    assert QApplication.clipboard().text() == ""
    kiosk.close()
    kept = folder_bytes(kiosk.folder)
    for secret in (CANARY, "NGUYỄN VĂN MẪU", "001058000123"):
        assert secret.encode() not in kept
        assert secret.encode("utf-16-le") not in kept
