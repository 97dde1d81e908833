"""What the card says, with what a bystander must not read kept back."""

from dataclasses import replace
from datetime import date

from commands.gallery_visit import Walker, made_up_card
from kiosk.form_rules import masked_number
from kiosk.mrz import MrzRead, as_card
from kiosk.visit import Step
from kiosk.visit_events import CardConfirmed, CardLeftOut
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands


def test_the_name_is_whole_and_the_rest_is_kept_back(show_page: ShowPage, walker: Walker) -> None:
    texts = show_page(walker.at(Step.CONFIRM)).texts()
    card = made_up_card()
    assert card.name in texts
    assert masked_number(card.number) in texts
    for secret in (card.number, "27/03/1958", "27/3/1958", "Số 12"):
        assert secret not in texts
    assert "chưa xác minh" in texts


def test_a_masked_number_shows_three_digits() -> None:
    assert masked_number("001058000123") == "••• ••• ••• 123"


def test_yes_and_no(show_page: ShowPage, walker: Walker, hands: Hands) -> None:
    page = show_page(walker.at(Step.CONFIRM))
    page.press("not_me")
    page.go_on()
    assert page.events == [CardLeftOut(), CardConfirmed(hands.clock.now())]


def test_the_back_of_a_card_shows_a_name_without_marks_and_says_that_it_is_typed_next(
    show_page: ShowPage, walker: Walker
) -> None:
    card = as_card(MrzRead("001058000123", "NGUYEN VAN MAU", date(1958, 3, 27), "Nam", None))
    texts = show_page(replace(walker.at(Step.CONFIRM), card=card)).texts()
    assert "NGUYEN VAN MAU (chưa có dấu)" in texts
    assert "tự gõ họ tên ở trang sau" in texts
    assert "mặt sau thẻ" in texts
    assert "Nơi thường trú" not in texts


def test_a_name_that_is_not_known_at_all_is_said_to_be_typed_next(show_page: ShowPage, walker: Walker) -> None:
    card = replace(made_up_card(), name="", address="")
    texts = show_page(replace(walker.at(Step.CONFIRM), card=card)).texts()
    assert "Ông/bà tự gõ ở trang sau" in texts
    assert masked_number(card.number) in texts
