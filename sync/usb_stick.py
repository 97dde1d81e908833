"""The stick that an export goes to: files that are whole and synced before they count, and its unfinished exports.

FAT and exFAT have no links, no owners and no journal: a file is written beside its place, synced, and moved there.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from filelock import FileLock

from kiosk.durable_file import sync_folder
from sync.usb_format import DOSSIERS, EXPORT_JWS, MARKER, SUMS, folder_name, folder_stem, read_regular

LOCK_NAME = "diem-truy-cap.lock"
_UNFINISHED = ".part"
_TOP = frozenset({MARKER, DOSSIERS, SUMS, EXPORT_JWS})
_OURS = re.compile(r"([0-9]{4,6}|manifest|dossier\.jws)(\.part)?")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One export at a time on a stick. The lock's file goes while it is still held, so nobody else's can be meant."""
    with FileLock(folder / LOCK_NAME, timeout=0, thread_local=False):
        try:
            yield
        finally:
            with suppress(OSError):
                (folder / LOCK_NAME).unlink(missing_ok=True)


def unfinished(stick: Path, kiosk_id: str, waiting: tuple[UUID, ...]) -> Path | None:
    """The latest export of this kiosk that broke off and fits what waits now: one that does not is left as it is."""
    known = {str(client_ref) for client_ref in waiting}
    stem = folder_stem(kiosk_id)
    begun = (path for path in stick.iterdir() if path.name.startswith(stem) and (path / MARKER).is_file())
    return next((root for root in sorted(begun, reverse=True) if _fits(root, known)), None)


def _fits(root: Path, known: set[str]) -> bool:
    """Whether nothing lies in it but what an export of those dossiers writes; links are never ours."""
    dossiers = root / DOSSIERS
    if root.is_symlink() or dossiers.is_symlink() or not dossiers.is_dir():
        return False
    places = list(dossiers.iterdir())
    return (
        all(path.name.removesuffix(_UNFINISHED) in _TOP for path in root.iterdir())
        and all(place.name in known and place.is_dir() and not place.is_symlink() for place in places)
        and all(_OURS.fullmatch(path.name) and path.is_file() for place in places for path in place.iterdir())
    )


def new_folder(stick: Path, kiosk_id: str, now: datetime) -> Path:
    """A new folder with its marker. A name that is taken (two exports within a second) gets a number."""
    name = folder_name(kiosk_id, now)
    for number in range(1, 1000):
        root = stick / (name if number == 1 else f"{name}-{number}")
        try:
            root.mkdir()
        except FileExistsError:
            continue
        sync_folder(stick)
        put(root / MARKER, f"{kiosk_id}\n".encode())
        (root / DOSSIERS).mkdir()
        sync_folder(root)
        return root
    raise FileExistsError(errno.EEXIST, "a thousand exports in one second", str(stick))


def put(path: Path, content: bytes) -> None:
    """The file with that content, durable; what is there already and right is left alone."""
    fresh = path.with_name(path.name + _UNFINISHED)
    fresh.unlink(missing_ok=True)
    with suppress(OSError):
        if read_regular(path, len(content)) == content:
            sync_folder(path.parent)  # its name may not be on the stick yet
            return
    try:
        with open(fresh, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except OSError:
        with suppress(OSError):  # give the room back; if that fails too, the next export does it
            fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
