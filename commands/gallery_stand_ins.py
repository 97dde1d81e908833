"""Stand-ins in memory for devices, back office and lanes of the gallery: no device, no store, no portal, no waiting."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pikepdf

from commands.gallery_captures import (
    PaperStack,
    StillCamera,
    StillCardWatch,
    StillPaperWatch,
    StillSticks,
    demo_card,
    demo_papers,
)
from devices.pages import PicturePages
from kiosk.catalog import Coded
from kiosk.declaration import DeclarationContent
from kiosk.dossier import Desk, Dossier
from kiosk.drafts import CodeAnswer, KeptDraft, NoSuchDraft, OpenedDraft, PackedVisit
from kiosk.errors import DiskFull
from kiosk.filing import NotReady
from kiosk.guide import Guide
from kiosk.helper_desk import BadgeRefusal, CheckedIn, CheckInAnswer
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    Ready,
    Unavailable,
)
from kiosk.receipt import Receipt
from kiosk.slip import Printable
from kiosk.staff import PinAnswer, WrongPin
from ui.context import Equipment
from ui.tasks import Lane, T, Tasks

NOW = datetime(2026, 12, 1, 2, 41, tzinfo=UTC)  # 9:41 in Vietnam
DESK = Desk(
    kiosk_id="gallery",
    agency=Coded("H26.00.00", "Ủy ban nhân dân xã Mẫu", "gallery"),
    office_name="Bộ phận Một cửa xã Mẫu",
    phone="024 3000 0000",
    catalog_version="gallery",
    areas_version="gallery",
    test=False,
)


class StillClock:
    """A `kiosk.ports.Clock` that stands still, so that two galleries are alike."""

    def now(self) -> datetime:
        """Always the same instant."""
        return NOW

    def monotonic_s(self) -> float:
        """Always the same."""
        return 0.0


class ImmediateTasks(Tasks):
    """Lanes that do everything at once on the window's thread; work of a held lane is put off for ever."""

    def __init__(self, held: frozenset[Lane] = frozenset()) -> None:
        super().__init__(_raise)
        self.held = held

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        owner: object,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do it now."""
        if lane in self.held:
            return
        try:
            value = work()
        except Exception as error:  # noqa: BLE001 - as in the real lanes: it belongs to the caller
            (failed or _raise)(error)
        else:
            done(value)

    def post(self, owner: object, call: Callable[[T], None], value: T) -> None:
        """Call it now."""
        call(value)


def _raise(error: Exception) -> None:
    raise error


class SilentPrinter:
    """A `kiosk.slip.ReceiptPrinter` that prints nothing and says that it did, or what is wrong."""

    name = "Máy in (phòng tranh)"

    def __init__(self, trouble: DeviceReason | None = None) -> None:
        self._trouble = trouble

    def status(self) -> DeviceStatus:
        """Ready unless in trouble."""
        return Ready() if self._trouble is None else Unavailable(self._trouble)

    def print_slip(self, slip: Printable) -> None:
        """Nothing, or the trouble."""
        if self._trouble is not None:
            raise DeviceProblem(self._trouble)


class SilentPagePrinter:
    """A `kiosk.ports.PagePrinter` that prints nothing and says that it did, or what is wrong."""

    name = "Máy in A4 (phòng tranh)"

    def __init__(self, trouble: DeviceReason | None = None) -> None:
        self._trouble = trouble

    def status(self) -> DeviceStatus:
        """Ready unless in trouble."""
        return Ready() if self._trouble is None else Unavailable(self._trouble)

    def print_pdf(self, pdf: bytes, title: str) -> None:
        """Nothing, or the trouble."""
        if self._trouble is not None:
            raise DeviceProblem(self._trouble)


class BlankDeclarations:
    """A `ui.context.DeclarationWriter` of empty papers: no screen shows them."""

    def render(self, content: DeclarationContent) -> bytes:
        """One blank page."""
        return _blank_page()


class BlankGuides:
    """A `ui.context.GuideWriter` of empty papers."""

    def render(self, guide: Guide, *, demo: bool = False) -> bytes:
        """One blank page."""
        return _blank_page()


def _blank_page() -> bytes:
    blank, paper = io.BytesIO(), pikepdf.new()
    paper.add_blank_page()
    paper.save(blank)
    return blank.getvalue()


@dataclass(frozen=True, slots=True)
class PaperOffice:
    """A `kiosk.filing.Filing` that keeps nothing. `full` refuses every dossier, as a full disk would."""

    line: QueueCondition = QueueCondition.CLEAR
    full: bool = False

    def desk(self) -> Desk | NotReady:
        """A made-up commune."""
        return DESK

    def seal(self, dossier: Dossier) -> OutboxEntry:
        """Says that it is sealed. Raises DiskFull where told so."""
        if self.full:
            raise DiskFull("gallery")
        return OutboxEntry(dossier.client_ref, 1, dossier.slip_code, dossier.service_code, State.SEALED, 0, NOW)

    def wait_for_receipt(self, client_ref: UUID, timeout_s: float) -> OutboxEntry:
        """No receipt comes."""
        return OutboxEntry(client_ref, 1, "", "", State.SEALED, 0, NOW)

    def receipt(self, client_ref: UUID) -> Receipt | None:
        """No receipt."""
        return None

    def condition(self) -> QueueCondition:
        """The line as it was set."""
        return self.line


class NoDrafts:
    """A `kiosk.drafts.Drafts` that keeps nothing and says that it does. `some`: there are drafts to go on with."""

    kept_h = 24

    def __init__(self, *, some: bool = False) -> None:
        self._some = some

    def keep(self, ref: UUID, packed: PackedVisit) -> None:
        """Nothing."""

    def stop(self, ref: UUID, packed: PackedVisit) -> str:
        """A made-up code."""
        return "00000000"

    def discard(self, ref: UUID) -> None:
        """Nothing."""

    def any(self) -> bool:
        """As it was set."""
        return self._some

    def by_code(self, card_number: str, code: str) -> CodeAnswer:
        """No code opens anything."""
        return NoSuchDraft(4)

    def of_card(self, card_number: str) -> tuple[KeptDraft, ...]:
        """None."""
        return ()

    def open(self, ref: UUID, attested_by: str) -> OpenedDraft | None:
        """None."""
        return None


class NoPins:
    """A `kiosk.staff.StaffPins` that knows nobody."""

    def any(self) -> bool:
        """Nobody has a PIN."""
        return False

    def sign_in(self, pin: str, now: datetime) -> PinAnswer:
        """Nobody's."""
        return WrongPin(4)


class StillDesk:
    """A `kiosk.helper_desk.HelperDesk` with these people on duty, and one answer to every badge."""

    def __init__(self, on_duty: tuple[CheckedIn, ...] = (), answer: CheckInAnswer = BadgeRefusal.UNKNOWN) -> None:
        self._on_duty = on_duty
        self._answer = answer

    def any(self) -> bool:
        """Somebody has a badge."""
        return True

    def on_duty(self, now: datetime) -> tuple[CheckedIn, ...]:
        """These."""
        return self._on_duty

    def check_in(self, badge: str, pin: str, now: datetime) -> CheckInAnswer:
        """This."""
        return self._answer

    def check_out(self, code: str, now: datetime) -> None:
        """Everybody stays."""


def stand_in_equipment() -> Equipment:
    """A counter at which all is well."""
    return Equipment(
        clock=StillClock(),
        camera=StillCamera(demo_card()),
        card_watch=StillCardWatch,
        paper_camera=StillCamera(demo_card()),
        paper_watch=StillPaperWatch,
        code_scanner=None,
        files=StillSticks(),
        scanner=PaperStack(demo_papers()[:1]),
        pages=PicturePages(),
        declarations=BlankDeclarations(),
        guides=BlankGuides(),
        printer=SilentPrinter(),
        page_printer=SilentPagePrinter(),
        filing=PaperOffice(),
    )
