"""The step table from the papers on: capturing, "Sửa", the way back over what was closed, filing, a second dossier."""

from dataclasses import replace

import pytest

from kiosk import visit_events as e
from kiosk.catalog import Route
from kiosk.form import AnswerValue, Compare, FieldType, Op, Source
from kiosk.review import problems
from kiosk.visit import HelperKind, Place, Step, Visit
from tests.factories import (
    CARD,
    HELPING,
    PRIVACY,
    VOLUNTEER,
    fixture_catalog,
    make_document,
    make_field,
    make_page,
    make_part,
    make_service,
    make_visit,
)
from tests.kiosk.visits_played import (
    BACK,
    ON,
    REF,
    SEALED,
    answered_on,
    answered_page,
    at_review,
    filed,
    play,
    typing,
    with_card,
)
from tests.sample_forms import HOME, OWN_BIRTH, TODAY, extract_copy

NEXT = e.ServiceChosen(extract_copy(), Route.DESK)
ALONE = e.HelperChosen(HelperKind.NONE)
SCANNED = e.PagesChanged(make_document("old_copy", pages=2))


def at_parts() -> Visit:
    return answered_on(with_card())


def steps_back(visit: Visit) -> list[Place]:
    """The places that Back leads to, one after the other."""
    places = []
    while visit.trail:
        visit = play(visit, BACK)
        places.append(visit.place)
    return places


# -- papers --------------------------------------------------------------------------------------------------------


def test_original_papers_go_back_into_the_citizens_hands() -> None:
    captured = play(at_parts(), e.PartOpened("old_copy"), SCANNED, ON)
    assert captured.place.step is Step.ORIGINALS
    assert play(captured, ON).place == Place(Step.PARTS)
    assert play(captured, ON).documents == {"old_copy": make_document("old_copy", pages=2)}


def test_nothing_is_given_back_where_nothing_was_taken() -> None:
    assert play(at_parts(), e.PartOpened("old_copy"), ON).place == Place(Step.PARTS)
    copies = make_service(make_field("x"), parts=(make_part(return_original=False),))
    opened = play(answered_page(typing(copies), x="y"), e.PartOpened("proof"), e.PagesChanged(make_document()))
    assert play(opened, ON).place == Place(Step.PARTS)
    assert play(opened, BACK).place == Place(Step.PARTS)


def test_back_from_the_scanner_keeps_the_pages_and_gives_the_originals_back() -> None:
    visit = play(at_parts(), e.PartOpened("old_copy"), SCANNED, BACK)
    assert visit.place == Place(Step.ORIGINALS, part_code="old_copy")
    assert play(visit, ON).place == Place(Step.PARTS)
    assert len(play(visit, ON).documents["old_copy"].pages) == 2
    assert play(at_parts(), e.PartOpened("old_copy"), BACK) == at_parts()


def test_pages_of_another_part_are_not_taken() -> None:
    opened = play(at_parts(), e.PartOpened("old_copy"))
    assert play(opened, e.PagesChanged(make_document("authorisation"))) == opened


@pytest.mark.parametrize("code", ["", "nothing", "identity", "authorisation"])
def test_a_part_that_is_not_called_for_does_not_open(code: str) -> None:
    assert play(at_parts(), e.PartOpened(code)) == at_parts()
    assert play(at_review(), e.EditAsked(part_code=code)) == at_review()


def test_from_the_review_a_part_leads_back_to_the_review() -> None:
    captured = play(at_review(), e.EditAsked(part_code="old_copy"), SCANNED, ON)
    assert captured.place.step is Step.ORIGINALS
    assert play(captured, ON).place == Place(Step.REVIEW)
    left = play(at_review(), e.EditAsked(part_code="old_copy"), SCANNED, BACK)
    assert left.place.step is Step.ORIGINALS
    assert play(left, ON).place == Place(Step.REVIEW)


# -- Sửa -----------------------------------------------------------------------------------------------------------


def edited(page_id: str, **values: AnswerValue | None) -> Visit:
    return answered_page(play(at_review(), e.EditAsked(page_id=page_id)), **values)


def test_one_answer_mended_is_straight_back_at_the_review() -> None:
    visit = edited("copies", copies=3, delivery="desk")
    assert visit.place == Place(Step.REVIEW)
    assert visit.trail == at_review().trail
    assert visit.answers["copies"].value == 3


def test_a_page_that_the_card_had_settled_can_be_mended() -> None:
    visit = play(at_review(), e.EditAsked(page_id="requester_id_number"))
    assert visit.place == Place(Step.FORM, page_id="requester_id_number", editing=True)


def test_a_new_answer_brings_its_own_questions_and_only_those() -> None:
    asked, visit = [], edited("for_whom", for_whom="child")
    while visit.place.step is Step.FORM:
        asked.append(visit.place.page_id)
        visit = answered_page(visit, **({"relation": "6"} if asked[-1] == "relation" else SUBJECT[asked[-1]]))
    assert asked == ["relation", *SUBJECT]
    assert visit.place == Place(Step.REVIEW)
    assert problems(visit, TODAY) == ()


SUBJECT: dict[str, dict[str, AnswerValue | None]] = {
    "subject_name": {"subject_name": "NGUYỄN THỊ THỬ"},
    "subject_birth_date": {"subject_birth_date": "1955"},
    "subject_sex": {"subject_sex": "2"},
    "subject_ethnic_group": {"subject_ethnic_group": "01", "subject_nationality": "VN"},
    "subject_id_number": {"subject_id_number": None},
    "subject_document_kind": {"subject_document_kind": None},
    "subject_residence": {"subject_residence": HOME},
}


def test_a_question_that_may_stay_empty_is_asked_too_when_it_is_new() -> None:
    visit = answered_on(with_card(), {**OWN_BIRTH, "has_old_copy": False})
    asked = answered_page(play(visit, e.EditAsked(page_id="has_old_copy")), has_old_copy=True)
    assert asked.place == Place(Step.FORM, page_id="registered_number", editing=True)
    assert answered_page(asked).place == Place(Step.REVIEW)


def test_a_choice_that_the_new_answer_has_closed_is_asked_again() -> None:
    visit = at_review({**OWN_BIRTH, **CHILDS_DEATH})
    visit = answered_page(play(visit, e.EditAsked(page_id="for_whom")), for_whom="self")
    assert visit.place == Place(Step.FORM, page_id="event", editing=True)


CHILDS_DEATH: dict[str, AnswerValue | None] = {
    "for_whom": "child",
    "event": "2",
    "relation": "6",
    "has_old_copy": False,
    **{key: value for page in SUBJECT.values() for key, value in page.items()},
}


def test_changing_ones_mind_twice_loses_nothing() -> None:
    there = edited("has_old_copy", has_old_copy=False)
    assert there.place == Place(Step.REVIEW)
    back_again = answered_page(play(there, e.EditAsked(page_id="has_old_copy")), has_old_copy=True)
    assert back_again.place == Place(Step.REVIEW)
    assert back_again.answers["registered_number"].value == "25/1958"


def test_back_out_of_a_correction_is_the_review_and_changes_nothing() -> None:
    asked = edited("for_whom", for_whom="child")
    left = play(asked, BACK)
    assert left.place == Place(Step.REVIEW)
    assert problems(left, TODAY)[0].page_id == "relation"
    assert play(at_review(), e.EditAsked(page_id="copies"), BACK) == at_review()


@pytest.mark.parametrize("page_id", ["subject_name", "nothing"])
def test_a_page_that_is_not_asked_cannot_be_mended(page_id: str) -> None:
    assert play(at_review(), e.EditAsked(page_id=page_id)) == at_review()


# -- back ----------------------------------------------------------------------------------------------------------


def test_back_loses_nothing_and_forward_finds_it() -> None:
    visit = play(at_parts(), e.PartOpened("old_copy"), SCANNED, ON, ON, ON)
    kept = (visit.answers, visit.documents, visit.card, visit.consents)
    while visit.place.step is not Step.CHOOSE:
        visit = play(visit, BACK)
        assert (visit.answers, visit.documents, visit.card, visit.consents) == kept
    assert play(visit, BACK) == Visit()  # whoever stands on the first page is somebody else


def test_back_passes_over_what_a_correction_has_closed() -> None:
    visit = edited("event", event="1")
    assert visit.place == Place(Step.REVIEW)
    places = steps_back(visit)
    assert "document_name" not in [place.page_id for place in places]
    assert places[-1] == Place(Step.HOME)


def test_back_passes_over_the_papers_when_none_is_wanted_any_more() -> None:
    visit = edited("has_old_copy", has_old_copy=False)
    assert play(visit, BACK).place == Place(Step.FORM, page_id="contact_phone")


# -- filing and after ----------------------------------------------------------------------------------------------


def test_after_sealing_there_is_no_way_back() -> None:
    sealed = play(at_review(), ON, SEALED)
    for visit in (sealed, play(sealed, ON)):
        assert visit.trail == ()
        assert play(visit, BACK, SEALED, e.EditAsked(page_id="copies"), e.CardLeftOut(), NEXT) == visit


def test_the_same_dossier_is_sealed_once() -> None:
    assert play(at_review(), ON, SEALED, SEALED).filed == (REF,)


def test_what_is_prepared_is_never_sent() -> None:
    service = next(each for each in fixture_catalog().services if each.route is Route.PREPARE)
    visit = play(answered_on(with_card(service)), ON)
    assert visit.place == Place(Step.FILE)
    assert play(visit, SEALED) == visit
    assert play(visit, ON).place == Place(Step.DONE)
    assert play(visit, ON).filed == ()
    assert play(visit, ON, BACK) == play(visit, ON)


def test_what_is_filed_cannot_be_waved_through_as_prepared() -> None:
    visit = play(at_review(), ON)
    assert play(visit, ON) == visit


def test_a_second_dossier_keeps_the_person_and_nothing_of_the_first() -> None:
    first = filed(replace(at_review(), helper=VOLUNTEER, consents=(PRIVACY, HELPING)))
    second = play(first, e.AnotherWanted())
    assert second.place == Place(Step.CHOOSE)
    assert (second.card, second.helper) == (CARD, VOLUNTEER)
    assert second.consents == (PRIVACY,)  # that to a helper is for one dossier
    assert (second.service, second.answers, second.documents, second.trail) == (None, {}, {}, ())
    assert second.filed == (REF,)


def test_a_second_dossier_asks_who_helps_and_neither_for_consent_nor_for_the_card() -> None:
    asked = play(filed(), e.AnotherWanted(), NEXT, ON)
    assert asked.place == Place(Step.HELPER)
    second = play(asked, ALONE)
    assert second.place == Place(Step.FORM, page_id="for_whom")
    by_card = {key for key, answer in second.answers.items() if answer.source is Source.CARD}
    assert by_card == {"requester_name", "requester_birth_date", "requester_sex", "requester_id_number"}
    assert {answer.at for answer in second.answers.values()} == {filed().card_confirmed_at}
    assert play(answered_on(second), ON).place == Place(Step.REVIEW)


def test_a_second_dossier_after_a_prepared_one_is_a_second_one_too() -> None:
    service = next(each for each in fixture_catalog().services if each.route is Route.PREPARE)
    prepared = play(answered_on(with_card(service)), ON, ON)
    asked = play(prepared, e.AnotherWanted(), NEXT, ON)
    assert asked.place == Place(Step.CONSENT)  # to have papers made is not to have them filed
    alone = play(asked, e.Consented(PRIVACY), e.HelperChosen(HelperKind.NONE))
    assert alone.place.step is Step.FORM
    assert alone.answers["requester_name"].source is Source.CARD
    helped = (e.HelperChosen(VOLUNTEER.kind), e.HelperNamed(VOLUNTEER), e.HelperAgreed(HELPING))
    named = play(asked, e.Consented(PRIVACY), *helped)
    assert (named.place.step, named.consents) == (Step.FORM, (PRIVACY, HELPING))


def test_without_a_card_the_second_dossier_is_typed_again() -> None:
    first = filed(play(answered_on(typing()), ON))
    assert play(first, e.AnotherWanted(), NEXT, ON).answers == {}


def test_what_was_typed_over_the_card_is_not_carried_into_the_second_dossier() -> None:
    """The mended name belonged to the first dossier; the second begins with what the card says."""
    first = filed(edited("requester_name", requester_name="LÊ VĂN MẪU"))
    second = play(first, e.AnotherWanted(), NEXT, ON, ALONE)
    assert second.answers["requester_name"].value == "NGUYỄN VĂN MẪU"


def test_a_helper_who_was_chosen_marks_every_answer() -> None:
    visit = answered_on(typing(helper=replace(VOLUNTEER, kind=HelperKind.STAFF)))
    assert {answer.source for answer in visit.answers.values()} == {Source.HELPER}


def test_a_page_of_two_questions_is_settled_by_the_card_only_as_a_whole() -> None:
    name = make_field("name", FieldType.NAME, prefill="card.name")
    both = make_page(name, make_field("nickname", required=False))
    assert with_card(make_service(pages=(both,))).place.page_id == "name"
    alone = make_service(pages=(make_page(name), make_page(make_field("x"), when=Compare("name", Op.ANSWERED))))
    assert with_card(alone).place.page_id == "x"
    assert make_visit(alone).chosen() is alone
