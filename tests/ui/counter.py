"""A counter for the tests of screens: real lanes, catalogue and step table; devices made by hand that a test steers."""

import threading
from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from commands.gallery_stand_ins import DESK, BlankDeclarations, BlankGuides
from kiosk.dossier import Desk, Dossier
from kiosk.draft_slip import DraftSlip
from kiosk.errors import KioskError
from kiosk.filing import NotReady
from kiosk.guide import Guide
from kiosk.outbox import OutboxEntry, QueueCondition, State
from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
)
from kiosk.receipt import Receipt
from kiosk.slip import Printable, Slip
from kiosk.visit_events import Event
from tests.fakes import FakeClock
from tests.ui.hand_devices import (
    GATE_TIMEOUT_S,
    HandCamera,
    HandCards,
    HandCodes,
    HandPapers,
    HandReader,
    HandScanner,
    HandSticks,
    opened,
    status_of,
)
from ui import frame as ui_frame
from ui.visit_screen import VisitScreen


@dataclass
class HandPrinter:
    """Keeps the slips that it was given, each when `gate` is open."""

    trouble: DeviceReason | None = None
    gate: threading.Event = field(default_factory=opened)
    slips: list[Slip] = field(default_factory=list)
    guides: list[Guide] = field(default_factory=list)
    drafts: list[DraftSlip] = field(default_factory=list)
    name: str = "printer"

    def status(self) -> DeviceStatus:
        return status_of(self.trouble)

    def print_slip(self, slip: Printable) -> None:
        self.gate.wait(GATE_TIMEOUT_S)
        if self.trouble is not None:
            raise DeviceProblem(self.trouble)
        if isinstance(slip, Guide):
            self.guides.append(slip)
        elif isinstance(slip, DraftSlip):
            self.drafts.append(slip)
        else:
            self.slips.append(slip)


@dataclass
class HandPagePrinter:
    """Keeps the pages that it was given, with the names of the jobs, each when `gate` is open."""

    trouble: DeviceReason | None = None
    gate: threading.Event = field(default_factory=opened)
    jobs: list[tuple[bytes, str]] = field(default_factory=list)
    name: str = "page printer"

    def status(self) -> DeviceStatus:
        return status_of(self.trouble)

    def print_pdf(self, pdf: bytes, title: str) -> None:
        self.gate.wait(GATE_TIMEOUT_S)
        if self.trouble is not None:
            raise DeviceProblem(self.trouble)
        self.jobs.append((pdf, title))


@dataclass
class HandOffice:
    """A back office that keeps dossiers in a list; `fails` is raised in place of sealing."""

    fails: KioskError | None = None
    not_ready: NotReady | None = None
    line: QueueCondition = QueueCondition.CLEAR
    came: Receipt | None = None
    gate: threading.Event = field(default_factory=opened)
    sealed: list[Dossier] = field(default_factory=list)
    tried: list[UUID] = field(default_factory=list)

    def desk(self) -> Desk | NotReady:
        return self.not_ready or DESK

    def seal(self, dossier: Dossier) -> OutboxEntry:
        self.gate.wait(GATE_TIMEOUT_S)
        self.tried.append(dossier.client_ref)
        if self.fails is not None:
            raise self.fails
        self.sealed.append(dossier)
        return self._entry(dossier.client_ref)

    def wait_for_receipt(self, client_ref: UUID, timeout_s: float) -> OutboxEntry:
        self.gate.wait(GATE_TIMEOUT_S)
        return self._entry(client_ref)

    def receipt(self, client_ref: UUID) -> Receipt | None:
        return self.came

    def condition(self) -> QueueCondition:
        return self.line

    def _entry(self, client_ref: UUID) -> OutboxEntry:
        return OutboxEntry(client_ref, 1, "", "2.000635", State.SEALED, 0, FakeClock().now())


@dataclass
class Hands:
    """The parts of the counter that a test steers."""

    clock: FakeClock = field(default_factory=FakeClock)
    camera: HandCamera = field(default_factory=HandCamera)
    codes: HandCodes = field(default_factory=HandCodes)
    cards: HandCards = field(default_factory=HandCards)
    papers: HandPapers = field(default_factory=HandPapers)
    sticks: HandSticks = field(default_factory=HandSticks)
    reader: HandReader = field(default_factory=HandReader)
    scanner: HandScanner = field(default_factory=HandScanner)
    printer: HandPrinter = field(default_factory=HandPrinter)
    page_printer: HandPagePrinter = field(default_factory=HandPagePrinter)
    guides: BlankGuides = field(default_factory=BlankGuides)
    office: HandOffice = field(default_factory=HandOffice)
    declarations: BlankDeclarations = field(default_factory=BlankDeclarations)

    def let_all_through(self) -> None:
        """Open every gate, so that no lane is left waiting."""
        for part in (self.camera, self.scanner, self.sticks, self.printer, self.page_printer, self.office):
            part.gate.set()


@dataclass
class Page:
    """A screen as it is shown in a frame, with what it has said so far."""

    frame: ui_frame.Frame
    screen: VisitScreen
    events: list[Event]

    def find(self, name: str) -> QWidget:
        """The visible widget of that object name."""
        within = (*self.screen.findChildren(QWidget, name), *self.frame.findChildren(QWidget, name))
        found = [each for each in within if each.isVisible()]
        assert found, f"{name} is not shown; there are {self.names()}"
        return found[0]

    def shows(self, name: str) -> bool:
        return any(each.isVisible() for each in self.frame.findChildren(QWidget, name))

    def names(self) -> list[str]:
        return sorted({each.objectName() for each in self.screen.findChildren(QWidget) if each.isVisible()})

    def labels(self) -> list[QLabel]:
        return [each for each in self.frame.findChildren(QLabel) if each.isVisible()]

    def buttons(self, prefix: str) -> list[QAbstractButton]:
        """The visible buttons whose object names begin so."""
        return [
            each
            for each in self.screen.findChildren(QAbstractButton)
            if each.objectName().startswith(prefix) and each.isVisible()
        ]

    def press(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        """As if it had been typed there."""
        field_there = self.find(name)
        assert isinstance(field_there, QLineEdit)
        field_there.setText(text)

    def go_on(self) -> None:
        """Press Continue; the event, if the page goes on, is the last of `events`."""
        self.press("next")

    def texts(self) -> str:
        """Every word that is shown."""
        shown = [each for each in self.frame.findChildren(QWidget) if each.isVisible()]
        return "\n".join(each.text() if isinstance(each, QLabel) else each.accessibleName() for each in shown)
