"""`kiosk queue export` and `withdraw`, through the command line, with a running kiosk and without."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from commands import queue
from commands.local_socket import LocalServer, queue_answers
from commands.queue_export import export_words
from commands.stick_export import StickExport, export_answers, signer_of
from commands.wall_clock import WallClock
from kiosk.config import Settings
from kiosk.ids import format_slip_code, slip_code
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys
from kiosk.outbox import State
from kiosk.receipt import ProblemType
from kiosk.recovery import Recovered, recover_store
from sync.enrolment import load_enrolment, open_portal
from sync.loop import SyncLoop
from sync.server_time import ServerTime
from sync.syncer import Syncer
from sync.usb_export import ExportProblem
from sync.usb_format import DOSSIERS, EXPORT_JWS, MARKER, RECEIPTS
from tests.commands.test_queue_and_enrol import Machine
from tests.fakes_portal import FakePortal, problem
from tests.sample_dossiers import NAME


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    (tmp_path / "kiosk.toml").write_text('data_folder = "data"\nkeys = "credential"\nreserve_bytes = 0\n')
    (tmp_path / "stick").mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    return Machine(tmp_path)


@pytest.fixture
def server() -> Iterator[FakePortal]:
    portal = FakePortal()
    with portal.running():
        yield portal


@pytest.fixture
def filed(machine: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]) -> Machine:
    """An enrolled machine with two dossiers that wait."""
    machine.enrol(server.url)
    machine.file(1, 2)
    capsys.readouterr()
    return machine


def code_of(number: int) -> str:
    return format_slip_code(slip_code(UUID(int=number)))


def export(machine: Machine, *options: str) -> int:
    return queue.run(["export", str(machine.folder / "stick"), *options, *machine.config])


def test_everything_unsent_is_exported_while_no_kiosk_runs(filed: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(filed) == 0
    said = capsys.readouterr()
    assert "Đã chép 2 hồ sơ (0,0 MB)" in said.out
    assert "nằm trên chính ổ đĩa của máy" in said.err
    assert NAME not in said.out
    [folder] = (filed.folder / "stick").iterdir()
    assert len(list((folder / DOSSIERS).iterdir())) == 2
    assert (folder / EXPORT_JWS).exists()
    assert filed.states() == [State.SEALED] * 2


def test_with_nothing_to_export_nothing_is_made(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(machine) == 0
    assert export(machine, "--lost-keys") == 0
    assert capsys.readouterr().out.count("Không có hồ sơ nào chờ gửi") == 2
    assert list((machine.folder / "stick").iterdir()) == []
    assert not machine.data.exists()


def test_a_stick_that_is_not_there_is_said(filed: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    (filed.folder / "stick").rmdir()
    assert export(filed) == 1
    assert "Không thấy USB" in capsys.readouterr().out
    assert export(filed, "--lost-keys") == 1


@pytest.mark.parametrize("why", ExportProblem)
def test_every_problem_has_its_sentence(why: ExportProblem) -> None:
    [said] = export_words({"result": why.value, "count": 3})
    assert "{" not in said


def test_what_could_not_be_read_is_said() -> None:
    told = {"result": "exported", "folder": "/media/x", "count": 1, "size_bytes": 5, "resumed": True, "damaged": 2}
    said = export_words(told)
    assert said[0] == "Lần chép trước còn dở đã được chép tiếp."
    assert "2 hồ sơ không đọc được" in said[-1]


def test_a_running_kiosk_exports_and_withdraws(filed: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    clock = WallClock()
    with filed.store() as store:
        keys = CredentialKeys(filed.folder)
        portal = open_portal(load_enrolment(store), keys, clock, ServerTime(clock), None)
        loop = SyncLoop(Syncer(store, portal, clock, Random(1)), store, clock, Random(1))
        exports = StickExport(store, signer_of(store, keys), clock)
        settings = Settings(data_folder=filed.data)
        running = LocalServer(filed.data, {**queue_answers(store, loop, clock, settings), **export_answers(exports)})
        running.start()
        assert export(filed) == 0
        assert "Đã chép 2 hồ sơ" in capsys.readouterr().out
        assert exports.state()["outcome"]["count"] == 2
        assert queue.run(["withdraw", code_of(1), "--yes", *filed.config]) == 0
        assert "báo cho cổng" in capsys.readouterr().out, "a copy of it is on the stick"
        assert store.withdrawals_due() == (UUID(int=1),)
        exports.stop(10)
        running.stop()
        portal.close()


def test_one_export_of_a_running_kiosk_at_a_time(filed: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with filed.store() as store:
        exports = StickExport(store, signer_of(store, CredentialKeys(filed.folder)), WallClock())
        seen = []

        class Asked:
            """The folder of the stick, asked after while the export runs."""

            def is_dir(self) -> bool:
                seen.append((exports.start(filed.folder), exports.state()["running"]))
                return False

        assert exports.start(Asked())  # type: ignore[arg-type]  # only this is asked of it before it says no
        exports.stop(10)
        assert seen == [(False, True)]
        assert exports.state()["outcome"] == {"result": "stick_gone", "count": 0}


def test_a_kiosk_whose_keys_are_lost_gives_its_store_as_it_lies(
    filed: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (filed.folder / CREDENTIAL_NAME).unlink()
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert export(filed) == 1
    assert "Kho khóa" in capsys.readouterr().err
    assert export(filed, "--lost-keys") == 0
    [copy] = (filed.folder / "stick").iterdir()
    assert not (copy / MARKER).exists()
    found = list(recover_store(copy, server.recovery))
    assert [dossier.client_ref for dossier in found] == [UUID(int=1), UUID(int=2)]
    assert all(isinstance(dossier, Recovered) for dossier in found)


def test_a_running_kiosks_store_is_not_copied(filed: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    with filed.store():
        assert export(filed, "--lost-keys") == 1
    assert "phần mềm đang chạy" in capsys.readouterr().out


def test_receipts_that_a_stick_does_not_have_change_nothing(filed: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    export(filed)
    stick = filed.folder / "stick"
    assert queue.run(["import-receipts", str(stick), *filed.config]) == 0
    assert "0 hồ sơ nay đã có biên nhận" in capsys.readouterr().out
    [folder] = stick.iterdir()
    (folder / RECEIPTS).write_text("nonsense")
    assert queue.run(["import-receipts", str(stick), *filed.config]) == 1
    assert "1 biên nhận không đúng" in capsys.readouterr().out
    shutil.rmtree(stick)
    assert queue.run(["import-receipts", str(stick), *filed.config]) == 1
    assert "Không đọc được USB" in capsys.readouterr().out
    assert filed.states() == [State.SEALED] * 2


def test_what_never_left_is_withdrawn_at_once(filed: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert queue.run(["withdraw", code_of(1), *filed.config]) == 1, "nobody is there to be asked"
    assert "--yes" in capsys.readouterr().err
    assert queue.run(["withdraw", code_of(1).lower(), "--yes", *filed.config]) == 0
    assert "đã được rút" in capsys.readouterr().out
    assert filed.states() == [State.WITHDRAWN, State.SEALED]
    assert queue.run(["list", "--json", *filed.config]) == 0
    assert json.loads(capsys.readouterr().out)["entries"][0]["state"] == "withdrawn"


def test_what_was_sent_is_withdrawn_with_the_next_round(
    filed: Machine, server: FakePortal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert queue.run(["send", *filed.config]) == 0
    assert queue.run(["withdraw", code_of(2), "--yes", *filed.config]) == 0
    assert "Đã ghi nhận việc rút" in capsys.readouterr().out
    assert filed.states() == [State.RECEIPTED] * 2
    server.script("PUT", f"/v1/submissions/{UUID(int=2)}/", problem(ProblemType.DIFFERENT_CONTENT, 409))
    assert queue.run(["list", *filed.config]) == 0
    assert "đang chờ cổng ghi nhận việc rút" in capsys.readouterr().out
    assert queue.run(["send", *filed.config]) == 0
    assert queue.run(["list", *filed.config]) == 0
    assert "cổng không cho rút (different-content)" in capsys.readouterr().out
    assert queue.run(["send", *filed.config]) == 0
    assert filed.states() == [State.RECEIPTED, State.WITHDRAWN]
    assert list(server.withdrawn) == [UUID(int=2)]


def test_a_code_that_means_nothing_here_is_said(filed: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert queue.run(["withdraw", code_of(3), "--yes", *filed.config]) == 1
    assert "không có hồ sơ nào mang mã phiếu" in capsys.readouterr().out
    assert queue.run(["withdraw", "nonsense", "--yes", *filed.config]) == 1
    assert "không đúng" in capsys.readouterr().err
    shutil.rmtree(filed.data)
    assert queue.run(["withdraw", code_of(1), "--yes", *filed.config]) == 1
