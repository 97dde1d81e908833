"""A kiosk whose disk fails it, in a process of its own; prints what it saw, one line a thing.

Run as `python tests/faults/store_disk_child.py FOLDER FAULT`, where FAULT is `full` or `reserve` (FOLDER is on a small
disk of its own, without or with a reserve), `read-only` (that disk becomes read-only), `limit` (the system lets no file
grow beyond a size), or `sync` (the disk fails to sync once).
"""

import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw

from kiosk.errors import KioskError
from kiosk.keys import DemoKeys
from kiosk.manifest import Manifest
from kiosk.outbox import Accepted, State
from kiosk.store import Store
from kiosk.store_folder import DATABASE_NAME
from kiosk.store_reserve import RESERVE_NAME
from tests.fakes import FakeClock
from tests.faults.invariants import Case, assert_invariants, promise
from tests.faults.portal_evidence import NO_PORTAL
from tests.faults.store_child import assert_whole, dossier, open_store, say
from tests.sample_dossiers import IDENTITY, receipt_for

LIMIT_BYTES = 6_000_000
RESERVE_BYTES = 3_200_000  # less than shredding a dossier at once takes, more than a piece of it takes


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
    fill(folder)
    with open_store(folder) as store:
        [first, *_] = store.entries()
        attempt("begin", lambda: store.begin(first.client_ref, State.SENDING, first.sealed_at))
        say("state", store.entries()[0].state)
        (folder / "filler").unlink()
        attempt("begin", lambda: store.begin(first.client_ref, State.SENDING, first.sealed_at))
        conclude(store, folder, number - 1)


def work_from_the_reserve(folder: Path) -> None:
    """Something else takes the last byte; then begin, keep a receipt and shred, all on the full disk."""
    clock, now = FakeClock(), FakeClock().now()
    with Store.open(folder / "store", DemoKeys(folder / "keys"), clock, reserve_bytes=RESERVE_BYTES) as store:
        for number in (1, 2):
            seal(store, number)
        reserve = folder / "store" / RESERVE_NAME
        say("reserve", reserve.stat().st_blocks * 512)
        fill(folder)
        ref = dossier(1).client_ref
        manifest = Manifest.model_validate_json(store.manifest(ref))
        attempt("begin", lambda: store.begin(ref, State.COMMITTING, now))
        fill(folder)
        attempt("receipt without room", lambda: store.record(ref, Accepted(receipt_for(manifest), "a.b.c"), now))
        say("reserve is there", reserve.exists())
        (folder / "filler").unlink()
        attempt("receipt", lambda: store.record(ref, Accepted(receipt_for(manifest), "a.b.c"), now))
        attempt("durable", lambda: store.mark_durable(ref, now))
        say("reserve again", store.upkeep.keep_reserve())
        fill(folder)
        size = (folder / "store" / DATABASE_NAME).stat().st_size
        attempt("shred", lambda: store.shred(ref, now))
        say("state", store.entries()[0].state, store.receipt(ref) is not None)
        say("given back", size - (folder / "store" / DATABASE_NAME).stat().st_size > 2_400_000)
        store.verify_audit()
        assert_whole(store, 2)


def fill(folder: Path) -> None:
    """Let something else take the last byte of the disk."""
    with (folder / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass


def become_read_only(folder: Path) -> None:
    """The disk is mounted anew so that nothing can be written; then as before."""
    with open_store(folder) as store:
        seal(store, 1)
    before = (folder / "store" / DATABASE_NAME).read_bytes()
    remount(folder, "ro")
    attempt("open", lambda: open_store(folder))
    remount(folder, "rw")
    say("untouched", (folder / "store" / DATABASE_NAME).read_bytes() == before)
    with open_store(folder) as store:
        seal(store, 2)
        conclude(store, folder, 2)


def remount(folder: Path, how: str) -> None:
    """Change the disk that FOLDER is. Only in a namespace of one's own."""
    subprocess.run(["mount", "-o", f"remount,{how}", folder], check=True, timeout=10)


def seal_within_a_limit(folder: Path) -> None:
    """Seal until the file may not grow, then after it may again."""
    with open_store(folder) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, resource.RLIM_INFINITY))
        for number in (1, 2, 3):
            seal(store, number)
        conclude(store, folder, 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        seal(store, 3)
        conclude(store, folder, 3)


def seal_without_sync(folder: Path) -> None:
    """Seal while the disk cannot sync, then again when it can."""
    disk = FailingDisk()
    with open_store(folder) as store:
        seal(store, 1)
        disk.armed = True
        seal(store, 2)
        conclude(store, folder, 1)
        seal(store, 2)
        conclude(store, folder, 2)


def conclude(store: Store, folder: Path, expected: int) -> None:
    """Say what is kept, once every byte of it was read and every invariant held."""
    sealed = [promise(dossier(number)) for number in range(1, expected + 1)]
    assert_invariants(store, NO_PORTAL, Case(sealed=sealed, folders=[folder], log=[]))
    say("kept", len(store.entries()))


FAULTS = {
    "full": seal_until_full,
    "reserve": work_from_the_reserve,
    "limit": seal_within_a_limit,
    "sync": seal_without_sync,
    "read-only": become_read_only,
}

if __name__ == "__main__":
    FAULTS[sys.argv[2]](Path(sys.argv[1]))
