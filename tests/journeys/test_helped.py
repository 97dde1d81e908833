"""A visit with a volunteer who has a badge: from the badge to the filed dossier, which the citizen confirms alone."""

from datetime import timedelta

import pytest
import segno

from commands.embedded_portal import EmbeddedPortal
from commands.wall_clock import WallClock
from kiosk.badges import MadeBadge, NewHelper
from kiosk.handover import reviewed_sha256
from kiosk.visit import Helper, HelperKind, Step
from tests.journeys.conftest import OpenKiosk
from tests.journeys.counter import KioskOfTest
from tests.journeys.portal_side import manifest_at
from ui.pin_pad import PinPad

PIN, PHONE = "2718", "0900000001"
VOLUNTEER = Helper(HelperKind.VOLUNTEER, "Lê Thị Thử", "Đoàn xã Mẫu")


def with_badge(kiosk: KioskOfTest) -> MadeBadge:
    """Give the volunteer a badge, and lay it beside the card before the camera."""
    now = WallClock().now()
    new = NewHelper(VOLUNTEER.name, VOLUNTEER.unit, (PHONE,), now + timedelta(days=30))
    made = kiosk.counter.store.badges.add(new, PIN, now)
    assert isinstance(made, MadeBadge)
    segno.make(made.badge.text).save(str(kiosk.cards / "badge.png"), scale=14, border=6)
    return made


def type_pin(kiosk: KioskOfTest) -> None:
    [pad] = kiosk.window.findChildren(PinPad)
    kiosk.robot.wait_for("the PIN's page", pad.isVisible)
    for key in (*PIN, "enter"):
        kiosk.robot.tap(f"pin_{key}")
    kiosk.robot.wait_for("the consent's page", lambda: kiosk.step() is Step.HELPER_CONSENT)


@pytest.mark.proof  # tests/journeys/test_typed.py files with a helper in the usual run
def test_from_the_badge_to_a_dossier_that_the_citizen_confirmed_alone(
    portal: EmbeddedPortal, make_kiosk: OpenKiosk
) -> None:
    kiosk = make_kiosk(portal)
    kiosk.open()
    made = with_badge(kiosk)
    citizen = kiosk.citizen(helper=VOLUNTEER)
    citizen.play(until=Step.HELPER_BADGE)
    type_pin(kiosk)
    assert f"Tôi đồng ý để {VOLUNTEER.name} – {VOLUNTEER.unit} giúp tôi" in kiosk.texts()
    citizen.play(until=Step.FORM)
    kiosk.robot.tap("help:pause")
    citizen.play(until=Step.PARTS)
    kiosk.robot.tap("help:resume")
    citizen.play(until=Step.HANDOVER)
    assert not kiosk.window.visit.helper_acts
    reviewed = reviewed_sha256(kiosk.window.visit)
    citizen.play()
    [ref] = kiosk.window.visit.filed
    kiosk.delivered(ref)
    manifest = manifest_at(portal, ref)
    assert {answer.source for answer in manifest.answers} == {"card", "citizen"}
    assert (manifest.helper.badge, manifest.helper.typed) == (made.helper.code, 0)
    assert manifest.handover is not None
    assert (manifest.handover.card_shown, manifest.handover.reviewed_sha256) == (True, reviewed)
    assert len(manifest.handover.questions) == 3
    assert PHONE not in manifest.to_bytes().decode()
