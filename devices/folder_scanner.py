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
    Unavailable,
)
from kiosk.texts import _

# Demo papers are A4; a picture tells its resolution by its width, for files from elsewhere rarely say it rightly.
_A4_SHORT_SIDE_INCH = 210 / 25.4


class FolderScanner:
    """Each picture is a page, in the order of names; a folder in the folder is one stack of pages.

    The glass takes the next page; the feeder takes the rest of the stack that is next. After the last page comes the
    first again. `page_s` is how long a page takes, through `wait`.
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

    def scan(self, options: ScanOptions, on_page: Callable[[PageImage], None], cancelled: Callable[[], bool]) -> None:
        """Give the next page, or the next stack. A page is taken from the folder's order only once it was given."""
        for given, path in enumerate(self._stack(options)):
            self._wait(self._page_s)
            if cancelled():
                raise DeviceProblem(DeviceReason.CANCELLED)
            _check(read_state(self._source), given, options)
            on_page(_page(path, options))
            self._next += 1

    def _stack(self, options: ScanOptions) -> list[Path]:
        pages = self._pages()
        if not pages:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"no picture in {self._source}")
        self._next %= len(pages)
        first = pages[self._next]
        if not options.feeder:
            return [first]
        return [page for page in pages[self._next :] if page.parent == first.parent]

    def _pages(self) -> list[Path]:
        if not self._source.is_dir():
            return []
        stacks = sorted(path for path in self._source.iterdir() if path.is_dir())
        return [page for folder in (self._source, *stacks) for page in pictures_in(folder)]


def _check(state: SimulatedState, given: int, options: ScanOptions) -> None:
    """Raise the fault that the state asks for, after as many pages as it says."""
    if state.reason is None or given < state.after_pages:
        return
    if state.reason is DeviceReason.PAPER_LOW or (state.reason is DeviceReason.FEEDER_EMPTY and not options.feeder):
        return
    raise DeviceProblem(state.reason, state.detail)


def _page(path: Path, options: ScanOptions) -> PageImage:
    """The picture as if it had been scanned: A4 at the resolution asked for, in colour or grey."""
    picture = read_picture(path)
    if picture is None:
        raise DeviceProblem(DeviceReason.FAILED, f"{path.name} is no picture")
    dpi = min(picture.size) / _A4_SHORT_SIDE_INCH
    if dpi > options.dpi:
        factor = options.dpi / dpi
        size = (round(picture.width * factor), round(picture.height * factor))
        picture, dpi = picture.resize(size, Image.Resampling.LANCZOS), options.dpi
    return to_page(picture if options.colour else picture.convert("L"), round(dpi))
