"""A dossier that ends the program whenever it is sent does so three times; then it is set apart, the rest is sent."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.keys import DemoKeys
from kiosk.outbox import State, TryLater
from kiosk.store import Store
from tests.commands.kept_events import kept_events
from tests.fakes import FakeClock
from tests.faults.store_child import open_store
from tests.sample_dossiers import IDENTITY, sample_dossier

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60
NOW = FakeClock().now()


def live(folder: Path, phase: str) -> tuple[int, str]:
    """One life of the kiosk: how it ended, and what it said."""
    child = subprocess.run(
        [sys.executable, ROOT / "tests/faults/crash_loop_child.py", folder, phase, "1"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=TIMEOUT_S,
        check=False,
    )
    return child.returncode, child.stdout


def seal(store: Store, *numbers: int) -> None:
    for number in numbers:
        store.seal(sample_dossier(number), IDENTITY)


def states(store: Store) -> list[State]:
    return [entry.state for entry in store.entries()]


@pytest.mark.parametrize("phase", ["upload", pytest.param("recall", marks=pytest.mark.proof)])
def test_the_dossier_that_kills_the_program_is_set_apart_and_the_others_are_sent(tmp_path: Path, phase: str) -> None:
    with open_store(tmp_path) as store:
        seal(store, 1, 2, 3)
        if phase == "recall":  # it may be at the portal already: the receipt is asked for before anything is sent
            store.begin(sample_dossier(1).client_ref, State.COMMITTING, NOW)
            store.record(sample_dossier(1).client_ref, TryLater("timeout"), NOW, NOW)
            for number in (2, 3):
                store.record(sample_dossier(number).client_ref, TryLater("timeout"), NOW, NOW)
    for _ in range(3):
        assert live(tmp_path, phase) == (-signal.SIGKILL, "")
    assert live(tmp_path, phase) == (0, "accepted 0\n")  # the others went first once it had failed
    with open_store(tmp_path) as store:
        assert states(store) == [State.PARKED, State.RECEIPTED, State.RECEIPTED]
        [poison, *_] = store.entries()
        assert (poison.problem, store.manifest(poison.client_ref) != b"") == ("crash_loop", True)
        store.unpark(poison.client_ref, NOW)  # once staff know better
        assert [entry.seq for entry in store.due(NOW)] == [1]
    with open_store(tmp_path) as store:
        assert states(store)[0] is not State.PARKED  # it has three tries again
    kinds = [kind for kind, _ref in kept_events(tmp_path / "store", DemoKeys(tmp_path / "keys"))]
    assert kinds.count("dossier_crash_loop") == 1


def begin_and_die(folder: Path, clock: FakeClock, state: State = State.SENDING) -> None:
    """A try that comes to nothing: the store is closed before it is recorded, which for it is the same as a kill."""
    with Store.open(folder / "store", DemoKeys(folder / "keys"), clock, reserve_bytes=0) as store:
        if store.entries()[0].state is not State.PARKED:
            store.begin(sample_dossier(1).client_ref, State.SENDING, clock.now())
            store.begin(sample_dossier(1).client_ref, state, clock.now())  # one try, however many phases it had


@pytest.mark.parametrize(("apart", "expected"), [(600, State.PARKED), (601, State.COMMITTING)])
def test_tries_that_ended_long_apart_are_no_loop(tmp_path: Path, apart: int, expected: State) -> None:
    clock = FakeClock()
    with open_store(tmp_path) as store:
        seal(store, 1)
    for _ in range(3):
        begin_and_die(tmp_path, clock, State.COMMITTING)
        clock.advance(apart)
    with open_store(tmp_path) as store:
        assert states(store) == [expected]


def test_a_try_that_came_to_something_is_no_crash(tmp_path: Path) -> None:
    clock = FakeClock()
    with open_store(tmp_path) as store:
        seal(store, 1)
    for _ in range(2):
        begin_and_die(tmp_path, clock)
    with open_store(tmp_path) as store:
        store.begin(sample_dossier(1).client_ref, State.SENDING, NOW)
        store.record(sample_dossier(1).client_ref, TryLater("timeout"), NOW, NOW + timedelta(minutes=1))
    begin_and_die(tmp_path, clock)
    with open_store(tmp_path) as store:
        assert states(store) == [State.SENDING]
