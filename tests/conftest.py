"""What holds for every test: no real screen, time that stands still, no warning unseen, nothing left running."""

import os
import re
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from multiprocessing import resource_tracker
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from commands.own_postgres import OwnPostgres, find_programs
from tests.fakes import FakeClock

# Before the first QApplication, and inherited by every process that a test starts.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LEAVING_TIMEOUT_S = 5


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets the portal contract be tested on any server: docs/portal-contract.md."""
    group = parser.getgroup("portal contract")
    group.addoption("--portal", metavar="URL", help="test tests/contracts/test_portal.py on this portal, not on ours")
    group.addoption("--portal-code", metavar="CODE", default="", help="a one-time code there, which enrols one kiosk")


@pytest.fixture
def clock() -> FakeClock:
    """The time, in the hands of the test."""
    return FakeClock()


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process behind: it would disturb the tests after it.

    First to be set up, so last to be torn down: every other fixture has had its turn to stop what it started.
    """
    threads_before = set(threading.enumerate())
    children_before = child_ids()
    yield
    # Qt's own threads, once they have run Python code, are listed as dummies: they stay, and cannot be joined.
    own = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    started = [thread for thread in own if thread not in threads_before]
    for thread in started:
        thread.join(LEAVING_TIMEOUT_S)
    left = [f"thread {thread.name}" for thread in started if thread.is_alive()]
    left += [f"child process {pid}" for pid in child_ids() - children_before]
    assert not left, f"left running by the test: {', '.join(left)}"


def child_ids() -> set[int]:
    """The child processes of this one, zombies too (a child that was never waited for); Linux only, else empty."""
    ids: set[int] = set()
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # the thread ended since it was listed
            ids.update(int(pid) for pid in listed.read_text().split())
    # multiprocessing keeps this one for the life of the program once anything was spawned.
    return ids - {getattr(resource_tracker._resource_tracker, "_pid", None)}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Fail on Qt's warnings while a test is cleaned up too: pytest-qt looks only until the test's own code ends."""
    warnings: list[str] = []

    def keep(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            warnings.append(text)

    previous = qInstallMessageHandler(keep)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)
    ignored = item.config.getini("qt_log_ignore")
    warnings = [text for text in warnings if not any(re.search(pattern, text) for pattern in ignored)]
    assert not warnings, f"Qt warned while {item.name} was cleaned up: {'; '.join(warnings)}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[OwnPostgres]:
    """A PostgreSQL server for all tests of this worker; each takes a database of its own from it."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine. As an administrator: apt-get install postgresql")
    server = OwnPostgres(programs)
    yield server
    server.remove()
