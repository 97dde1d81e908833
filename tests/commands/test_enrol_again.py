"""Tests of commands/enrol.py on a kiosk that was enrolled before: what waits is kept, and a person is told how."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from commands import queue
from kiosk.keys import CREDENTIAL_NAME
from kiosk.outbox import State
from kiosk.receipt import ProblemType
from tests.commands.test_queue_and_enrol import Machine
from tests.fakes_portal import FakePortal, problem
from tests.portal.running import RunningPortal


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    (tmp_path / "kiosk.toml").write_text('data_folder = "data"\nkeys = "credential"\nreserve_bytes = 0\n')
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    return Machine(tmp_path)


@pytest.fixture
def server() -> Iterator[FakePortal]:
    portal = FakePortal()
    with portal.running():
        yield portal


def test_enrolling_again_says_what_becomes_of_the_dossiers_that_wait(
    machine: Machine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """At a real portal: a code that follows nobody is refused and stays good, one that follows the kiosk is taken."""
    reference = RunningPortal(tmp_path / "portal")
    with reference.in_this_process() as url:
        plain = reference.enrol_code()
        assert machine.enrol(url, reference.enrol_code()) == 0
        machine.file(1, 2)
        name = machine.name()
        capsys.readouterr()
        assert machine.enrol(url, plain) == 1
        said = capsys.readouterr().err
        assert f"còn 2 hồ sơ chưa xong của mã máy {name}" in said
        assert "--follows" in said
        assert machine.name() == name
        answer = reference.command("enrol-code", "--follows", name)
        assert machine.enrol(url, answer.out.strip()) == 0
        assert "Còn 2 hồ sơ chưa xong: máy gửi tiếp" in capsys.readouterr().out
        assert queue.run(["send", *machine.config]) == 0
        assert "Đã nộp 2 hồ sơ, còn 0" in capsys.readouterr().out
        assert queue.run(["list", *machine.config]) == 0
        assert f"Mã máy: {machine.name()} – cổng {url} (Bộ phận Một cửa phường Mẫu) – tiếp nối {name}" in (
            capsys.readouterr().out
        )


def test_another_portal_is_refused_while_dossiers_wait(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.enrol(server.url)
    machine.file(1)
    other = FakePortal()
    with other.running():
        capsys.readouterr()
        other.kiosk_id = "kiosk-2"
        assert machine.enrol(other.url) == 1
        assert "Nếu là cổng khác, hãy gửi hết hồ sơ về cổng cũ trước" in capsys.readouterr().err
        assert machine.name() == "kiosk-1"
        assert queue.run(["send", *machine.config]) == 0
        server.durable.add(UUID(int=1))
        assert queue.run(["send", *machine.config]) == 0
        assert machine.states() == [State.DURABLE]
        capsys.readouterr()
        assert machine.enrol(other.url) == 0
        assert "Đã xóa khỏi máy 1 hồ sơ" in capsys.readouterr().out
        assert (machine.name(), machine.states()) == ("kiosk-2", [State.SHREDDED])


def test_a_clock_or_certificate_that_is_wrong_is_said_with_the_time_of_the_clock(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    server.always("POST", "/v1/kiosks/enrol", problem(ProblemType.CLOCK, 401))
    assert machine.enrol(server.url) == 1
    assert re.search(
        r"đồng hồ của máy đang chỉ [0-9]{2}/[0-9]{2}/20[0-9]{2} [0-9]{2}:[0-9]{2}", capsys.readouterr().err
    )
