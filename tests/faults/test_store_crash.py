"""Whatever kills the kiosk while it seals: what it acknowledged is there and whole, and nothing is there in part."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import StoreInUse
from tests.faults.store_child import POINTS, assert_whole, dossier, open_store
from tests.sample_dossiers import IDENTITY, NAME

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60


def child(folder: Path, point: str, armed_at: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, ROOT / "tests/faults/store_child.py", folder, point, str(armed_at), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def assert_no_plaintext(folder: Path, numbers: range) -> None:
    papers = [paper for number in numbers for paper in dossier(number).papers.values()]
    canaries = [NAME.encode(), *(paper[len(paper) // 2 :][:16] for paper in papers)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert [canary for canary in canaries if canary in content] == [], path.name


@pytest.mark.parametrize("point", [point for point in POINTS if point != "never"])
def test_killed_at_a_point(tmp_path: Path, point: str) -> None:
    with child(tmp_path, point, armed_at=3, count=5) as process:
        said, _ = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == -signal.SIGKILL
    assert said.split("\n")[:-1] == ["sealed 1", "sealed 2"]
    assert_no_plaintext(tmp_path, range(1, 4))  # the journal of the transaction that was cut off is still there
    committed = 3 if point == "just after the commit" else 2
    with open_store(tmp_path) as store:
        assert [entry.seq for entry in store.entries()] == list(range(1, committed + 1))
        assert store.verify_audit() == 1 + committed
        store.seal(dossier(3), IDENTITY)  # the citizen presses once more, or the kiosk asks itself what became of it
        assert len(store.entries()) == 3
        for number in (1, 2, 3):
            assert_whole(store, number)


@pytest.mark.parametrize("acknowledged", range(1, 9))
def test_killed_at_some_moment_after_an_acknowledgement(tmp_path: Path, acknowledged: int) -> None:
    with child(tmp_path, "never", armed_at=1, count=20) as process:
        assert process.stdout
        for _ in range(acknowledged):
            process.stdout.readline()
        process.kill()
        rest = process.stdout.read()
    acknowledged += rest.count("sealed")
    with open_store(tmp_path) as store:
        found = len(store.entries())
        assert acknowledged <= found <= acknowledged + 1
        assert store.verify_audit() == 1 + found
        for number in range(1, found + 1):
            assert_whole(store, number)


def test_a_second_kiosk_waits_outside_until_the_first_is_dead(tmp_path: Path) -> None:
    with child(tmp_path, "never", armed_at=1, count=1000) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(StoreInUse):
            open_store(tmp_path)
        process.kill()
        process.stdout.read()
    with open_store(tmp_path) as store:
        assert store.entries()
