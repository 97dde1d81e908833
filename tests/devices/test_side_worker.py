"""Tests of devices.side_worker with real processes that die, hang and talk nonsense."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from devices.side_worker import SideWorker
from devices.worker_pipe import Message
from tests.devices.side_workers import ECHO, program

PATIENCE_S = 30.0


def until(true: Callable[[], bool]) -> bool:
    """Look again and again, for at most half a minute."""
    end_s = time.monotonic() + PATIENCE_S
    again = threading.Event()
    while time.monotonic() < end_s:
        if true():
            return True
        again.wait(0.01)
    return False


def answered(worker: SideWorker, request: str, at_s: float = 0.0) -> list[str]:
    """The kinds of the answers that come after a request, which is made again until one comes."""
    kinds: list[str] = []

    def heard() -> bool:
        worker.offer(Message(request), at_s)
        kinds.extend(message.kind for message in worker.take())
        return bool(kinds)

    until(heard)
    return kinds


def test_a_request_is_answered_beside() -> None:
    worker = SideWorker(program(ECHO), 60)
    try:
        assert set(answered(worker, "first")) == {"first"}
        assert "second" in answered(worker, "second") + answered(worker, "second")
    finally:
        worker.close()


def test_only_the_newest_of_the_waiting_requests_is_worked_on() -> None:
    worker = SideWorker(program("read_message(sys.stdin.buffer); say('ready')\n" + ECHO), 60)
    try:
        worker.offer(Message("start"), 0)
        assert until(lambda: bool(worker.take()))
        with worker._changed:  # nothing is begun while the five are offered
            for number in range(5):
                worker._request = Message(str(number))
        assert answered(worker, "4") == ["4"]
    finally:
        worker.close()


@pytest.mark.parametrize(
    "end", ["sys.exit(1)", "os.kill(os.getpid(), 11)", "os.write(1, b'Traceback: nonsense'); hang()"]
)
def test_a_worker_that_dies_is_started_anew(tmp_path: Path, end: str) -> None:
    flag = tmp_path / "died"
    once = f"if not os.path.exists({str(flag)!r}):\n    open({str(flag)!r}, 'w').close(); {end}\n"
    worker = SideWorker(program("read_message(sys.stdin.buffer)\n" + once + "say('again')\n" + ECHO), 60)
    try:
        assert "again" in answered(worker, "frame")
    finally:
        worker.close()


def test_a_worker_that_always_dies_is_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "starts"
    worker = SideWorker(program(f"open({str(log)!r}, 'a').write('x'); sys.exit(1)"), 60)

    def given_up() -> bool:
        worker.offer(Message("frame"), 0)
        return worker._thread is not None and not worker._thread.is_alive()

    try:
        assert until(given_up)
        assert log.read_text() == "xxx"
        assert worker.take() == []
    finally:
        worker.close()


def test_a_program_that_does_not_exist_is_no_answer() -> None:
    worker = SideWorker(["/no/such/program"], 60)
    try:
        worker.offer(Message("frame"), 0)
        assert until(lambda: worker._thread is not None and not worker._thread.is_alive())
        worker.offer(Message("frame"), 1)
        assert worker.take() == []
    finally:
        worker.close()


def test_a_worker_that_hangs_is_killed_and_started_anew(tmp_path: Path) -> None:
    flag = tmp_path / "hung"
    once = f"if not os.path.exists({str(flag)!r}):\n    open({str(flag)!r}, 'w').close(); hang()\n"
    worker = SideWorker(program("read_message(sys.stdin.buffer)\n" + once + "say('again')\n" + ECHO), 4)
    try:
        worker.offer(Message("frame"), 0.0)
        assert until(flag.exists)
        worker.offer(Message("frame"), 3.9)
        assert worker.take() == []
        assert "again" in answered(worker, "frame", 4.1)
    finally:
        worker.close()


@pytest.mark.parametrize("source", [ECHO, "hang()", "read_message(sys.stdin.buffer); hang()"])
def test_closing_ends_it_whatever_it_does(source: str) -> None:
    """The fixture of all tests sees that neither a process nor a thread is left."""
    worker = SideWorker(program(source), 60)
    worker.offer(Message("frame", body=bytes(3_000_000)), 0)
    assert until(lambda: worker._process is not None)
    worker.close()
    worker.close()
    worker.offer(Message("frame"), 1)
    assert worker.take() == []
