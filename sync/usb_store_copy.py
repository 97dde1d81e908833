"""Copies the encrypted store of a kiosk whose keys are lost to a stick, with the wrap that the province can open."""

import hashlib
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kiosk.durable_file import sync_folder
from kiosk.store_folder import DATABASE_NAME, LOCK_NAME, MARKER_NAME, RECOVERY_NAME
from sync.usb_export import Exported, ExportProblem, NotExported, NothingToExport, Outcome, problem_of
from sync.usb_format import MARKER, PREFIX, SUMS, sums
from sync.usb_stick import put

_BLOCK_BYTES = 1024 * 1024
# The journal is there when the machine lost power in the middle of a change: with it the change is undone.
_PARTS = (DATABASE_NAME, f"{DATABASE_NAME}-journal", RECOVERY_NAME, MARKER_NAME)


def copy_store(data_folder: Path, stick: Path, now: datetime) -> Outcome:
    """Copy the store as it lies there; no key is needed, and nothing is opened or changed. `count` is of files.

    The copy is not signed: whoever imports it has to know where it came from. No kiosk may run on that folder.
    """
    if not (data_folder / DATABASE_NAME).is_file() or not (data_folder / RECOVERY_NAME).is_file():
        return NothingToExport()  # without the wrap nothing was ever sealed here
    if not stick.is_dir():
        return NotExported(ExportProblem.STICK_GONE)
    try:
        with FileLock(data_folder / LOCK_NAME, timeout=0, thread_local=False):
            return _copied(data_folder, stick, now)
    except Timeout:
        return NotExported(ExportProblem.BUSY)
    except OSError as error:
        return NotExported(problem_of(error))


def _copied(data_folder: Path, stick: Path, now: datetime) -> Exported:
    folder = stick / f"{PREFIX}store-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    folder.mkdir()
    sync_folder(stick)
    put(folder / MARKER, b"")
    digests, size_bytes = {}, 0
    for name in _PARTS:
        with suppress(FileNotFoundError):
            digests[name], copied_bytes = _copy(data_folder / name, folder / name)
            size_bytes += copied_bytes
    put(folder / SUMS, sums(digests))
    (folder / MARKER).unlink()
    sync_folder(folder)
    return Exported(folder, len(digests), size_bytes, resumed=False)


def _copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy in blocks, durably; digest and size of what was copied."""
    digest, size_bytes = hashlib.sha256(), 0
    with open(source, "rb") as reading, open(target, "xb") as writing:
        while block := reading.read(_BLOCK_BYTES):
            digest.update(block)
            size_bytes += writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest(), size_bytes
