"""What was answered and others must not read is masked where it is shown again; to be changed, it comes back whole."""

from dataclasses import replace
from types import MappingProxyType

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from commands.gallery_visit import Walker
from kiosk.form import Answer, Source
from kiosk.visit import Step, Visit
from kiosk.visit_events import Answered
from tests.ui.conftest import ShowPage
from tests.ui.counter import Page
from ui.text_field import TextField

PHONE, NUMBER = "0912345678", "001058000123"


def with_phone(walker: Walker) -> Visit:
    """At the page of the telephone number, which was answered before."""
    visit = walker.on_page("contact_phone")
    at = walker.at(Step.REVIEW).answers["requester_name"].at
    return replace(
        visit, answers=MappingProxyType({**visit.answers, "contact_phone": Answer(PHONE, Source.CITIZEN, at)})
    )


def seen(page: Page) -> str:
    """Every word on the page, with what stands in its fields."""
    fields = [each.text() for each in page.screen.findChildren(QLineEdit) if each.isVisible()]
    return "\n".join([page.texts(), *fields])


def test_it_is_masked_and_goes_on_as_it_is(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(with_phone(walker))
    assert PHONE not in seen(page)
    assert not page.frame.keyboard.isVisible()
    page.press("show")
    assert PHONE in seen(page)
    page.press("show")
    assert PHONE not in seen(page)
    page.go_on()
    [event] = page.events
    assert isinstance(event, Answered)
    assert event.answers["contact_phone"].value == PHONE


def test_to_be_changed_it_comes_back_with_all_its_letters(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(with_phone(walker))
    page.press("change:contact_phone")
    focused = QApplication.focusWidget()
    assert isinstance(focused, TextField)
    assert (focused.text(), focused.isVisible()) == (PHONE, True)
    visit = with_phone(walker)
    editing = show_page(replace(visit, place=replace(visit.place, editing=True)))
    assert PHONE in seen(editing)  # "Sửa" on the review was the one touch that this takes


def test_what_is_offered_from_the_card_is_masked_too(show_page: ShowPage, walker: Walker) -> None:
    visit = replace(walker, card=False).on_page("requester_id_number")
    page = show_page(replace(visit, card=walker.at(Step.CONFIRM).card))
    assert NUMBER not in seen(page)
    assert "đã che" in "\n".join(label.accessibleName() for label in page.screen.side.findChildren(QLabel))  # type: ignore[union-attr]
    page.press("use:requester_id_number")
    assert NUMBER not in seen(page)
    page.go_on()
    event = page.events[-1]
    assert isinstance(event, Answered)
    assert event.answers["requester_id_number"].value == NUMBER
