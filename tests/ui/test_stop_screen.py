"""Where the form ends for a person: said without alarm, with a way on, and Back changes the answer."""

from dataclasses import replace
from datetime import date

import pytest

from commands.composition import Shipped
from commands.gallery_visit import Walker
from kiosk.dates import vietnam_day
from kiosk.form import Stop
from kiosk.visit_events import ServiceChosen
from tests.fakes import FakeClock
from tests.sample_table import FORM, with_sample_form
from tests.ui.conftest import ShowPage
from tests.ui.counter import Page
from ui.notices import ErrorSummary


@pytest.fixture
def stopped(shipped: Shipped) -> Walker:
    """Somebody for whom the form ends."""
    service = with_sample_form(shipped.catalog.service("2.000635"))
    return Walker(service, shipped.areas, answers={"kind": "no"}, card=False)


def without_way_on(walker: Walker, stop: Stop) -> Walker:
    *pages, last = FORM.pages
    return replace(
        walker, service=replace(walker.service, form=replace(FORM, pages=(*pages, replace(last, stop=stop))))
    )


def show(show_page: ShowPage, walker: Walker) -> Page:
    return show_page(walker.on_page("too_young"))


def test_it_says_why_and_offers_the_other_service(show_page: ShowPage, stopped: Walker, shipped: Shipped) -> None:
    page = show(show_page, stopped)
    assert page.screen.heading == "Chưa đủ tuổi"
    assert "Ông/bà xin giấy khai sinh trước đã." in page.texts()
    assert not any(summary.isVisible() for summary in page.frame.findChildren(ErrorSummary))
    page.go_on()
    other = shipped.catalog.service("2.000635")
    assert page.events == [ServiceChosen(other, other.route, vietnam_day(FakeClock().now()), "", date(2026, 11, 13))]


@pytest.mark.parametrize("instead", ["", "9.999999"])
def test_without_another_service_it_says_whom_to_ask(show_page: ShowPage, stopped: Walker, instead: str) -> None:
    page = show(show_page, without_way_on(stopped, Stop("Mời ông/bà hỏi quầy.", instead)))
    assert not page.frame.footer.next_button.isVisible()
    assert page.screen.next_event() is None
    assert "024 3000 0000" in page.texts()


def test_back_leads_to_the_answer(show_page: ShowPage, stopped: Walker) -> None:
    page = show(show_page, stopped)
    backs: list[None] = []
    page.frame.back.connect(lambda: backs.append(None))
    page.press("back")
    assert len(backs) == 1
