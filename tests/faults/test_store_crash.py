"""Whatever kills the kiosk while it seals: what it acknowledged is there and whole, and nothing is there in part."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import StoreInUse
from tests.faults.invariants import Case, assert_invariants, assert_no_secret, promise
from tests.faults.portal_evidence import NO_PORTAL
from tests.faults.store_child import POINTS, dossier, open_store
from tests.sample_dossiers import IDENTITY

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60


def child(folder: Path, point: str, armed_at: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, ROOT / "tests/faults/store_child.py", folder, point, str(armed_at), str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def case_of(folder: Path, acknowledged: int, log: str, *, begun: int = 0) -> Case:
    """So many dossiers were acknowledged, and perhaps one more was being sealed."""
    sealed = [promise(dossier(number)) for number in range(1, acknowledged + 1)]
    cut_off = [promise(dossier(begun))] if begun else []
    return Case(sealed=sealed, begun=cut_off, folders=[folder], log=log.splitlines())


@pytest.mark.parametrize("point", [point for point in POINTS if point != "never"])
def test_killed_at_a_point(tmp_path: Path, point: str) -> None:
    with child(tmp_path, point, armed_at=3, count=5) as process:
        said, log = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == -signal.SIGKILL
    assert said.split("\n")[:-1] == ["sealed 1", "sealed 2"]
    case = case_of(tmp_path, 2, log, begun=3)
    assert_no_secret([*case.sealed, *case.begun], case)  # the journal of what was cut off is still there
    committed = 3 if point == "just after the commit" else 2
    with open_store(tmp_path) as store:
        assert [entry.seq for entry in store.entries()] == list(range(1, committed + 1))
        assert store.verify_audit() == 1 + committed
        assert_invariants(store, NO_PORTAL, case)
        store.seal(dossier(3), IDENTITY)  # the citizen presses once more, or the kiosk asks itself what became of it
        assert len(store.entries()) == 3
        assert_invariants(store, NO_PORTAL, case_of(tmp_path, 3, log))


@pytest.mark.parametrize("acknowledged", range(1, 9))
def test_killed_at_some_moment_after_an_acknowledgement(tmp_path: Path, acknowledged: int) -> None:
    with child(tmp_path, "never", armed_at=1, count=20) as process:
        assert process.stdout
        assert process.stderr
        for _ in range(acknowledged):
            process.stdout.readline()
        process.kill()
        rest, log = process.stdout.read(), process.stderr.read()
    acknowledged += rest.count("sealed")
    with open_store(tmp_path) as store:
        found = len(store.entries())
        assert acknowledged <= found <= acknowledged + 1
        assert store.verify_audit() == 1 + found
        assert_invariants(store, NO_PORTAL, case_of(tmp_path, acknowledged, log, begun=acknowledged + 1))


def test_a_second_kiosk_waits_outside_until_the_first_is_dead(tmp_path: Path) -> None:
    with child(tmp_path, "never", armed_at=1, count=1000) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        with pytest.raises(StoreInUse):
            open_store(tmp_path)
        process.kill()
        rest, log = process.stdout.read(), process.stderr.read()
    acknowledged = 1 + rest.count("sealed")
    with open_store(tmp_path) as store:
        assert_invariants(store, NO_PORTAL, case_of(tmp_path, acknowledged, log, begun=acknowledged + 1))
