"""A form that stops lets nobody further but to another service, and a page that is not finished keeps its rows."""

from datetime import date
from typing import Any

from kiosk import visit_events as e
from kiosk.catalog import Route
from kiosk.form import Answer, Source
from kiosk.form_rules import completed
from kiosk.visit import HelperKind, Place, Step, Visit
from tests.factories import (
    LATER,
    PRIVACY,
    make_service,
)
from tests.kiosk.visits_played import (
    BACK,
    ON,
    SEALED,
    answered_on,
    answered_page,
    page_of,
    play,
)
from tests.sample_forms import TODAY, extract_copy
from tests.sample_life import FIRST_HOME, LIFE, LONG_LIFE, NOW_HOME

LONG = make_service(code="9.999998", form=LIFE)
YOUNG = {**LONG_LIFE, "birth_date": "2010-01-01"}


FRIDAY = date(2026, 11, 20)


def living(values: dict[str, Any], until: str = "") -> Visit:
    """A visit through the form that stops for whom is not of age."""
    chosen = e.ServiceChosen(LONG, Route.DESK, TODAY, "01", FRIDAY)
    way = (e.Begun(), chosen, ON, e.Consented(PRIVACY), e.HelperChosen(HelperKind.NONE), e.CardLeftOut())
    return answered_on(play(Visit(), *way), values, until)


def test_day_and_province_are_facts_of_the_visit_and_of_the_next_dossier() -> None:
    facts = {"route": "desk", "today": "2026-11-21", "last_workday": "2026-11-20", "province": "01"}
    visit = living({**LONG_LIFE})
    assert visit.place.step is Step.REVIEW
    assert visit.facts == facts
    another = play(visit, ON, SEALED, ON, e.AnotherWanted())
    assert (another.on, another.province, another.last_workday) == (TODAY, "01", FRIDAY)
    again = play(another, e.ServiceChosen(LONG, Route.DESK, TODAY, "01", FRIDAY))
    assert (again.answers, again.earlier) == ({}, {LONG.code: completed(LONG.form, visit.answers, visit.facts)})
    assert Visit().facts == {"route": "desk", "province": ""}


def test_a_page_that_stops_lets_nobody_further() -> None:
    stopped = living(YOUNG, until="too_young")
    assert page_of(stopped).stop is LIFE.pages[1].stop
    for event in (e.Answered("too_young", {}), ON, e.ServiceChosen(LONG, Route.PREPARE, TODAY), SEALED):
        assert play(stopped, event) == stopped
    back = play(stopped, BACK)
    assert (back.place.page_id, back.answers) == ("birth_date", stopped.answers)
    assert play(answered_page(back, birth_date="1958-03-27")).place.page_id == "name"


def test_a_page_that_stops_leads_to_another_service() -> None:
    stopped = living(YOUNG, until="too_young")
    other = play(stopped, e.ServiceChosen(extract_copy(), Route.DESK, TODAY, "01"))
    assert (other.service, other.place, other.answers) == (extract_copy(), Place(Step.BEFORE), {})
    assert play(other, BACK).place.step is Step.CHOOSE


def test_only_a_page_that_stops_leads_to_another_service() -> None:
    visit = living({**LONG_LIFE}, until="name")
    assert play(visit, e.ServiceChosen(extract_copy(), Route.DESK, TODAY)) == visit


def test_a_change_from_the_review_may_stop_and_can_be_taken_back() -> None:
    changed = answered_page(play(living({**LONG_LIFE}), e.EditAsked(page_id="birth_date")), birth_date="2010-01-01")
    assert (changed.place.page_id, changed.place.editing) == ("too_young", True)
    review = play(changed, BACK)
    assert review.place.step is Step.REVIEW
    still = answered_page(play(review, e.EditAsked(page_id="birth_date")), birth_date="2011-01-01")
    assert still.place.page_id == "too_young"
    mended = answered_page(play(review, e.EditAsked(page_id="birth_date")), birth_date="1958-03-27")
    assert mended.place.step is Step.REVIEW
    assert mended.answers["homes"].value == (FIRST_HOME, NOW_HOME)


def test_what_is_noted_stays_on_its_page() -> None:
    visit = living({**LONG_LIFE}, until="homes")
    rows = Answer((FIRST_HOME,), Source.CITIZEN, LATER)
    noted = play(visit, e.Noted("homes", rows))
    assert (noted.place, noted.answers["homes"]) == (visit.place, rows)
    assert play(noted, BACK).answers["homes"] == rows
    assert play(noted, e.Noted("homes", None)) == visit
    assert play(visit, e.Noted("name", rows), e.Noted("nonsense", rows)) == visit
