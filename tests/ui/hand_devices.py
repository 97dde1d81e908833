"""Cameras, scanner, stick and readers in the hands of a test: each does what the test says, when it says."""

import contextlib
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from commands.gallery_captures import demo_papers
from devices.pages import PicturePages
from kiosk.capture import (
    MAX_FILE_PAGES,
    CardHint,
    CardLook,
    Corners,
    FileProblem,
    FileRefused,
    PaperHint,
    PaperLook,
    StickFile,
    StickListing,
)
from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    Frame,
    PageImage,
    PageReport,
    Ready,
    ScanOptions,
    Unavailable,
    unheard,
)

GATE_TIMEOUT_S = 10.0
NO_PAPER = PaperLook(None, PaperHint.NO_PAPER)
FRAME = Frame(bytes(64 * 48 * 3), 64, 48)


def opened() -> threading.Event:
    """A gate that lets everything through until it is closed."""
    gate = threading.Event()
    gate.set()
    return gate


def status_of(trouble: DeviceReason | None) -> DeviceStatus:
    return Ready() if trouble is None else Unavailable(trouble)


@dataclass
class HandCamera:
    """Gives the same picture again and again, each when `gate` is open; lost after `frames_left`, if that is set."""

    trouble: DeviceReason | None = None
    frames_left: int | None = None
    gate: threading.Event = field(default_factory=opened)
    watched: int = 0
    name: str = "camera"

    def status(self) -> DeviceStatus:
        return status_of(self.trouble)

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        self.watched += 1
        while True:
            self.gate.wait(GATE_TIMEOUT_S)
            if self.trouble is not None and not self.frames_left:
                raise DeviceProblem(self.trouble)
            if self.frames_left is not None:
                self.frames_left -= 1
            if not on_frame(FRAME):
                return


@dataclass
class HandCodes:
    """Reads what a test says next; then nothing."""

    texts: list[str] = field(default_factory=list)
    frames: int = 0

    def read(self, frame: Frame) -> str | None:
        self.frames += 1
        return self.texts.pop(0) if self.texts else None


@dataclass
class HandCards:
    """Sees what a test says next; then the last again. One watch for all uses of the camera; `closed` counts them."""

    looks: list[CardLook] = field(default_factory=lambda: [CardLook(CardHint.SHOW)])
    frames: int = 0
    closed: int = 0

    def look(self, frame: Frame, at_s: float) -> CardLook:
        self.frames += 1
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]

    def close(self) -> None:
        self.closed += 1


@dataclass
class HandPapers:
    """Sees the sheet as a test says, and shoots once where `shoot` is set."""

    seen: PaperLook = NO_PAPER
    shoot: bool = False
    shots: int = 0

    def look(self, frame: Frame, at_s: float) -> PaperLook:
        return replace(self.seen, shoot=self.shoot)

    def taken(self) -> None:
        self.shoot = False
        self.shots += 1


@dataclass
class HandSticks:
    """The stick that a test puts in: its listing, the pages of its files, or why they are refused."""

    listing: StickListing | None = None
    given: tuple[PageImage, ...] = field(default_factory=lambda: demo_papers()[:1])
    refuses: FileProblem | None = None
    gate: threading.Event = field(default_factory=opened)
    read: list[str] = field(default_factory=list)
    name: str = "sticks"

    def status(self) -> DeviceStatus:
        return status_of(None if self.listing is not None else DeviceReason.NOT_CONNECTED)

    def files(self) -> StickListing:
        if self.listing is None:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED)
        return self.listing

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        self.read.append(file.key)
        for page in self.given:
            on_page(page)
        self.gate.wait(GATE_TIMEOUT_S)
        if cancelled():
            raise DeviceProblem(DeviceReason.CANCELLED)
        if self.refuses is not None:
            raise FileRefused(self.refuses)


@dataclass
class HandReader:
    """A hand-held reader: sends the texts that a test puts into the queue."""

    texts: queue.Queue[str] = field(default_factory=queue.Queue)
    name: str = "reader"

    def status(self) -> DeviceStatus:
        return Ready()

    def watch(self, on_text: Callable[[str], None], stopped: Callable[[], bool]) -> None:
        while not stopped():
            with contextlib.suppress(queue.Empty):
                on_text(self.texts.get(timeout=0.02))


class QuickPages(PicturePages):
    """Page work that leaves pages as they came and finds nothing wrong; cleaning is tested with the devices."""

    def from_scan(self, page: PageImage) -> PageImage:
        return page

    def from_shot(self, frame: Frame, corners: Corners | None) -> PageImage:
        return demo_papers()[0]

    def look_over(self, page: PageImage, names: Sequence[str] = ()) -> PageReport:
        return PageReport()


@dataclass
class HandScanner:
    """Gives its pages, waits for `gate`, then stops for the reason of `trouble`, if there is one."""

    pages: tuple[PageImage, ...] = field(default_factory=lambda: demo_papers()[:1])
    trouble: DeviceReason | None = None
    gate: threading.Event = field(default_factory=opened)
    scans: int = 0
    name: str = "scanner"

    def status(self) -> DeviceStatus:
        return status_of(self.trouble)

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        self.scans += 1
        for page in self.pages:
            on_page(page)
        self.gate.wait(GATE_TIMEOUT_S)
        if cancelled():
            raise DeviceProblem(DeviceReason.CANCELLED)
        if self.trouble is not None:
            raise DeviceProblem(self.trouble)
