"""Kiosks that die by kill -9 at a named point of a filing; each is a fork of this program, which costs no start.

Run as `python tests/faults/crash_child.py`; each line on stdin is FOLDER, a tab and a POINT. The kiosk of that folder
seals one dossier, sends it until it is shredded, and is killed at the point; one line says how it ended: "killed",
"done" or "failed". The points are set here, around the product's own functions and statements: the product knows none.
"""

import importlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import apsw

from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys
from kiosk.outbox import State
from kiosk.store import Store
from sync.enrolment import Enrolled, load_enrolment, save_enrolment
from sync.syncer import Rules, Syncer
from tests.faults.enrolled import identity_of, way_to_portal
from tests.faults.store_child import die, say
from tests.sample_dossiers import SampleDossier, random_paper, sample_dossier

ROUNDS = 8  # receipted, durable, shredded, and room for what a crash made necessary
ENROLMENT = "enrolment.json"


def dossier(folder: Path) -> SampleDossier:
    """The dossier of the kiosk of that folder: three pieces."""
    number = int(folder.name)
    return sample_dossier(number, random_paper(number, 1_100_000), b"a second paper %d" % number)


def around(when: str, where: str) -> Callable[[], None]:
    """Die when that function is called, or when it has done its work."""
    module, kind, name = where.rsplit(".", 2)

    def arm() -> None:
        owner = getattr(importlib.import_module(module), kind)
        function = getattr(owner, name)

        def deadly(*arguments: Any, **named: Any) -> None:
            if when == "after":
                function(*arguments, **named)
            die()

        setattr(owner, name, deadly)

    return arm


def after_statement(start: str) -> Callable[[], None]:
    """Die inside the transaction, once the store has run a statement that begins so."""
    return lambda: _on_statement(start, lambda _connection: die())


def at_commit_after(start: str) -> Callable[[], None]:
    """Die at the commit of the transaction in which the store runs a statement that begins so."""
    return lambda: _on_statement(start, lambda connection: connection.set_commit_hook(die))


def _on_statement(start: str, act: Callable[[apsw.Connection], object]) -> None:
    def watch(connection: apsw.Connection) -> None:
        def finished(event: dict[str, object]) -> None:
            if str(event.get("sql", "")).lstrip().startswith(start):
                act(connection)

        connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, finished)

    apsw.connection_hooks.append(watch)


def mid_piece() -> None:
    """Die when a part of a large body has left."""

    class Body(io.BytesIO):
        """Kills when the third block is asked for."""

        blocks = 0

        def read(self, size: int | None = -1) -> bytes:
            self.blocks += 1
            if self.blocks == 3 and len(self.getbuffer()) > 1_000_000:
                die()
            return super().read(size)

    vars(importlib.import_module("sync.transport"))["io"] = SimpleNamespace(BytesIO=Body)


def before_answer_of(method: str, path: str) -> None:
    """Die when such a request has left whole and its answer is waited for."""
    connections = importlib.import_module("http.client").HTTPConnection
    put, answer = connections.putrequest, connections.getresponse

    def putrequest(self: Any, called: str, url: str, *arguments: Any, **named: Any) -> None:
        self.deadly = called == method and url.startswith(path)
        put(self, called, url, *arguments, **named)

    def getresponse(self: Any) -> Any:
        if self.deadly:
            die()
        return answer(self)

    connections.putrequest, connections.getresponse = putrequest, getresponse


POINTS: dict[str, Callable[[], None]] = {
    "while the tables are made": after_statement("CREATE TABLE receipt"),
    "before the tables are committed": at_commit_after("CREATE TABLE receipt"),
    "before sealing": around("before", "kiosk.store_sealing.Sealing.run"),
    "sealed, uncommitted": at_commit_after("INSERT INTO dossier"),
    "sealed": around("after", "kiosk.store.Store.seal"),
    "before upload": around("before", "sync.kiosk_portal.KioskPortal.upload"),
    "mid piece": mid_piece,
    "piece sent": partial(before_answer_of, "PUT", "/v1/blobs/"),
    "after the last piece": around("after", "sync.kiosk_portal.KioskPortal.upload"),
    "before the commit": around("before", "sync.kiosk_portal.KioskPortal.commit"),
    "commit sent": partial(before_answer_of, "PUT", "/v1/submissions/"),
    "receipt arrived": around("before", "sync.kiosk_portal.KioskPortal._verify"),
    "before the receipt is stored": around("before", "kiosk.store.Store.record"),
    "receipt written": after_statement("INSERT INTO receipt"),
    "receipt written, uncommitted": at_commit_after("INSERT INTO receipt"),
    "receipt stored": around("after", "kiosk.store.Store.record"),
    "before it is durable": around("before", "kiosk.store.Store.mark_durable"),
    "durable": around("after", "kiosk.store.Store.mark_durable"),
    "before shredding": around("before", "kiosk.store.Store.shred"),
    "papers deleted, key still there": after_statement("DELETE FROM content"),
    "shredded, uncommitted": at_commit_after("DELETE FROM content"),
    "shredded": around("after", "kiosk.store.Store.shred"),
}


def open_store(folder: Path) -> Store:
    """The store of the kiosk of that folder."""
    return Store.open(folder / "store", DemoKeys(folder / "keys"), WallClock(), reserve_bytes=0)


def file_one(folder: Path) -> None:
    """Seal the dossier, send it, and come back when it is shredded."""
    keys, clock = DemoKeys(folder / "keys"), WallClock()
    with open_store(folder) as store:
        if load_enrolment(store) is None:
            save_enrolment(store, Enrolled.model_validate_json((folder / ENROLMENT).read_text()))
        enrolled = load_enrolment(store)
        assert enrolled is not None
        store.seal(dossier(folder), identity_of(enrolled))
        portal = way_to_portal(enrolled, keys, clock, store)
        syncer = Syncer(store, portal, clock, Random(1), Rules(check_up_every_s=0, grace=timedelta(0)))
        rounds = 0
        while store.entries()[0].state is not State.SHREDDED:
            rounds += 1
            assert rounds < ROUNDS, store.entries()
            store.wake_all(clock.now())
            syncer.run_once(clock.now())
        portal.close()


def live(folder: Path, point: str) -> None:
    """One life of a kiosk, in a fork; never returns."""
    code = 1
    try:
        if point:
            POINTS[point]()
        file_one(folder)
        code = 0
    except BaseException:  # noqa: BLE001  whatever it was is told, and the fork must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> None:
    """See the module."""
    for line in sys.stdin:
        folder, _, point = line.rstrip("\n").partition("\t")
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            live(Path(folder), point)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        say("killed" if killed else "done" if status == 0 else "failed")


if __name__ == "__main__":
    main()
