"""What the state of a dossier in the outbox means for the citizen: kept, filed, held by the desk, or withdrawn."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.outbox import OutboxEntry, State


class Standing(StrEnum):
    """What a citizen may be told. Kept is not filed: only a verified receipt makes a dossier filed."""

    KEPT = "kept"
    FILED = "filed"
    HELD_BY_DESK = "held_by_desk"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DossierStatus:
    """Where one dossier stands. `national_code` is the portal's and may come late, even after the receipt."""

    slip_code: str
    standing: Standing
    national_code: str | None


def status_of(entry: OutboxEntry) -> DossierStatus:
    """The standing that an outbox entry means for the citizen."""
    match entry.state:
        case State.SEALED | State.SENDING | State.COMMITTING:
            standing = Standing.KEPT
        case State.RECEIPTED | State.DURABLE | State.SHREDDED:
            standing = Standing.FILED
        case State.PARKED:
            standing = Standing.HELD_BY_DESK
        case State.WITHDRAWN:
            standing = Standing.WITHDRAWN
    return DossierStatus(entry.slip_code, standing, entry.national_code)
