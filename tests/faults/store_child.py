"""A kiosk that only seals: a process of its own, so that a test can kill it at one point, or take the disk from it.

Run as `python tests/faults/store_child.py FOLDER POINT ARMED_AT COUNT`: seals COUNT dossiers, says "sealed N" after
each, and kills itself at POINT of the ARMED_AT-th.
"""

import os
import signal
import sys
from pathlib import Path

import apsw

from kiosk.keys import DemoKeys
from kiosk.manifest import Manifest
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, SampleDossier, random_paper, sample_dossier

# The statement after which the process dies, or None for the moment before the commit.
POINTS = {
    "a piece is written": "INSERT INTO content",
    "the dossier is written": "INSERT INTO dossier",
    "the event is written": "INSERT INTO event",
    "just before the commit": None,
    "just after the commit": "COMMIT",
    "never": "no such statement",
}


def dossier(number: int) -> SampleDossier:
    """The dossier of that number, the same in every process: two papers, four pieces."""
    return sample_dossier(number, random_paper(number, 2_500_000), random_paper(number + 1000, 40_000))


def open_store(folder: Path) -> Store:
    """The store of that folder."""
    return Store.open(folder / "store", DemoKeys(folder / "keys"), FakeClock(), reserve_bytes=0)


def assert_whole(store: Store, number: int) -> None:
    """Every byte of the dossier of that number can be read, and is what was sealed."""
    sealed = dossier(number)
    manifest = Manifest.model_validate_json(store.manifest(sealed.client_ref))
    for document in manifest.documents:
        pieces = [store.piece(sealed.client_ref, piece.sha256) for piece in document.pieces]
        assert b"".join(pieces) == sealed.papers[document.id]


def say(*words: object) -> None:
    """Tell the test, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def die() -> bool:
    """As a power switch ends a program."""
    os.kill(os.getpid(), signal.SIGKILL)
    return False


def arm(connection: apsw.Connection, point: str) -> None:
    """Die at that point of the next transaction."""
    statement = POINTS[point]
    if statement is None:
        connection.set_commit_hook(die)
        return

    def finished(event: dict[str, object]) -> None:
        if str(event.get("sql", "")).startswith(statement):
            die()

    connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, finished)


def main(folder: Path, point: str, armed_at: int, count: int) -> None:
    """See the module."""
    connections: list[apsw.Connection] = []
    apsw.connection_hooks.append(connections.append)
    with open_store(folder) as store:
        for number in range(1, count + 1):
            if number == armed_at:
                arm(connections[-1], point)
            store.seal(dossier(number), IDENTITY)
            say("sealed", number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
