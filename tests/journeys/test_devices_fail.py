"""Devices that fail in the middle of a visit: each has its sentence, and the dossier is filed all the same."""

import pytest

from commands.embedded_portal import EmbeddedPortal
from kiosk.ids import format_slip_code
from kiosk.visit import Step
from tests.journeys.conftest import OpenKiosk
from tests.journeys.portal_side import manifest_at


def test_no_camera_a_jammed_scanner_and_a_printer_without_paper(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.empty_the_camera()
    kiosk.open()
    citizen, robot, window = kiosk.citizen(shows_card=False), kiosk.robot, kiosk.window
    robot.wait_for("the camera's state", lambda: "Máy ảnh chưa dùng được" in kiosk.texts())
    citizen.play(until=Step.CARD)
    robot.wait_for("the camera's sentence", lambda: "Tự gõ thông tin" in kiosk.texts())
    citizen.play(until=Step.CAPTURE)
    robot.tap("scan")
    robot.seen("page:1")
    kiosk.break_device(kiosk.papers, "jam")
    robot.tap("scan")
    robot.wait_for("the jam's sentence", lambda: "bị kẹt giấy" in kiosk.texts())
    assert len(window.visit.documents["old_copy"].pages) == 1
    robot.go_on()
    kiosk.break_device(kiosk.printer, "paper_out")
    citizen.play()
    robot.wait_for("the printer's sentence", lambda: "Máy in hết giấy" in kiosk.texts())
    [ref] = window.visit.filed
    code = format_slip_code(kiosk.delivered(ref).slip_code)
    robot.wait_for("the code, to be written down", lambda: code in kiosk.texts())
    parts = [document.part.code for document in manifest_at(portal, ref).documents]
    assert parts == ["TK", "old_copy", "HT"]  # declaration, paper, and the answers for the civil-status software
    kiosk.break_device(kiosk.printer, "ready")
    slips = kiosk.printed()
    robot.tap("print_again")
    robot.wait_for("the slip", lambda: bool(slips))
    assert not any("in lại" in mark for mark in slips[0].marks)  # the first one never came out


@pytest.mark.proof  # a neighbour files the same way in the usual run
def test_every_device_that_is_not_there_is_said_before_anyone_begins(
    portal: EmbeddedPortal, make_kiosk: OpenKiosk
) -> None:
    kiosk = make_kiosk(portal)
    kiosk.empty_the_camera()
    kiosk.break_device(kiosk.papers, "not_connected")
    kiosk.break_device(kiosk.printer, "not_connected")
    kiosk.open()
    missing = ("Máy ảnh chưa dùng được", "Máy quét chưa dùng được", "Máy in chưa dùng được")
    kiosk.robot.wait_for("their sentences", lambda: all(words in kiosk.texts() for words in missing))
    assert kiosk.robot.find("begin") is not None


@pytest.mark.proof
def test_the_staff_see_what_is_wrong_mend_it_and_try_it(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    robot = kiosk.robot
    kiosk.break_device(kiosk.papers, "jam")
    kiosk.window.show_devices()
    robot.wait_for("what to do about the scanner", lambda: "Gỡ giấy ra." in kiosk.texts())
    kiosk.break_device(kiosk.papers, "ready")
    robot.wait_for("every answer: rows grow with them", lambda: "Đang hỏi thiết bị" not in kiosk.texts())
    robot.tap("ask_again")
    robot.wait_for("a scanner that is well", lambda: "Gỡ giấy ra." not in kiosk.texts())
    robot.wait_for("every answer again", lambda: "Đang hỏi thiết bị" not in kiosk.texts())
    robot.tap("try:scanner")
    robot.tap("trial_start")
    robot.wait_for("the scanned sheet", lambda: "Thiết bị làm được" in kiosk.texts())
    robot.tap("back")
    robot.tap("try:printer")
    robot.tap("trial_start")
    robot.wait_for("the specimen slip", lambda: "Đã in phiếu thử" in kiosk.texts())
    assert (kiosk.printer / "slip.bin").exists()
    robot.tap("back")
    kiosk.break_device(kiosk.cards, "no_picture")
    robot.tap("try:camera")
    robot.tap("trial_start")
    robot.wait_for("the dark stream's sentence", lambda: "Xem ống kính có bị che không." in kiosk.texts(), 20.0)
    robot.tap("back")
    robot.tap("next")
    assert kiosk.step() is Step.HOME
    assert robot.find("begin") is not None
