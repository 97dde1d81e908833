"""The outbox in the hands of the staff, in the hands of a test: what it is asked is kept, and it fails when told to."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from kiosk.ids import slip_code
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.queue_alarm import AlarmRules, queue_health, tally_of
from kiosk.staff import PinAnswer, SignedIn, WrongPin
from kiosk.staff_queue import Contact, ExportEnd, ExportResult, ExportStick, QueueNews
from tests.fakes import FakeClock
from tests.ui.hand_devices import GATE_TIMEOUT_S, opened

STAFF, PIN = "Trần Thị Mẫu", "271829"
CITIZEN = "NGUYỄN VĂN MẪU"
STICK = ExportStick("USB-MOT-CUA", Path("USB-MOT-CUA"))
_NOW = FakeClock().now()


def entry(number: int, state: State = State.SEALED, problem: str = "") -> OutboxEntry:
    ref = UUID(int=number)
    return OutboxEntry(ref, number, slip_code(ref), "2.000635", state, 0, _NOW - timedelta(hours=1), problem=problem)


@dataclass
class HandPins:
    """One member of the staff."""

    there_are: bool = True
    tries: list[str] = field(default_factory=list)

    def any(self) -> bool:
        return self.there_are

    def sign_in(self, pin: str, now: datetime) -> PinAnswer:
        self.tries.append(pin)
        return SignedIn(STAFF) if pin == PIN else WrongPin(4)


@dataclass
class HandQueue:
    """A `kiosk.staff_queue.StaffQueue`. An export goes on when `gate` is open; `trouble` is raised by every act."""

    entries: list[OutboxEntry] = field(default_factory=list)
    pins: HandPins = field(default_factory=HandPins)
    stick_list: list[ExportStick] = field(default_factory=lambda: [STICK])
    gate: threading.Event = field(default_factory=opened)
    trouble: Exception | None = None
    acts: list[tuple[str, str]] = field(default_factory=list)
    news_asked: int = 0

    def news(self) -> QueueNews:
        self.news_asked += 1
        return QueueNews(QueueCondition.CLEAR, queue_health(tally_of(self.entries), _NOW, AlarmRules()))

    def unsettled(self, offset: int, limit: int) -> tuple[OutboxEntry, ...]:
        return tuple(self.entries[offset : offset + limit])

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        return next((each for each in self.entries if each.client_ref == client_ref), None)

    def send_again(self, client_ref: UUID) -> None:
        self._act("send_again", "", client_ref, State.SEALED)

    def withdraw(self, client_ref: UUID, staff: str) -> OutboxEntry:
        return self._act("withdraw", staff, client_ref, State.WITHDRAWN)

    def contacts(self, client_ref: UUID, staff: str) -> tuple[Contact, ...]:
        self._act("contacts", staff, client_ref, None)
        return (Contact(CITIZEN, "0900 000 001", is_owner=True),)

    def sticks(self) -> tuple[ExportStick, ...]:
        return tuple(self.stick_list)

    def export(
        self, stick: ExportStick, staff: str, on_progress: Callable[[int, int], None], stopped: Callable[[], bool]
    ) -> ExportResult:
        self.acts.append(("export", staff))
        on_progress(1, 3)
        self.gate.wait(GATE_TIMEOUT_S)
        return ExportResult(ExportEnd.STOPPED if stopped() else ExportEnd.DONE, 1 if stopped() else 3)

    def _act(self, name: str, staff: str, client_ref: UUID, state: State | None) -> OutboxEntry:
        if self.trouble is not None:
            raise self.trouble
        self.acts.append((name, staff))
        [index] = [index for index, each in enumerate(self.entries) if each.client_ref == client_ref]
        if state is not None:
            self.entries[index] = replace(self.entries[index], state=state, problem="")
        return self.entries[index]
