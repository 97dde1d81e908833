"""A disk that is full, or that fails once: what was kept stays whole, and work goes on when the disk is well again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 60
# A namespace of one's own with a small disk in it: the way to a real ENOSPC that needs no rights.
SMALL_DISK = ["unshare", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs -o size=9m tmpfs "$0" && exec "$@"']
LARGER_DISK = [*SMALL_DISK[:-1], SMALL_DISK[-1].replace("9m", "16m")]
NO_SMALL_DISKS = "this system lets no user mount a small disk: allow user namespaces (unshare --map-root-user)"


def small_disks_are_allowed(folder: Path) -> bool:
    if not shutil.which("unshare"):
        return False
    trial = subprocess.run([*SMALL_DISK, folder, "true"], capture_output=True, timeout=TIMEOUT_S, check=False)
    return trial.returncode == 0


def what_it_saw(folder: Path, fault: str, *before: str | Path) -> list[str]:
    child = subprocess.run(
        [*before, sys.executable, ROOT / "tests/faults/store_disk_child.py", folder, fault],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=TIMEOUT_S,
        check=True,
    )
    return child.stdout.splitlines()


def test_a_full_disk_keeps_what_it_has_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    if not small_disks_are_allowed(tmp_path):
        pytest.skip(NO_SMALL_DISKS)
    assert what_it_saw(tmp_path, "full", *SMALL_DISK, tmp_path) == [
        "seal 1 done",
        "seal 2 done",
        "seal 3 done",
        "seal 4 disk_full",
        "begin disk_full",
        "state sealed",
        "begin done",
        "kept 3",
    ]


def test_receipts_and_shredding_find_room_on_a_full_disk(tmp_path: Path) -> None:
    """The reserve is given up, the work done again, and the reserve made again when there is room."""
    if not small_disks_are_allowed(tmp_path):
        pytest.skip(NO_SMALL_DISKS)
    assert what_it_saw(tmp_path, "reserve", *LARGER_DISK, tmp_path) == [
        "seal 1 done",
        "seal 2 done",
        "reserve 3203072",
        "begin done",
        "receipt without room disk_full",  # something else took what had been given up
        "reserve is there False",
        "receipt done",
        "durable done",
        "reserve again True",
        "shred done",
        "state shredded True",
        "given back True",
    ]


def test_a_disk_that_becomes_read_only_leaves_all_as_it_was(tmp_path: Path) -> None:
    if not small_disks_are_allowed(tmp_path):
        pytest.skip(NO_SMALL_DISKS)
    assert what_it_saw(tmp_path, "read-only", *SMALL_DISK, tmp_path) == [
        "seal 1 done",
        "open store",
        "untouched True",
        "seal 2 done",
        "kept 2",
    ]


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    assert what_it_saw(tmp_path, "limit") == [
        "seal 1 done",
        "seal 2 done",
        "seal 3 disk_full",
        "kept 2",
        "seal 3 done",
        "kept 3",
    ]


def test_what_could_not_be_synced_is_not_acknowledged(tmp_path: Path) -> None:
    assert what_it_saw(tmp_path, "sync") == ["seal 1 done", "seal 2 store", "kept 1", "seal 2 done", "kept 2"]
