"""Tests of commands/local_socket.py: asking a kiosk that runs, that does not, that hangs, that was killed."""

import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from commands import local_socket
from commands.composition import make_equipment
from commands.hanging_driver import DriverHangs
from commands.local_socket import (
    LIST_DEVICES,
    LIST_QUEUE,
    SOCKET_NAME,
    Answers,
    LocalServer,
    NoAnswer,
    ask,
    serve_counter,
)
from commands.stick_export import StickExport
from kiosk.config import Settings, load_settings
from kiosk.errors import ConfigProblem, DiskFull
from kiosk.outbox import QueueCondition
from tests.commands.device_settings import simulated_office
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short path."""
    return tmp_path_factory.mktemp("s")


def idle(clock: FakeClock) -> StickExport:
    """Exports of a kiosk that is not enrolled: there are none."""
    return StickExport(MemoryStore(clock), None, clock)  # type: ignore[arg-type]  # without a signer no store is asked


@contextmanager
def serving(folder: Path, answers: Answers) -> Iterator[None]:
    server = LocalServer(folder, answers)
    server.start()
    try:
        yield
    finally:
        server.stop()


def test_a_running_kiosk_answers_each_caller(folder: Path) -> None:
    with serving(folder, {"greet": lambda: {"text": "xin chào"}, "count": lambda: {"n": 3}}):
        for _ in range(3):
            assert ask(folder, "greet") == {"text": "xin chào"}
            assert ask(folder, "count") == {"n": 3}


def test_where_no_kiosk_runs_there_is_no_answer(folder: Path) -> None:
    assert ask(folder, "greet") is None
    with serving(folder, {}):
        pass
    assert ask(folder, "greet") is None
    assert list(folder.iterdir()) == []


def test_the_socket_of_a_killed_kiosk_is_no_kiosk_and_no_hindrance(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(folder / SOCKET_NAME))
    assert ask(folder, "greet") is None
    with serving(folder, {"greet": dict}):
        assert ask(folder, "greet") == {}


def test_a_question_may_have_further_words(folder: Path) -> None:
    with serving(folder, {"greet": lambda whom: {"text": f"xin chào {whom}"}}):
        assert ask(folder, "greet", whom="ông Mẫu") == {"text": "xin chào ông Mẫu"}
        with pytest.raises(NoAnswer, match="fault"):
            ask(folder, "greet")
        with pytest.raises(NoAnswer, match="fault"):
            ask(folder, "greet", whom="ông Mẫu", colour="red")


def test_only_the_owner_may_ask(folder: Path) -> None:
    with serving(folder, {}):
        assert stat.S_IMODE((folder / SOCKET_NAME).stat().st_mode) == 0o600


def test_a_question_that_is_not_known_is_not_answered(folder: Path) -> None:
    with serving(folder, {}), pytest.raises(NoAnswer, match="unknown request"):
        ask(folder, "open_the_door")


def test_a_fault_tells_its_key_and_the_next_is_answered(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    def full() -> dict[str, object]:
        raise DiskFull("NGUYỄN VĂN MẪU")

    def broken() -> dict[str, object]:
        raise ValueError("NGUYỄN VĂN MẪU")

    with serving(folder, {"full": full, "broken": broken, "greet": dict}):
        with pytest.raises(NoAnswer, match="disk_full"):
            ask(folder, "full")
        with pytest.raises(NoAnswer, match="fault"):
            ask(folder, "broken")
        assert ask(folder, "greet") == {}
    assert "MẪU" not in caplog.text


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[]\n",
        b"null\n",
        b'{"ask": ["x"]}\n',
        b'{"ask": "greet", "with": 5}\n',
        b"\xff\n",
        b"x" * 70_000 + b"\n",
    ],
)
def test_whatever_a_caller_says_the_next_is_answered(folder: Path, sent: bytes) -> None:
    with serving(folder, {"greet": dict}):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(folder / SOCKET_NAME))
            caller.sendall(sent)
        assert ask(folder, "greet") == {}


@pytest.mark.parametrize("said", [b"", b"[1]\n", b"xin ch\xc3\xa0o\n", b"{"])
def test_an_answer_in_other_words_is_an_error(folder: Path, said: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / SOCKET_NAME))
        listener.listen()

        def answer() -> None:
            with listener.accept()[0] as connection:
                connection.recv(1000)
                connection.sendall(said)

        thread = Thread(target=answer)
        thread.start()
        with pytest.raises(NoAnswer):
            ask(folder, "greet")
        thread.join(5)


def test_a_kiosk_that_hangs_is_given_up(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / SOCKET_NAME))
        listener.listen()
        with pytest.raises(NoAnswer):
            ask(folder, "greet", timeout_s=0.1)


def test_a_path_too_long_for_a_socket_is_said_and_means_no_kiosk(folder: Path) -> None:
    deep = folder / ("x" * 100)
    deep.mkdir()
    with pytest.raises(ConfigProblem, match="too long"):
        LocalServer(deep, {})
    assert ask(deep, "greet") is None


def test_a_server_that_was_never_started_stops(folder: Path) -> None:
    LocalServer(folder, {}).stop()
    assert list(folder.iterdir()) == []


def test_a_kiosk_that_cannot_be_asked_is_still_a_kiosk(
    folder: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data_folder=folder / ("x" * 100))
    counter = SimpleNamespace(settings=settings, store=None, loop=None, clock=None, stick_export=idle(clock))
    with serve_counter(counter):  # type: ignore[arg-type]  # of a Counter, only these are used
        assert ask(settings.data_folder, "queue.list") is None
    assert "commands cannot ask this kiosk" in caplog.text


def test_a_counter_is_served_for_as_long_as_it_is_open(folder: Path, clock: FakeClock) -> None:
    loop = SimpleNamespace(condition=QueueCondition.CLEAR, alarms=())
    settings = load_settings(simulated_office(folder), folder)
    equipment = make_equipment(settings, clock, None)  # type: ignore[arg-type]  # no device asks the back office
    counter = SimpleNamespace(
        settings=settings,
        store=MemoryStore(clock),
        loop=loop,
        clock=clock,
        equipment=equipment,
        stick_export=idle(clock),
    )
    with serve_counter(counter):  # type: ignore[arg-type]  # of a Counter, only these are used
        listed = ask(folder, LIST_QUEUE)
        assert listed is not None
        assert (listed["condition"], listed["entries"], listed["withdrawals"]) == ("clear", [], [])
        (folder / "printer").mkdir()
        (folder / "printer" / "state.json").write_text('{"status": "jam"}')
        told = ask(folder, LIST_DEVICES)
        assert told is not None
        assert [(device["device"], device["status"], device["reason"]) for device in told["devices"][:3]] == [
            ("camera", "ready", None),
            ("scanner", "ready", None),
            ("printer", "unavailable", "jam"),
        ]
    assert ask(folder, LIST_QUEUE) is None


def test_a_device_that_never_answers_does_not_hold_the_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_socket, "STOP_TIMEOUT_S", 0.1)
    mended = threading.Event()

    def hang() -> dict[str, object]:
        mended.wait(60)
        return {}

    server = LocalServer(folder, {"devices": hang})
    server.start()
    with pytest.raises(NoAnswer):
        ask(folder, "devices", timeout_s=0.1)
    with pytest.raises(DriverHangs):
        server.stop()
    assert list(folder.iterdir()) == [], "no command asks it any more"
    mended.set()
    for thread in threading.enumerate():
        if thread.name == "local-socket":
            thread.join(10)
