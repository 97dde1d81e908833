"""What the screens need of card readers, of papers before a camera and of papers on a stick: values and Protocols."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.errors import KioskError
from kiosk.mrz import MrzRead
from kiosk.ports import DeviceStatus, Frame, PageImage

Corners = tuple[tuple[float, float], ...]
"""Four points in a picture's pixels, clockwise from the top left of what they enclose."""


class CardHint(StrEnum):
    """The one thing that would help most to read the card now. Screens have one sentence for each."""

    SHOW = "show"  # nothing like a card is seen
    CLOSER = "closer"
    FARTHER = "farther"
    LESS_GLARE = "less_glare"
    MORE_LIGHT = "more_light"
    HOLD_STILL = "hold_still"
    OTHER_CODE = "other_code"  # a code was read that is no card's


@dataclass(frozen=True, slots=True)
class CardLook:
    """What one frame shows. `text` is a code's text that is a card's, `other` that of a code that is no card's, `mrz`
    what the lines of the back say; `place` is where the code, or what looks like one, lies in the frame."""

    hint: CardHint
    text: str | None = None
    mrz: MrzRead | None = None
    place: Corners | None = None
    other: str | None = None


class CardWatch(Protocol):
    """Reads a card from a stream of frames. One is made for each use; `close` ends its worker and forgets."""

    def look(self, frame: Frame, at_s: float) -> CardLook:
        """What is known after this frame, within about 15 ms: a frame that is hard to read is worked on beside, and
        what that finds comes with a later look. `at_s` is a clock that never goes back."""
        ...

    def close(self) -> None:
        """Ends the work beside at once. Closing again changes nothing."""
        ...


class PaperHint(StrEnum):
    """The one thing that would help most to take a good picture of the paper now."""

    NO_PAPER = "no_paper"
    NOT_WHOLE = "not_whole"  # a corner lies outside the picture
    CLOSER = "closer"
    STRAIGHTEN = "straighten"  # seen from too far aside
    MORE_LIGHT = "more_light"
    LESS_GLARE = "less_glare"
    HOLD_STILL = "hold_still"
    READY = "ready"  # nothing is wrong; the shot is taken when it stays so
    CHANGE = "change"  # this sheet was taken already; the next one may be laid down


@dataclass(frozen=True, slots=True)
class PaperLook:
    """Where the sheet lies in a frame, what would help, and whether this very frame is the shot to take."""

    corners: Corners | None
    hint: PaperHint
    shoot: bool = False


class PaperWatch(Protocol):
    """Looks for one sheet after another in a stream of frames."""

    def look(self, frame: Frame, at_s: float) -> PaperLook:
        """About 12 ms. `shoot` is True once for each sheet: when it lay still and was sharp for about a second."""
        ...

    def taken(self) -> None:
        """The sheet was photographed (by itself or by a press): it is not shot again until it was moved or changed."""
        ...


class FileProblem(StrEnum):
    """Why a file on a stick is not taken. Screens have one sentence for each."""

    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    PICTURE_TOO_LARGE = "picture_too_large"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    WRONG_KIND = "wrong_kind"
    TOO_HARD = "too_hard"  # it took more memory, processor or time than is given
    GONE = "gone"  # the stick was pulled out


class FileRefused(KioskError):
    """A file is not taken; pages that were given before stay given. `detail` is technical English, without names."""

    key = "file_refused"

    def __init__(self, reason: FileProblem, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class FileKind(StrEnum):
    """What a file on a stick is, by its first bytes."""

    PDF = "pdf"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class StickFile:
    """One file that may be taken. `key` finds it again and is never shown; `name` and `folder`, where on the stick it
    lies ("" for its top), are for the eye only, made harmless."""

    key: str
    name: str
    kind: FileKind
    size_bytes: int
    folder: str = ""


@dataclass(frozen=True, slots=True)
class StickListing:
    """The files of the sticks that are plugged in, newest first, and how many others were left out."""

    files: tuple[StickFile, ...]
    left_out: int = 0


MAX_FILE_PAGES = 50  # a bound household register has 16 pages; nobody at a counter looks through more than some dozens


class FileSource(Protocol):
    """USB sticks. Never cached: they come and go."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus:
        """Unavailable(NOT_CONNECTED) while no stick is plugged in."""
        ...

    def files(self) -> StickListing:
        """What can be taken. Blocks; raises DeviceProblem when the stick is gone."""
        ...

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        """Give each page of the file, drawn anew as a picture. Blocks; raises FileRefused, and DeviceProblem(CANCELLED)
        when `cancelled` says so. A file of more than `max_pages` is refused before its first page."""
        ...


class CodeScanner(Protocol):
    """A hand-held reader of two-dimensional codes that sends what it reads by itself."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus: ...

    def watch(self, on_text: Callable[[str], None], stopped: Callable[[], bool]) -> None:
        """Give each text that the reader sends until `stopped` says so, which is asked several times a second. Blocks;
        raises DeviceProblem when the reader is lost."""
        ...
