"""A folder as a hand-held code reader: for the demo, for training and for tests."""

import threading
from collections.abc import Callable
from pathlib import Path

from devices.scanned_bytes import MAX_BYTES, decoded
from devices.simulation import read_state
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.texts import _

_LOOK_EVERY_S = 0.1


class FolderCodeScanner:
    """Each text file (*.txt) that is put into the folder, or written anew, while it is watched, is one scan. Without
    the folder the reader is not plugged in. `wait` lets the time between two looks pass; tests give one that returns.
    """

    def __init__(self, source: Path, wait: Callable[[float], object] | None = None) -> None:
        self._source = source
        self._wait = wait or threading.Event().wait

    @property
    def name(self) -> str:
        """Says honestly that it is no reader."""
        return _("Máy đọc mã mô phỏng ({name})").format(name=self._source.name)

    def status(self) -> DeviceStatus:
        """Unavailable without the folder, else what state.json says."""
        if not self._source.is_dir():
            return Unavailable(DeviceReason.NOT_CONNECTED, f"no folder {self._source}")
        status = read_state(self._source).status()
        return Ready(str(self._source)) if isinstance(status, Ready) else status

    def watch(self, on_text: Callable[[str], None], stopped: Callable[[], bool]) -> None:
        """Give the text of each new file until `stopped` says so, asked ten times a second. Raises DeviceProblem."""
        seen = self._files()
        while not stopped():
            files = self._files()
            for path, written in sorted(files.items(), key=lambda file: (file[1], file[0])):
                if seen.get(path) != written and (text := _text(path)):
                    on_text(text)
            seen = files
            self._wait(_LOOK_EVERY_S)

    def _files(self) -> dict[Path, tuple[int, int]]:
        """The files and when they were written. Raises DeviceProblem when the reader is not, or no longer, there."""
        status = self.status()
        if isinstance(status, Unavailable):
            raise DeviceProblem(status.reason, status.detail)
        written = {}
        for path in self._source.glob("*.txt"):
            try:
                status_of_file = path.stat()
            except OSError:
                continue  # taken away while we looked
            written[path] = (status_of_file.st_mtime_ns, status_of_file.st_size)
        return written


def _text(path: Path) -> str:
    """The text in the file; "" while it is empty, too long, or gone."""
    try:
        content = path.read_bytes()
    except OSError:
        return ""
    return decoded(content) if len(content) <= MAX_BYTES else ""
