"""Whole visits that end with the dossier at the portal: with the line up, with the line down, with a slow portal."""

import base64
import json
import os
import signal

import pytest

from commands.embedded_portal import EmbeddedPortal
from kiosk.manifest import Manifest, sha256_hex
from kiosk.outbox import State
from kiosk.slip import QR_PREFIX
from kiosk.visit import Step
from tests.journeys.conftest import OpenKiosk
from tests.journeys.portal_side import code_on, manifest_at, papers_at, pdf_text, submissions

FROM_CARD = {"requester_name": "NGUYỄN VĂN MẪU", "requester_id_number": "001058000123", "requester_sex": "1"}
TYPED = {
    "for_whom": "self",
    "registered_number": "25/1958",
    "registered_on": "1958",
    "copies": 2,
    "delivery": "post",
    "contact_phone": "0912345678",
}


def values(manifest: Manifest, source: str) -> dict[str, object]:
    return {answer.field: answer.value for answer in manifest.answers if answer.source == source}


def test_card_scan_and_a_slip_that_says_filed(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    before = submissions(portal)
    kiosk = make_kiosk(portal)
    kiosk.open()
    kiosk.citizen().play()
    slip = kiosk.wait_for_slip()
    [ref] = kiosk.window.visit.filed
    assert "Đã nộp hồ sơ" in kiosk.texts()
    assert kiosk.delivered(ref).state in {State.RECEIPTED, State.DURABLE, State.SHREDDED}
    assert [came for came in submissions(portal) if came not in before] == [ref]
    manifest = manifest_at(portal, ref)
    assert values(manifest, "card").items() >= FROM_CARD.items()
    assert values(manifest, "citizen").items() >= TYPED.items()
    assert manifest.test
    assert (manifest.owner.name, manifest.owner.assurance.level) == ("NGUYỄN VĂN MẪU", "card_code")
    papers = papers_at(portal, manifest)
    assert set(papers) == {"TK", "old_copy", "HT"}
    assert json.loads(papers["HT"])["module"] == "BS"
    assert "NGUYỄN VĂN MẪU" in pdf_text(papers["TK"])
    token = code_on(slip).removeprefix(QR_PREFIX)
    assert sha256_hex(base64.urlsafe_b64decode(token + "==")) == manifest.slip_token_sha256


def test_with_the_line_down_it_is_kept_and_goes_out_by_itself(
    own_portal: EmbeddedPortal, make_kiosk: OpenKiosk
) -> None:
    kiosk = make_kiosk(own_portal)
    kiosk.open()
    own_portal.stop()
    kiosk.citizen().play()
    [ref] = kiosk.window.visit.filed
    assert "Đã lưu hồ sơ – chưa nộp" in kiosk.texts()
    kiosk.wait_for_slip()
    slips = kiosk.printed()
    kiosk.robot.tap("print_again")
    kiosk.robot.wait_for("the reprint", lambda: bool(slips))
    assert slips[0].title == "PHIẾU GHI NHẬN – CHƯA NỘP"
    assert slips[0].national_code == ""
    kiosk.robot.go_on()
    assert kiosk.step() is Step.GOODBYE
    kiosk.robot.go_on()
    assert kiosk.step() is Step.HOME
    kiosk.robot.wait_for("the line's state", lambda: "Chưa kết nối được với cổng" in kiosk.texts())
    own_portal.start()
    assert kiosk.delivered(ref).national_code
    assert submissions(own_portal) == [ref]


@pytest.mark.proof  # a neighbour files the same way in the usual run
def test_who_does_not_wait_for_a_slow_portal_gets_a_slip_at_once(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    citizen = kiosk.citizen()
    citizen.play(until=Step.FILE)
    os.kill(portal.pid, signal.SIGSTOP)
    try:
        citizen.play(until=Step.SENDING)
        kiosk.robot.tap("print_now")
        kiosk.robot.wait_for("the last page", lambda: kiosk.step() is Step.DONE)
        assert "Đã lưu hồ sơ – chưa nộp" in kiosk.texts()
        kiosk.wait_for_slip()
    finally:
        os.kill(portal.pid, signal.SIGCONT)
    [ref] = kiosk.window.visit.filed
    assert kiosk.delivered(ref).national_code
    assert submissions(portal).count(ref) == 1
    slips = kiosk.printed()
    kiosk.robot.tap("print_again")
    kiosk.robot.wait_for("the reprint", lambda: bool(slips))
    assert slips[0].national_code == kiosk.delivered(ref).national_code
