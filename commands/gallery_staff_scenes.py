"""The gallery's scenes of the staff's pages: what needs them, the queue, a PIN, a name, a withdrawal, a stick."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from commands.gallery_device_scenes import staff_stand_ins
from commands.gallery_stage import Stage
from commands.gallery_stand_ins import NOW
from kiosk.ids import slip_code
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.queue_alarm import AlarmRules, queue_health, tally_of
from kiosk.receipt import ProblemType
from kiosk.staff import Locked, PinAnswer, SignedIn, WrongPin
from kiosk.staff_queue import Contact, ExportEnd, ExportResult, ExportStick, QueueNews
from kiosk.visit import Visit
from ui.home_screen import HomeScreen
from ui.queue_screen import QueueScreen
from ui.staff_screen import StaffScreen
from ui.tasks import Lane

Scene = Callable[[Stage], None]
PIN = "271829"
_WRONG = WrongPin(4)
_DONE = ExportResult(ExportEnd.DONE, 12)


def _entry(number: int, hours: float, state: State = State.SEALED, **facts: object) -> OutboxEntry:
    ref = UUID(int=number)
    entry = OutboxEntry(ref, number, slip_code(ref), "2.000635", state, 0, NOW - timedelta(hours=hours))
    return replace(entry, **facts)  # type: ignore[arg-type]  # mypy does not see through the names


ENTRIES = (
    _entry(3, 80, State.PARKED, problem=ProblemType.INVALID_MANIFEST, attempts=1),
    _entry(5, 30, State.PARKED, problem=ProblemType.TOO_LARGE, attempts=2),
    _entry(1, 100, attempts=7, problem="connection_lost", next_try_at=NOW + timedelta(minutes=9)),
    _entry(2, 99, State.COMMITTING, attempts=3, problem="unknown:receipt_signature"),
    *(_entry(number, 50 - number) for number in range(6, 14)),
    _entry(20, 4, State.COMMITTING, withdrawal_asked_at=NOW),
)


@dataclass(frozen=True, slots=True)
class PaperPins:
    """Two members of the staff with one PIN; every other PIN gets `refusal`. Or nobody has one."""

    refusal: WrongPin | Locked = _WRONG
    there_are: bool = True

    def any(self) -> bool:
        """As it was set."""
        return self.there_are

    def sign_in(self, pin: str, now: datetime) -> PinAnswer:
        """The one PIN is right."""
        return SignedIn("Trần Thị Mẫu") if pin == PIN else self.refusal


@dataclass(frozen=True, slots=True)
class PaperQueue:
    """A `kiosk.staff_queue.StaffQueue` that only shows."""

    entries: tuple[OutboxEntry, ...] = ENTRIES
    pins: PaperPins = PaperPins()
    stick_names: tuple[str, ...] = ("USB-MOT-CUA", "KINGSTON")
    end: ExportResult = _DONE

    def news(self) -> QueueNews:
        """What the entries come to, without a line."""
        health = queue_health(tally_of(self.entries), NOW, AlarmRules())
        return QueueNews(QueueCondition.OFFLINE if self.entries else QueueCondition.CLEAR, health)

    def unsettled(self, offset: int, limit: int) -> tuple[OutboxEntry, ...]:
        """A page of them."""
        return self.entries[offset : offset + limit]

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        """One of them."""
        return next((entry for entry in self.entries if entry.client_ref == client_ref), None)

    def send_again(self, client_ref: UUID) -> None:
        """Nothing."""

    def withdraw(self, client_ref: UUID, staff: str) -> OutboxEntry:
        """Withdrawn at once."""
        entry = self.entry(client_ref)
        assert entry is not None  # only what is listed can be opened
        return replace(entry, state=State.WITHDRAWN, problem="")

    def contacts(self, client_ref: UUID, staff: str) -> tuple[Contact, ...]:
        """A daughter who files for her father."""
        return (
            Contact("NGUYỄN THỊ MẪU", "0900 000 001", is_owner=False),
            Contact("NGUYỄN VĂN MẪU", "", is_owner=True),
        )

    def sticks(self) -> tuple[ExportStick, ...]:
        """Those of the names given."""
        return tuple(ExportStick(name, Path(name)) for name in self.stick_names)

    def export(
        self, stick: ExportStick, staff: str, on_progress: Callable[[int, int], None], stopped: Callable[[], bool]
    ) -> ExportResult:
        """Ends as it was set."""
        on_progress(3, 12)
        return self.end


def _put(stage: Stage, screen: str, queue: PaperQueue, held: frozenset[Lane] = frozenset()) -> None:
    context = replace(stage.context(held), queue=queue, staff=staff_stand_ins(stage, {}))
    stage.frame.set_header("Điểm Truy Cập")
    stage.frame.set_helper(None)
    if screen == "staff":
        stage.put(StaffScreen(context))
    elif screen == "home":
        stage.put(HomeScreen(context, Visit()))
    else:
        stage.put(QueueScreen(context, queue))


def _item(stage: Stage, *presses: str, queue: PaperQueue = PaperQueue(), held: Lane | None = None) -> None:
    """The first dossier; then these are pressed: object names, or a PIN for its digits."""
    _put(stage, "queue", queue)
    stage.press(f"look:{ENTRIES[0].slip_code}")
    _press(stage, presses, held)


def _export(stage: Stage, *presses: str, queue: PaperQueue = PaperQueue(), held: Lane | None = None) -> None:
    _put(stage, "queue", queue)
    stage.press("export")
    _press(stage, presses, held)


def _press(stage: Stage, presses: tuple[str, ...], held: Lane | None) -> None:
    for name in presses:
        if name.isdigit():
            for digit in name:
                stage.press(f"pin_{digit}")
            if held is not None:
                stage.hold(held)
            stage.press("pin_enter")
        else:
            stage.press(name)


def _scene(play: Callable[..., None], *words: object, **options: object) -> Scene:
    return lambda stage: play(stage, *words, **options)


_USB = f"stick:{PaperQueue().stick_names[0]}"

STAFF_SCENES: Mapping[str, Scene] = {
    "home-staff": partial(_put, screen="home", queue=PaperQueue()),
    "staff": partial(_put, screen="staff", queue=PaperQueue()),
    "queue-list": partial(_put, screen="queue", queue=PaperQueue()),
    "queue-item": _scene(_item, "send_again"),
    "queue-contacts": _scene(_item, "contacts", PIN),
    "queue-withdraw": _scene(_item, "withdraw", PIN),
    "queue-pin_refused": _scene(_item, "contacts", "100387", queue=PaperQueue(pins=PaperPins(Locked(NOW)))),
    "queue-pin_missing": _scene(_item, "contacts", queue=PaperQueue(pins=PaperPins(there_are=False))),
    "queue-export": _scene(_export),
    "queue-export_running": _scene(_export, _USB, PIN, held=Lane.FILES),
    "queue-export_full": _scene(_export, _USB, PIN, queue=PaperQueue(end=ExportResult(ExportEnd.STICK_FULL, 4))),
}
