"""Sealed pieces as files in a folder of this machine."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from portal.durable import make_folder, sync_folder, write_durably
from portal.shelf import MARK, Shelved, is_piece

UNFINISHED_MAX_AGE_S = 3600.0


class FolderShelf:
    """One folder, with 256 below it. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unfinished = folder / "unfinished"
        make_folder(self._unfinished)
        for number in range(256):
            (folder / f"{number:02x}").mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder)
        self._forget_unfinished(time.time() - UNFINISHED_MAX_AGE_S)

    def exists(self, name: str) -> bool:
        return self._path(name).is_file()

    def put(self, name: str, sealed: bytes) -> None:
        write_durably(self._path(name), sealed, self._unfinished)

    def get(self, name: str) -> bytes | None:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def put_aside(self, name: str) -> None:
        path = self._path(name)
        path.replace(path.with_suffix(".damaged"))

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def listed(self) -> Iterator[Shelved]:
        for number in range(256):
            for path in (self._folder / f"{number:02x}").iterdir():
                if is_piece(path.name):
                    status = path.stat()
                    yield Shelved(path.name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def owner(self, portal_id: str) -> str:
        mark = self._folder / MARK
        if not mark.exists():
            write_durably(mark, portal_id.encode(), self._unfinished)
        return mark.read_text(encoding="utf-8")

    def free_bytes(self) -> int:
        return shutil.disk_usage(self._folder).free

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _forget_unfinished(self, before: float) -> None:
        """Remove what a power cut left half written; younger files may belong to another process at work."""
        for path in self._unfinished.glob("*.part"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
