"""What became of dossiers that the portal gave receipts for: durable, still held, or lost; and what follows from it."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Protocol
from uuid import UUID

from kiosk.audit import AuditEvent
from kiosk.outbox import Held, OutboxEntry, State, TryLater
from kiosk.ports import Clock
from sync.alarms import Alarms, SyncAlarm
from sync.losses import forget_ended, lost_slip_codes, note_losses
from sync.nights import next_night
from sync.portal import CheckUp, PortalPort
from sync.standing import Numbered, heal
from sync.succession import left_seq

_log = logging.getLogger(__name__)

LAST_NIGHT_KEY = "sync.reconciled_at"
_PAGE = 1000  # the most that the contract lets a kiosk ask for at once
_ALLOWANCE = timedelta(hours=1)  # a portal's clock may be set right, too
_AT_THE_PORTAL = (State.RECEIPTED, State.DURABLE, State.SHREDDED)


class Receipted(Numbered, Protocol):
    """What check-ups need of the store. State changes are durable when a call returns."""

    def receipted(self, after_seq: int = 0, limit: int = 1000) -> Sequence[OutboxEntry]:
        """A page of dossiers with a receipt that are not yet known to be durable, oldest first."""
        ...

    def page(self, after_seq: int, limit: int, states: Collection[State]) -> Sequence[OutboxEntry]:
        """The next dossiers of these states by number."""
        ...

    def entry(self, client_ref: UUID) -> OutboxEntry | None: ...

    def by_slip_code(self, slip_code: str) -> OutboxEntry | None: ...

    def durable_before(self, moment: datetime) -> Sequence[UUID]: ...

    def mark_durable(self, client_ref: UUID, now: datetime) -> None: ...

    def record_event(self, kind: AuditEvent, client_ref: UUID | None, now: datetime) -> None: ...

    def requeue(self, client_ref: UUID, now: datetime) -> None: ...

    def shred(self, client_ref: UUID, now: datetime) -> None: ...

    def value(self, key: str) -> bytes | None: ...

    def set_value(self, key: str, value: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class CheckUpRules:
    """How often it is asked, and how long a durable dossier stays on the kiosk before it is shredded: by the portal's
    time, for a kiosk's own clock may jump years ahead, or have been years ahead when it began."""

    every_s: float = 10 * 60.0
    grace: timedelta = timedelta(days=7)


class CheckUps:
    """Asks every few minutes after what waits for the portal's backup, and every night after everything."""

    def __init__(
        self, store: Receipted, portal: PortalPort, clock: Clock, rng: Random, alarms: Alarms, rules: CheckUpRules
    ) -> None:
        """`clock` shows the portal's time."""
        self._store = store
        self._portal = portal
        self._clock = clock
        self._rng = rng
        self._alarms = alarms
        self._rules = rules
        self._next_s = 0.0
        self._night_at: datetime | None = None
        self._walked_seq: int | None = None  # of the nightly walk, while it is under way
        self._requeued: set[UUID] = set()

    @property
    def due(self) -> bool:
        """Whether it is time for the question of every few minutes."""
        return self._clock.monotonic_s() >= self._next_s

    def ask(self, now: datetime) -> CheckUp | Held | TryLater:
        """Ask after what has a receipt and is not durable yet, and once more after what is ripe to be shredded.

        With nothing to ask for it still proves that the portal can be used. A dossier is shredded only when the portal
        says in this very answer that it is durable: it may have lost it since it said so first.
        """
        ripe = self._entries(self._ripe()[:_PAGE])
        asked = (*self._store.receipted(limit=_PAGE), *ripe)
        result = self._portal.check_up(tuple(entry.client_ref for entry in asked))
        if not isinstance(result, Held):
            self._next_s = self._clock.monotonic_s() + self._rules.every_s
        if isinstance(result, CheckUp):
            if (held := heal(self._store, self._portal, result.highest_seq, now)) is not None:
                return held
            self._take(asked, result, now)
            still_ripe = set(self._ripe())  # this very answer may have told the portal's time
            for entry in ripe:
                if entry.client_ref in result.durable and entry.client_ref in still_ripe:
                    self._store.shred(entry.client_ref, now)
        return result

    def walk_at_night(self, now: datetime) -> Held | None:
        """One page of the nightly walk over everything the portal ever gave a receipt for, tombstones too; nothing at
        any other time. Returns what holds the queue, if something does."""
        if self._walked_seq is None:
            if not self._night_is_due(now):
                return None
            self._walked_seq = left_seq(self._store)
            self._requeued.clear()
        asked = self._store.page(self._walked_seq, _PAGE, _AT_THE_PORTAL)
        result = self._portal.check_up(tuple(entry.client_ref for entry in asked)) if asked else None
        if isinstance(result, Held):
            return result
        if isinstance(result, TryLater):
            self._walked_seq = None
            self._night_at = now + timedelta(seconds=self._rules.every_s)
            return None
        if result is not None:
            self._take(asked, result, now)
            self._begin_grace_anew(asked, result)
        self._walked_seq = asked[-1].seq if len(asked) == _PAGE else None
        if self._walked_seq is None:
            self._end_night(now)
        return None

    def _ripe(self) -> Sequence[UUID]:
        return self._store.durable_before(self._clock.now() - self._rules.grace)

    def _begin_grace_anew(self, asked: Sequence[OutboxEntry], result: CheckUp) -> None:
        """Of what was noted in the portal's future, under a clock that was wrong: else it might be kept for years. Only
        after an answer, which tells the portal's time."""
        now = self._clock.now()
        kept = {each.client_ref for each in asked if each.state is State.DURABLE and each.withdrawal_asked_at is None}
        if kept:
            for client_ref in kept.difference(result.unknown, self._store.durable_before(now + _ALLOWANCE)):
                self._store.record_event(AuditEvent.DOSSIER_DURABLE, client_ref, now)

    def _end_night(self, now: datetime) -> None:
        self._store.set_value(LAST_NIGHT_KEY, now.isoformat().encode())
        self._night_at = next_night(now, now, self._rng)
        forget_ended(self._store, left_seq(self._store))
        if not self._requeued and not lost_slip_codes(self._store):
            self._alarms.end(SyncAlarm.PORTAL_LOST)

    def _night_is_due(self, now: datetime) -> bool:
        if self._night_at is None or self._night_at - now > timedelta(days=2):  # the clock was set back
            kept = self._store.value(LAST_NIGHT_KEY)
            self._night_at = next_night(datetime.fromisoformat(kept.decode()) if kept else None, now, self._rng)
            if lost_slip_codes(self._store):
                self._alarms.raise_(SyncAlarm.PORTAL_LOST)
        return now >= self._night_at

    def _entries(self, client_refs: Iterable[UUID]) -> list[OutboxEntry]:
        return [entry for ref in client_refs if (entry := self._store.entry(ref)) is not None]

    def _take(self, asked: Sequence[OutboxEntry], result: CheckUp, now: datetime) -> None:
        """Do what the portal's answer asks for."""
        for entry in asked:
            if entry.state is State.RECEIPTED and entry.client_ref in result.durable:
                self._store.mark_durable(entry.client_ref, self._clock.now())
            if entry.client_ref in result.unknown and entry.state is not State.SHREDDED:
                self._send_again(entry, now)
        tombstones = [entry for entry in asked if entry.state is State.SHREDDED]
        missed = {entry.slip_code for entry in tombstones if entry.client_ref in result.unknown}
        known = {entry.slip_code for entry in tombstones} - missed
        for code in note_losses(self._store, missed, known):
            _log.error("the portal lost %s, which was destroyed here: its receipt is the proof", code)
            self._alarms.raise_(SyncAlarm.PORTAL_LOST)

    def _send_again(self, entry: OutboxEntry, now: datetime) -> None:
        """Once between two nights: a portal that contradicts itself must not have the queue turn in circles."""
        if entry.client_ref in self._requeued or entry.withdrawal_asked_at is not None:
            return
        _log.error("the portal gave a receipt for %s and does not know it: it goes out again", entry.slip_code)
        self._requeued.add(entry.client_ref)
        self._store.requeue(entry.client_ref, now)
        self._alarms.raise_(SyncAlarm.PORTAL_LOST)
