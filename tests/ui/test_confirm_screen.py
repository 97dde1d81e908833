"""What the card says, with what a bystander must not read kept back."""

from commands.gallery_visit import Walker, made_up_card
from kiosk.form_rules import masked_number
from kiosk.visit import CardConfirmed, CardLeftOut, Step
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
