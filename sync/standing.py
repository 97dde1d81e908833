"""Heals a kiosk whose disk was put back from a backup: its numbers go on, and what the portal holds is asked for."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kiosk.outbox import Held, OutboxEntry, State
from sync.portal import CheckUp, PortalPort

_NOT_YET_COMMITTING = frozenset({State.SEALED, State.SENDING})

_log = logging.getLogger(__name__)


class Numbered(Protocol):
    """What healing needs of the store."""

    def entries(self) -> Sequence[OutboxEntry]: ...

    def begin(self, client_ref: UUID, state: State, now: datetime) -> None: ...

    def highest_seq(self) -> int: ...

    def advance_seq(self, at_least: int, now: datetime) -> None: ...


def heal(store: Numbered, portal: PortalPort, highest_seq: int | None, now: datetime) -> Held | None:
    """Compare the highest number that the portal has seen with our own. When ours is lower, this disk is older than
    what it sent: numbers go on beyond the portal's, and every dossier that the portal holds already is asked for (its
    receipt is) before a byte of it is sent again.

    The numbers go on last: until then, after a crash or with the queue held, it is done again. A dossier filed on the
    old disk before the portal could be asked may carry a number that was used before; its reference is its own.
    """
    if highest_seq is None or highest_seq <= store.highest_seq():
        return None
    _log.warning("the portal has seen dossier %d, this disk only %d: an older disk", highest_seq, store.highest_seq())
    unsent = [
        entry.client_ref
        for entry in store.entries()
        if entry.state in _NOT_YET_COMMITTING and entry.withdrawal_asked_at is None
    ]
    if unsent:
        answer = portal.check_up(tuple(unsent))
        if isinstance(answer, Held):
            return answer
        if not isinstance(answer, CheckUp):
            return None
        for client_ref in unsent:
            if client_ref not in answer.unknown:
                store.begin(client_ref, State.COMMITTING, now)  # so the next step is to ask for the receipt
    store.advance_seq(highest_seq, now)
    return None
