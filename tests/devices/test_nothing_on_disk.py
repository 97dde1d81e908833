"""Papers never lie on disk in the clear: what is done to a page opens no file for writing and leaves no temporary one.

Python tells of what it opens itself; of libraries in C the folder for temporary files has to tell.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TIMEOUT_S = 120


@pytest.mark.proof
def test_pages_are_made_in_memory_alone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.devices.disk_watch_child"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.stdout == "done\n", done.stderr
    assert list(tmp_path.iterdir()) == []
