"""Back loses nothing: answers that stand go to the visit, letters that are no answer yet are there again."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit

from commands.gallery_visit import Walker
from kiosk.visit import Step
from kiosk.visit_events import EditAsked
from kiosk.visit_steps import advance
from tests.ui.conftest import ShowPage
from ui.half_typed import HalfTyped


@pytest.fixture
def typist(walker: Walker) -> Walker:
    """Somebody without a card."""
    return replace(walker, card=False)


def test_half_a_number_and_a_choice_that_was_not_confirmed_are_there_again(show_page: ShowPage, typist: Walker) -> None:
    half = HalfTyped()
    number = typist.on_page("requester_id_number")
    page = show_page(number)
    page.type("field:requester_id_number", "0010")
    left = half.leave(number, page.screen)
    assert "requester_id_number" not in left.answers  # it is none yet
    again = show_page(left)
    half.restore(left, again.screen)
    field = again.find("field:requester_id_number")
    assert isinstance(field, QLineEdit)
    assert field.text() == "0010"

    whom = typist.on_page("for_whom")
    page = show_page(whom)
    page.press("choice:for_whom:kin")
    assert half.leave(whom, page.screen).answers["for_whom"].value == "kin"


def test_back_from_a_change_leaves_the_review_as_it_was(show_page: ShowPage, walker: Walker) -> None:
    visit = advance(walker.at(Step.REVIEW), EditAsked(page_id="contact_phone"))
    page = show_page(visit)
    page.type("field:contact_phone", "0987654321")
    assert HalfTyped().leave(visit, page.screen) == visit


def test_nothing_outlives_the_visit(show_page: ShowPage, typist: Walker) -> None:
    half = HalfTyped()
    number = typist.on_page("requester_id_number")
    page = show_page(number)
    page.type("field:requester_id_number", "0010")
    half.leave(number, page.screen)
    half.forget()
    again = show_page(number)
    half.restore(number, again.screen)
    assert again.find("field:requester_id_number").text() == ""  # type: ignore[attr-defined]
