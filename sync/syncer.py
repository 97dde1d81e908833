"""One round of sending: what is due goes out, what the portal holds for good is remembered, what is done is shredded.

Plain and synchronous: callable from a thread, a command or a test.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Protocol
from uuid import UUID

from kiosk.errors import StoreCorrupt
from kiosk.outbox import Accepted, Held, OutboxEntry, Outcome, QueueCondition, Refused, State, TryLater
from kiosk.ports import Clock
from sync.backoff import item_delay_s
from sync.fault_place import fault_place
from sync.portal import CheckUp, Parcel, PortalPort

_log = logging.getLogger(__name__)


class Outbox(Protocol):
    """What sending needs of the store. State changes are durable when a call returns."""

    def due(self, now: datetime, limit: int) -> Sequence[OutboxEntry]:
        """Unsent dossiers whose time has come, fewest attempts first, then oldest first."""
        ...

    def entries(self) -> Sequence[OutboxEntry]: ...

    def entry(self, client_ref: UUID) -> OutboxEntry | None: ...

    def durable_before(self, moment: datetime) -> Sequence[UUID]: ...

    def manifest(self, client_ref: UUID) -> bytes: ...

    def piece(self, client_ref: UUID, sha256: str) -> bytes: ...

    def begin(self, client_ref: UUID, state: State, now: datetime) -> None: ...

    def record(
        self, client_ref: UUID, outcome: Outcome, now: datetime, next_try_at: datetime | None = None
    ) -> object: ...

    def mark_durable(self, client_ref: UUID, now: datetime) -> None: ...

    def shred(self, client_ref: UUID, now: datetime) -> None: ...

    def wake_all(self, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """How a round works. `grace` is how long a durable dossier stays on the kiosk before it is shredded."""

    batch: int = 20
    check_up_every_s: float = 10 * 60.0
    grace: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a round came to. `more` says that there may be more to do at once."""

    condition: QueueCondition
    detail: str = ""
    retry_after_s: float | None = None
    accepted: int = 0
    refused: int = 0
    postponed: int = 0
    more: bool = False


class Syncer:
    """Sends what the outbox holds to one portal. For one thread at a time (`abort` may come from another)."""

    def __init__(
        self, store: Outbox, portal: PortalPort, clock: Clock, rng: Random, rules: Rules | None = None
    ) -> None:
        self._store = store
        self._portal = portal
        self._clock = clock
        self._rng = rng
        self._rules = rules or Rules()
        self._held = True  # until a portal has answered
        self._next_check_up_s = 0.0

    def run_once(self, now: datetime, on_recorded: Callable[[], None] = lambda: None) -> SyncReport:
        """One round at most `Rules.batch` long; `on_recorded` is called after each dossier.

        While the queue is held no dossier is touched: the round begins with a question that belongs to none.
        """
        if self._held or self._clock.monotonic_s() >= self._next_check_up_s:
            held = self._check_up(now)
            if held is not None:
                return self._report(held, [])
        due = self._store.due(now, self._rules.batch)
        outcomes: list[Outcome] = []
        for entry in due:
            outcome = self._settle(entry, now)
            on_recorded()
            if isinstance(outcome, Held):
                return self._report(outcome, outcomes)
            outcomes.append(outcome)
        return self._report(None, outcomes, more=len(due) == self._rules.batch)

    def abort(self) -> None:
        """End a round that is under way in another thread; whatever it was doing is done again after the next start."""
        self._portal.abort()

    def close(self) -> None:
        """Close idle connections."""
        self._portal.close()

    def _check_up(self, now: datetime) -> Held | None:
        waiting = {entry.client_ref: entry for entry in self._store.entries() if entry.state is State.RECEIPTED}
        result = self._portal.check_up(tuple(waiting))
        if isinstance(result, Held):
            return result
        self._next_check_up_s = self._clock.monotonic_s() + self._rules.check_up_every_s
        if isinstance(result, CheckUp):
            for client_ref in result.durable:
                self._store.mark_durable(client_ref, now)
            for client_ref in result.unknown:
                _log.error("the portal gave a receipt for %s and does not know it", waiting[client_ref].slip_code)
        for client_ref in self._store.durable_before(now - self._rules.grace):
            self._store.shred(client_ref, now)
        if self._held:
            self._held = False
            self._store.wake_all(now)
        return None

    def _settle(self, entry: OutboxEntry, now: datetime) -> Outcome:
        outcome = self._attempt(entry, now)
        ended = self._clock.now()
        next_try_at = None
        if isinstance(outcome, TryLater):
            delay_s = item_delay_s(entry.attempts, self._rng, outcome.retry_after_s)
            next_try_at = ended + timedelta(seconds=delay_s)
        self._store.record(entry.client_ref, outcome, ended, next_try_at)
        return outcome

    def _attempt(self, entry: OutboxEntry, now: datetime) -> Outcome:
        try:
            return self._send(entry, now)
        except StoreCorrupt:
            return Refused(StoreCorrupt.key)
        except Exception as error:  # noqa: BLE001  a fault met on one dossier must not keep the others back
            _log.error("sending %s: %s", entry.slip_code, fault_place(error))
            return TryLater(f"fault:{type(error).__name__}")

    def _send(self, entry: OutboxEntry, now: datetime) -> Outcome:
        """The phases; each state is written before its first byte leaves, so a crash leaves "look again"."""
        ref = entry.client_ref
        parcel = Parcel(ref, self._store.manifest(ref), lambda sha256: self._store.piece(ref, sha256))
        if entry.state is State.COMMITTING:
            recalled = self._portal.recall(parcel)
            if recalled is not None:
                return recalled
        self._store.begin(ref, State.SENDING, now)
        setback = self._portal.reserve(parcel) or self._portal.upload(parcel)
        if setback is not None:
            return setback
        self._store.begin(ref, State.COMMITTING, self._clock.now())
        return self._portal.commit(parcel)

    def _report(self, held: Held | None, outcomes: Sequence[Outcome], *, more: bool = False) -> SyncReport:
        self._held = held is not None
        return SyncReport(
            condition=held.condition if held else QueueCondition.CLEAR,
            detail=held.detail if held else "",
            retry_after_s=held.retry_after_s if held else None,
            accepted=sum(isinstance(outcome, Accepted) for outcome in outcomes),
            refused=sum(isinstance(outcome, Refused) for outcome in outcomes),
            postponed=sum(isinstance(outcome, TryLater) for outcome in outcomes),
            more=more,
        )
