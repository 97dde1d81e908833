"""Who helps by badge: a name of those on duty, or badge and PIN; whatever is refused, there is a way on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from commands.gallery_visit import BADGED, CARD_TEXT, Walker
from kiosk.capture import CardHint, CardLook
from kiosk.helper_desk import BadgedHelper, BadgeRefusal, CheckedIn
from kiosk.ports import DeviceReason
from kiosk.staff import Locked, WrongPin
from kiosk.visit import Helper, HelperKind, Step
from kiosk.visit_events import HelperChosen, HelperNamed
from tests.fakes import FakeClock
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands, Page
from tests.ui.hand_badges import HandDesk
from ui.badge_screen import badge_refusal_words
from ui.context import Context

UNTIL = FakeClock().now() + timedelta(hours=4)
LAN = CheckedIn(BadgedHelper("TNV-0231", "Lê Thị Lan Thử", "Đoàn xã Mẫu", ("0900000001",)), UNTIL)
NAMED = HelperNamed(Helper(HelperKind.VOLUNTEER, "Lê Thị Lan Thử", "Đoàn xã Mẫu", "TNV-0231", ("0900000001",), UNTIL))
TEXT = "DTCB1:TNV-0231:MAU"


@pytest.fixture
def desk() -> HandDesk:
    return HandDesk()


OpenPage = Callable[[], Page]


@pytest.fixture
def open_page(show_page: ShowPage, walker: Walker, context: Context, desk: HandDesk) -> OpenPage:
    visit = replace(walker, helper=BADGED).at(Step.HELPER_BADGE)
    return lambda: show_page(visit, own_context=replace(context, helper_desk=desk))


def type_pin(page: Page, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.shows("pin_enter"))
    for key in (*"2718", "enter"):
        page.press(f"pin_{key}")


def test_who_is_on_duty_is_chosen_by_name(open_page: OpenPage, desk: HandDesk, qtbot: QtBot) -> None:
    desk.duty = (LAN,)
    page = open_page()
    qtbot.waitUntil(lambda: page.shows("helper:TNV-0231"))
    page.go_on()
    assert page.screen.problem == "Ông/bà chọn một dòng."
    page.press("helper:TNV-0231")
    page.go_on()
    assert page.events == [NAMED]
    assert desk.tried == []


def test_badge_and_pin_begin_a_shift_and_a_wrong_pin_is_said(
    open_page: OpenPage, desk: HandDesk, hands: Hands, qtbot: QtBot
) -> None:
    desk.answers = [WrongPin(4), Locked(UNTIL), LAN]
    hands.cards.looks = [CardLook(CardHint.SHOW, CARD_TEXT), CardLook(CardHint.OTHER_CODE, other=TEXT)]
    page = open_page()
    type_pin(page, qtbot)
    qtbot.waitUntil(lambda: "Mã PIN không đúng. Còn 4 lần thử." in page.texts())
    assert page.shows("alone")
    type_pin(page, qtbot)
    qtbot.waitUntil(lambda: "Sai nhiều lần nên đã khóa." in page.texts())
    type_pin(page, qtbot)
    qtbot.waitUntil(lambda: page.events == [NAMED])
    assert desk.tried == [(TEXT, "2718")] * 3


@pytest.mark.parametrize("refusal", BadgeRefusal)
def test_a_badge_that_is_not_taken_is_told_why_and_the_citizen_can_go_on_alone(
    open_page: OpenPage, desk: HandDesk, hands: Hands, refusal: BadgeRefusal, qtbot: QtBot
) -> None:
    desk.answers = [refusal]
    hands.cards.looks = [CardLook(CardHint.OTHER_CODE, other=TEXT), CardLook(CardHint.SHOW)]
    page = open_page()
    type_pin(page, qtbot)
    qtbot.waitUntil(lambda: badge_refusal_words(refusal) in page.texts())
    assert not page.shows("pin_enter")
    page.press("alone")
    assert page.events == [HelperChosen(HelperKind.NONE)]


def test_an_identity_card_is_no_badge(open_page: OpenPage, hands: Hands, qtbot: QtBot) -> None:
    hands.cards.looks = [CardLook(CardHint.SHOW, CARD_TEXT)]
    page = open_page()
    qtbot.waitUntil(lambda: "Đây là thẻ căn cước." in page.texts())
    assert page.events == []


def test_without_a_camera_the_helper_is_named_and_nobody_checks_it(
    open_page: OpenPage, hands: Hands, qtbot: QtBot
) -> None:
    hands.camera.trouble = DeviceReason.NOT_CONNECTED
    page = open_page()
    qtbot.waitUntil(lambda: page.shows("name_instead"))
    page.press("name_instead")
    assert page.events == [HelperChosen(HelperKind.VOLUNTEER)]


def test_back_leads_from_the_pin_to_the_badge_and_to_the_names(
    open_page: OpenPage, desk: HandDesk, hands: Hands, qtbot: QtBot
) -> None:
    desk.duty = (LAN,)
    hands.cards.looks = [CardLook(CardHint.OTHER_CODE, other=TEXT), CardLook(CardHint.SHOW)]
    page = open_page()
    qtbot.waitUntil(lambda: page.shows("helper:other"))
    page.press("helper:other")
    page.go_on()
    qtbot.waitUntil(lambda: page.shows("pin_enter"))
    assert page.screen.step_back()
    assert not page.shows("pin_enter")
    assert page.screen.step_back()
    assert page.shows("helper:TNV-0231")
    assert not page.screen.step_back()
