"""Moves a damaged store out of the way, whole and by the wish of a person, so that the kiosk can begin with a new one.

Nothing is copied over, mended or deleted. Killed in between, the folder still remembers that it had a store, so that no
new one is made; moving it again finishes the move.
"""

import errno
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from kiosk.durable_file import sync_folder, write_durably
from kiosk.errors import DiskFull, StoreProblem
from kiosk.store_folder import CHECK_NAME, DATABASE_NAME, MARKER_NAME, RECOVERY_NAME, StoreFolder

_PREFIX = "corrupt-"
# What a crash may have left beside the database; they belong to it and to no other.
_COMPANIONS = tuple(DATABASE_NAME + ending for ending in ("-journal", "-wal", "-shm"))
_LOST_MARKER = b"lost"  # holds the place of a mark that is gone, until the database has moved


def set_aside(folder: Path, now: datetime) -> Path:
    """Move the store of that folder into a folder inside it, and give that one.

    Raises StoreInUse while a kiosk holds it, DiskFull, and StoreProblem where there is no store.
    """
    held = StoreFolder(folder, 0)
    try:
        return _move(folder, now)
    except OSError as error:
        kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else StoreProblem
        raise kind(f"the store cannot be moved: {error.strerror}") from error
    finally:
        held.release()


def set_aside_folders(folder: Path) -> tuple[Path, ...]:
    """The stores that were set aside there and that nobody has taken away yet, oldest first."""
    return tuple(sorted(path for path in folder.glob(f"{_PREFIX}*") if path.is_dir()))


def _move(folder: Path, now: datetime) -> Path:
    marker, database = folder / MARKER_NAME, folder / DATABASE_NAME
    if not (marker.exists() or database.exists()):
        raise StoreProblem("there is no store to set aside")
    if not marker.exists():
        write_durably(marker, _LOST_MARKER)
    target = _unfinished(folder, marker.read_bytes()) or _new_folder(folder, now)
    for name in (MARKER_NAME, RECOVERY_NAME, CHECK_NAME):
        if (folder / name).exists():
            write_durably(target / name, (folder / name).read_bytes())
    # The database before its journal: a database that is opened without the journal of its last moment may look whole.
    for name in (DATABASE_NAME, *_COMPANIONS):
        if (folder / name).exists():
            (folder / name).rename(target / name)
            sync_folder(target)
            sync_folder(folder)
    for name in (RECOVERY_NAME, CHECK_NAME, MARKER_NAME):  # the mark last: until then no new store is made
        (folder / name).unlink(missing_ok=True)
        sync_folder(folder)
    return target


def _unfinished(folder: Path, marker: bytes) -> Path | None:
    """Where a move of this store that was cut off had begun. One that has what is to be moved already is another's: of
    a copy of this store that was put back."""
    begun = [path for path in set_aside_folders(folder) if (path / MARKER_NAME).exists()]
    own = (path for path in reversed(begun) if (path / MARKER_NAME).read_bytes() == marker)
    moved = (DATABASE_NAME, *_COMPANIONS)
    return next((path for path in own if not any((path / n).exists() and (folder / n).exists() for n in moved)), None)


def _new_folder(folder: Path, now: datetime) -> Path:
    name = f"{_PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for number in count(1):
        target = folder / (name if number == 1 else f"{name}-{number}")
        with suppress(FileExistsError):
            target.mkdir(mode=0o700)
            return target
    raise AssertionError("numbers do not end")
