"""A store of the first released schema comes along whole, in one step or not at all, and never back.

The fixture was made by the program of schema 1: eight dossiers of one paper, one in each place that a dossier can be.
Its key is 32 made-up bytes.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import store_schema
from kiosk.errors import StoreProblem
from kiosk.keys import DemoKeys, derive
from kiosk.manifest import Manifest
from kiosk.outbox import State
from kiosk.recovery import recover_store
from kiosk.store import Store
from kiosk.store_schema import MIGRATIONS, connect, version
from tests.fakes import FakeClock
from tests.faults.store_child import open_store
from tests.sample_dossiers import IDENTITY, RECOVERY_KEY, random_paper, sample_dossier

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests/fixtures/store_v1"
EVENTS = 21
STATES = [
    State.SEALED,
    State.SENDING,
    State.COMMITTING,
    State.RECEIPTED,
    State.DURABLE,
    State.SHREDDED,
    State.PARKED,
    State.PARKED,
]
NOW = FakeClock().now()
DYING_CHILD = """
import sys
from pathlib import Path
import apsw
from tests.faults.store_child import die, open_store
def look(event):
    if sys.argv[2] in str(event.get("sql", "")):
        die()
apsw.connection_hooks.append(lambda connection: connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, look))
open_store(Path(sys.argv[1]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A kiosk with the store of schema 1."""
    (tmp_path / "store").mkdir()
    (tmp_path / "keys").mkdir()
    for name in ("kiosk.db", "store.id", "store.recovery"):
        shutil.copy(FIXTURE / name, tmp_path / "store" / name)
    shutil.copy(FIXTURE / "demo-store-key", tmp_path / "keys" / "demo-store-key")
    return tmp_path


def schema_of(folder: Path) -> int:
    connection = connect(folder / "store/kiosk.db", derive(DemoKeys(folder / "keys").key(), "db"))
    try:
        return version(connection)
    finally:
        connection.close()


def assert_came_along(store: Store) -> None:
    assert [entry.state for entry in store.entries()] == STATES
    assert store.verify_audit() == EVENTS + 1  # the first wrapping key was left behind
    assert store.value("enrolment") == b"kept"
    for entry in store.entries():
        paper = random_paper(entry.seq, 1000)
        sealed = sample_dossier(entry.seq, paper)
        assert store.seal(sealed, IDENTITY) == entry
        if entry.state is not State.SHREDDED:
            manifest = Manifest.model_validate_json(store.manifest(entry.client_ref))
            assert store.piece(entry.client_ref, manifest.documents[0].sha256) == paper
        receipt = store.receipt(entry.client_ref)
        assert (receipt is not None) is (entry.state in (State.RECEIPTED, State.DURABLE, State.SHREDDED))


def test_everything_of_the_first_schema_comes_along(folder: Path) -> None:
    assert schema_of(folder) == 1
    with open_store(folder) as store:
        assert_came_along(store)
        assert [entry.seq for entry in store.due(NOW)] == [1, 3]  # the second failed once, and waits
        assert store.highest_seq() == 8
        store.unpark(sample_dossier(7).client_ref, NOW)
        store.requeue(sample_dossier(5).client_ref, NOW)
        assert store.withdraw(sample_dossier(8).client_ref, NOW).state is State.WITHDRAWN  # had not left
        assert store.withdraw(sample_dossier(3).client_ref, NOW).state is State.COMMITTING
    assert schema_of(folder) == len(MIGRATIONS)
    assert len(list(recover_store(folder / "store", RECOVERY_KEY))) == 5  # not the one that is wanted back


def test_killed_in_the_middle_it_is_the_first_schema_still(folder: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", DYING_CHILD, folder, "CREATE INDEX dossier_by_state"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    assert schema_of(folder) == 1
    with open_store(folder) as store:
        assert_came_along(store)


def test_the_program_of_before_refuses_it_then_and_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(folder) as store:
        assert_came_along(store)
    before = (folder / "store/kiosk.db").read_bytes()
    monkeypatch.setattr(store_schema, "MIGRATIONS", MIGRATIONS[:1])
    with pytest.raises(StoreProblem, match="knows only 1"):
        open_store(folder)
    assert (folder / "store/kiosk.db").read_bytes() == before
