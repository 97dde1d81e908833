"""What the audit chain is told of helpers in a visit: that one came, paused, went, and that the citizen confirmed."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.audit import AuditEvent
from kiosk.visit import ConsentKind, Step, Visit


@dataclass(frozen=True, slots=True)
class HelpState:
    """All that is kept of a visit between two events: nothing of who, and nothing of what."""

    agreed_at: datetime | None = None
    paused: bool = False
    past: int = 0
    confirmed: bool = False
    doubted: bool = False
    filed: int = 0


def help_state(visit: Visit) -> HelpState:
    """The state of help in a visit."""
    agreed = [consent.at for consent in visit.consents if consent.kind is ConsentKind.HELPER]
    return HelpState(
        agreed_at=agreed[0] if visit.helper_agreed else None,
        paused=visit.helper_paused,
        past=len(visit.past_help),
        confirmed=visit.confirmation is not None and visit.place.step not in (Step.SENDING, Step.DONE),
        doubted=bool(visit.doubt),
        filed=len(visit.filed),
    )


def help_events(before: HelpState, after: HelpState) -> tuple[AuditEvent, ...]:
    """What has happened between two states of a visit. That a visit, or its dossier, is over is told elsewhere."""
    same_helper = before.agreed_at == after.agreed_at is not None
    told = (
        (after.past > before.past, AuditEvent.HELP_ENDED),
        (after.agreed_at is not None and not same_helper, AuditEvent.HELP_AGREED),
        (same_helper and after.paused and not before.paused, AuditEvent.HELP_PAUSED),
        (same_helper and before.paused and not after.paused, AuditEvent.HELP_RESUMED),
        (after.doubted and not before.doubted, AuditEvent.HANDOVER_DOUBTED),
        (after.confirmed and not before.confirmed, AuditEvent.HANDOVER_CONFIRMED),
        (before.confirmed and not after.confirmed and before.filed == after.filed, AuditEvent.HANDOVER_CANCELLED),
    )
    return tuple(event for happened, event in told if happened)
