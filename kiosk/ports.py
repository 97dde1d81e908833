"""What the domain and the screens need of devices and the world, as small Protocols and the values they exchange."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.errors import KioskError


class Clock(Protocol):
    """The time. Injected everywhere, so that tests decide what time it is."""

    def now(self) -> datetime:
        """The wall clock: an aware instant in UTC."""
        ...

    def monotonic_s(self) -> float:
        """Seconds that never go back; only differences mean something."""
        ...


class DeviceReason(StrEnum):
    """Why a device needs attention or cannot be used. Screens have one sentence for each."""

    NOT_CONNECTED = "not_connected"
    NO_DRIVER = "no_driver"
    BUSY = "busy"
    JAM = "jam"
    DOUBLE_FEED = "double_feed"  # two sheets went through the feeder together
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    INK_OUT = "ink_out"
    INK_LOW = "ink_low"
    FEEDER_EMPTY = "feeder_empty"
    NO_PICTURE = "no_picture"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ready:
    """The device can be used now."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class Attention:
    """The device works, but a person should do something soon. `detail` is technical English for the log."""

    reason: DeviceReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The device cannot be used now. `detail` is technical English for the log."""

    reason: DeviceReason
    detail: str = ""


DeviceStatus = Ready | Attention | Unavailable


class DeviceProblem(KioskError):
    """A device failed in the middle of its work; what it had finished before is kept."""

    key = "device"

    def __init__(self, reason: DeviceReason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Frame:
    """One camera picture: `rgb` is width * height * 3 bytes, rows from the top, no padding."""

    rgb: bytes
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """One captured side of a paper as an encoded picture in memory (image/jpeg or image/png), upright as captured."""

    content: bytes
    media_type: str
    width_px: int
    height_px: int
    dpi: int


class ScanSource(StrEnum):
    """Where the scanner takes the paper from."""

    AUTO = "auto"  # the feeder if paper lies in it (both sides where it can), else the glass
    GLASS = "glass"
    FEEDER = "feeder"
    FEEDER_BOTH_SIDES = "feeder_both_sides"


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan, 200 to 300 dpi. Colour is the default, for seals are red."""

    dpi: int = 200
    colour: bool = True
    source: ScanSource = ScanSource.AUTO


class Camera(Protocol):
    """A source of pictures. Opened for each use: cameras come and go."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus: ...

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        """Give frames to `on_frame` until it answers False. Blocks; raises DeviceProblem when the camera is lost."""
        ...


class CodeReader(Protocol):
    """Reads two-dimensional codes."""

    def read(self, frame: Frame) -> str | None:
        """The text of the first code in the frame that decodes to a non-empty text, else None."""
        ...


def unheard(_percent: int) -> None:
    """For a scan whose progress nobody follows."""


class Scanner(Protocol):
    """A paper scanner."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus: ...

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        """Give each finished page to `on_page`, and to `on_progress` how much of the page under way is done, in per
        cent. Blocks; raises DeviceProblem; pages given before stay given."""
        ...


class PageFault(StrEnum):
    """What seems wrong with a captured page. It warns and never blocks."""

    BLURRED = "blurred"
    DARK = "dark"
    CUT_OFF = "cut_off"  # a corner or an edge of the sheet is missing
    UPSIDE_DOWN = "upside_down"
    ILLEGIBLE = "illegible"
    OTHER_NAME = "other_name"  # none of the names was found on it


@dataclass(frozen=True, slots=True)
class PageReport:
    """What a look at a page found. `fingerprint` hardly differs for two pictures of one sheet
    (`kiosk.documents.same_sheet`); a blank page has none (0)."""

    faults: tuple[PageFault, ...] = ()
    blank: bool = False
    fingerprint: int = 0


class PageWork(Protocol):
    """What is done to captured pages and finished papers; all in memory."""

    def from_shot(self, frame: Frame, corners: tuple[tuple[float, float], ...] | None) -> PageImage:
        """A camera's picture of a sheet as a page: perspective mended, size recognised (A4, A5, card), light evened,
        straight, upright, colours kept. Without corners the whole picture is the page."""
        ...

    def from_scan(self, page: PageImage) -> PageImage:
        """A scanner's or a file's page made straight, upright and small enough for portals; colours kept."""
        ...

    def look_over(self, page: PageImage, names: Sequence[str] = ()) -> PageReport:
        """What a person should look at again. One of the names should be on it; they are looked for only where a reader
        of print is installed."""
        ...

    def card_sheet(self, sides: Sequence[PageImage]) -> PageImage:
        """One A4 page with the sides of a card on it in their real size, below each other."""
        ...

    def rotate(self, page: PageImage, quarter_turns: int) -> PageImage:
        """The page turned clockwise by quarter turns."""
        ...

    def thumbnail(self, page: PageImage, max_px: int) -> PageImage:
        """A small JPEG whose longer side is at most `max_px`."""
        ...

    def to_pdf(self, pages: Sequence[PageImage], title: str) -> bytes:
        """One PDF/A-2b with a page a picture, in the paper's real size, colours kept."""
        ...

    def page_count(self, pdf: bytes) -> int:
        """How many pages a PDF has. Raises ValueError for what is none."""
        ...


class PagePrinter(Protocol):
    """A printer of A4 pages, for declarations and guides."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus: ...

    def print_pdf(self, pdf: bytes, title: str) -> None:
        """Print all pages, in memory from end to end. `title` names the job on the printer's own display: it tells
        nothing of a person. Blocks; raises DeviceProblem, after which the job is cancelled as far as that can be."""
        ...


class Lamp(Protocol):
    """A lamp above the counter that calls somebody there."""

    @property
    def name(self) -> str:
        """What people read in the list of devices."""
        ...

    def status(self) -> DeviceStatus:
        """Whether it can be switched."""
        ...

    def switch(self, *, on: bool) -> None:
        """Blocks; raises DeviceProblem. Switching it to what it is changes nothing."""
        ...
