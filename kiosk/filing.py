"""What the screens need of store, line and printing when a dossier is filed, as one small Protocol."""

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from kiosk.dossier import Desk, Dossier
from kiosk.outbox import OutboxEntry, QueueCondition
from kiosk.receipt import Receipt


class NotReady(StrEnum):
    """Why the kiosk takes no dossiers now. Each has a page that says so, with whom to ask."""

    NO_KEYS = "no_keys"
    NOT_ENROLLED = "not_enrolled"
    WRONG_KEY = "wrong_key"
    STORE_CORRUPT = "store_corrupt"
    STORE_IN_USE = "store_in_use"
    DISK_FULL = "disk_full"
    NO_CATALOG = "no_catalog"
    FAULT = "fault"


class Filing(Protocol):
    """The counter's back office: seals dossiers, and knows what became of them. All calls may block."""

    def desk(self) -> Desk | NotReady:
        """Where this kiosk files, or why it cannot take dossiers."""
        ...

    def seal(self, dossier: Dossier) -> OutboxEntry:
        """Put the dossier on encrypted, durable disk and wake the line. Sealing it again changes nothing."""
        ...

    def wait_for_receipt(self, client_ref: UUID, timeout_s: float) -> OutboxEntry:
        """The dossier's entry once its receipt is verified, or as it is when the time is over."""
        ...

    def receipt(self, client_ref: UUID) -> Receipt | None:
        """The verified receipt, if there is one."""
        ...

    def condition(self) -> QueueCondition:
        """What holds the line, if anything."""
        ...
