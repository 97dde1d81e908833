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
from sync.alarms import Alarms, SyncAlarm
from sync.backoff import item_delay_s
from sync.check_ups import CheckUpRules, CheckUps, Receipted
from sync.fault_place import fault_place
from sync.portal import Parcel, PortalPort
from sync.selection import in_order, is_small
from sync.transport import UNANSWERED
from sync.withdrawals import Withdrawals, WithdrawalStore

_log = logging.getLogger(__name__)

_WINDOW = 100  # due dossiers among which the order is made: a small one waits for so many large ones at most
_PAUSE_S = 60.0  # then two are tried again, however long the portal's own wish for each of them is


class Outbox(Receipted, WithdrawalStore, Protocol):
    """What sending needs of the store. State changes are durable when a call returns."""

    def due(self, now: datetime, limit: int) -> Sequence[OutboxEntry]:
        """Unsent dossiers whose time has come, fewest attempts first, then oldest first."""
        ...

    def piece(self, client_ref: UUID, sha256: str) -> bytes: ...

    def begin(self, client_ref: UUID, state: State, now: datetime) -> None: ...

    def record(
        self, client_ref: UUID, outcome: Outcome, now: datetime, next_try_at: datetime | None = None
    ) -> OutboxEntry: ...

    def wake_all(self, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """How a round works. `grace` is how long a durable dossier stays on the kiosk before it is shredded."""

    batch: int = 20
    check_up_every_s: float = 10 * 60.0
    grace: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a round came to. `more` says that there may be more to do at once, `retry_after_s` that the portal wants
    a pause before."""

    condition: QueueCondition
    detail: str = ""
    retry_after_s: float | None = None
    accepted: int = 0
    refused: int = 0
    postponed: int = 0
    more: bool = False
    alarms: tuple[SyncAlarm, ...] = ()


class Syncer:
    """Sends what the outbox holds to one portal. For one thread at a time (`abort` may come from another)."""

    def __init__(
        self,
        store: Outbox,
        portal: PortalPort,
        clock: Clock,
        rng: Random,
        rules: Rules | None = None,
        portal_clock: Clock | None = None,
    ) -> None:
        """`portal_clock` shows the portal's time (sync.server_time); without one it is the kiosk's own."""
        self._store = store
        self._portal = portal
        self._clock = clock
        self._rng = rng
        self._rules = rules or Rules()
        self._alarms = Alarms()
        check_up_rules = CheckUpRules(self._rules.check_up_every_s, self._rules.grace)
        self._check_ups = CheckUps(store, portal, portal_clock or clock, rng, self._alarms, check_up_rules)
        self._withdrawals = Withdrawals(store, portal, clock, rng)
        self._held = True  # until a portal has answered
        self._in_doubt = False  # whether anybody answers at all

    def run_once(self, now: datetime, on_recorded: Callable[[], None] = lambda: None) -> SyncReport:
        """One round at most `Rules.batch` long; `on_recorded` is called after each dossier.

        While the queue is held no dossier is touched: the round begins with a question that belongs to none.
        """
        outcomes: list[Outcome] = []
        held = self._ask_first(now, outcomes, on_recorded) or self._withdrawals.deliver(now)
        if held is not None:
            return self._report(held, outcomes)
        order = in_order(self._store.due(now, _WINDOW))
        for place, entry in enumerate(order, 1):
            outcome = self._settle(entry, now)
            on_recorded()
            if isinstance(outcome, Held):
                return self._report(outcome, outcomes)
            outcomes.append(outcome)
            if _wants_a_pause(outcomes):
                return self._report(None, outcomes, pause_s=_PAUSE_S)
            # After a large one the small ones that came meanwhile go first.
            if place == self._rules.batch or not is_small(entry):
                return self._report(None, outcomes, more=place < len(order) or len(order) == _WINDOW)
        return self._report(self._check_ups.walk_at_night(now), outcomes)

    def abort(self) -> None:
        """End a round that is under way in another thread; whatever it was doing is done again after the next start."""
        self._portal.abort()

    def close(self) -> None:
        """Close idle connections."""
        self._portal.close()

    def _ask_first(self, now: datetime, outcomes: list[Outcome], on_recorded: Callable[[], None]) -> Held | None:
        """The question that belongs to no dossier, when it is time for it. Returns what holds the queue."""
        if not (self._held or self._in_doubt or self._check_ups.due):
            return None
        word = self._check_ups.ask(now)
        if isinstance(word, TryLater) and word.reason in UNANSWERED and (self._held or self._in_doubt):
            return self._try_one(word, now, outcomes, on_recorded)
        if isinstance(word, Held):
            return word
        self._release(now)
        return None

    def _try_one(
        self, silence: TryLater, now: datetime, outcomes: list[Outcome], on_recorded: Callable[[], None]
    ) -> Held | None:
        """Nobody answers. That may be a box on the way that dislikes the question alone, so a dossier asks too: any of
        those that are due, for that box may dislike one of them. Only an answer lets the queue go on."""
        held = Held(QueueCondition.OFFLINE, silence.reason, silence.retry_after_s)
        due = self._store.due(now, _WINDOW)
        if not due:
            return held
        entry = self._rng.choice(due)
        outcome = self._attempt(entry, now)
        if isinstance(outcome, TryLater) and outcome.reason in UNANSWERED:
            outcome = held
        self._record(entry, outcome)
        on_recorded()
        if isinstance(outcome, Held):
            return outcome
        outcomes.append(outcome)
        self._release(now)
        return None

    def _release(self, now: datetime) -> None:
        if self._held:
            self._held = False
            self._store.wake_all(now)

    def _settle(self, entry: OutboxEntry, now: datetime) -> Outcome:
        outcome = self._attempt(entry, now)
        self._record(entry, outcome)
        return outcome

    def _record(self, entry: OutboxEntry, outcome: Outcome) -> None:
        ended = self._clock.now()
        next_try_at = None
        if isinstance(outcome, TryLater):
            delay_s = item_delay_s(entry.attempts, self._rng, outcome.retry_after_s)
            next_try_at = ended + timedelta(seconds=delay_s)
        after = self._store.record(entry.client_ref, outcome, ended, next_try_at)
        self._alarms.hear(outcome, after.state, self._clock.monotonic_s())

    def _attempt(self, entry: OutboxEntry, now: datetime) -> Outcome:
        try:
            return self._withdrawals.judged(entry, self._send(entry, now), now)
        except StoreCorrupt:
            return Refused(StoreCorrupt.key)
        except Exception as error:  # noqa: BLE001  a fault met on one dossier must not keep the others back
            _log.error("sending %s: %s", entry.slip_code, fault_place(error))
            return TryLater(f"fault:{type(error).__name__}")

    def _send(self, entry: OutboxEntry, now: datetime) -> Outcome:
        """The phases; each state is written before its first byte leaves, so a crash leaves "look again"."""
        ref = entry.client_ref
        fresh = entry.state is State.SEALED and entry.attempts == 0 and entry.national_code is None
        parcel = Parcel(ref, self._store.manifest(ref), lambda sha256: self._store.piece(ref, sha256), fresh)
        if entry.state is State.COMMITTING:
            self._store.begin(ref, State.COMMITTING, now)  # no news, but the beginning of a try
            recalled = self._portal.recall(parcel)
            if recalled is not None:
                return recalled
        self._store.begin(ref, State.SENDING, now)
        setback = self._portal.reserve(parcel) or self._portal.upload(parcel)
        if setback is not None:
            return setback
        self._store.begin(ref, State.COMMITTING, self._clock.now())
        return self._portal.commit(parcel)

    def _report(
        self, held: Held | None, outcomes: Sequence[Outcome], *, more: bool = False, pause_s: float | None = None
    ) -> SyncReport:
        self._held = held is not None
        self._in_doubt = bool(outcomes) and all(map(_is_silence, outcomes))
        return SyncReport(
            condition=held.condition if held else QueueCondition.CLEAR,
            detail=held.detail if held else "",
            retry_after_s=held.retry_after_s if held else pause_s,
            accepted=sum(isinstance(outcome, Accepted) for outcome in outcomes),
            refused=sum(isinstance(outcome, Refused) for outcome in outcomes),
            postponed=sum(isinstance(outcome, TryLater) for outcome in outcomes),
            more=more,
            alarms=self._alarms.on,
        )


def _is_silence(outcome: Outcome) -> bool:
    """Whether nobody answered, so that it is not known who is to blame: the dossier, the line or the portal."""
    return isinstance(outcome, TryLater) and outcome.reason in UNANSWERED


def _wants_a_pause(outcomes: Sequence[Outcome]) -> bool:
    """Whether the portal has put off two dossiers in a row and said for how long: it has too much to do, whichever
    dossiers come. One alone may be disliked for itself, and must not stop the others."""
    last = outcomes[-2:]
    return len(last) == 2 and all(isinstance(each, TryLater) and each.retry_after_s for each in last)
