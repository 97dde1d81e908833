"""What is held before the camera: codes that are no card's, and cards of a layout that nobody has seen yet."""

import pytest

from commands.embedded_portal import EmbeddedPortal
from kiosk.visit import Step
from tests.devices.pictures_made import code_picture
from tests.journeys.conftest import OpenKiosk

# Six fields, in an order of their own: each is known by its pattern.
SIX_FIELDS = "001058000123|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội|15082021"


def test_another_code_is_no_card_and_a_card_of_six_fields_is_one(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.empty_the_camera()
    code_picture("https://example.vn/khuyen-mai").save(kiosk.cards / "1.png")
    kiosk.open()
    kiosk.citizen().play(until=Step.CARD)
    kiosk.robot.wait_for("advice", lambda: "Mã này không phải mã thẻ căn cước" in kiosk.texts())
    assert kiosk.step() is Step.CARD
    code_picture(SIX_FIELDS).save(kiosk.cards / "2.png")
    kiosk.robot.wait_for("the card's page", lambda: kiosk.step() is Step.CONFIRM)
    assert "NGUYỄN VĂN MẪU" in kiosk.texts()
    assert "001058000123" not in kiosk.texts()  # others may look on
    card = kiosk.window.visit.card
    assert card is not None
    assert (card.number, card.birth_date.year, card.sex) == ("001058000123", 1958, "Nam")


@pytest.mark.proof
def test_a_camera_that_comes_back_is_used_without_starting_again(portal: EmbeddedPortal, make_kiosk: OpenKiosk) -> None:
    kiosk = make_kiosk(portal)
    kiosk.break_device(kiosk.cards, "not_connected")
    kiosk.open()
    citizen = kiosk.citizen()
    citizen.play(until=Step.CARD)
    kiosk.robot.wait_for("the camera's sentence", lambda: "Tự gõ thông tin" in kiosk.texts())
    kiosk.break_device(kiosk.cards, "ready")
    kiosk.robot.tap("back")
    citizen.play(until=Step.CONFIRM)
    assert "NGUYỄN VĂN MẪU" in kiosk.texts()
