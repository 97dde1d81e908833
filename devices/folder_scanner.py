"""A folder of pictures as a scanner: for the demo, for training and for tests."""

import threading
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from devices.pictures import pictures_in, read_picture, to_page
from devices.simulation import SimulatedState, read_state
from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    PageImage,
    Ready,
    ScanOptions,
    ScanSource,
    Unavailable,
    unheard,
)
from kiosk.texts import _

# Demo papers are A4; a picture tells its resolution by its width, for files from elsewhere rarely say it rightly.
_A4_SHORT_SIDE_INCH = 210 / 25.4
_BACK = ".back"  # NAME.back.jpg is the other side of NAME.jpg
_STEPS = 10


class FolderScanner:
    """Each picture is a page, in the order of names; a folder in the folder is one stack of pages.

    The glass takes the next page; the feeder takes the rest of the stack that is next. After the last page comes the
    first again. Of both sides the second is the picture NAME.back.jpg, or blank. Whether paper lies in the feeder,
    which matters where the source is left to the scanner, says state.json. `page_s` is how long a page takes, through
    `wait`.
    """

    def __init__(self, source: Path, page_s: float = 0.0, wait: Callable[[float], object] | None = None) -> None:
        self._source = source
        self._page_s = page_s
        self._wait = wait or threading.Event().wait
        self._next = 0

    @property
    def name(self) -> str:
        """Says honestly that it is no scanner."""
        return _("Máy quét mô phỏng ({name})").format(name=self._source.name)

    def status(self) -> DeviceStatus:
        """Unavailable without a picture, else what state.json says."""
        if not self._pages():
            return Unavailable(DeviceReason.NOT_CONNECTED, f"no picture in {self._source}")
        status = read_state(self._source).status()
        return Ready(str(self._source)) if isinstance(status, Ready) else status

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        """Give the next page, or the next stack. A sheet is taken from the folder's order only once it was given."""
        state = read_state(self._source)
        source = _source(options.source, state)
        given = 0
        for front in self._sheets(source):
            for side in _sides(front, source):
                self._pass_time(cancelled, on_progress)
                _check(read_state(self._source), given, source)
                given += 1
                on_page(_page(side, front, options, blank=given in state.blank_pages))
            self._next += 1

    def _pass_time(self, cancelled: Callable[[], bool], on_progress: Callable[[int], None]) -> None:
        """What the page takes, in steps that are told. Raises DeviceProblem when the citizen has cancelled."""
        own_s = read_state(self._source).page_s
        step_s = (self._page_s if own_s is None else own_s) / _STEPS
        for step in range(_STEPS):
            on_progress(step * 100 // _STEPS)
            if step_s:
                self._wait(step_s)
            if cancelled():
                raise DeviceProblem(DeviceReason.CANCELLED)

    def _sheets(self, source: ScanSource) -> list[Path]:
        pages = self._pages()
        if not pages:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"no picture in {self._source}")
        self._next %= len(pages)
        first = pages[self._next]
        if source is ScanSource.GLASS:
            return [first]
        return [page for page in pages[self._next :] if page.parent == first.parent]

    def _pages(self) -> list[Path]:
        if not self._source.is_dir():
            return []
        stacks = sorted(path for path in self._source.iterdir() if path.is_dir())
        pictures = [page for folder in (self._source, *stacks) for page in pictures_in(folder)]
        return [picture for picture in pictures if not picture.stem.endswith(_BACK)]


def _source(wanted: ScanSource, state: SimulatedState) -> ScanSource:
    """Where this scan takes its paper from."""
    if wanted is not ScanSource.AUTO:
        return wanted
    if not state.feeder_loaded:
        return ScanSource.GLASS
    return ScanSource.FEEDER_BOTH_SIDES if state.both_sides else ScanSource.FEEDER


def _sides(front: Path, source: ScanSource) -> tuple[Path | None, ...]:
    """The pictures of a sheet; None for a blank side."""
    if source is not ScanSource.FEEDER_BOTH_SIDES:
        return (front,)
    backs = (front.with_name(f"{front.stem}{_BACK}{suffix}") for suffix in (front.suffix, ".jpg", ".png"))
    return (front, next((back for back in backs if back.is_file()), None))


def _check(state: SimulatedState, given: int, source: ScanSource) -> None:
    """Raise the fault that the state asks for, after as many pages as it says."""
    if state.reason is None or given < state.after_pages:
        return
    from_glass = source is ScanSource.GLASS
    if state.reason is DeviceReason.PAPER_LOW or (state.reason is DeviceReason.FEEDER_EMPTY and from_glass):
        return
    raise DeviceProblem(state.reason, state.detail)


def _page(side: Path | None, front: Path, options: ScanOptions, *, blank: bool) -> PageImage:
    """The picture as if it had been scanned: A4 at the resolution asked for, in colour or grey; a blank side is as
    large as its front."""
    picture = read_picture(side or front)
    if picture is None:
        raise DeviceProblem(DeviceReason.FAILED, f"{(side or front).name} is no picture")
    if blank or side is None:
        picture = Image.new("RGB", picture.size, "white")
    dpi = min(picture.size) / _A4_SHORT_SIDE_INCH
    if dpi > options.dpi:
        factor = options.dpi / dpi
        size = (round(picture.width * factor), round(picture.height * factor))
        picture, dpi = picture.resize(size, Image.Resampling.LANCZOS), options.dpi
    return to_page(picture if options.colour else picture.convert("L"), round(dpi))
