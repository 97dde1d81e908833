"""The words of the outbox: states of a sealed dossier, what a try at sending comes to, what holds the whole queue."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.receipt import Receipt


class State(StrEnum):
    """Where a sealed dossier is. There is no FAILED and no DELETE."""

    SEALED = "sealed"
    SENDING = "sending"
    COMMITTING = "committing"
    RECEIPTED = "receipted"
    DURABLE = "durable"
    SHREDDED = "shredded"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"


UNSENT = frozenset({State.SEALED, State.SENDING, State.COMMITTING})


class QueueCondition(StrEnum):
    """What holds the whole queue. None of these is an item's fault, so none burns an item's attempts."""

    CLEAR = "clear"
    OFFLINE = "offline"
    CAPTIVE = "captive"
    AUTH = "auth"
    CLONED = "cloned"
    CLOCK = "clock"
    CERTIFICATE = "certificate"
    UPDATE_NEEDED = "update_needed"
    NOT_ENROLLED = "not_enrolled"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One dossier of the outbox, without personal data. `problem` is a stable key or problem type, not free text.

    `withdrawal_asked_at`: its citizen wants it back, and the portal may have some of it. From then on it is not sent.
    """

    client_ref: UUID
    seq: int
    slip_code: str
    service_code: str
    state: State
    attempts: int
    sealed_at: datetime
    next_try_at: datetime | None = None
    problem: str = ""
    national_code: str | None = None
    size_bytes: int = 0
    withdrawal_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A wish to have a dossier back. `proof` is the portal's signed word that it knows, "" until it does."""

    client_ref: UUID
    manifest_sha256: str
    asked_at: datetime
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The portal holds the dossier: every check of the receipt passed. `jws` is kept as proof."""

    receipt: Receipt
    jws: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The portal will not take this dossier as it is; it is parked, with the reason, and kept."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TryLater:
    """Nothing is known or done: keep, ask again. `retry_after_s` is the portal's wish, if it gave one."""

    reason: str
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The whole queue waits for the condition to pass; this item's attempts are not counted."""

    condition: QueueCondition
    detail: str = ""
    retry_after_s: float | None = None


Outcome = Accepted | Refused | TryLater | Held
