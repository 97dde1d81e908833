"""What screens need of kept drafts: values, and one Protocol that the store implements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PackedVisit:
    """A visit as bytes: its small `state`, and by SHA-256 the large contents that the state names (pictures of pages).
    Both hold a person's data: they are sealed before they touch a disk, and never logged."""

    service_code: str
    card_number: str
    """The number of the card that was shown, "" where none was."""
    state: bytes
    contents: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft in a list: nothing of the person but what they were doing, and when."""

    ref: UUID
    service_code: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft that was opened again."""

    kept: KeptDraft
    packed: PackedVisit


@dataclass(frozen=True, slots=True)
class NoSuchDraft:
    """Card and code do not belong together, or nothing is kept: which of them is told to nobody."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class CodesPaused:
    """Too many wrong codes: none is looked at for that long. The staff may open a draft all the same."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class StaffNeeded:
    """The code is that of a draft that was begun without a card, and a card was shown: the staff say whose it is."""

    draft: KeptDraft


CodeAnswer = KeptDraft | StaffNeeded | NoSuchDraft | CodesPaused


class Drafts(Protocol):
    """The drafts of this kiosk, by the reference that their dossier will have. All calls block; all raise StoreProblem,
    after which nothing has changed, or the draft is as it was before."""

    @property
    def kept_h(self) -> int:
        """How many hours after its last change a draft is kept."""
        ...

    def keep(self, ref: UUID, packed: PackedVisit) -> None:
        """Keep the visit as it is now, in place of what was kept of it. Raises DiskFull where there is no room, on the
        disk or among the drafts: the visit can go on without."""
        ...

    def stop(self, ref: UUID, packed: PackedVisit) -> str:
        """Keep the visit, and give the code (bare, eight characters) that opens it again with the same card. Raises
        StoreProblem where its dossier is sealed: no code could open that."""
        ...

    def discard(self, ref: UUID) -> None:
        """Destroy the draft: the citizen wants it gone. Without one nothing happens."""
        ...

    def any(self) -> bool:
        """Whether there is a draft that could be opened."""
        ...

    def by_code(self, card_number: str, code: str) -> CodeAnswer:
        """The draft of that code and that card; "" is a draft that was begun without a card. StaffNeeded costs a try as
        a wrong code does."""
        ...

    def of_card(self, card_number: str) -> tuple[KeptDraft, ...]:
        """The drafts of that card, the newest first; "" are those that were begun without a card. For the staff."""
        ...

    def open(self, ref: UUID, attested_by: str) -> OpenedDraft | None:
        """The draft, and a note in the audit chain of how it was opened: by its code, or `attested_by` that member of
        the staff ("" by the code), whose name the store keeps with it. None when it is not there any more."""
        ...
