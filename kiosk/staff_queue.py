"""What the staff's page of the queue needs of store, line and sticks, as Protocols and the values they exchange."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from kiosk.outbox import OutboxEntry, QueueCondition
from kiosk.queue_alarm import QueueHealth
from kiosk.staff import StaffPins

CONTACT_SHOWN_S = 60.0
"""A name and a phone stand on the screen for a minute at most: time to write them down, not for the next citizen."""


@dataclass(frozen=True, slots=True)
class QueueNews:
    """How the queue is, and what holds it."""

    condition: QueueCondition
    health: QueueHealth


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call about one dossier. `is_owner`: it is theirs; else they filed it for another. "" is unknown."""

    name: str
    phone: str
    is_owner: bool


class ExportEnd(StrEnum):
    """How a copy to a stick ended."""

    DONE = "done"
    NOTHING = "nothing"
    STICK_FULL = "stick_full"
    READ_ONLY = "read_only"
    STICK_GONE = "stick_gone"
    BUSY = "busy"
    STOPPED = "stopped"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class ExportResult:
    """`count` dossiers are whole on the stick; `damaged` could not be read from the kiosk's own disk."""

    end: ExportEnd
    count: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class ExportStick:
    """A stick that can be written to; `name` is what the staff see of it."""

    name: str
    folder: Path


class StaffQueue(Protocol):
    """The outbox in the hands of the staff. All calls may block; they raise StoreProblem."""

    @property
    def pins(self) -> StaffPins: ...

    def news(self) -> QueueNews:
        """How the queue is now."""
        ...

    def unsettled(self, offset: int, limit: int) -> tuple[OutboxEntry, ...]:
        """A page of what is not done, what needs staff first."""
        ...

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        """One dossier as it is now."""
        ...

    def send_again(self, client_ref: UUID) -> None:
        """Put a parked dossier back into the queue and wake the line; one that is back already stays so."""
        ...

    def withdraw(self, client_ref: UUID, staff: str) -> OutboxEntry:
        """Take a dossier back for its citizen: destroyed at once, or as soon as the portal knows."""
        ...

    def contacts(self, client_ref: UUID, staff: str) -> tuple[Contact, ...]:
        """Whom to call about this dossier. That `staff` was told is kept before anything is read."""
        ...

    def sticks(self) -> tuple[ExportStick, ...]:
        """The sticks that are plugged in and can be written to."""
        ...

    def export(
        self,
        stick: ExportStick,
        staff: str,
        on_progress: Callable[[int, int], None],
        stopped: Callable[[], bool],
    ) -> ExportResult:
        """Copy everything that waits, encrypted for the province. `on_progress` hears (done, of how many)."""
        ...
