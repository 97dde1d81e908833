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


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan. Colour is the default, for seals are red."""

    dpi: int = 200
    colour: bool = True
    feeder: bool = False


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


class Scanner(Protocol):
    """A paper scanner."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus: ...

    def scan(self, options: ScanOptions, on_page: Callable[[PageImage], None], cancelled: Callable[[], bool]) -> None:
        """Give each finished page to `on_page`. Blocks; raises DeviceProblem; pages given before stay given."""
        ...


class PageWork(Protocol):
    """What is done to captured pages and finished papers; all in memory."""

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
