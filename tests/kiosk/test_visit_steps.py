"""The step table: the whole way, what the card spares, the way back, the review's "Sửa", filing, and what follows."""

from typing import Any

import pytest

from kiosk import visit_events as e
from kiosk.catalog import Route
from kiosk.form import Answer, Choice, Compare, FieldType, Op, Source
from kiosk.next_place import needed_parts
from kiosk.visit import Confirmation, Helper, HelperKind, Place, Step, Visit
from kiosk.visit_events import Event
from kiosk.visit_steps import advance
from tests.factories import (
    CARD,
    HELPING,
    LATER,
    PLEDGE,
    PRIVACY,
    VOLUNTEER,
    fixture_catalog,
    make_card,
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
    before_card,
    filed,
    page_of,
    play,
    typing,
    with_card,
)
from tests.sample_forms import FATHERS_DEATH, OWN_BIRTH, extract_copy

SERVICE = extract_copy()
CHOSEN = e.ServiceChosen(SERVICE, Route.DESK)
CONFIRMATION = Confirmation(LATER, ("Đúng không?",), "0" * 64)
EVENTS: tuple[Event, ...] = (
    e.Begun(),
    CHOSEN,
    ON,
    BACK,
    e.Consented(PRIVACY),
    e.HelperChosen(HelperKind.NONE),
    e.HelperNamed(VOLUNTEER),
    e.HelperAgreed(HELPING),
    e.HelperPaused(),
    e.HelperResumed(),
    e.HelperChangeAsked(),
    e.HelperExpired(),
    e.CurtainDrawn(alone=True),
    e.HandedOver(CONFIRMATION),
    e.Doubted("what"),
    e.PledgeAccepted(),
    e.CardShown(CARD),
    e.CardConfirmed(LATER),
    e.CardLeftOut(),
    e.Answered("for_whom", {}),
    e.Noted("for_whom", Answer("child", Source.CITIZEN, LATER)),
    e.PartOpened("old_copy"),
    e.PagesChanged(make_document("old_copy")),
    e.EditAsked(page_id="copies"),
    SEALED,
    e.AnotherWanted(),
)
ROWS = {
    Step.HOME: (e.Begun,),
    Step.CHOOSE: (e.ServiceChosen, e.WentBack),
    Step.BEFORE: (e.WentOn, e.ServiceChosen, e.WentBack),
    Step.CONSENT: (e.Consented, e.WentBack),
    Step.HELPER: (e.HelperChosen, e.WentBack),
    Step.HELPER_NAME: (e.HelperNamed, e.HelperChosen, e.WentBack),
    Step.HELPER_BADGE: (e.HelperNamed, e.HelperChosen, e.WentBack),
    Step.HELPER_CONSENT: (e.HelperAgreed, e.HelperChosen, e.WentBack),
    Step.CARD: (e.CardShown, e.CardLeftOut, e.WentBack),
    Step.CONFIRM: (e.CardConfirmed, e.CardLeftOut, e.WentBack),
    Step.FORM: (e.Answered, e.Noted, e.WentBack),
    Step.PARTS: (e.PartOpened, e.WentOn, e.WentBack),
    Step.CAPTURE: (e.PagesChanged, e.WentOn, e.WentBack),
    Step.ORIGINALS: (e.WentOn,),
    Step.REVIEW: (e.EditAsked, e.WentOn, e.WentBack),
    Step.HANDOVER: (e.HandedOver, e.Doubted, e.WentBack),
    Step.FILE: (e.DossierSealed, e.PledgeAccepted, e.WentBack),
    Step.CARD_AGAIN: (e.CardShown, e.CardLeftOut, e.WentBack),
    Step.CERTAIN: (e.DossierSealed, e.WentBack),
    Step.SENDING: (e.WentOn,),
    Step.DONE: (e.AnotherWanted, e.WentOn),
    Step.GOODBYE: (),
}


def at(step: Step) -> Visit:
    """A visit that may be at that step."""
    place = Place(step, page_id="for_whom" if step is Step.FORM else "", part_code="old_copy")
    confirmation = CONFIRMATION if step in (Step.FILE, Step.CARD_AGAIN, Step.CERTAIN) else None
    helper = VOLUNTEER if step.value.startswith("helper_") else Helper()
    trail = (Place(Step.HOME), Place(Step.CHOOSE))
    return make_visit(place=place, trail=trail, card=CARD, confirmation=confirmation, helper=helper)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("step", Step)
def test_an_event_that_the_table_does_not_name_changes_nothing(step: Step, event: Event) -> None:
    if type(event) in ROWS[step]:
        assert advance(at(step), event) != at(step)
    else:
        assert advance(at(step), event) == at(step)


@pytest.mark.parametrize("step", Step)
def test_whoever_leaves_leaves_nothing(step: Step) -> None:
    assert advance(at(step), e.Left()) == Visit()


def test_a_card_without_a_name_leaves_the_page_of_the_name_to_be_answered() -> None:
    visit = with_card(card=make_card(name="", plain_name="NGUYEN VAN MAU", address=""))
    asked = next(page.id for page in SERVICE.form.pages if "requester_name" in [field.id for field in page.fields])
    visit = answered_on(visit, until=asked)
    assert visit.place == Place(Step.FORM, asked)
    assert "requester_name" not in visit.answers
    assert visit.answers["requester_id_number"].source is Source.CARD


def test_the_whole_way_of_one_who_shows_a_card() -> None:
    visit = at_review()
    assert [place.step for place in visit.trail if place.step is not Step.FORM] == [
        *(Step.HOME, Step.CHOOSE, Step.BEFORE, Step.CONSENT, Step.HELPER, Step.CARD, Step.CONFIRM, Step.PARTS)
    ]
    assert [place.page_id for place in visit.trail if place.step is Step.FORM] == [
        *("for_whom", "event", "document_name", "requester_ethnic_group"),
        *("registered_at", "has_old_copy", "registered_number"),
        *("copies", "contact_phone"),
    ]
    assert play(visit, ON, SEALED).place == Place(Step.SENDING)
    assert filed().place == Place(Step.DONE)
    assert filed().filed == (REF,)


def test_after_the_end_comes_the_goodbye_and_nothing_leads_back() -> None:
    visit = play(filed(), ON)
    assert visit.place == Place(Step.GOODBYE)
    assert play(visit, ON, BACK, SEALED, e.AnotherWanted()) == visit
    assert play(visit, e.Left()) == Visit()


def test_without_a_card_everything_is_asked() -> None:
    asked = [place.page_id for place in answered_on(typing()).trail if place.step is Step.FORM]
    assert [page for page in asked if page.startswith("requester_")] == [
        *("requester_name", "requester_birth_date", "requester_sex"),
        *("requester_ethnic_group", "requester_id_number"),
    ]


def test_the_name_by_which_it_was_chosen_answers_its_question() -> None:
    """Only while that answer is open: nobody asks for their own death certificate."""
    said = {"event": Answer("2", Source.CITIZEN, LATER)}
    called = e.ServiceChosen(SERVICE, Route.DESK, called="Xin trích lục khai tử", said=said)
    way = (e.Begun(), called, ON, e.Consented(PRIVACY, alone=True), e.CardShown(CARD), e.CardConfirmed(LATER))
    visit = play(Visit(), *way)
    assert Step.HELPER not in [place.step for place in visit.trail]
    fathers = answered_page(visit, for_whom="parent")
    assert fathers.place == Place(Step.FORM, "relation")
    assert answered_page(visit, for_whom="self").place == Place(Step.FORM, "event")


def test_without_papers_the_review_follows_the_questions() -> None:
    visit = answered_page(with_card(make_service(make_field("x"))), x="y")
    assert visit.place == Place(Step.REVIEW)


def test_only_papers_that_the_answers_call_for_are_wanted() -> None:
    assert needed_parts(make_visit()) == ("old_copy",)
    assert needed_parts(make_visit(values={**OWN_BIRTH, "has_old_copy": False})) == ()
    assert needed_parts(make_visit(values=FATHERS_DEATH)) == ("authorisation_family",)


def test_a_condition_of_a_paper_sees_what_was_not_asked_because_it_is_the_same() -> None:
    same = Compare("for_whom", Op.EQUALS, ("self",))
    pages = (
        make_page(make_field("for_whom", FieldType.CHOICE, choices=(Choice("self", "Của tôi"),))),
        make_page(make_field("asker", FieldType.CHOICE)),
        make_page(make_field("other", FieldType.CHOICE, prefill="field:asker", same_when=same)),
    )
    part = make_part(when=Compare("other", Op.EQUALS, ("1",)))
    service = make_service(pages=pages, parts=(part,))
    assert needed_parts(make_visit(service, {"for_whom": "self", "asker": "1"})) == ("proof",)


# -- the card ------------------------------------------------------------------------------------------------------


def test_what_the_card_says_is_remembered_as_the_cards() -> None:
    sources = {key: answer.source for key, answer in at_review().answers.items()}
    by_card = {key for key, source in sources.items() if source is Source.CARD}
    assert by_card == {"requester_name", "requester_birth_date", "requester_sex", "requester_id_number"}
    assert {source for key, source in sources.items() if key not in by_card} == {Source.CITIZEN}


@pytest.mark.parametrize(("helper", "source"), [(None, Source.CITIZEN), (VOLUNTEER, Source.HELPER)])
def test_typed_over_is_the_cards_no_more(helper: Helper | None, source: Source) -> None:
    visit = answered_on(with_card(helper=helper), until="")
    edited = play(visit, ON, e.EditAsked(page_id="requester_name"))
    mended = answered_page(edited, requester_name="NGUYỄN VĂN MẪU ĐỔI")
    assert mended.answers["requester_name"].source is source
    assert mended.answers["requester_id_number"].source is Source.CARD
    assert mended.answers["copies"].source is source


def test_a_card_confirmed_again_leaves_what_was_typed() -> None:
    """Who mends a name, goes back to the card and comes forward again must not find the old name filed."""
    visit = answered_page(play(at_review(), e.EditAsked(page_id="requester_name")), requester_name="LÊ VĂN MẪU")
    while visit.place.step is not Step.CONFIRM:
        visit = play(visit, BACK)
    again = play(visit, e.CardConfirmed(LATER))
    assert again.answers == visit.answers
    assert again.answers["requester_name"].value == "LÊ VĂN MẪU"


def test_another_card_leaves_nothing_of_the_one_before() -> None:
    issued_on = make_field("issued_on", FieldType.DATE, prefill="card.issued_on")
    name = make_field("name", FieldType.NAME, prefill="card.name")
    service = make_service(issued_on, name, make_field("rest"))
    visit = play(with_card(service), BACK, BACK)
    other = play(visit, e.CardShown(make_card(name="Trần Thị Thử", issued_on=None)), e.CardConfirmed(LATER))
    assert {key: answer.value for key, answer in other.answers.items()} == {"name": "Trần Thị Thử"}
    assert other.place.page_id == "issued_on"


def test_not_me_goes_back_to_the_camera_with_nothing_of_that_card() -> None:
    visit = play(before_card(), e.CardShown(CARD), e.CardLeftOut())
    assert visit == before_card()


def test_leaving_the_card_out_keeps_what_was_typed() -> None:
    visit = at_review()
    while visit.place.step is not Step.CARD:
        visit = play(visit, BACK)
    without = play(visit, e.CardLeftOut())
    assert without.card is None
    assert without.answers == {k: answer for k, answer in visit.answers.items() if answer.source is not Source.CARD}


# -- the helper ----------------------------------------------------------------------------------------------------


def test_a_helper_is_named_and_agreed_to_before_touching_anything() -> None:
    visit = before_card(helper=VOLUNTEER)
    assert visit.helper == VOLUNTEER
    assert visit.consents == (PRIVACY, HELPING)


def test_who_goes_on_alone_after_all_has_no_helper_left() -> None:
    visit = play(before_card(helper=VOLUNTEER), BACK, BACK, BACK, e.HelperChosen(HelperKind.NONE))
    assert visit.place.step is Step.CARD
    assert (visit.helper, visit.consents) == (Helper(), (PRIVACY,))


def test_nobody_gets_past_helper_and_card_by_going_back_to_the_beginning() -> None:
    """With the consent given once, the way still leads over the helper's name: no helper goes unnamed."""
    at_before = play(before_card(), BACK, e.HelperChosen(HelperKind.VOLUNTEER), BACK, BACK, BACK)
    assert at_before.place.step is Step.BEFORE
    assert play(at_before, ON).place.step is Step.CONSENT


def test_another_service_begins_with_nothing_and_the_same_with_everything() -> None:
    visit = at_review().with_document(make_document("old_copy"))
    while visit.place.step is not Step.CHOOSE:
        visit = play(visit, BACK)
    same = play(visit, CHOSEN)
    assert (same.answers, same.documents) == (visit.answers, visit.documents)
    other = play(visit, e.ServiceChosen(fixture_catalog().services[0], Route.DESK))
    assert (other.answers, other.documents) == ({}, {})
    assert play(visit, e.ServiceChosen(SERVICE, Route.PREPARE)).answers == {}


def test_a_double_tap_answers_one_page_only() -> None:
    visit = typing()
    event: Any = e.Answered(visit.place.page_id, answered_page(visit, for_whom="self").answers)
    assert play(visit, event, event) == play(visit, event)
    assert page_of(play(visit, event, event)).id == "event"


def test_a_pledge_is_a_consent_of_its_own_dossier() -> None:
    assert filed().consents == (PRIVACY, PLEDGE)
