"""Tests of devices.sane_scanner with workers that crash, hang and lie: real processes that speak the real protocol."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from devices.sane_scanner import SaneScanner
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, ScanOptions, Unavailable

PREAMBLE = """
import os, signal, sys, threading
from devices.worker_pipe import Message, read_message, write_message
request = read_message(sys.stdin.buffer)
def say(kind, body=b"", **fields):
    write_message(sys.stdout.buffer, Message(kind, fields, body))
def page():
    say("page", b"jpeg", width_px=1, height_px=2, dpi=3)
def hang():
    threading.Event().wait()
"""
ONE_PAGE = PageImage(b"jpeg", "image/jpeg", 1, 2, 3)


class Time:
    """A clock that a test moves: `monotonic_s` gives the time, and each look lets `step_s` pass."""

    def __init__(self, step_s: float = 0.0) -> None:
        self._now_s = 0.0
        self._step_s = step_s

    def monotonic_s(self) -> float:
        self._now_s += self._step_s
        return self._now_s


def scan(
    worker: str, cancelled: Callable[[], bool] = lambda: False, step_s: float = 0.0
) -> tuple[list[PageImage], DeviceProblem | None]:
    scanner = SaneScanner([sys.executable, "-c", PREAMBLE + worker], monotonic_s=Time(step_s).monotonic_s)
    pages: list[PageImage] = []
    try:
        scanner.scan(ScanOptions(), pages.append, cancelled)
    except DeviceProblem as problem:
        return pages, problem
    return pages, None


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", DeviceReason.FAILED),
        ("sys.exit(0)", DeviceReason.FAILED),
        ("os.write(1, b'Segmentation fault'); sys.exit(1)", DeviceReason.FAILED),
        ("say('page', dpi='many')", DeviceReason.FAILED),
        ("say('problem', reason='on fire')", DeviceReason.FAILED),
        ("say('problem', reason='jam')", DeviceReason.JAM),
        ("say('done')", None),
    ],
)
def test_however_a_worker_ends_the_pages_before_stay_given(end: str, reason: DeviceReason | None) -> None:
    pages, problem = scan(f"page()\npage()\n{end}")
    assert pages == [ONE_PAGE, ONE_PAGE]
    assert (problem and problem.reason) is reason


def test_progress_is_told_and_nonsense_in_it_is_harmless() -> None:
    told: list[int] = []
    worker = "for percent in (0, 40, 900, -3, 'half'): say('progress', percent=percent)\nsay('done')"
    scanner = SaneScanner([sys.executable, "-c", PREAMBLE + worker])
    scanner.scan(ScanOptions(), lambda _page: None, lambda: False, told.append)
    assert told == [0, 40, 100, 0, 0]


def test_a_worker_that_falls_silent_is_a_timeout_and_is_killed() -> None:
    """The fixture of all tests sees that no process is left."""
    pages, problem = scan("page()\nhang()", step_s=10.0)
    assert problem is not None
    assert problem.reason is DeviceReason.TIMEOUT
    assert len(pages) <= 1


def test_a_worker_that_goes_on_for_ever_is_a_timeout_too() -> None:
    _pages, problem = scan("while True: say('progress', percent=1)", step_s=1.0)
    assert problem is not None
    assert problem.reason is DeviceReason.TIMEOUT


def test_cancelling_is_asked_of_the_worker_first() -> None:
    worker = "page()\nsecond = read_message(sys.stdin.buffer)\nsay('problem', reason='cancelled', detail=second.kind)"
    seen: list[PageImage] = []
    scanner = SaneScanner([sys.executable, "-c", PREAMBLE + worker])
    with pytest.raises(DeviceProblem) as caught:
        scanner.scan(ScanOptions(), seen.append, lambda: bool(seen))
    assert (caught.value.reason, caught.value.detail) == (DeviceReason.CANCELLED, "cancel")
    assert seen == [ONE_PAGE]


@pytest.mark.parametrize("end", ["hang()", "sys.exit(1)"])
def test_cancelling_a_worker_that_does_not_answer_is_cancelled_all_the_same(end: str) -> None:
    _pages, problem = scan(f"read_message(sys.stdin.buffer)\n{end}", cancelled=lambda: True, step_s=0.5)
    assert problem is not None
    assert problem.reason is DeviceReason.CANCELLED


def test_a_worker_that_cannot_start_is_a_failure(tmp_path: Path) -> None:
    status = SaneScanner([str(tmp_path / "no-such-program")]).status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.FAILED


def test_without_python_sane_there_is_no_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of that name that cannot be imported stands for a missing one, as python-sane is installed here."""
    (tmp_path / "sane.py").write_text("raise ImportError('no module named _sane')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    scanner = SaneScanner([sys.executable, "-m", "devices.sane_worker"])
    status = scanner.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NO_DRIVER
    with pytest.raises(DeviceProblem) as caught:
        scanner.scan(ScanOptions(), lambda _page: None, lambda: False)
    assert caught.value.reason is DeviceReason.NO_DRIVER


def test_a_scanner_is_named_as_the_office_names_it() -> None:
    assert SaneScanner([], "fi-8040").name == "Máy quét fi-8040"
    assert SaneScanner([]).name == "Máy quét"
