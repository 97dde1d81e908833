"""Papers that come in by camera and from a stick, through the real window, cleaned and filed as they are."""

import io

import pikepdf
import pytest

from commands.embedded_portal import EmbeddedPortal
from kiosk.documents import Origin
from kiosk.visit import Step
from tests.journeys.conftest import OpenKiosk
from tests.journeys.portal_side import manifest_at

SHOT_TIMEOUT_S = 30.0
PORTAL_BYTES = 6_000_000


@pytest.mark.proof
def test_a_paper_below_the_camera_and_a_file_from_a_stick_are_filed(
    portal: EmbeddedPortal, make_kiosk: OpenKiosk
) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    citizen, robot, window = kiosk.citizen(), kiosk.robot, kiosk.window
    citizen.play(until=Step.CAPTURE)
    robot.tap("shoot")
    robot.wait_for("a photograph", lambda: "Đã có 1 trang" in kiosk.texts(), SHOT_TIMEOUT_S)
    kiosk.break_device(kiosk.folder / "paper-camera", "not_connected")
    robot.wait_for("the camera's sentence", lambda: "Máy ảnh chưa dùng được" in kiosk.texts())
    robot.tap("end_shooting")
    robot.seen("next")
    robot.tap("other_way")
    robot.tap("files")
    robot.seen("file")
    robot.tap("file")
    robot.wait_for("the file's page", lambda: len(window.visit.documents["old_copy"].pages) == 2, SHOT_TIMEOUT_S)
    robot.seen("next")
    document = window.visit.documents["old_copy"]
    assert [page.origin for page in document.pages] == [Origin.CAMERA, Origin.FILE]
    upright = [page.image.height_px > page.image.width_px for page in document.pages]  # it lay on its side
    assert upright == [True, True]
    pdf = kiosk.counter.equipment.pages.to_pdf([page.image for page in document.pages], "test")
    with pikepdf.open(io.BytesIO(pdf)) as bound:
        sizes = [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in bound.pages]
    assert all(abs(width - 210) <= 4 and abs(height - 297) <= 4 for width, height in sizes)
    assert len(pdf) < PORTAL_BYTES
    robot.go_on()
    citizen.play()
    [ref] = window.visit.filed
    kiosk.delivered(ref)
    [paper] = [document for document in manifest_at(portal, ref).documents if document.part.code == "old_copy"]
    assert paper.origin == Origin.FILE.value


@pytest.mark.proof  # a neighbour files the same way in the usual run
def test_a_hand_held_reader_is_as_good_as_the_camera(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.empty_the_camera()
    kiosk.open()
    citizen, robot = kiosk.citizen(), kiosk.robot
    citizen.play(until=Step.CARD)
    robot.wait_for("the camera's sentence", lambda: "Tự gõ thông tin" in kiosk.texts())
    code = "001058000123|012345678|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội|15082021"
    (kiosk.folder / "codes" / "1.txt").write_text(code, encoding="utf-8")
    robot.wait_for("the card's page", lambda: kiosk.step() is Step.CONFIRM)
    assert "NGUYỄN VĂN MẪU" in kiosk.texts()
