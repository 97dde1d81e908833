"""The store's folder: one program at a time, room left on the disk, and the knowledge that there was a store."""

import errno
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from kiosk.durable_file import make_folder, write_durably
from kiosk.errors import DiskFull, StoreCorrupt, StoreInUse, StoreProblem

DATABASE_NAME = "kiosk.db"
LOCK_NAME = "kiosk.lock"
MARKER_NAME = "store.id"
RECOVERY_NAME = "store.recovery"
CHECK_NAME = "store.check"

log = logging.getLogger(__name__)


class StoreFolder:
    """The folder of one store, locked for as long as the object lives or until `release`."""

    def __init__(self, path: Path, reserve_bytes: int) -> None:
        """Make the folder if need be, and lock it. Raises StoreInUse, DiskFull, StoreProblem.

        `reserve_bytes` of the disk stay free, so that receipts, audit events and shredding always find room.
        """
        self.database = path / DATABASE_NAME
        self.path = path
        self._marker = path / MARKER_NAME
        self.reserve_bytes = reserve_bytes
        self._lock = FileLock(path / LOCK_NAME, timeout=0, thread_local=False)
        try:
            make_folder(path)
            self._lock.acquire()
        except Timeout as error:
            raise StoreInUse("another kiosk holds the store") from error
        except OSError as error:
            raise _problem(error) from error

    def release(self) -> None:
        """Let another program have the folder."""
        self._lock.release()

    def known_store(self) -> str:
        """The id of the store that was made here, "" if there never was one. An empty file is made for a new one.

        Raises StoreCorrupt if there was one and its database is missing or empty: no new one takes its place.
        """
        try:
            known = self._marker.read_text() if self._marker.exists() else ""
            if known and not (self.database.exists() and self.database.stat().st_size):
                raise StoreCorrupt(f"{self.database.name} is missing or empty, and this folder had a store")
            self.database.touch(mode=0o600)
        except OSError as error:
            raise _problem(error) from error
        return known

    def remember(self, store_id: str) -> None:
        """Leave the mark that this folder has a store. Raises DiskFull, StoreProblem."""
        try:
            write_durably(self._marker, store_id.encode())
        except OSError as error:
            raise _problem(error) from error

    def key_fits(self, check: str) -> bool | None:
        """Whether the store was made with the key of that check value; None where it is not known."""
        try:
            return (self.path / CHECK_NAME).read_text() == check
        except (OSError, UnicodeDecodeError):
            return None

    def remember_key(self, check: str) -> None:
        """Leave a value that tells the right key from another, and nothing else about it. It is no loss without."""
        if self.key_fits(check):
            return
        try:
            write_durably(self.path / CHECK_NAME, check.encode())
        except OSError as error:
            log.warning("store: %s cannot be kept: %s", CHECK_NAME, error.strerror)

    def keep_recovery_wrap(self, key_id: str, wrap: Callable[[], bytes]) -> None:
        """Lay the database's key, wrapped for that recovery key, beside the database, unless it lies there already.

        Raises DiskFull, StoreProblem, and what `wrap` raises.
        """
        path = self.path / RECOVERY_NAME
        try:
            if not path.exists() or path.read_text().partition("\n")[0] != key_id:
                write_durably(path, f"{key_id}\n{wrap().hex()}\n".encode())
        except OSError as error:
            raise _problem(error) from error

    def check_room(self, needed_bytes: int) -> None:
        """Raises DiskFull unless that much can be written and the reserve stays free."""
        free_bytes = shutil.disk_usage(self.path).free
        if free_bytes - needed_bytes < self.reserve_bytes:
            raise DiskFull(f"{free_bytes} bytes are free, {needed_bytes} and a reserve are needed")


def recovery_wrap_of(folder: Path) -> bytes | None:
    """The database's key as it was wrapped for the recovery key, None where there is none. Raises StoreCorrupt."""
    try:
        return bytes.fromhex((folder / RECOVERY_NAME).read_text().partition("\n")[2])
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreCorrupt(f"{RECOVERY_NAME} cannot be read") from error


def _problem(error: OSError) -> StoreProblem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("no room in the store's folder")
    return StoreProblem(f"the store's folder cannot be used: {error.strerror}")
