"""The step table: what each event does at each step. Pure; an event that the table does not name changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from kiosk import visit as v
from kiosk import visit_events as e
from kiosk import visit_help
from kiosk.catalog import Route
from kiosk.form import Stop
from kiosk.form_rules import completed
from kiosk.next_place import after_change, first_question, is_open, question_after, typed_answers
from kiosk.provenance import attributed, helpers_phones
from kiosk.visit import Place, Step, Visit
from kiosk.visit_pages import pages_of

Move = Callable[[Visit, Any], Visit]


def advance(visit: Visit, event: e.Event) -> Visit:
    """The visit after the event. A double tap, or an event that comes late, finds no row and is without effect."""
    if isinstance(event, e.Left):
        return Visit()
    move = _TABLE.get((visit.place.step, type(event)))
    moved = move(visit, event) if move else visit
    return moved if moved.place == visit.place else replace(moved, uncovered="", alone=False)


def _to(step: Step) -> Move:
    return lambda visit, _event: visit.at(Place(step))


def _back(visit: Visit, _event: e.WentBack) -> Visit:
    """One place back. Places that a change from the review has closed since are passed over. On the first page stands
    whoever comes: the visit is over there."""
    earlier = visit.back()
    while earlier.trail and not is_open(earlier, earlier.place):
        earlier = earlier.back()
    return Visit() if earlier.place.step is Step.HOME else earlier


def _choose(visit: Visit, event: e.ServiceChosen) -> Visit:
    """Who comes back and chooses the same again finds everything as it was."""
    visit = replace(visit, on=event.on, province=event.province, last_workday=event.last_workday)
    if visit.service != event.service or visit.route is not event.route:
        empty: Mapping[str, Any] = MappingProxyType({})
        visit = replace(visit, service=event.service, route=event.route, answers=empty, documents=empty)
    visit = replace(visit, called=event.called, answers=MappingProxyType({**visit.answers, **event.said}))
    return visit.at(Place(Step.BEFORE))


def _choose_after_reading(visit: Visit, event: e.ServiceChosen) -> Visit:
    """Another service, or another way for this one, offered on the page before the start."""
    return _choose(visit.back_to(Step.CHOOSE), event)


def _understand(visit: Visit, _event: e.WentOn) -> Visit:
    """A further dossier, whose way did not begin at home, asks for consent only if there is none that holds for it, and
    for who helps now: that may be another than before, or nobody."""
    if Place(Step.HOME) in visit.trail or not any(c.kind is v.ConsentKind.PRIVACY for c in visit.consents):
        return visit.at(Place(Step.CONSENT))
    if visit.helper_agreed:
        return first_question(visit)
    return visit.at(Place(Step.HELPER_CONSENT if visit.helper.name else Step.HELPER))


def _consent(visit: Visit, event: e.Consented) -> Visit:
    others = tuple(consent for consent in visit.consents if consent.kind is not v.ConsentKind.PRIVACY)
    agreed = replace(visit, consents=(event.consent, *others))
    return _choose_helper(agreed, e.HelperChosen(v.HelperKind.NONE)) if event.alone else agreed.at(Place(Step.HELPER))


def _choose_helper(visit: Visit, event: e.HelperChosen) -> Visit:
    chosen = visit_help.choose(visit, event)
    return _after_helper(chosen) if event.kind is v.HelperKind.NONE else chosen


def _agree(visit: Visit, event: e.HelperAgreed) -> Visit:
    return _after_helper(visit_help.agree(visit, event)) if visit.helper.name else visit


def _after_helper(visit: Visit) -> Visit:
    if visit.returns_to:
        there = replace(visit, place=visit.returns_to[-1], trail=visit.returns_to[:-1], returns_to=())
        hands_over = there.place.step is Step.FILE and visit_help.needs_handover(there)
        return there.back_to(Step.REVIEW) if hands_over else there
    return visit.at(Place(Step.CARD)) if Place(Step.HOME) in visit.trail else first_question(visit)


def _show_card(visit: Visit, event: e.CardShown) -> Visit:
    return replace(visit, card=event.card, card_confirmed_at=None).at(Place(Step.CONFIRM))


def _confirm_card(visit: Visit, event: e.CardConfirmed) -> Visit:
    return first_question(replace(visit, card_confirmed_at=event.at))


def _leave_out_card(visit: Visit, _event: e.CardLeftOut) -> Visit:
    without = replace(visit, card=None, card_confirmed_at=None, answers=MappingProxyType(typed_answers(visit.answers)))
    return without.back_to(Step.CARD) if visit.place.step is Step.CONFIRM else first_question(without)


def _answer(visit: Visit, event: e.Answered) -> Visit:
    """The page's answers in place of those before. What is not asked now is kept, and not filed. From a page that
    stops no answer leads on."""
    if event.page_id != visit.place.page_id or _stop_of(visit) is not None:
        return visit
    pages = visit.chosen().form.pages
    asked = {field.id for page in pages if page.id == event.page_id for field in page.fields}
    others = {key: answer for key, answer in visit.answers.items() if key not in asked}
    answered = replace(visit, answers=MappingProxyType({**others, **attributed(visit, event.answers)}))
    if visit.place.editing:
        return after_change(answered, {page.id for page in pages_of(visit)})
    return question_after(answered, event.page_id)


def _note(visit: Visit, event: e.Noted) -> Visit:
    """The visit stays on the page; what is noted is checked with the page, and again before filing."""
    pages = visit.chosen().form.pages
    asked = {field.id for page in pages if page.id == visit.place.page_id for field in page.fields}
    if event.field_id not in asked:
        return visit
    answers = {key: answer for key, answer in visit.answers.items() if key != event.field_id}
    if event.answer is not None:
        answers |= attributed(visit, {event.field_id: event.answer})
    return replace(visit, answers=MappingProxyType(answers))


def _choose_instead(visit: Visit, event: e.ServiceChosen) -> Visit:
    """Another service from the page where the form stops: as if it had been chosen in the first place."""
    if _stop_of(visit) is None or visit.service == event.service:
        return visit
    return _choose(visit.back_to(Step.CHOOSE), event)


def _stop_of(visit: Visit) -> Stop | None:
    """Why the form ends on the shown page, if it does."""
    return next((page.stop for page in visit.chosen().form.pages if page.id == visit.place.page_id), None)


def _open_part(visit: Visit, event: e.PartOpened) -> Visit:
    place = Place(Step.CAPTURE, part_code=event.part_code)
    return visit.at(place) if is_open(visit, place) else visit


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
    return visit.at(place) if is_open(visit, place) else visit


def _sealed(visit: Visit, event: e.DossierSealed) -> Visit:
    """After filing there is no way back: the trail ends here. What is only prepared is never sealed, nor is what a
    helper had a hand in before the citizen has confirmed it."""
    if visit.route is Route.PREPARE or visit_help.is_unconfirmed(visit):
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
    kept = tuple(each for each in visit.consents if files and each.kind is v.ConsentKind.PRIVACY)
    return Visit(
        place=Place(Step.CHOOSE),
        card=visit.card,
        card_confirmed_at=visit.card_confirmed_at,
        on=visit.on,
        last_workday=visit.last_workday,
        province=visit.province,
        helper=visit.helper,
        past_phones=helpers_phones(visit),
        consents=kept,
        filed=visit.filed,
        earlier={visit.chosen().code: completed(visit.chosen().form, visit.answers, visit.facts)},
    )


_NO_WAY_BACK = (Step.HOME, Step.ORIGINALS, Step.SENDING, Step.DONE, Step.GOODBYE)
_BACK_FROM = tuple(step for step in Step if step not in _NO_WAY_BACK)

_TABLE: Mapping[tuple[Step, type], Move] = {
    (Step.HOME, e.Begun): lambda visit, event: event.kept or visit.at(Place(Step.CHOOSE)),
    (Step.CHOOSE, e.ServiceChosen): _choose,
    (Step.BEFORE, e.WentOn): _understand,
    (Step.BEFORE, e.ServiceChosen): _choose_after_reading,
    (Step.CONSENT, e.Consented): _consent,
    (Step.HELPER, e.HelperChosen): _choose_helper,
    (Step.HELPER_NAME, e.HelperChosen): _choose_helper,
    (Step.HELPER_BADGE, e.HelperChosen): _choose_helper,
    (Step.HELPER_CONSENT, e.HelperChosen): _choose_helper,
    (Step.HELPER_CONSENT, e.HelperAgreed): _agree,
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
    (Step.REVIEW, e.WentOn): lambda visit, _event: visit_help.hand_over(visit),
    (Step.FILE, e.DossierSealed): _sealed,
    (Step.CERTAIN, e.DossierSealed): _sealed,
    (Step.FILE, e.WentOn): _prepared,
    (Step.SENDING, e.WentOn): lambda visit, _event: replace(visit, place=Place(Step.DONE), trail=()),
    (Step.DONE, e.AnotherWanted): _another,
    (Step.DONE, e.WentOn): lambda visit, _event: replace(visit, place=Place(Step.GOODBYE)),
    **{(step, e.WentBack): _back for step in _BACK_FROM},
    (Step.CAPTURE, e.WentBack): _after_originals(_back),
    **visit_help.HELP_TABLE,
}
