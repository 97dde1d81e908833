"""Tests of commands/enrol.py and commands/queue.py: from a fresh machine to a sent outbox, through the command line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from jwt.utils import base64url_decode

from commands import enrol, queue
from commands.local_socket import LocalServer, queue_answers
from commands.wall_clock import WallClock
from kiosk.audit import AuditEvent
from kiosk.config import Settings
from kiosk.ids import format_slip_code, slip_code
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys
from kiosk.outbox import State
from kiosk.receipt import ProblemType
from kiosk.store import Identity, Store
from sync.enrolment import load_enrolment, open_portal
from sync.loop import SyncLoop
from sync.server_time import ServerTime
from sync.syncer import Syncer
from tests.fakes_http import Say
from tests.fakes_portal import CODE, FakePortal, problem
from tests.sample_dossiers import NAME, sample_dossier

URL_NOWHERE = "http://127.0.0.1:1"


@dataclass
class Machine:
    """A machine with a settings file and a systemd credential."""

    folder: Path

    @property
    def config(self) -> list[str]:
        return ["--config", str(self.folder / "kiosk.toml")]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def store(self) -> Store:
        return Store.open(self.data, CredentialKeys(self.folder), WallClock(), reserve_bytes=0)

    def enrol(self, url: str, code: str = CODE, *options: str) -> int:
        return enrol.run([url, code, "--test", *options, *self.config])

    def file(self, *numbers: int) -> None:
        with self.store() as store:
            enrolled = load_enrolment(store)
            assert enrolled is not None
            of = enrolled.enrolment
            identity = Identity(of.kiosk_id, of.recovery_key_id, base64url_decode(of.recovery_public_key))
            for number in numbers:
                store.seal(replace(sample_dossier(number), slip_code=slip_code(UUID(int=number))), identity)

    def name(self) -> str:
        with self.store() as store:
            enrolled = load_enrolment(store)
        assert enrolled is not None
        return enrolled.enrolment.kiosk_id

    def states(self) -> list[State]:
        with self.store() as store:
            return [entry.state for entry in store.entries()]


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


def test_enrolling_pins_the_portal_and_says_so(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert machine.enrol(server.url) == 0
    said = capsys.readouterr().out
    assert server.url in said
    assert "Bộ phận Một cửa phường Mẫu" in said
    assert "BẢN THỬ" in said
    with machine.store() as store:
        enrolled = load_enrolment(store)
        assert enrolled is not None
        assert enrolled.enrolment == server.enrolment()
        before = store.audit_head()
        store.record_event(AuditEvent.ENROLLED, None, WallClock().now())
        assert store.verify_audit() == 3, "made, enrolled, and the one just added"
        assert store.audit_head() != before


def test_a_test_portal_has_to_be_allowed(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enrol.run([server.url, CODE, *machine.config]) == 1
    assert "test portal" in capsys.readouterr().err
    with machine.store() as store:
        assert load_enrolment(store) is None


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (None, "mã đăng ký sai"),
        (Say(200, b"<html>", "text/html"), "trang đăng nhập"),
        (Say(500), "http-500"),
        (problem(ProblemType.CLOCK, 401), "đồng hồ"),
    ],
)
def test_what_went_wrong_is_said(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str], reply: Say | None, words: str
) -> None:
    if reply:
        server.always("POST", "/v1/kiosks/enrol", reply)
    assert machine.enrol(server.url, "WRONG") == 1
    assert words in capsys.readouterr().err


def test_a_portal_that_is_not_there_or_an_address_that_is_none(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert machine.enrol(URL_NOWHERE) == 1
    assert "chưa kết nối được" in capsys.readouterr().err
    assert machine.enrol("portal") == 2
    assert machine.enrol("http://portal.example") == 2
    assert "https://" in capsys.readouterr().err


def test_the_outbox_is_sent_and_shown_without_a_running_kiosk(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.enrol(server.url)
    machine.file(1, 2)
    capsys.readouterr()
    assert queue.run(["list", *machine.config]) == 0
    shown = capsys.readouterr().out
    assert shown.count("chờ gửi") == 2
    assert "2 hồ sơ chưa gửi xong" in shown
    assert queue.run(["send", *machine.config]) == 0
    assert "Đã nộp 2 hồ sơ, còn 0" in capsys.readouterr().out
    assert machine.states() == [State.RECEIPTED] * 2
    assert queue.run(["list", "--json", *machine.config]) == 0
    told = capsys.readouterr().out
    assert [row["national_code"] for row in json.loads(told)["entries"]] == [
        "H26.01-20261116-0001",
        "H26.01-20261116-0002",
    ]
    assert NAME not in told + shown


def test_what_could_not_be_sent_is_said(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.enrol(server.url)
    machine.file(1, 2)
    server.script("PUT", "/v1/submissions/", problem(ProblemType.INVALID_MANIFEST, 422), Say(511))
    assert queue.run(["send", *machine.config]) == 1
    said = capsys.readouterr()
    assert "còn 1 hồ sơ" in said.out
    assert "1 hồ sơ bị cổng trả lại" in said.out
    assert "trang đăng nhập" in said.err


def test_two_do_not_send_at_once(machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]) -> None:
    machine.enrol(server.url)
    machine.file(1)
    server.seen.clear()
    with machine.store() as kiosk:  # a kiosk that runs and does not answer: it is starting, or hangs
        capsys.readouterr()
        assert queue.run(["send", *machine.config]) == 1
        assert kiosk.entries()[0].state is State.SEALED
    assert capsys.readouterr().err
    assert server.seen == []


def test_looking_makes_no_store(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert queue.run(["list", *machine.config]) == 0
    assert queue.run(["send", *machine.config]) == 0
    assert capsys.readouterr().out.count("0 hồ sơ chưa gửi xong") == 2
    assert not machine.data.exists()


def test_a_running_kiosk_is_asked(machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]) -> None:
    machine.enrol(server.url)
    machine.file(1)
    clock = WallClock()
    with machine.store() as store:
        keys = CredentialKeys(machine.folder)
        portal = open_portal(load_enrolment(store), keys, clock, ServerTime(clock), None)
        loop = SyncLoop(Syncer(store, portal, clock, Random(1)), store, clock, Random(1))
        running = LocalServer(machine.data, queue_answers(store, loop, clock, Settings(data_folder=machine.data)))
        running.start()
        assert queue.run(["list", *machine.config]) == 0
        assert "chờ gửi" in capsys.readouterr().out
        loop.start()
        assert queue.run(["send", *machine.config]) == 0
        assert "gửi ngay bây giờ" in capsys.readouterr().out
        assert loop.wait_for(UUID(int=1), 10).state is State.RECEIPTED
        assert queue.run(["list", *machine.config]) == 0
        assert "đã nộp" in capsys.readouterr().out
        loop.stop(10)
        running.stop()
        assert queue.run(["list", *machine.config]) == 1
        assert "đang chạy ở một cửa sổ khác" in capsys.readouterr().err


def park(machine: Machine, server: FakePortal) -> str:
    """A dossier that the portal does not take; its code as it is on the slip."""
    machine.enrol(server.url)
    machine.file(1)
    server.script("PUT", "/v1/submissions/", problem(ProblemType.INVALID_MANIFEST, 422))
    assert queue.run(["send", *machine.config]) == 1
    assert machine.states() == [State.PARKED]
    return format_slip_code(slip_code(UUID(int=1)))


def test_a_dossier_that_was_refused_goes_back_into_the_queue(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    code = park(machine, server)
    capsys.readouterr()
    assert queue.run(["retry", code.lower(), *machine.config]) == 0
    assert capsys.readouterr().out == f"Hồ sơ {code} đã trở lại hàng chờ. Gửi ngay: kiosk queue send\n"
    assert queue.run(["retry", code, *machine.config]) == 1
    assert "không bị cổng trả lại" in capsys.readouterr().out
    assert queue.run(["send", *machine.config]) == 0
    assert machine.states() == [State.RECEIPTED]


@pytest.mark.parametrize("made", [True, False], ids=["a store", "no store"])
def test_a_code_that_no_dossier_has_is_said(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str], made: bool
) -> None:
    if made:
        machine.enrol(server.url)
    code = format_slip_code(slip_code(UUID(int=2)))
    assert queue.run(["retry", code, *machine.config]) == 1
    assert f"không có hồ sơ nào mang mã phiếu {code}" in capsys.readouterr().out
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert queue.run(["retry", wrong, *machine.config]) == 1
    assert f"Mã phiếu {wrong} không đúng" in capsys.readouterr().err
    assert machine.data.exists() is made


def test_a_running_kiosk_sends_a_refused_dossier_again(
    machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    code = park(machine, server)
    capsys.readouterr()
    clock = WallClock()
    with machine.store() as store:
        portal = open_portal(load_enrolment(store), CredentialKeys(machine.folder), clock, ServerTime(clock), None)
        loop = SyncLoop(Syncer(store, portal, clock, Random(1)), store, clock, Random(1))
        running = LocalServer(machine.data, queue_answers(store, loop, clock, Settings(data_folder=machine.data)))
        running.start()
        loop.start()
        assert queue.run(["retry", code, *machine.config]) == 0
        assert "máy gửi lại ngay bây giờ" in capsys.readouterr().out
        assert loop.wait_for(UUID(int=1), 10).state is State.RECEIPTED
        assert queue.run(["retry", code, *machine.config]) == 1
        assert "không bị cổng trả lại" in capsys.readouterr().out
        loop.stop(10)
        running.stop()


def test_without_keys_there_is_a_sentence(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert machine.enrol(URL_NOWHERE) == 1
    assert "Kho khóa" in capsys.readouterr().err
    (machine.folder / "kiosk.toml").write_text("data_folder = 5")
    assert queue.run(["list", *machine.config]) == 2
    assert "Cấu hình sai" in capsys.readouterr().err
