"""Drafts in the hands of a test: kept in a dictionary, each call when its gate is open, or refused."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from kiosk.drafts import CodeAnswer, KeptDraft, NoSuchDraft, OpenedDraft, PackedVisit
from kiosk.errors import KioskError
from kiosk.staff import PinAnswer, SignedIn
from tests.ui.hand_devices import GATE_TIMEOUT_S, opened

CODE = "7K3M9PQ4"
AT = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)


@dataclass
class HandDrafts:
    """A `kiosk.drafts.Drafts`; `fails` is raised in place of keeping."""

    fails: KioskError | None = None
    gate: threading.Event = field(default_factory=opened)
    kept: dict[UUID, PackedVisit] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    answer: CodeAnswer = field(default_factory=lambda: NoSuchDraft(4))
    kept_h: int = 24

    def keep(self, ref: UUID, packed: PackedVisit) -> None:
        self.gate.wait(GATE_TIMEOUT_S)
        if self.fails is not None:
            raise self.fails
        self.said.append("keep")
        self.kept[ref] = packed

    def stop(self, ref: UUID, packed: PackedVisit) -> str:
        self.keep(ref, packed)
        self.said[-1] = "stop"
        return CODE

    def discard(self, ref: UUID) -> None:
        self.said.append("discard")
        self.kept.pop(ref, None)

    def sweep(self) -> None:
        self.said.append("sweep")

    def any(self) -> bool:
        return bool(self.kept)

    def by_code(self, card_number: str, code: str) -> CodeAnswer:
        self.said.append("by_code")
        return self.answer

    def of_card(self, card_number: str) -> tuple[KeptDraft, ...]:
        found = [ref for ref, packed in self.kept.items() if packed.card_number == card_number]
        return tuple(KeptDraft(ref, self.kept[ref].service_code, AT) for ref in found)

    def open(self, ref: UUID, attested_by: str) -> OpenedDraft | None:
        packed = self.kept.get(ref)
        return OpenedDraft(KeptDraft(ref, packed.service_code, AT), packed) if packed else None


@dataclass
class HandPins:
    """A `kiosk.staff.StaffPins`: every PIN is that of a member of the staff, if `some`body has one."""

    some: bool = True

    def any(self) -> bool:
        return self.some

    def sign_in(self, pin: str, now: datetime) -> PinAnswer:
        return SignedIn("TRẦN THỊ MẪU")
