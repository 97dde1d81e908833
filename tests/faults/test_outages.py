"""The network is really gone, and the disk really read-only: the queue is untouched, and moves again afterwards."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.small_disk import (
    TIMEOUT_S,
    WITHOUT_NETWORK,
    needs_network_namespaces,
    needs_small_disks,
    on_small_disk,
)

ROOT = Path(__file__).parents[2]


def what_it_saw(before: Sequence[str | Path], folder: Path, fault: str) -> list[str]:
    child = subprocess.run(
        [*before, sys.executable, ROOT / "tests/faults/outage_child.py", folder, fault],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=TIMEOUT_S,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.splitlines()


def test_without_a_network_the_queue_is_offline_and_burns_no_attempt(tmp_path: Path) -> None:
    needs_network_namespaces()
    assert what_it_saw(WITHOUT_NETWORK, tmp_path, "network") == [
        "without network: offline 0",
        "without network: offline 0",
        "with network: clear",
    ]


def test_a_disk_that_becomes_read_only_takes_no_dossier_and_loses_none(tmp_path: Path) -> None:
    needs_small_disks(tmp_path)
    assert what_it_saw(on_small_disk(tmp_path, "8m"), tmp_path, "read-only") == [
        "seal: refused store",
        "read-only: - 0",
        "start: refused store",
        "seal: done",
        "writable: clear",
    ]
