"""The helper in the step table: comes with the citizen's consent, stops at a word, and has no part in the filing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk import visit_events as e
from kiosk.catalog import Route
from kiosk.private_pages import covered
from kiosk.provenance import typed_counts
from kiosk.visit import CITIZENS_OWN, ConsentKind, Helper, HelperKind, PastHelp, Place, Step, Visit

Move = Callable[[Visit, Any], Visit]


def without_helper(visit: Visit) -> Visit:
    """The visit from which the helper is gone; who had the citizen's consent is remembered with it."""
    past = tuple(PastHelp(visit.helper, each) for each in visit.consents if each.kind is ConsentKind.HELPER)
    others = tuple(each for each in visit.consents if each.kind is not ConsentKind.HELPER)
    kept = (*visit.past_help, *(past if visit.helper_agreed else ()))
    return replace(
        visit, helper=Helper(), consents=others, past_help=kept, helper_paused=False, uncovered="", alone=False
    )


def choose(visit: Visit, event: e.HelperChosen) -> Visit:
    """The role. Who goes back and chooses the same one again finds the name as it was."""
    visit = replace(visit, represents=event.represents)
    if event.kind is not visit.helper.kind:
        visit = replace(without_helper(visit), helper=Helper(event.kind))
    if event.kind is HelperKind.NONE:
        return visit
    return visit.at(Place(Step.HELPER_BADGE if event.badge else Step.HELPER_NAME))


def name(visit: Visit, event: e.HelperNamed) -> Visit:
    """Who helps. A consent is to one person: with another, it is asked for again."""
    nobody = visit.helper.kind is HelperKind.NONE or not event.helper.name
    if nobody or event.helper.kind is not visit.helper.kind:
        return visit
    if (event.helper.name, event.helper.unit, event.helper.code) != _who(visit.helper):
        visit = without_helper(visit)
    return replace(visit, helper=event.helper).at(Place(Step.HELPER_CONSENT))


def _who(helper: Helper) -> tuple[str, str, str]:
    return helper.name, helper.unit, helper.code


def agree(visit: Visit, event: e.HelperAgreed) -> Visit:
    """The citizen's consent to the helper who is named; it holds for this one dossier."""
    others = tuple(consent for consent in visit.consents if consent.kind is not ConsentKind.HELPER)
    return replace(visit, consents=(*others, event.consent), helper_paused=False)


def hand_over(visit: Visit) -> Visit:
    """From the review on; where nobody has helped there is nothing to hand over, nor where nothing is filed."""
    visit = replace(visit, doubt="", confirmation=None)
    return visit.at(Place(Step.HANDOVER if needs_handover(visit) else Step.FILE))


def needs_handover(visit: Visit) -> bool:
    """Whether the citizen is asked to confirm alone before the pledge."""
    return (visit.helped or bool(typed_counts(visit))) and visit.route is not Route.PREPARE


def is_unconfirmed(visit: Visit) -> bool:
    """Whether the dossier must not be filed from here: after a helper the pledge is not the last word."""
    return needs_handover(visit) and (visit.place.step is not Step.CERTAIN or visit.confirmation is None)


def _pause(visit: Visit, _event: e.HelperPaused) -> Visit:
    return replace(visit, helper_paused=True) if visit.helper_agreed else visit


def _resume(visit: Visit, _event: e.HelperResumed) -> Visit:
    if not visit.helper_agreed:
        return visit
    own = replace(visit, alone=False) if visit.alone and visit.uncovered == visit.place.page_id else visit
    return replace(own, helper_paused=False)


def _change(visit: Visit, _event: e.HelperChangeAsked) -> Visit:
    """Who helps is asked on the page of the start; from there it goes on where it was."""
    if not visit.helper_agreed:
        return visit
    back = (*visit.trail, visit.place)
    return replace(without_helper(visit), place=Place(Step.HELPER), trail=(), returns_to=back)


def _expire(visit: Visit, _event: e.HelperExpired) -> Visit:
    """The citizen goes on alone; only the pages that name the helper have nobody to name."""
    if not visit.helper_agreed:
        return visit
    alone = without_helper(visit)
    return alone.back_to(Step.HELPER) if visit.place.step in _NAMES_THE_HELPER else alone


def _draw(visit: Visit, event: e.CurtainDrawn) -> Visit:
    return replace(visit, uncovered=visit.place.page_id, alone=event.alone) if covered(visit) else visit


def _confirm(visit: Visit, event: e.HandedOver) -> Visit:
    return replace(visit, confirmation=event.confirmation).at(Place(Step.FILE))


def _doubt(visit: Visit, event: e.Doubted) -> Visit:
    return replace(visit.back_to(Step.REVIEW), doubt=event.question)


def _pledge(visit: Visit, _event: e.PledgeAccepted) -> Visit:
    """Who showed a card shows it again: it lay in the citizen's hand, and need not lie in the helper's."""
    if visit.confirmation is None:
        return visit
    with_card = visit.card is not None and visit.card_confirmed_at is not None
    return visit.at(Place(Step.CARD_AGAIN if with_card else Step.CERTAIN))


def _card_again(visit: Visit, event: e.CardShown) -> Visit:
    """Another person's card confirms nothing."""
    if visit.confirmation is None or visit.card is None or event.card.number != visit.card.number:
        return visit
    return replace(visit, confirmation=replace(visit.confirmation, card_shown=True)).at(Place(Step.CERTAIN))


def _no_card_again(visit: Visit, _event: e.CardLeftOut) -> Visit:
    return visit.at(Place(Step.CERTAIN)) if visit.confirmation is not None else visit


def _take_back(visit: Visit, _event: e.WentBack) -> Visit:
    """What was confirmed is asked again."""
    before = replace(visit.back(), confirmation=None)
    return before if before.place.step in (Step.HANDOVER, Step.REVIEW) else before.back_to(Step.HANDOVER)


_NAMES_THE_HELPER = (Step.HELPER_NAME, Step.HELPER_BADGE, Step.HELPER_CONSENT)
_HELPING = frozenset(Step) - CITIZENS_OWN - {Step.HOME, Step.HELPER, *_NAMES_THE_HELPER}

HELP_TABLE: Mapping[tuple[Step, type], Move] = {
    (Step.HELPER_NAME, e.HelperNamed): name,
    (Step.HELPER_BADGE, e.HelperNamed): name,
    (Step.FORM, e.CurtainDrawn): _draw,
    (Step.HANDOVER, e.HandedOver): _confirm,
    (Step.HANDOVER, e.Doubted): _doubt,
    (Step.FILE, e.PledgeAccepted): _pledge,
    (Step.FILE, e.WentBack): _take_back,
    (Step.CARD_AGAIN, e.CardShown): _card_again,
    (Step.CARD_AGAIN, e.CardLeftOut): _no_card_again,
    (Step.CARD_AGAIN, e.WentBack): _take_back,
    (Step.CERTAIN, e.WentBack): _take_back,
    **{(step, e.HelperPaused): _pause for step in _HELPING},
    **{(step, e.HelperResumed): _resume for step in _HELPING},
    **{(step, e.HelperChangeAsked): _change for step in _HELPING},
    **{(step, e.HelperExpired): _expire for step in Step},
}
"""What the helper's coming and going does at each step; kiosk.visit_steps has the rest."""
