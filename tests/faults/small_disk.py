"""Real disks that are small or become read-only, and a machine without a network, in a namespace of the test's own."""

import shutil
import subprocess
from pathlib import Path

import pytest

TIMEOUT_S = 60
_SMALL = 'mount -t tmpfs -o size="$1" tmpfs "$0" && shift && exec "$@"'
HOW_TO_ALLOW = "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1) and install util-linux"


def on_small_disk(folder: Path, size: str) -> list[str | Path]:
    """What to put before a command that shall find a disk of that size ("6m") at `folder`; no rights are needed."""
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", _SMALL, folder, size]


WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")


def needs_small_disks(folder: Path) -> None:
    """Skip the test where this system lets no user mount a disk."""
    _skip_unless_it_works(on_small_disk(folder, "1m"), "mount a small disk")


def needs_network_namespaces() -> None:
    """Skip the test where this system lets no user be without a network."""
    _skip_unless_it_works(list(WITHOUT_NETWORK), "be without a network")


def _skip_unless_it_works(before: list[str | Path], what: str) -> None:
    possible = shutil.which("unshare") is not None
    if possible:
        trial = subprocess.run([*before, "true"], capture_output=True, timeout=TIMEOUT_S, check=False)
        possible = trial.returncode == 0
    if not possible:
        pytest.skip(f"this system lets no user {what}: {HOW_TO_ALLOW}")
