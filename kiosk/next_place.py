"""Which places of a visit are open for its answers, and which of them comes next. Pure."""

from collections.abc import Container
from dataclasses import replace
from types import MappingProxyType

from kiosk.conditions import holds
from kiosk.form import Answer, Answers, Source
from kiosk.form_rules import completed
from kiosk.prefill import from_card
from kiosk.visit import HelperKind, Place, Step, Visit
from kiosk.visit_pages import is_settled, pages_of


def needed_parts(visit: Visit) -> tuple[str, ...]:
    """The codes of the parts to capture for these answers, the optional ones included, in the service's order.

    What the office looks up itself is not captured: it may not be asked for (Resolution 66.7/2025/NQ-CP).
    """
    service = visit.chosen()
    live = completed(service.form, visit.answers, visit.facts)
    parts = (part for part in service.parts if not (part.replaced_by_data or part.shown_only))
    return tuple(part.code for part in parts if holds(part.when, live, visit.facts))


def is_open(visit: Visit, place: Place) -> bool:
    """Whether the answers as they are now lead to the place; who is nobody is not asked for a name."""
    match place.step:
        case Step.HELPER_NAME | Step.HELPER_BADGE:
            return visit.helper.kind is not HelperKind.NONE
        case Step.HELPER_CONSENT:
            return bool(visit.helper.name)
        case Step.FORM:
            return any(page.id == place.page_id for page in pages_of(visit))
        case Step.PARTS:
            return bool(needed_parts(visit))
        case Step.CAPTURE:
            return place.part_code in needed_parts(visit)
        case _:
            return True


def typed_answers(answers: Answers) -> dict[str, Answer]:
    """The answers that are not from the card."""
    return {key: answer for key, answer in answers.items() if answer.source is not Source.CARD}


def first_question(visit: Visit) -> Visit:
    """The first page that needs an answer. A card that was confirmed answers what it can, for a further dossier too;
    what was typed stays as it was typed."""
    if visit.card is not None and visit.card_confirmed_at is not None:
        given = from_card(visit.chosen().form, visit.card, visit.card_confirmed_at)
        visit = replace(visit, answers=MappingProxyType({**given, **typed_answers(visit.answers)}))
    return question_after(visit, "")


def question_after(visit: Visit, page_id: str) -> Visit:
    """The next page that is not settled by the card, or that stops; after the last one, the papers."""
    pages = pages_of(visit)
    start = next((index + 1 for index, page in enumerate(pages) if page.id == page_id), 0)
    for page in pages[start:]:
        if page.stop is not None or not is_settled(page, visit):
            return visit.at(Place(Step.FORM, page_id=page.id))
    return visit.at(Place(Step.PARTS if needed_parts(visit) else Step.REVIEW))


def after_change(visit: Visit, asked_before: Container[str]) -> Visit:
    """Straight back to the review, unless the new answer asks for more."""
    live = completed(visit.chosen().form, visit.answers, visit.facts)
    for page in pages_of(visit):
        unasked = page.id not in asked_before and not any(field.id in live for field in page.fields)
        if unasked or page.stop is not None or any(field.required and field.id not in live for field in page.fields):
            return replace(visit, place=Place(Step.FORM, page_id=page.id, editing=True))
    return visit.back_to(Step.REVIEW)
