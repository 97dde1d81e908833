"""The portal's disk is really full: it says "later", keeps what it acknowledged, and takes the rest afterwards."""

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.invariants import assert_quiet
from tests.faults.small_disk import TIMEOUT_S, needs_small_disks, on_small_disk

ROOT = Path(__file__).parents[2]


def test_a_full_disk_at_the_portal_is_a_matter_for_later(tmp_path: Path) -> None:
    needs_small_disks(tmp_path)
    disk, folder = tmp_path / "disk", tmp_path / "kiosk"
    disk.mkdir()
    child = subprocess.run(
        [*on_small_disk(disk, "48m"), sys.executable, ROOT / "tests/faults/portal_disk_child.py", disk, folder],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=TIMEOUT_S,
        check=False,
    )
    assert child.stdout.splitlines() == [
        "well: clear 0",
        "full: clear 2 try-later",
        "full: clear 2 try-later",
        "room: clear 0",
    ], child.stderr
    assert child.returncode == 0, child.stderr
    assert_quiet(child.stderr.splitlines())
