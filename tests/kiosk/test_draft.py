"""A kept visit comes back as it was, whatever it held; what the catalogue has dropped is left out, and never fatal."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import visit as v
from kiosk import visit_events as e
from kiosk.catalog import Catalog, Route, Service
from kiosk.draft import Reopened, pack, unpack, worth_keeping
from kiosk.drafts import PackedVisit
from kiosk.errors import StoreCorrupt
from kiosk.form import Answer, FieldType, Source
from kiosk.ports import PageFault, PageReport
from kiosk.visit import CITIZENS_OWN, ConsentKind, Helper, HelperKind, Place, Step, Visit
from kiosk.visit_help import without_helper
from kiosk.visit_steps import advance
from tests.factories import (
    LATER,
    PRIVACY,
    VOLUNTEER,
    fixture_catalog,
    make_document,
    make_field,
    make_page,
    make_service,
)
from tests.kiosk.test_visit_steps_at_random import SERVICES, forward
from tests.kiosk.visits_played import ON, before_card, play, typing, with_card
from tests.sample_forms import TODAY

ALONE = e.HelperChosen(HelperKind.NONE)


def catalog_of(*services: Service) -> Catalog:
    return replace(fixture_catalog(), services=services)


def back(visit: Visit, *services: Service) -> Reopened:
    return unpack(pack(visit, LATER), catalog_of(*(services or (visit.chosen(),))), TODAY)


def went_on(reopened: Reopened) -> Visit:
    """The visit once the citizen has said that nobody helps."""
    assert reopened.visit.place == Place(Step.HELPER)
    return advance(reopened.visit, ALONE)


def two_pages(**second: Any) -> Service:
    return make_service(pages=(make_page(make_field("first")), make_page(make_field("second", **second))))


def at_second(service: Service) -> Visit:
    visit = typing(service)
    return play(visit, e.Answered(visit.place.page_id, {"first": Answer("MẪU", Source.CITIZEN, LATER)}))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**20), steps=st.integers(5, 60))
def test_any_visit_comes_back_as_it_was(seed: int, steps: int) -> None:
    dice, visit = Random(seed), Visit()
    for _step in range(steps):
        visit = advance(visit, forward(visit, dice))
    if not worth_keeping(visit):
        return
    assert pack(visit, LATER) == pack(visit, LATER)
    own = replace(visit.chosen(), route=visit.route)
    reopened = back(visit, *{service.code: service for service in (*SERVICES, own)}.values())
    assert (reopened.left_out, reopened.gone, reopened.saved_at) == (0, False, LATER)
    assert reopened.visit.place == Place(Step.HELPER)
    assert reopened.visit.helper == Helper()
    expected = replace(without_helper(visit), service=own, doubt="", represents=False)
    asks_who_helps = visit.place.step.value.startswith("helper")
    if not asks_who_helps and visit.place.step not in CITIZENS_OWN:
        assert advance(reopened.visit, ALONE) == expected
    again = reopened.visit
    assert (again.answers, again.documents, again.card) == (visit.answers, visit.documents, visit.card)
    assert (again.filed, again.earlier, again.on) == (visit.filed, visit.earlier, visit.on)


def test_a_page_comes_back_with_all_that_was_found_on_it() -> None:
    visit = with_card()
    found = PageReport((PageFault.BLURRED, PageFault.DARK), fingerprint=(1 << 179_999) | 5)
    document = make_document("proof", 3)
    pages = (replace(document.pages[0], report=found, same_as=frozenset({2, 3})), *document.pages[1:])
    visit = visit.with_document(replace(document, pages=pages))
    packed = pack(visit, LATER)
    assert all(content not in packed.state for content in packed.contents.values())
    assert len(packed.state) < 20_000
    service = replace(visit.chosen(), parts=(replace(visit.chosen().parts[0], code="proof"),))
    assert went_on(back(visit, service)).documents == visit.documents


def test_nothing_is_kept_before_the_citizen_has_agreed_nor_after_filing() -> None:
    assert not worth_keeping(Visit())
    assert not worth_keeping(before_card())  # agreed, and nothing given yet
    visit = with_card()
    assert worth_keeping(visit)
    assert not worth_keeping(replace(visit, consents=()))
    for step in (Step.HOME, Step.CHOOSE, Step.SENDING, Step.DONE):
        assert not worth_keeping(replace(visit, place=Place(step)))


def test_the_helper_of_before_is_asked_for_anew_and_the_consent_of_the_citizen_holds() -> None:
    visit = with_card(helper=VOLUNTEER)
    reopened = back(visit)
    assert reopened.visit.consents == (PRIVACY,)
    again = advance(reopened.visit, e.HelperChosen(HelperKind.RELATIVE))
    assert again.place == Place(Step.HELPER_NAME)
    helping = v.ConsentGiven(ConsentKind.HELPER, "Tôi đồng ý (mẫu).", LATER)
    helped = play(again, e.HelperNamed(Helper(HelperKind.RELATIVE, "Trần Thị Thử")), e.HelperAgreed(helping))
    assert (helped.place, helped.trail) == (visit.place, visit.trail)
    assert helped.consents == (PRIVACY, helping)


def test_kept_again_while_asking_who_helps_it_still_knows_where_it_was() -> None:
    visit = with_card()
    twice = back(back(visit).visit)
    assert went_on(twice) == visit


def test_an_answer_that_is_not_asked_for_any_more_is_left_out_and_counted() -> None:
    visit = at_second(two_pages())
    changed = make_service(pages=(make_page(make_field("other")), make_page(make_field("second"))))
    reopened = back(visit, changed)
    assert reopened.left_out == 1
    again = went_on(reopened)
    assert dict(again.answers) == {}
    assert again.place == visit.place  # its page is still asked


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldType.NUMBER, "12"),
        (FieldType.NUMBER, True),
        (FieldType.YES_NO, 1),
        (FieldType.TEXT, 1),
        (FieldType.ADDRESS, "Xã Mẫu"),
        (FieldType.TABLE, "một dòng"),
        (FieldType.CHOICE, "no such code"),
    ],
)
def test_an_answer_of_another_kind_does_not_fit_the_question_of_today(kind: FieldType, value: object) -> None:
    visit = at_second(two_pages())
    visit = replace(visit, answers={**visit.answers, "second": Answer(value, Source.CITIZEN, LATER)})  # type: ignore[arg-type]
    reopened = back(visit, two_pages(type=kind) if kind is not FieldType.TEXT else two_pages())
    assert "second" not in reopened.visit.answers
    assert reopened.left_out == 1


def test_a_page_that_is_gone_leads_to_the_first_that_needs_an_answer() -> None:
    visit = at_second(two_pages())
    fewer = make_service(pages=(make_page(make_field("first")), make_page(make_field("third"))))
    visit = replace(visit, place=Place(Step.FORM, page_id="no such page"))
    again = went_on(back(visit, fewer))
    assert again.place.step is Step.FORM
    assert [field.id for page in fewer.form.pages if page.id == again.place.page_id for field in page.fields] == [
        "third"
    ]


def test_papers_that_are_not_asked_for_any_more_are_left_out() -> None:
    visit = with_card().with_document(make_document("old_paper", 2))
    visit = replace(visit, place=Place(Step.CAPTURE, part_code="old_paper"))
    reopened = back(visit)
    assert reopened.left_out == 1
    assert went_on(reopened).place.step in (Step.PARTS, Step.REVIEW)


def test_what_is_not_ready_is_reviewed_before_it_can_be_filed() -> None:
    visit = replace(with_card(), place=Place(Step.FILE))
    assert went_on(back(visit)).place.step is Step.REVIEW


def test_a_service_that_left_the_catalogue_leads_to_the_choice_with_the_card() -> None:
    visit = with_card()
    reopened = back(visit, *fixture_catalog().services)
    assert reopened.gone
    assert reopened.visit.place == Place(Step.CHOOSE)
    assert (reopened.visit.card, reopened.visit.answers) == (visit.card, {})
    chosen = play(reopened.visit, e.ServiceChosen(fixture_catalog().services[0], Route.DESK), ON)
    assert chosen.place.step is Step.CONSENT


def test_a_way_that_the_office_has_no_longer_is_not_gone_on_with() -> None:
    visit = typing(route=Route.DESK)
    online = replace(visit.chosen(), route=Route.ONLINE_BY_AGREEMENT)
    assert back(visit, online).visit.route is Route.ONLINE_BY_AGREEMENT
    printed = replace(visit, route=Route.PREPARE)  # the citizen wanted it so
    assert back(printed, online).visit.route is Route.PREPARE


def test_bytes_that_are_no_draft_are_refused_without_repeating_them() -> None:
    packed = pack(with_card(), LATER)
    for state in (b"", b"{}", packed.state[:-1], packed.state.replace(b"draft/1", b"draft/2")):
        with pytest.raises(StoreCorrupt) as refused:
            unpack(PackedVisit("2.000635", "", state, {}), fixture_catalog(), TODAY)
        assert "MẪU" not in str(refused.value).upper()
        assert refused.value.__cause__ is None


def test_a_kept_visit_begins_from_the_first_page_only() -> None:
    kept = back(with_card()).visit
    assert advance(Visit(), e.Begun(kept)) == kept
    assert advance(with_card(), e.Begun(kept)) == with_card()
