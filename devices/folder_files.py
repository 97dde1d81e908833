"""A folder in place of a stick: for the demo, for training and for tests."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from devices.file_listing import list_files, read_file
from devices.file_pages import FilePages
from devices.simulation import STATE_FILE, SimulatedState, read_state
from devices.sticks import Stick
from kiosk.capture import MAX_FILE_PAGES, FileProblem, FileRefused, StickFile, StickListing
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, PageImage, Ready, Unavailable
from kiosk.texts import _


class FolderFiles:
    """What lies in `source` is on the stick; state.json there pulls it out ("not_connected") or breaks it ("failed"),
    after some pages of a file if it says so. `worker_command` starts devices.file_worker."""

    def __init__(self, source: Path, worker_command: Sequence[str]) -> None:
        self._source = source
        self._stick = Stick("folder", source)
        self._drawing = FilePages(worker_command)

    @property
    def name(self) -> str:
        """Says honestly that it is no stick."""
        return _("USB mô phỏng ({name})").format(name=self._source.name)

    def status(self) -> DeviceStatus:
        """Unavailable without the folder, else what state.json says."""
        if not self._source.is_dir():
            return Unavailable(DeviceReason.NOT_CONNECTED, f"no folder {self._source}")
        status = read_state(self._source).status()
        return Ready(str(self._source)) if isinstance(status, Ready) else status

    def files(self) -> StickListing:
        """What can be taken; state.json is no paper. Raises DeviceProblem as a stick that was pulled out."""
        status = self.status()
        if isinstance(status, Unavailable):
            raise DeviceProblem(status.reason, status.detail)
        try:
            return list_files([self._stick], skipped=frozenset({STATE_FILE}))
        except OSError as error:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, os.strerror(error.errno or 0)) from error

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        """Give each page, drawn anew. Raises FileRefused and DeviceProblem, the faults of state.json among them."""
        given = 0

        def give(page: PageImage) -> None:
            nonlocal given
            _check(read_state(self._source), given)
            on_page(page)
            given += 1

        self._drawing.draw(read_file([self._stick], file), max_pages, give, cancelled)


def _check(state: SimulatedState, given: int) -> None:
    """Raise the fault that the state asks for, after as many pages as it says."""
    if state.reason is None or given < state.after_pages:
        return
    if state.reason is DeviceReason.NOT_CONNECTED:
        raise FileRefused(FileProblem.GONE, state.detail)
    raise DeviceProblem(state.reason, state.detail)
