"""Tests of devices.worker_limits: what a confined process can still do, seen in real processes."""

import resource
import signal
import subprocess
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no such limits", allow_module_level=True)


def confined(after: str, before: str = "") -> subprocess.CompletedProcess[bytes]:
    program = f"import os, socket, sys\nfrom devices import worker_limits\n{before}\nworker_limits.confine(2)\n{after}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/hostname')",
        "open('/tmp/kiosk-of-a-test', 'w')",
        "socket.socket()",
        "os.pipe()",
        "bytearray(600 * 1024 * 1024)",
    ],
)
def test_nothing_new_can_be_opened_and_memory_ends(act: str) -> None:
    done = confined(f"try:\n    {act}\nexcept (OSError, MemoryError):\n    os._exit(7)")
    assert done.returncode == 7


def test_pipes_that_are_open_stay_usable() -> None:
    assert confined("sys.stdout.write('word')").stdout == b"word"


def test_no_core_is_left_and_no_new_process_allowed() -> None:
    done = confined("import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))", "import resource")
    assert done.stdout.strip() == b"(0, 0)"
    limits = confined("print(resource.getrlimit(resource.RLIMIT_NPROC))", "import resource")
    assert limits.stdout.strip() == b"(0, 0)"


def test_an_endless_loop_is_killed() -> None:
    assert confined("while True: pass", "worker_limits.CPU_S = 1").returncode == -signal.SIGXCPU


def test_a_page_that_came_out_renews_the_time_and_only_so_often() -> None:
    renewing = """
import resource, time
while time.process_time() < 1.2: pass
worker_limits.renew_cpu()
print(resource.getrlimit(resource.RLIMIT_CPU), flush=True)
worker_limits.CPU_S = 100
worker_limits.renew_cpu()
print(resource.getrlimit(resource.RLIMIT_CPU), flush=True)
"""
    done = confined(renewing, "worker_limits.CPU_S = 2")
    assert done.stdout.split(b"\n")[:2] == [b"(3, 6)", b"(6, 6)"]


def test_the_parent_keeps_its_own() -> None:
    confined("pass")
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0
