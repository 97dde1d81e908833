"""The visit as a value: where it has been, who is typing, how sure the desk is, and what was captured."""

import dataclasses

import pytest

from kiosk.catalog import IdentityAssurance, Route
from kiosk.form import Source
from kiosk.visit import Helper, HelperKind, Place, Step, Visit
from tests.factories import CARD, HELPING, VOLUNTEER, make_document, make_service, make_visit
from tests.sample_forms import AT

WAY = Visit().at(Place(Step.CHOOSE)).at(Place(Step.BEFORE)).at(Place(Step.CONSENT))


def test_a_new_visit_knows_nobody() -> None:
    visit = Visit()
    assert visit.place == Place(Step.HOME)
    assert (visit.trail, visit.answers, visit.documents, visit.consents, visit.filed) == ((), {}, {}, (), ())
    assert (visit.service, visit.card, visit.helper) == (None, None, Helper())


def test_it_cannot_be_changed_only_replaced() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Visit().card = CARD  # type: ignore[misc]  # that is what must not work
    with pytest.raises(TypeError):
        Visit().answers["x"] = make_visit().answers["for_whom"]  # type: ignore[index]  # as above
    with pytest.raises(TypeError):
        make_visit().with_document(make_document()).documents["x"] = make_document()  # type: ignore[index]  # as above


def test_the_way_back_is_the_way_that_was_come() -> None:
    assert [place.step for place in WAY.trail] == [Step.HOME, Step.CHOOSE, Step.BEFORE]
    assert WAY.back().back() == Visit().at(Place(Step.CHOOSE))
    assert WAY.back().back().back() == Visit()


def test_there_is_no_way_back_from_the_beginning() -> None:
    assert Visit().back() == Visit()


def test_back_to_a_step_is_its_latest_place() -> None:
    first, second = Place(Step.FORM, page_id="event"), Place(Step.FORM, page_id="copies")
    visit = WAY.at(first).at(second).at(Place(Step.REVIEW))
    assert visit.back_to(Step.FORM) == WAY.at(first).at(second)


def test_back_to_a_step_that_was_not_passed_goes_there() -> None:
    assert WAY.back_to(Step.REVIEW) == WAY.at(Place(Step.REVIEW))


def test_a_card_counts_once_the_citizen_has_confirmed_it() -> None:
    assert Visit().assurance is IdentityAssurance.TYPED
    assert Visit(card=CARD).assurance is IdentityAssurance.TYPED
    assert Visit(card=CARD, card_confirmed_at=AT).assurance is IdentityAssurance.CARD_CODE


@pytest.mark.parametrize("kind", HelperKind)
def test_with_a_helper_it_is_the_helper_who_types(kind: HelperKind) -> None:
    expected = Source.CITIZEN if kind is HelperKind.NONE else Source.HELPER
    visit = Visit(helper=dataclasses.replace(VOLUNTEER, kind=kind), consents=(HELPING,))
    assert visit.author is expected


@pytest.mark.parametrize("route", Route)
def test_conditions_may_ask_for_the_route(route: Route) -> None:
    assert Visit(route=route).facts == {"route": route.value, "province": ""}


def test_the_service_is_asked_for_only_once_it_is_chosen() -> None:
    service = make_service()
    assert Visit(service=service).chosen() is service
    with pytest.raises(LookupError):
        Visit().chosen()


def test_a_document_without_pages_is_none() -> None:
    visit = Visit().with_document(make_document("proof", pages=2))
    assert visit.documents == {"proof": make_document("proof", pages=2)}
    assert visit.with_document(make_document("proof", pages=0)).documents == {}
    assert Visit().with_document(make_document("proof", pages=0)).documents == {}


def test_each_part_has_its_own_pages() -> None:
    visit = Visit().with_document(make_document("proof")).with_document(make_document("photo", pages=3))
    assert [len(document.pages) for document in visit.documents.values()] == [1, 3]
