"""Brings withdrawals to the portal, before anything is sent; none of them can keep another, or a dossier, back."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Protocol
from uuid import UUID

from kiosk.manifest import sha256_hex
from kiosk.outbox import Held, OutboxEntry, Outcome, Refused, TryLater, Withdrawal
from kiosk.ports import Clock
from kiosk.receipt import ProblemType
from sync.backoff import item_delay_s
from sync.fault_place import fault_place
from sync.portal import PortalPort, Setback, Withdrawn

PROBLEMS_KEY = "sync.withdrawal_problems"
_BATCH = 20
# A refused withdrawal is a matter for people; the portal's mind may change, so it is asked again after a working day.
_REFUSED_WAIT_S = 8 * 3600.0

_log = logging.getLogger(__name__)


class WithdrawalStore(Protocol):
    """What withdrawals need of the store. State changes are durable when a call returns."""

    def withdrawals_due(self) -> tuple[UUID, ...]: ...

    def withdrawal(self, client_ref: UUID) -> Withdrawal | None: ...

    def withdraw(self, client_ref: UUID, now: datetime) -> object: ...

    def withdrawal_confirmed(self, client_ref: UUID, now: datetime, proof: str = "") -> None: ...

    def manifest(self, client_ref: UUID) -> bytes: ...

    def value(self, key: str) -> bytes | None: ...

    def set_value(self, key: str, value: bytes) -> None: ...


class Withdrawals:
    """Delivers what citizens want back. For one thread at a time."""

    def __init__(self, store: WithdrawalStore, portal: PortalPort, clock: Clock, rng: Random) -> None:
        self._store = store
        self._portal = portal
        self._clock = clock
        self._rng = rng
        self._tries: dict[UUID, int] = {}
        self._next_s: dict[UUID, float] = {}

    def deliver(self, now: datetime) -> Held | None:
        """Tell the portal of what is due. Returns what holds the queue, if something does."""
        due = [ref for ref in self._store.withdrawals_due() if self._clock.monotonic_s() >= self._next_s.get(ref, 0.0)]
        for client_ref in due[:_BATCH]:
            answer = self._attempt(client_ref, now)
            match answer:
                case Held():
                    return answer
                case Refused(reason):
                    _log.error("the portal refuses the withdrawal of %s: %s", client_ref, reason)
                    self._next_s[client_ref] = self._clock.monotonic_s() + _REFUSED_WAIT_S
                case TryLater(_, retry_after_s):
                    tries = self._tries.get(client_ref, 0)
                    self._tries[client_ref] = tries + 1
                    delay_s = item_delay_s(tries, self._rng, retry_after_s)
                    self._next_s[client_ref] = self._clock.monotonic_s() + delay_s
        return None

    def judged(self, entry: OutboxEntry, outcome: Outcome, now: datetime) -> Outcome:
        """The outcome of a try, unless the portal says that the dossier was withdrawn and proves it: then it is.

        That happens where the wish was forgotten here, on a disk that was put back from a backup. Without the proof
        nothing is destroyed: the dossier is parked, and people look.
        """
        if not isinstance(outcome, Refused) or outcome.reason != ProblemType.WITHDRAWN:
            return outcome
        answer = self._portal.withdrawn(entry.client_ref, sha256_hex(self._store.manifest(entry.client_ref)))
        match answer:
            case Withdrawn(proof):
                self._store.withdraw(entry.client_ref, now)
                self._store.withdrawal_confirmed(entry.client_ref, now, proof)
                return TryLater("withdrawn")
            case Held() | TryLater():
                return answer
            case _:
                return outcome

    def _attempt(self, client_ref: UUID, now: datetime) -> Setback | None:
        try:
            return self._tell(client_ref, now)
        except Exception as error:  # noqa: BLE001  a fault met on one must not keep the others back
            _log.error("withdrawing %s: %s", client_ref, fault_place(error))
            return TryLater(f"fault:{type(error).__name__}")

    def _tell(self, client_ref: UUID, now: datetime) -> Setback | None:
        wish = self._store.withdrawal(client_ref)
        if wish is None:
            return None
        answer = self._portal.withdraw(wish)
        if isinstance(answer, Withdrawn):
            self._store.withdrawal_confirmed(client_ref, now, answer.proof)
            self._note(client_ref, "")
            return None
        if isinstance(answer, Refused):
            self._note(client_ref, answer.reason)
        return answer

    def _note(self, client_ref: UUID, reason: str) -> None:
        """Keep the portal's reason for the staff, or forget it."""
        problems = dict(withdrawal_problems(self._store))
        before = problems.pop(client_ref, "")
        if reason:
            problems[client_ref] = reason
        if reason != before:
            kept = {str(ref): problem for ref, problem in problems.items()}
            self._store.set_value(PROBLEMS_KEY, json.dumps(kept).encode())


class _Values(Protocol):
    def value(self, key: str) -> bytes | None: ...


def withdrawal_problems(store: _Values) -> Mapping[UUID, str]:
    """Which withdrawals the portal refuses, and its reason: a problem's type. For the staff."""
    kept = store.value(PROBLEMS_KEY)
    return {UUID(ref): reason for ref, reason in json.loads(kept).items()} if kept else {}
