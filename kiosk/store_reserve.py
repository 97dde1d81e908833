"""A file of real blocks that is given up on a full disk, so that a receipt or the shredding of papers still fits.

Shredding frees room, but needs some for its journal first; and a receipt that cannot be written down is asked for again
and again. The soft limit before sealing does not help when something else fills the disk.
"""

import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path

from kiosk.errors import DiskFull
from kiosk.store_worker import StoreWorker, T, Work

RESERVE_FILE_BYTES = 32 * 1024 * 1024  # a journal never grows beyond the pages of the largest dossier, 25 MB or so
RESERVE_NAME = "reserve"
_BLOCK = bytes(1024 * 1024)

log = logging.getLogger(__name__)


class Reserve:
    """The reserve of one folder; `size_bytes` of 0 is none."""

    def __init__(self, folder: Path, size_bytes: int) -> None:
        self._path = folder / RESERVE_NAME
        self._size_bytes = size_bytes

    def make(self) -> bool:
        """Have it, if as much again stays free; whether it is there. Raises nothing: a disk without room has none."""
        if not self._size_bytes:
            return False
        try:
            if self._path.exists() and self._path.stat().st_size == self._size_bytes:
                return True
            if shutil.disk_usage(self._path.parent).free < 2 * self._size_bytes:
                return False
            self._take()
        except OSError as error:
            log.warning("store: the reserve cannot be made: %s", error.strerror)
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
            return False
        return True

    def give_up(self) -> bool:
        """Let its room be used; whether there was any."""
        try:
            self._path.unlink()
        except OSError:
            return False
        log.warning("store: the disk is full: the reserve was given up")
        return True

    def _take(self) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(descriptor, 0, self._size_bytes)
            else:  # Windows and macOS: only what is written is sure to have blocks
                left = self._size_bytes
                while left:
                    left -= os.write(descriptor, _BLOCK[:left])
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class ReservedWorker:
    """A store's worker whose small changes find room on a full disk too: they may use the reserve."""

    def __init__(self, worker: StoreWorker, reserve: Reserve) -> None:
        self._worker = worker
        self._reserve = reserve

    def read(self, work: Work[T]) -> T:
        """See StoreWorker."""
        return self._worker.read(work)

    def write(self, work: Work[T]) -> T:
        """See StoreWorker. On a full disk the reserve is given up, and made again as soon as there is room."""
        try:
            return self._worker.write(work)
        except DiskFull:
            if not self._reserve.give_up():
                raise
        try:
            return self._worker.write(work)
        finally:
            self._reserve.make()
