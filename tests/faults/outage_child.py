"""A kiosk whose disk becomes read-only or whose machine loses its network, in a process of its own; says what it saw.

Run as `python tests/faults/outage_child.py FOLDER FAULT`, where FAULT is `read-only` (FOLDER is a small disk of its
own) or `network` (this process has a network of its own). The program is not restarted when the fault ends, but for the
disk: none can be made read-only while a file on it is open for writing, except by its own failing. That is imitated
(no journal can be made); the start on a read-only disk is real.
"""

import fcntl
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw

from kiosk.errors import KioskError
from kiosk.outbox import UNSENT
from sync.syncer import SyncReport
from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal
from tests.faults.invariants import Case, assert_invariants, promise
from tests.faults.portal_evidence import held_by_fake
from tests.faults.store_child import say
from tests.sample_dossiers import sample_dossier
from tests.sync.desk import Desk

PAPERS = {1: b"the paper of the first", 2: b"the paper of the second"}
_SIOCSIFFLAGS, _IFF_UP, _LOOPBACK = 0x8914, 0x1, b"lo"  # linux/sockios.h, linux/if.h


def set_network(up: bool) -> None:
    """Let this process's own loopback be up or down; down, every address is unreachable."""
    request = struct.pack("16sH14x", _LOOPBACK, _IFF_UP if up else 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, request)


def remount(folder: Path, how: str) -> None:
    """`ro` or `rw`."""
    subprocess.run(["mount", "-o", f"remount,{how}", folder], check=True)


def judge(desk: Desk, server: FakePortal, folder: Path, numbers: tuple[int, ...]) -> None:
    """Every invariant."""
    sealed = [promise(sample_dossier(number, PAPERS[number])) for number in numbers]
    assert_invariants(desk.store, held_by_fake(server), Case(sealed=sealed, folders=[folder], log=[]))


def tell(desk: Desk, what: str, report: SyncReport | None = None) -> None:
    """Say what holds the queue, and how often each dossier that waits was tried."""
    waiting = [entry.attempts for entry in desk.store.entries() if entry.state in UNSENT]
    say(what, report.condition if report else "-", *waiting)


def attempt(what: str, act: Callable[[], object]) -> None:
    """Say whether it could be done."""
    try:
        act()
    except KioskError as error:
        say(what, "refused", error.key)
    else:
        say(what, "done")


def lose_the_network(folder: Path, server: FakePortal, clock: FakeClock) -> None:
    """The line goes, two rounds pass, the line comes back."""
    desk = Desk(folder, server, clock)
    desk.file(1, PAPERS[1])
    set_network(up=False)
    for _ in range(2):
        tell(desk, "without network:", desk.round())
        desk.clock.advance(60)
    judge(desk, server, folder, (1,))
    set_network(up=True)
    tell(desk, "with network:", desk.round())
    judge(desk, server, folder, (1,))
    desk.close()


class ReadOnlyDisk(apsw.VFS):
    """The system's files, where no new one can be opened while `read_only`."""

    def __init__(self) -> None:
        self.base = apsw.vfs_names()[0]
        self.read_only = False
        super().__init__("read-only", self.base, makedefault=True)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        if self.read_only:
            raise apsw.CantOpenError("read-only file system")
        return apsw.VFSFile(self.base, name, flags)


def lose_the_right_to_write(folder: Path, server: FakePortal, clock: FakeClock) -> None:
    """The disk becomes read-only while the kiosk runs, as after an error of the file system; it restarts, in vain."""
    disk = ReadOnlyDisk()
    desk = Desk(folder, server, clock)
    desk.file(1, PAPERS[1])
    disk.read_only = True
    attempt("seal:", lambda: desk.file(2, PAPERS[2]))
    with suppress(KioskError):
        desk.round()
    tell(desk, "read-only:")
    judge(desk, server, folder, (1,))
    disk.read_only = False
    desk.close()
    remount(folder, "ro")
    attempt("start:", lambda: Desk(folder, server, clock))
    remount(folder, "rw")
    desk = Desk(folder, server, clock)
    attempt("seal:", lambda: desk.file(2, PAPERS[2]))
    desk.clock.advance(3600)
    tell(desk, "writable:", desk.round())
    judge(desk, server, folder, (1, 2))
    desk.close()


FAULTS = {"network": lose_the_network, "read-only": lose_the_right_to_write}


def main(folder: Path, fault: str) -> None:
    """See the module."""
    if fault == "network":
        set_network(up=True)
    clock = FakeClock()
    server = FakePortal(clock.now)
    with server.running():
        FAULTS[fault](folder, server, clock)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
