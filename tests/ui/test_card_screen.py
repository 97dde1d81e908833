"""The camera runs while the page is shown and no longer; typing is always one press away."""

from dataclasses import replace
from functools import partial

from pytestqt.qtbot import QtBot

from commands.gallery_visit import CARD_TEXT, Walker, made_up_card
from kiosk.capture import CardHint, CardLook
from kiosk.config import TimeSettings
from kiosk.ports import DeviceReason
from kiosk.visit import Step
from kiosk.visit_events import CardLeftOut, CardShown
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands, Page
from ui.card_preview import CardPreview
from ui.context import Context
from ui.tasks import Lane
from ui.wedge import Wedge


def test_a_card_that_is_read_is_shown(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    hands.cards.looks = [CardLook(CardHint.HOLD_STILL, CARD_TEXT)]
    page = show_page(walker.at(Step.CARD))
    qtbot.waitUntil(lambda: page.events == [CardShown(made_up_card())])


def test_another_code_is_not_taken_for_a_card(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    hands.cards.looks = [CardLook(CardHint.OTHER_CODE)]
    page = show_page(walker.at(Step.CARD))
    qtbot.waitUntil(lambda: "không phải mã thẻ căn cước" in page.texts())
    assert page.events == []


def test_typing_instead_needs_no_camera(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    hands.camera.trouble = DeviceReason.NOT_CONNECTED
    page = show_page(walker.at(Step.CARD))
    qtbot.waitUntil(lambda: "Máy ảnh chưa dùng được" in page.texts())
    page.press("type_instead")
    assert page.events == [CardLeftOut()]


def test_a_camera_that_is_lost_can_be_tried_again(
    show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot
) -> None:
    hands.camera.trouble, hands.camera.frames_left = DeviceReason.NO_PICTURE, 2
    page = show_page(walker.at(Step.CARD))
    qtbot.waitUntil(lambda: "Máy ảnh không có hình" in page.texts())
    [preview] = page.frame.findChildren(CardPreview)
    assert not preview.shows
    hands.camera.trouble, hands.camera.frames_left = None, None
    hands.cards.looks = [CardLook(CardHint.HOLD_STILL, CARD_TEXT)]
    page.press("camera_again")
    qtbot.waitUntil(lambda: page.events == [CardShown(made_up_card())])
    assert not page.shows("camera_again")
    assert hands.camera.watched == 2


def test_who_waits_is_told_of_typing(
    show_page: ShowPage, walker: Walker, context: Context, hands: Hands, qtbot: QtBot
) -> None:
    hands.camera.gate.clear()
    page = show_page(walker.at(Step.CARD), own_context=replace(context, times=TimeSettings(card_help_s=0.05)))
    qtbot.waitUntil(lambda: "Chưa đọc được thẻ" in page.texts())


def test_leaving_stops_the_camera(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(walker.at(Step.CARD))
    [preview] = page.frame.findChildren(CardPreview)
    qtbot.waitUntil(lambda: preview.shows)
    page.screen.leave()
    assert not preview.shows
    free: list[None] = []
    page.screen.context.tasks.run(Lane.CAMERA, lambda: None, owner=page.screen, done=free.append)
    qtbot.waitUntil(lambda: free == [None])
    assert page.events == []


def test_a_hand_held_reader_needs_no_camera(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    hands.camera.trouble = DeviceReason.NOT_CONNECTED
    page = show_page(walker.at(Step.CARD))
    hands.reader.texts.put("https://vidu.vn")
    qtbot.waitUntil(lambda: "không phải mã thẻ căn cước" in page.texts())
    hands.reader.texts.put(CARD_TEXT)
    qtbot.waitUntil(lambda: page.events == [CardShown(made_up_card())])


def test_a_reader_in_keyboard_mode_is_the_same(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(walker.at(Step.CARD))
    [wedge] = page.screen.findChildren(Wedge)
    wedge.scanned.emit(CARD_TEXT)
    assert page.events == [CardShown(made_up_card())]


def _says(page: Page, words: str) -> bool:
    return words in page.texts()


def test_one_hint_at_a_time(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(walker.at(Step.CARD))
    for hint, words in (
        (CardHint.CLOSER, "gần hơn"),
        (CardHint.LESS_GLARE, "bớt lóa"),
        (CardHint.HOLD_STILL, "Giữ yên"),
    ):
        hands.cards.looks = [CardLook(hint)]
        qtbot.waitUntil(partial(_says, page, words))
    assert "bớt lóa" not in page.texts()
