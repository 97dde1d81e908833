"""Papers on the USB sticks that are plugged in now."""

import os
from collections.abc import Callable, Sequence

from devices.file_listing import list_files, read_file
from devices.file_pages import FilePages
from devices.sticks import Stick, mounted_sticks
from kiosk.capture import MAX_FILE_PAGES, StickFile, StickListing
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, PageImage, Ready, Unavailable
from kiosk.texts import _


class StickFiles:
    """All sticks together. `worker_command` starts devices.file_worker; `find` says which are there."""

    def __init__(self, worker_command: Sequence[str], find: Callable[[], tuple[Stick, ...]] = mounted_sticks) -> None:
        self._drawing = FilePages(worker_command)
        self._find = find

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Cổng USB")

    def status(self) -> DeviceStatus:
        """Asks the system, never the stick itself: a few milliseconds."""
        sticks = self._find()
        if not sticks:
            return Unavailable(DeviceReason.NOT_CONNECTED, "no stick is mounted")
        return Ready(f"{len(sticks)} mounted")

    def files(self) -> StickListing:
        """What can be taken. Raises DeviceProblem when there is no stick or it was pulled out meanwhile."""
        sticks = self._find()
        if not sticks:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, "no stick is mounted")
        try:
            return list_files(sticks)
        except OSError as error:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, os.strerror(error.errno or 0)) from error

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        """Give each page, drawn anew. Raises FileRefused and DeviceProblem(CANCELLED)."""
        self._drawing.draw(read_file(self._find(), file), max_pages, on_page, cancelled)
