"""Plays visits by their events, as screens do: to the first question, through the questions, to the end."""

from collections.abc import Mapping
from functools import reduce
from uuid import UUID

from kiosk import visit as v
from kiosk import visit_events as e
from kiosk.card import CardRead
from kiosk.catalog import Route, Service
from kiosk.form import Answer, AnswerValue, QuestionPage
from kiosk.form_rules import visible_pages
from kiosk.handover import handover_questions, reviewed_sha256
from kiosk.visit import Helper, Step, Visit
from kiosk.visit_events import Event
from kiosk.visit_steps import advance
from tests.factories import CARD, HELPING, LATER, PLEDGE, PRIVACY, VOLUNTEER
from tests.sample_forms import OWN_BIRTH, TODAY, extract_copy

REF = UUID(int=7)
ON, BACK = e.WentOn(), e.WentBack()
SEALED = e.DossierSealed(REF, PLEDGE)


def play(visit: Visit, *events: Event) -> Visit:
    """The visit after all the events."""
    return reduce(advance, events, visit)


def page_of(visit: Visit) -> QuestionPage:
    """The page of the form that is shown."""
    pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
    return next(page for page in pages if page.id == visit.place.page_id)


def before_card(service: Service | None = None, helper: Helper | None = None, route: Route | None = None) -> Visit:
    """A visit that is about to show the card."""
    own = service or extract_copy()
    kind = helper.kind if helper else v.HelperKind.NONE
    way = (e.Begun(), e.ServiceChosen(own, route or own.route), ON, e.Consented(PRIVACY), e.HelperChosen(kind))
    helped: tuple[Event, ...] = (e.HelperNamed(helper), e.HelperAgreed(HELPING)) if helper else ()
    return play(Visit(), *way, *helped)


def with_card(service: Service | None = None, card: CardRead = CARD, helper: Helper | None = None) -> Visit:
    """A visit at its first question, the card confirmed."""
    return play(before_card(service, helper), e.CardShown(card), e.CardConfirmed(LATER))


def typing(service: Service | None = None, helper: Helper | None = None, route: Route | None = None) -> Visit:
    """A visit at its first question, without a card."""
    return play(before_card(service, helper, route), e.CardLeftOut())


def answered_page(visit: Visit, **values: AnswerValue | None) -> Visit:
    """The shown page answered by who is typing; None is "I don't know", and a field without a value is left empty."""
    given = {
        key: Answer("" if value is None else value, visit.author, LATER, unknown=value is None)
        for key, value in values.items()
    }
    return play(visit, e.Answered(visit.place.page_id, given))


def answered_on(visit: Visit, values: Mapping[str, AnswerValue | None] = OWN_BIRTH, until: str = "") -> Visit:
    """All the questions answered from where the visit is, up to the page `until` or to the last."""
    while visit.place.step is Step.FORM and visit.place.page_id != until:
        asked = [field.id for field in page_of(visit).fields]
        visit = answered_page(visit, **{key: values[key] for key in asked if key in values})
    return visit


def at_review(values: Mapping[str, AnswerValue | None] = OWN_BIRTH, service: Service | None = None) -> Visit:
    """A visit by card with every question answered and no paper captured, at its review."""
    visit = answered_on(with_card(service), values)
    return play(visit, ON) if visit.place.step is Step.PARTS else visit


def helped_at_review() -> Visit:
    """A visit by card that a volunteer typed all answers of, at its review."""
    visit = answered_on(with_card(helper=VOLUNTEER))
    return play(visit, ON) if visit.place.step is Step.PARTS else visit


def confirmation_of(visit: Visit) -> v.Confirmation:
    """What the citizen says yes to after the hand-over."""
    questions = tuple(question.text for question in handover_questions(visit, TODAY))
    return v.Confirmation(LATER, questions, reviewed_sha256(visit))


def confirmed(visit: Visit) -> Visit:
    """A visit at its review that somebody helped with, handed over, pledged and about to be filed."""
    handed = play(visit, ON, e.HandedOver(confirmation_of(visit)), e.PledgeAccepted())
    return play(handed, e.CardShown(handed.card)) if handed.card else handed


def filed(visit: Visit | None = None) -> Visit:
    """A visit whose dossier was filed, at its last page."""
    own = visit or at_review()
    return play(confirmed(own), SEALED, ON) if own.helped else play(own, ON, SEALED, ON)
