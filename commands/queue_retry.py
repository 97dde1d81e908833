"""Puts a dossier that the portal refused back into the outbox, when staff have cleared up what was wrong with it."""

from datetime import datetime
from enum import StrEnum

from kiosk.outbox import State
from kiosk.store import Store


class Retry(StrEnum):
    """What became of the wish. The values go over the local socket."""

    BACK = "back"
    NOT_PARKED = "not_parked"
    UNKNOWN = "unknown"


def retry(store: Store, slip_code: str, now: datetime) -> Retry:
    """Let the parked dossier of that slip code, in its canonical form, be due again. Raises StoreProblem."""
    entry = store.by_slip_code(slip_code)
    if entry is None:
        return Retry.UNKNOWN
    if entry.state is not State.PARKED:
        return Retry.NOT_PARKED
    store.unpark(entry.client_ref, now)
    return Retry.BACK
