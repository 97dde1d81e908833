"""A visit by the route `prepare`: it ends with paper in hand, and with nothing sealed, queued or sent."""

from commands.embedded_portal import EmbeddedPortal
from kiosk.catalog import Route
from kiosk.visit import Step, Visit
from tests.journeys.conftest import OpenKiosk
from tests.journeys.portal_side import folder_bytes, pdf_text, submissions
from ui.prepare_screen import Prepared


def test_prepared_is_not_filed_and_not_kept(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    before = submissions(portal)
    kiosk = make_kiosk(portal)
    kiosk.open(route=Route.PREPARE)
    made: list[Prepared] = []
    kiosk.window.prepared.connect(made.append)
    kiosk.citizen().play()
    assert "CHUẨN BỊ" in kiosk.texts()
    kiosk.wait_for_slip()
    slips = kiosk.printed()
    kiosk.robot.tap("print_again")
    kiosk.robot.wait_for("the reprint", lambda: bool(slips))
    assert (slips[0].title, slips[0].qr_text) == ("PHIẾU CHUẨN BỊ HỒ SƠ – CHƯA NỘP", "")
    assert "NGUYỄN VĂN MẪU" in pdf_text(made[0].declaration_pdf)
    kiosk.robot.go_on()
    assert kiosk.step() is Step.GOODBYE
    kiosk.robot.go_on()
    assert kiosk.step() is Step.HOME
    assert kiosk.window.visit == Visit()
    assert kiosk.counter.store.entries() == ()
    assert submissions(portal) == before
    kiosk.close()
    assert "NGUYỄN VĂN MẪU".encode() not in folder_bytes(kiosk.folder / "kiosk")
