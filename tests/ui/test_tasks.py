"""Work runs off the window's thread, in order within a lane, and its outcome never reaches an owner that is gone."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from ui.tasks import Lane, Tasks

LONG_S = 10


@pytest.fixture
def failures() -> list[Exception]:
    return []


@pytest.fixture
def tasks(qapp: QApplication, failures: list[Exception]) -> Iterator[Tasks]:
    lanes = Tasks(failures.append)
    yield lanes
    assert lanes.shutdown(LONG_S)


def test_the_outcome_arrives_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    owner, seen = QObject(), []
    window_thread = QThread.currentThread()
    tasks.run(
        Lane.SCANNER,
        lambda: QThread.currentThread() is window_thread,
        owner=owner,
        done=lambda same: seen.append((same, QThread.currentThread() is window_thread)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


def test_one_lane_keeps_the_order_and_others_do_not_wait(tasks: Tasks, qtbot: QtBot) -> None:
    owner, gate, seen = QObject(), threading.Event(), list[str]()
    tasks.run(Lane.SCANNER, lambda: gate.wait(LONG_S), owner=owner, done=lambda _: seen.append("scan"))
    tasks.run(Lane.SCANNER, lambda: None, owner=owner, done=lambda _: seen.append("next scan"))
    tasks.run(Lane.CAMERA, lambda: None, owner=owner, done=lambda _: seen.append("camera"))
    qtbot.waitUntil(lambda: seen == ["camera"])
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == ["camera", "scan", "next scan"]


def test_an_exception_goes_to_the_caller_else_to_the_default(
    tasks: Tasks, failures: list[Exception], qtbot: QtBot
) -> None:
    owner, own = QObject(), list[Exception]()

    def work() -> None:
        raise OSError("no paper")

    tasks.run(Lane.PRINTER, work, owner=owner, done=lambda _: None, failed=own.append)
    tasks.run(Lane.PRINTER, work, owner=owner, done=lambda _: None)
    qtbot.waitUntil(lambda: bool(own) and bool(failures))
    assert str(own[0]) == str(failures[0]) == "no paper"


def test_nothing_is_delivered_to_an_owner_that_is_destroyed(tasks: Tasks, qtbot: QtBot) -> None:
    gone, stays, gate, seen = QObject(), QObject(), threading.Event(), list[str]()
    tasks.run(Lane.STORE, lambda: gate.wait(LONG_S), owner=gone, done=lambda _: seen.append("gone"))
    tasks.run(Lane.STORE, lambda: None, owner=stays, done=lambda _: seen.append("stays"))
    gone.deleteLater()
    settle()
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["stays"]


def test_progress_arrives_before_the_end(tasks: Tasks, qtbot: QtBot) -> None:
    owner, seen = QObject(), list[object]()

    def work() -> str:
        for page in (1, 2):
            tasks.post(owner, seen.append, page)
        return "done"

    tasks.run(Lane.SCANNER, work, owner=owner, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [1, 2, "done"]


def test_a_widget_of_a_job_is_destroyed_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    window_thread, destroyed_on, seen = QThread.currentThread(), list[bool](), list[None]()

    class Owner(QObject):
        def __del__(self) -> None:
            destroyed_on.append(QThread.currentThread() is window_thread)

        def start(self, gate: threading.Event) -> None:
            tasks.run(Lane.CAMERA, lambda: self.look(gate), owner=self, done=lambda _: seen.append(None))

        def look(self, gate: threading.Event) -> None:
            gate.wait(LONG_S)

    gate, owner = threading.Event(), Owner()
    owner.start(gate)
    del owner
    gate.set()
    qtbot.waitUntil(lambda: bool(destroyed_on))
    assert seen == [None]
    assert destroyed_on == [True]


def test_shutdown_forgets_what_is_queued_and_tells_of_a_hanging_worker(qapp: QApplication) -> None:
    lanes, owner, gate, ran = Tasks(lambda _: None), QObject(), threading.Event(), list[str]()
    started = threading.Event()

    def hang() -> None:
        started.set()
        gate.wait(LONG_S)

    lanes.run(Lane.SCANNER, hang, owner=owner, done=lambda _: None)
    lanes.run(Lane.SCANNER, lambda: ran.append("queued"), owner=owner, done=lambda _: None)
    assert started.wait(LONG_S)
    assert lanes.shutdown(0.01) is False
    gate.set()
    assert lanes.shutdown(LONG_S) is True
    assert ran == []
    lanes.run(Lane.SCANNER, lambda: ran.append("late"), owner=owner, done=lambda _: None)
    assert lanes.shutdown(LONG_S) is True
    assert ran == []
