"""Stand-ins in memory for cameras, scanner and sticks of the gallery: still pictures, and troubles that stay."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from devices.pictures import read_picture, to_frame, to_page
from kiosk.capture import (
    MAX_FILE_PAGES,
    CardHint,
    CardLook,
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
    Ready,
    ScanOptions,
    Unavailable,
    unheard,
)
from kiosk.resources import resource_path

_PAGE_PX = 700
_NO_CARD = CardLook(CardHint.SHOW)
_NO_PAPER = PaperLook(None, PaperHint.NO_PAPER)


class StillCamera:
    """A `kiosk.ports.Camera` with one picture, which it gives once."""

    name = "Máy ảnh (phòng tranh)"

    def __init__(self, frame: Frame, lost: DeviceReason | None = None) -> None:
        self._frame = frame
        self._lost = lost

    def status(self) -> DeviceStatus:
        """Ready unless lost."""
        return Ready() if self._lost is None else Unavailable(self._lost)

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        """One picture, or the trouble."""
        if self._lost is not None:
            raise DeviceProblem(self._lost)
        on_frame(self._frame)


class PaperStack:
    """A `kiosk.ports.Scanner` that gives its pages at once, then stops for the reason it was given, if any."""

    name = "Máy quét (phòng tranh)"

    def __init__(self, pages: tuple[PageImage, ...], stops: DeviceReason | None = None) -> None:
        self._pages = pages
        self._stops = stops

    def status(self) -> DeviceStatus:
        """Ready unless it stops."""
        return Ready() if self._stops is None else Unavailable(self._stops)

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        """All pages, then the trouble."""
        for page in self._pages:
            on_page(page)
        if self._stops is not None:
            raise DeviceProblem(self._stops)


@dataclass(frozen=True, slots=True)
class StillCardWatch:
    """A `kiosk.capture.CardWatch` that says the same of every picture: the page goes on looking."""

    seen: CardLook = _NO_CARD

    def look(self, frame: Frame, at_s: float) -> CardLook:
        """Always the same."""
        return self.seen

    def close(self) -> None:
        """Nothing to end."""


@dataclass(frozen=True, slots=True)
class StillPaperWatch:
    """A `kiosk.capture.PaperWatch` that says the same of every picture, and never shoots."""

    seen: PaperLook = _NO_PAPER

    def look(self, frame: Frame, at_s: float) -> PaperLook:
        """Always the same."""
        return self.seen

    def taken(self) -> None:
        """Changes nothing."""


@dataclass(frozen=True, slots=True)
class StillSticks:
    """A `kiosk.capture.FileSource` with one listing and one page a file, or the reason why a file is not taken."""

    listing: StickListing | None = None
    refuses: FileProblem | None = None
    name: str = "USB (phòng tranh)"

    def status(self) -> DeviceStatus:
        """Ready where there is a listing."""
        return Ready() if self.listing is not None else Unavailable(DeviceReason.NOT_CONNECTED)

    def files(self) -> StickListing:
        """The listing."""
        return self.listing or StickListing(())

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        """One of the demo's papers, or the refusal."""
        if self.refuses is not None:
            raise FileRefused(self.refuses)
        on_page(demo_papers()[0])


def demo_papers() -> tuple[PageImage, ...]:
    """The demo's papers, small."""
    found = []
    for path in sorted(resource_path("demo", "papers").glob("*.jpg")):
        picture = Image.open(path)
        picture.thumbnail((_PAGE_PX, _PAGE_PX))
        found.append(to_page(picture.convert("RGB"), 60))
    return tuple(found)


def demo_card() -> Frame:
    """The first of the demo's pictures of a card."""
    path = resource_path("demo", "cards", "card-1.jpg")
    picture = read_picture(path)
    if picture is None:
        raise FileNotFoundError(path)
    return to_frame(picture)
