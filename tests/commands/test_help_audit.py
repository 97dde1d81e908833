"""What the chain is told of help: each turn of it once, and nothing of who and what."""

from commands.help_audit import HelpState, help_events, help_state
from kiosk import visit_events as e
from kiosk.audit import AuditEvent
from kiosk.visit import HelperKind, Visit
from kiosk.visit_events import Event
from tests.factories import CARD, VOLUNTEER
from tests.kiosk.visits_played import BACK, ON, SEALED, confirmation_of, helped_at_review, play, with_card


def told(visit: Visit, *events: Event) -> tuple[list[AuditEvent], Visit]:
    """What is told while these happen, and the visit after them."""
    found: list[AuditEvent] = []
    for event in events:
        after = play(visit, event)
        found += help_events(help_state(visit), help_state(after))
        visit = after
    return found, visit


def test_each_turn_of_help_is_told_once() -> None:
    visit = with_card(helper=VOLUNTEER)
    assert help_events(HelpState(), help_state(visit)) == (AuditEvent.HELP_AGREED,)
    seen, visit = told(visit, e.HelperPaused(), e.HelperPaused(), e.HelperResumed(), e.HelperChangeAsked())
    assert seen == [AuditEvent.HELP_PAUSED, AuditEvent.HELP_RESUMED, AuditEvent.HELP_ENDED]
    assert told(visit, e.HelperChosen(HelperKind.NONE))[0] == []


def test_the_hand_over_is_told_and_that_it_was_taken_back_or_filed() -> None:
    review = helped_at_review()
    handed = e.HandedOver(confirmation_of(review))
    seen, asked = told(review, ON, e.Doubted("what"), ON, handed, BACK)
    assert seen == [AuditEvent.HANDOVER_DOUBTED, AuditEvent.HANDOVER_CONFIRMED, AuditEvent.HANDOVER_CANCELLED]
    seen, _done = told(asked, handed, e.PledgeAccepted(), e.CardShown(CARD), SEALED, ON, e.AnotherWanted())
    assert seen == [AuditEvent.HANDOVER_CONFIRMED]
    assert told(review, e.Left())[0] == []
