"""A kiosk whose disk fails it, in a process of its own; prints what it saw, one line a thing.

Run as `python tests/faults/store_disk_child.py FOLDER FAULT`, where FAULT is `full` (FOLDER is on a small disk of its
own), `limit` (the system lets no file grow beyond a size), or `sync` (the disk fails to sync once).
"""

import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw

from kiosk.errors import KioskError
from kiosk.outbox import State
from kiosk.store import Store
from tests.faults.store_child import assert_whole, dossier, open_store, say
from tests.sample_dossiers import IDENTITY

LIMIT_BYTES = 6_000_000


class FailingFile(apsw.VFSFile):
    """A file whose next sync fails, once `FailingDisk.armed` is set."""

    def __init__(self, disk: "FailingDisk", name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__(disk.base, name, flags)
        self._disk = disk

    def xSync(self, flags: int) -> None:
        if self._disk.armed:
            self._disk.armed = False
            raise apsw.IOError("the disk failed to sync")
        super().xSync(flags)


class FailingDisk(apsw.VFS):
    """The system's files, through FailingFile."""

    def __init__(self) -> None:
        self.base = apsw.vfs_names()[0]
        self.armed = False
        super().__init__("failing", self.base, makedefault=True)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> FailingFile:
        return FailingFile(self, name, flags)


def attempt(what: str, act: Callable[[], object]) -> bool:
    """Say what came of it: "done", or the key of the error."""
    try:
        act()
    except KioskError as error:
        say(what, error.key)
        return False
    say(what, "done")
    return True


def seal(store: Store, number: int) -> bool:
    """Seal the dossier of that number, and say what came of it."""
    return attempt(f"seal {number}", lambda: store.seal(dossier(number), IDENTITY))


def seal_until_full(folder: Path) -> None:
    """Seal until no dossier fits; then let something else take the last byte, so that no change of state fits."""
    number = 1
    with open_store(folder) as store:
        while seal(store, number):
            number += 1
    with (folder / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass
    with open_store(folder) as store:
        [first, *_] = store.entries()
        attempt("begin", lambda: store.begin(first.client_ref, State.SENDING, first.sealed_at))
        say("state", store.entries()[0].state)
        (folder / "filler").unlink()
        attempt("begin", lambda: store.begin(first.client_ref, State.SENDING, first.sealed_at))
        conclude(store, number - 1)


def seal_within_a_limit(folder: Path) -> None:
    """Seal until the file may not grow, then after it may again."""
    with open_store(folder) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, resource.RLIM_INFINITY))
        for number in (1, 2, 3):
            seal(store, number)
        conclude(store, 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        seal(store, 3)
        conclude(store, 3)


def seal_without_sync(folder: Path) -> None:
    """Seal while the disk cannot sync, then again when it can."""
    disk = FailingDisk()
    with open_store(folder) as store:
        seal(store, 1)
        disk.armed = True
        seal(store, 2)
        conclude(store, 1)
        seal(store, 2)
        conclude(store, 2)


def conclude(store: Store, expected: int) -> None:
    """Say what is kept, once every byte of it was read."""
    store.verify_audit()
    for number in range(1, expected + 1):
        assert_whole(store, number)
    say("kept", len(store.entries()))


FAULTS = {"full": seal_until_full, "limit": seal_within_a_limit, "sync": seal_without_sync}

if __name__ == "__main__":
    FAULTS[sys.argv[2]](Path(sys.argv[1]))
