"""The step table: what each event does at each step. Pure; an event that the table does not name changes nothing."""

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from kiosk import visit as v
from kiosk import visit_events as e
from kiosk.catalog import Route
from kiosk.conditions import holds
from kiosk.form import Answer, Answers, QuestionPage, Source, Stop
from kiosk.form_rules import completed, visible_pages
from kiosk.prefill import from_card
from kiosk.visit import Place, Step, Visit

Move = Callable[[Visit, Any], Visit]


def advance(visit: Visit, event: e.Event) -> Visit:
    """The visit after the event. A double tap, or an event that comes late, finds no row and is without effect."""
    if isinstance(event, e.Left):
        return Visit()
    move = _TABLE.get((visit.place.step, type(event)))
    return move(visit, event) if move else visit


def needed_parts(visit: Visit) -> tuple[str, ...]:
    """The codes of the parts to capture for these answers, the optional ones included, in the service's order.

    What the office looks up itself is not captured: it may not be asked for (Resolution 66.7/2025/NQ-CP).
    """
    service = visit.chosen()
    live = completed(service.form, visit.answers, visit.facts)
    parts = (part for part in service.parts if not (part.replaced_by_data or part.shown_only))
    return tuple(part.code for part in parts if holds(part.when, live, visit.facts))


def _to(step: Step) -> Move:
    return lambda visit, _event: visit.at(Place(step))


def _back(visit: Visit, _event: e.WentBack) -> Visit:
    """One place back. Places that a change from the review has closed since are passed over. On the first page stands
    whoever comes: the visit is over there."""
    earlier = visit.back()
    while earlier.trail and not _is_open(earlier, earlier.place):
        earlier = earlier.back()
    return Visit() if earlier.place.step is Step.HOME else earlier


def _is_open(visit: Visit, place: Place) -> bool:
    """Whether the answers as they are now lead to the place."""
    match place.step:
        case Step.FORM:
            return any(page.id == place.page_id for page in _pages(visit))
        case Step.PARTS:
            return bool(needed_parts(visit))
        case Step.CAPTURE:
            return place.part_code in needed_parts(visit)
        case _:
            return True


def _pages(visit: Visit) -> tuple[QuestionPage, ...]:
    return visible_pages(visit.chosen().form, visit.answers, visit.facts)


def _choose(visit: Visit, event: e.ServiceChosen) -> Visit:
    """Who comes back and chooses the same again finds everything as it was."""
    visit = replace(visit, on=event.on, province=event.province, last_workday=event.last_workday)
    if visit.service != event.service or visit.route is not event.route:
        empty: Mapping[str, Any] = MappingProxyType({})
        visit = replace(visit, service=event.service, route=event.route, answers=empty, documents=empty)
    return visit.at(Place(Step.BEFORE))


def _choose_after_reading(visit: Visit, event: e.ServiceChosen) -> Visit:
    """Another service, or another way for this one, offered on the page before the start."""
    return _choose(visit.back_to(Step.CHOOSE), event)


def _understand(visit: Visit, _event: e.WentOn) -> Visit:
    """A further dossier, whose way did not begin at home, asks for consent only if there is none that holds for it."""
    helped = visit.helper.kind is not v.HelperKind.NONE
    needed = {v.ConsentKind.PRIVACY, v.ConsentKind.HELPER} if helped else {v.ConsentKind.PRIVACY}
    if Place(Step.HOME) in visit.trail or not needed <= {consent.kind for consent in visit.consents}:
        return visit.at(Place(Step.CONSENT))
    return _first_question(visit)


def _consent(visit: Visit, event: e.Consented) -> Visit:
    return replace(visit, consents=(event.consent,)).at(Place(Step.HELPER))


def _choose_helper(visit: Visit, event: e.HelperChosen) -> Visit:
    if event.kind is not v.HelperKind.NONE:
        return replace(visit, helper=replace(visit.helper, kind=event.kind)).at(Place(Step.HELPER_NAME))
    alone = tuple(consent for consent in visit.consents if consent.kind is not v.ConsentKind.HELPER)
    return _after_helper(replace(visit, helper=v.Helper(), consents=alone))


def _name_helper(visit: Visit, event: e.HelperNamed) -> Visit:
    others = tuple(consent for consent in visit.consents if consent.kind is not v.ConsentKind.HELPER)
    return _after_helper(replace(visit, helper=event.helper, consents=(*others, event.consent)))


def _after_helper(visit: Visit) -> Visit:
    if visit.returns_to:
        return replace(visit, place=visit.returns_to[-1], trail=visit.returns_to[:-1], returns_to=())
    return visit.at(Place(Step.CARD)) if Place(Step.HOME) in visit.trail else _first_question(visit)


def _show_card(visit: Visit, event: e.CardShown) -> Visit:
    return replace(visit, card=event.card, card_confirmed_at=None).at(Place(Step.CONFIRM))


def _confirm_card(visit: Visit, event: e.CardConfirmed) -> Visit:
    return _first_question(replace(visit, card_confirmed_at=event.at))


def _leave_out_card(visit: Visit, _event: e.CardLeftOut) -> Visit:
    without = replace(visit, card=None, card_confirmed_at=None, answers=MappingProxyType(_typed(visit.answers)))
    return without.back_to(Step.CARD) if visit.place.step is Step.CONFIRM else _first_question(without)


def _typed(answers: Answers) -> dict[str, Answer]:
    return {key: answer for key, answer in answers.items() if answer.source is not Source.CARD}


def _first_question(visit: Visit) -> Visit:
    """The first page that needs an answer. A card that was confirmed answers what it can, for a further dossier too;
    what was typed stays as it was typed."""
    if visit.card is not None and visit.card_confirmed_at is not None:
        given = from_card(visit.chosen().form, visit.card, visit.card_confirmed_at)
        visit = replace(visit, answers=MappingProxyType({**given, **_typed(visit.answers)}))
    return _question_after(visit, "")


def _question_after(visit: Visit, page_id: str) -> Visit:
    """The next page that is not settled by the card, or that stops; after the last one, the papers."""
    pages = _pages(visit)
    start = next((index + 1 for index, page in enumerate(pages) if page.id == page_id), 0)
    for page in pages[start:]:
        if page.stop is not None or not _settled(page, visit.answers):
            return visit.at(Place(Step.FORM, page_id=page.id))
    return visit.at(Place(Step.PARTS if needed_parts(visit) else Step.REVIEW))


def _settled(page: QuestionPage, answers: Answers) -> bool:
    """Values from the card were confirmed on one page already: they are not asked for one by one."""
    given = [answers.get(field.id) for field in page.fields]
    return all(answer is not None and answer.source is Source.CARD for answer in given)


def _answer(visit: Visit, event: e.Answered) -> Visit:
    """The page's answers in place of those before. What is not asked now is kept, and not filed. From a page that
    stops no answer leads on."""
    if event.page_id != visit.place.page_id or _stop_of(visit) is not None:
        return visit
    pages = visit.chosen().form.pages
    asked = {field.id for page in pages if page.id == event.page_id for field in page.fields}
    others = {key: answer for key, answer in visit.answers.items() if key not in asked}
    answered = replace(visit, answers=MappingProxyType({**others, **event.answers}))
    if visit.place.editing:
        return _edited(answered, {page.id for page in _pages(visit)})
    return _question_after(answered, event.page_id)


def _note(visit: Visit, event: e.Noted) -> Visit:
    """The visit stays on the page; what is noted is checked with the page, and again before filing."""
    pages = visit.chosen().form.pages
    asked = {field.id for page in pages if page.id == visit.place.page_id for field in page.fields}
    if event.field_id not in asked:
        return visit
    answers = {key: answer for key, answer in visit.answers.items() if key != event.field_id}
    if event.answer is not None:
        answers[event.field_id] = event.answer
    return replace(visit, answers=MappingProxyType(answers))


def _choose_instead(visit: Visit, event: e.ServiceChosen) -> Visit:
    """Another service from the page where the form stops: as if it had been chosen in the first place."""
    if _stop_of(visit) is None or visit.service == event.service:
        return visit
    return _choose(visit.back_to(Step.CHOOSE), event)


def _stop_of(visit: Visit) -> Stop | None:
    """Why the form ends on the shown page, if it does."""
    return next((page.stop for page in visit.chosen().form.pages if page.id == visit.place.page_id), None)


def _edited(visit: Visit, asked_before: Container[str]) -> Visit:
    """Straight back to the review, unless the new answer asks for more."""
    live = completed(visit.chosen().form, visit.answers, visit.facts)
    for page in _pages(visit):
        unasked = page.id not in asked_before and not any(field.id in live for field in page.fields)
        if unasked or page.stop is not None or any(field.required and field.id not in live for field in page.fields):
            return replace(visit, place=Place(Step.FORM, page_id=page.id, editing=True))
    return visit.back_to(Step.REVIEW)


def _open_part(visit: Visit, event: e.PartOpened) -> Visit:
    place = Place(Step.CAPTURE, part_code=event.part_code)
    return visit.at(place) if _is_open(visit, place) else visit


def _change_pages(visit: Visit, event: e.PagesChanged) -> Visit:
    """Pages of another part come late, from a page that was left."""
    return visit.with_document(event.document) if event.document.part_code == visit.place.part_code else visit


def _after_originals(otherwise: Move) -> Move:
    """Whichever way a part is left, original papers go back into the citizen's hands before anything else is asked."""

    def move(visit: Visit, event: e.Event) -> Visit:
        code = visit.place.part_code
        part = next(part for part in visit.chosen().parts if part.code == code)
        if code in visit.documents and part.return_original:
            return replace(visit, place=replace(visit.place, step=Step.ORIGINALS))
        return otherwise(visit, event)

    return move


def _part_done(visit: Visit, _event: e.WentOn) -> Visit:
    return visit.back_to(Step.REVIEW if visit.place.editing else Step.PARTS)


def _edit(visit: Visit, event: e.EditAsked) -> Visit:
    step = Step.FORM if event.page_id else Step.CAPTURE
    place = Place(step, page_id=event.page_id, part_code=event.part_code, editing=True)
    return visit.at(place) if _is_open(visit, place) else visit


def _sealed(visit: Visit, event: e.DossierSealed) -> Visit:
    """After filing there is no way back: the trail ends here. What is only prepared is never sealed."""
    if visit.route is Route.PREPARE:
        return visit
    consents = (*visit.consents, event.declaration)
    filed = (*visit.filed, event.client_ref)
    return replace(visit, consents=consents, filed=filed, trail=(), place=Place(Step.SENDING))


def _prepared(visit: Visit, _event: e.WentOn) -> Visit:
    """Route `prepare`: what was prepared is in the citizen's hands; nothing is queued and nothing is sent."""
    if visit.route is not Route.PREPARE:
        return visit
    return replace(visit, place=Place(Step.DONE), trail=())


def _another(visit: Visit, _event: e.AnotherWanted) -> Visit:
    files = visit.route is not Route.PREPARE  # who had papers made agreed to nothing that is filed
    kept = tuple(each for each in visit.consents if files and each.kind is not v.ConsentKind.DECLARATION)
    return Visit(
        place=Place(Step.CHOOSE),
        card=visit.card,
        card_confirmed_at=visit.card_confirmed_at,
        on=visit.on,
        last_workday=visit.last_workday,
        province=visit.province,
        helper=visit.helper,
        consents=kept,
        filed=visit.filed,
        earlier={visit.chosen().code: completed(visit.chosen().form, visit.answers, visit.facts)},
    )


_BACK_FROM = tuple(step for step in Step if step not in (Step.HOME, Step.ORIGINALS, Step.SENDING, Step.DONE))

_TABLE: Mapping[tuple[Step, type], Move] = {
    (Step.HOME, e.Begun): lambda visit, event: event.kept or visit.at(Place(Step.CHOOSE)),
    (Step.CHOOSE, e.ServiceChosen): _choose,
    (Step.BEFORE, e.WentOn): _understand,
    (Step.BEFORE, e.ServiceChosen): _choose_after_reading,
    (Step.CONSENT, e.Consented): _consent,
    (Step.HELPER, e.HelperChosen): _choose_helper,
    (Step.HELPER_NAME, e.HelperNamed): _name_helper,
    (Step.CARD, e.CardShown): _show_card,
    (Step.CARD, e.CardLeftOut): _leave_out_card,
    (Step.CONFIRM, e.CardConfirmed): _confirm_card,
    (Step.CONFIRM, e.CardLeftOut): _leave_out_card,
    (Step.FORM, e.Answered): _answer,
    (Step.FORM, e.Noted): _note,
    (Step.FORM, e.ServiceChosen): _choose_instead,
    (Step.PARTS, e.PartOpened): _open_part,
    (Step.PARTS, e.WentOn): _to(Step.REVIEW),
    (Step.CAPTURE, e.PagesChanged): _change_pages,
    (Step.CAPTURE, e.WentOn): _after_originals(_part_done),
    (Step.ORIGINALS, e.WentOn): _part_done,
    (Step.REVIEW, e.EditAsked): _edit,
    (Step.REVIEW, e.WentOn): _to(Step.FILE),
    (Step.FILE, e.DossierSealed): _sealed,
    (Step.FILE, e.WentOn): _prepared,
    (Step.SENDING, e.WentOn): lambda visit, _event: replace(visit, place=Place(Step.DONE), trail=()),
    (Step.DONE, e.AnotherWanted): _another,
    **{(step, e.WentBack): _back for step in _BACK_FROM},
    (Step.CAPTURE, e.WentBack): _after_originals(_back),
}
