"""The page turns to the citizen: three questions, none answered by a trembling finger; then the last word."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commands.gallery_visit import BADGED, CARD_TEXT, Walker, made_up_card
from kiosk.capture import CardHint, CardLook
from kiosk.handover import handover_questions, reviewed_sha256
from kiosk.visit import Step
from kiosk.visit_events import CardLeftOut, CardShown, Doubted, HandedOver, PledgeAccepted
from tests.ui.conftest import ShowPage, settle
from tests.ui.counter import Hands, Page

OTHERS_CARD = CARD_TEXT.replace("001058000123", "001058000999")


def asked(page: Page) -> str:
    return page.screen.heading


def test_three_times_yes_is_the_confirmation_of_what_was_reviewed(show_page: ShowPage, walker: Walker) -> None:
    visit = replace(walker, helper=BADGED).at(Step.HANDOVER)
    page = show_page(visit)
    assert "Từ đây chỉ ông/bà bấm." in page.texts()
    page.go_on()
    questions = handover_questions(visit, page.screen.today)
    for question in questions:
        assert asked(page) == question.text
        assert question.fact in page.texts()
        page.press("answer:yes")
        settle()
    [handed] = page.events
    assert isinstance(handed, HandedOver)
    assert handed.confirmation.reviewed_sha256 == reviewed_sha256(visit)
    assert handed.confirmation.questions == tuple(f"{each.text} {each.fact}" for each in questions)


def test_a_trembling_second_tap_and_enter_answer_nothing(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=BADGED).at(Step.HANDOVER))
    page.go_on()
    first = asked(page)
    page.press("answer:yes")
    settle()
    second = asked(page)
    assert second != first
    QTest.mouseDClick(page.find("answer:yes"), Qt.MouseButton.LeftButton)
    QTest.keyClick(page.frame, Qt.Key.Key_Return)
    settle()
    assert (asked(page), page.events) == (second, [])
    assert page.screen.step_back()
    assert asked(page) == first


def test_a_no_says_which_question_it_was(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=BADGED).at(Step.HANDOVER))
    page.go_on()
    page.press("answer:yes")
    settle()
    page.press("answer:no")
    assert page.events == [Doubted("for_whom")]


def test_the_pledge_is_made_on_its_page_and_the_filing_has_another(show_page: ShowPage, walker: Walker) -> None:
    helped = replace(walker, helper=BADGED)
    page = show_page(helped.at(Step.FILE))
    page.go_on()
    assert page.events == []
    page.press("accept")
    page.go_on()
    assert page.events == [PledgeAccepted()]
    last = show_page(helped.at(Step.CERTAIN))
    assert last.screen.next_label == "Đúng, nộp ngay"
    assert helped.service.declaration_pledge in last.texts()


def test_only_the_card_of_the_start_confirms(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    visit = replace(walker, helper=BADGED).at(Step.CARD_AGAIN)
    hands.cards.looks = [CardLook(CardHint.SHOW, OTHERS_CARD)]
    page = show_page(visit)
    qtbot.waitUntil(lambda: "Đây không phải thẻ đã đưa lúc đầu." in page.texts())
    assert page.events == []
    hands.cards.looks = [CardLook(CardHint.SHOW, CARD_TEXT)]
    qtbot.waitUntil(lambda: page.events == [CardShown(made_up_card())])
    page.press("type_instead")
    assert page.events[-1] == CardLeftOut()
