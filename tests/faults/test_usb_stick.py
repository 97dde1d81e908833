"""A stick without enough room, by a real ENOSPC: what is whole stays, and the export goes on when there is room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.test_store_disk import ROOT, SMALL_DISK, TIMEOUT_S, small_disks_are_allowed


@pytest.mark.proof
def test_a_full_stick_keeps_what_is_whole_and_the_rest_follows_when_there_is_room(tmp_path: Path) -> None:
    stick, folder = tmp_path / "stick", tmp_path / "kiosk"
    stick.mkdir()
    folder.mkdir()
    if not small_disks_are_allowed(stick):
        pytest.skip("this system lets no user mount a small disk: allow user namespaces (unshare --map-root-user)")
    child = subprocess.run(
        [*SMALL_DISK, stick, sys.executable, ROOT / "tests/faults/usb_stick_child.py", stick, folder],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=TIMEOUT_S,
        check=True,
    )
    assert child.stdout.splitlines() == [
        "stick_full 2",
        "whole 2",
        "left over 0",
        "states {'sealed'}",
        "exported 3",
        "resumed True",
        "whole 3",
        "left over 0",
        "states {'sealed'}",
    ]
