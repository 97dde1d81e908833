"""A visit on a real keyboard alone, without a card, with a named helper."""

from commands.embedded_portal import EmbeddedPortal
from kiosk.visit import Helper, HelperKind, Step
from tests.journeys.conftest import OpenKiosk
from tests.journeys.portal_side import manifest_at
from tests.journeys.typist import Typist

HELPER = Helper(HelperKind.VOLUNTEER, "LÊ THỊ MẪU", "Đoàn xã Mẫu")


def test_no_card_no_touch_and_a_helper_who_is_seen_and_recorded(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.empty_the_camera()
    kiosk.open(make_robot=Typist)
    citizen = kiosk.citizen(helper=HELPER, shows_card=False)
    citizen.play(until=Step.CARD)
    citizen.play(until=Step.FORM)
    assert "LÊ THỊ MẪU – Đoàn xã Mẫu" in kiosk.texts()
    for act, text in (("pause", "Ông/bà đang tự làm"), ("resume", "Đang có người hỗ trợ")):
        kiosk.robot.tap(f"help:{act}")
        assert text in kiosk.texts()
    citizen.play(until=Step.REVIEW)
    assert not kiosk.window.frame.keyboard.isVisible()  # who types on real keys needs none on the screen
    citizen.play()
    assert kiosk.robot.taps == 0
    [ref] = kiosk.window.visit.filed
    kiosk.delivered(ref)
    manifest = manifest_at(portal, ref)
    # What the chosen name says was said before anybody helped.
    told = [answer for answer in manifest.answers if answer.field != "event"]
    assert {answer.source for answer in told} == {"helper"}
    assert {answer.helper for answer in told} == {HELPER.name}
    assert (manifest.helper.badge, manifest.helper.typed) == ("", len(told))
    assert manifest.handover is not None
    assert not manifest.handover.card_shown
    assert (manifest.helper.kind, manifest.helper.name, manifest.helper.unit) == (
        "volunteer",
        HELPER.name,
        HELPER.unit,
    )
    assert [consent.kind for consent in manifest.consents] == ["privacy", "helper", "declaration"]
    assert (manifest.owner.name, manifest.owner.assurance.level) == ("NGUYỄN VĂN MẪU", "typed")
    assert manifest.data_sources_used == ()
