"""Tests of devices.file_pages with workers that crash, hang and lie: real processes that speak the real protocol."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.file_pages import FilePages
from kiosk.capture import FileProblem, FileRefused
from kiosk.ports import DeviceProblem, DeviceReason, PageImage
from tests.devices.pictures_made import blank_pdf

TRUE_WORKER = (sys.executable, "-m", "devices.file_worker")
PREAMBLE = """
import os, signal, sys, threading
from devices.worker_pipe import Message, read_message, write_message
def heard():
    return read_message(sys.stdin.buffer)
def say(kind, body=b"", **fields):
    write_message(sys.stdout.buffer, Message(kind, fields, body))
def page(width=1, height=1, dpi=200, mode="L", body=b"\\xff"):
    say("page", body, width_px=width, height_px=height, dpi=dpi, mode=mode)
def hang():
    threading.Event().wait()
while heard().kind != "end":
    pass
heard()
"""


class Time:
    """A clock that a test moves: each look lets `step_s` pass."""

    def __init__(self, step_s: float = 0.0) -> None:
        self._now_s = 0.0
        self._step_s = step_s

    def monotonic_s(self) -> float:
        self._now_s += self._step_s
        return self._now_s


def draw(
    worker: str,
    content: Iterator[bytes] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    step_s: float = 0,
) -> tuple[list[PageImage], Exception | None]:
    files = FilePages([sys.executable, "-c", PREAMBLE + worker], monotonic_s=Time(step_s).monotonic_s)
    pages: list[PageImage] = []
    try:
        files.draw(content or iter([b"file"]), 3, pages.append, cancelled)
    except (FileRefused, DeviceProblem) as problem:
        return pages, problem
    return pages, None


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", FileProblem.TOO_HARD),
        ("os.kill(os.getpid(), signal.SIGXCPU)", FileProblem.TOO_HARD),
        ("sys.exit(0)", FileProblem.TOO_HARD),
        ("os.write(1, b'Segmentation fault'); sys.exit(1)", FileProblem.TOO_HARD),
        ("say('page', dpi='many')", FileProblem.BROKEN),
        ("page(width=2)", FileProblem.BROKEN),
        ("page(width=-1, height=-1)", FileProblem.BROKEN),
        ("page(width=100000, height=1, body=bytes(100000))", FileProblem.BROKEN),
        ("page(mode='CMYK')", FileProblem.BROKEN),
        ("page(dpi=0)", FileProblem.BROKEN),
        ("say('problem', reason='on fire')", FileProblem.BROKEN),
        ("say('problem', reason='encrypted')", FileProblem.ENCRYPTED),
        ("while True: page()", FileProblem.TOO_MANY_PAGES),
        ("say('done')", None),
    ],
)
def test_however_a_worker_ends_the_pages_before_stay_given(end: str, reason: FileProblem | None) -> None:
    pages, problem = draw(f"page()\nheard()\npage()\nheard()\n{end}")
    assert len(pages) >= 2
    assert (problem.reason if isinstance(problem, FileRefused) else problem) is reason


@pytest.mark.parametrize("word", ["done", "progress"])
def test_a_worker_that_gives_no_page_has_not_drawn_the_file(word: str) -> None:
    pages, problem = draw(f"say('{word}')")
    assert isinstance(problem, FileRefused)
    assert (pages, problem.reason) == ([], FileProblem.BROKEN)


def test_a_worker_that_falls_silent_is_too_hard_and_is_killed() -> None:
    """The fixture of all tests sees that no process is left."""
    pages, problem = draw("page()\nhang()", step_s=5.0)
    assert isinstance(problem, FileRefused)
    assert problem.reason is FileProblem.TOO_HARD
    assert len(pages) <= 1


def test_a_stick_that_does_not_answer_is_gone() -> None:
    dead = threading.Event()

    def content() -> Iterator[bytes]:
        yield b"begin"
        dead.wait()

    _pages, problem = draw("", content(), step_s=3.0)
    dead.set()
    assert isinstance(problem, FileRefused)
    assert problem.reason is FileProblem.GONE


def test_a_stick_that_is_pulled_out_while_it_is_read_is_gone() -> None:
    def content() -> Iterator[bytes]:
        yield b"begin"
        raise FileRefused(FileProblem.GONE, "pulled out")

    _pages, problem = draw("", content())
    assert isinstance(problem, FileRefused)
    assert problem.reason is FileProblem.GONE


def test_cancelling_ends_a_worker_that_hangs() -> None:
    _pages, problem = draw("hang()", cancelled=lambda: True)
    assert isinstance(problem, DeviceProblem)
    assert problem.reason is DeviceReason.CANCELLED


def test_cancelling_after_a_page_keeps_it() -> None:
    pages: list[PageImage] = []
    with pytest.raises(DeviceProblem) as caught:
        FilePages(TRUE_WORKER).draw(iter([blank_pdf(20)]), 50, pages.append, lambda: bool(pages))
    assert caught.value.reason is DeviceReason.CANCELLED
    assert len(pages) == 1


def test_a_worker_that_cannot_start_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(DeviceProblem) as caught:
        FilePages([str(tmp_path / "no-such-program")]).draw(iter([b""]), 1, lambda _page: None, lambda: False)
    assert caught.value.reason is DeviceReason.FAILED


def test_a_worker_that_is_gone_does_not_hold_up_a_large_file() -> None:
    pieces = iter([bytes(1_000_000)] * 40)
    files = FilePages([sys.executable, "-c", "pass"])
    with pytest.raises(FileRefused) as caught:
        files.draw(pieces, 1, lambda _page: None, lambda: False)
    assert caught.value.reason is FileProblem.TOO_HARD
