"""Tests of commands/store.py: checking what is kept, and moving a damaged store aside, through the command line."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands import queue, store
from commands.wall_clock import WallClock
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys
from kiosk.store import Store
from kiosk.store_set_aside import set_aside_folders
from tests.sample_dossiers import IDENTITY, sample_dossier


@dataclass
class Machine:
    """A machine with a settings file, a systemd credential, and a store with one dossier."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def open(self) -> Store:
        return Store.open(self.data, CredentialKeys(self.folder), WallClock(), reserve_bytes=0)

    def does(self, *words: str) -> int:
        return store.run([*words, "--config", str(self.folder / "kiosk.toml")])

    def lists(self, *words: str) -> int:
        return queue.run(["list", *words, "--config", str(self.folder / "kiosk.toml")])

    def damage(self, position: int) -> None:
        with (self.data / "kiosk.db").open("r+b") as file:
            file.seek(position)
            file.write(b"garbage")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    (tmp_path / "kiosk.toml").write_text('data_folder = "data"\nkeys = "credential"\nreserve_bytes = 0\n')
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    made = Machine(tmp_path)
    with made.open() as opened:
        opened.seal(sample_dossier(1), IDENTITY)
    return made


def test_a_whole_store_is_said_to_be_whole_and_stays(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert machine.does("check") == 0
    said = capsys.readouterr().out
    assert "1 hồ sơ còn giấy tờ, 2 phần" in said
    assert "còn nguyên vẹn" in said
    assert machine.does("set-aside", "--yes") == 1
    assert "không chuyển đi" in capsys.readouterr().err
    assert set_aside_folders(machine.data) == ()


def test_where_there_is_no_store_none_is_made(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    for path in machine.data.iterdir():
        path.unlink()
    assert machine.does("check") == 0
    assert machine.does("set-aside", "--yes") == 1
    assert "chưa có kho" in capsys.readouterr().out
    assert [path.name for path in machine.data.iterdir()] == []


def test_a_damaged_store_is_named_set_aside_and_told_of_until_it_is_taken_away(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.damage(5 * 16384)  # a page in the middle: it opens, and is not whole
    assert machine.does("check") == 1
    assert "bị hỏng" in capsys.readouterr().out
    assert machine.does("set-aside", "--yes") == 0
    said = capsys.readouterr().out
    [folder] = set_aside_folders(machine.data)
    assert str(folder) in said
    assert "kiosk enrol" in said
    assert machine.does("check") == 0  # there is none now
    machine.open().close()
    assert machine.does("check") == 0
    assert folder.name in capsys.readouterr().out
    assert machine.lists() == 0
    assert f"cần cán bộ xử lý: {folder.name}" in capsys.readouterr().out
    machine.lists("--json")
    assert json.loads(capsys.readouterr().out)["set_aside"] == [folder.name]
    folder.rename(machine.folder / "taken-away")
    machine.lists("--json")
    assert json.loads(capsys.readouterr().out)["set_aside"] == []


def test_a_store_that_does_not_open_is_set_aside_only_by_a_persons_word(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.damage(0)
    assert machine.does("check") == 1
    assert "cần kiểm tra" in capsys.readouterr().err
    answers = iter(["k", ""])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    for _ in range(2):
        assert machine.does("set-aside") == 1
    assert set_aside_folders(machine.data) == ()
    monkeypatch.setattr("builtins.input", lambda _: "Có")
    assert machine.does("set-aside") == 0
    assert len(set_aside_folders(machine.data)) == 1


def test_nobody_who_could_be_asked_is_a_no(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_prompt: str) -> str:
        raise EOFError

    machine.damage(0)
    monkeypatch.setattr("builtins.input", nobody)
    assert machine.does("set-aside") == 1
    assert "Chưa chuyển gì" in capsys.readouterr().err


def test_a_wrong_key_is_named_before_a_whole_file_is_moved(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine.folder / CREDENTIAL_NAME).write_bytes(bytes(32))
    assert machine.does("check") == 1
    assert "Khóa của máy không đúng" in capsys.readouterr().err
    monkeypatch.setattr("builtins.input", lambda _: "k")
    assert machine.does("set-aside") == 1
    assert "hãy trả lại khóa" in capsys.readouterr().out
    assert set_aside_folders(machine.data) == ()


def test_a_store_that_is_in_use_or_has_no_keys_is_not_moved(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with machine.open():
        assert machine.does("set-aside", "--yes") == 1
    (machine.folder / CREDENTIAL_NAME).unlink()
    assert machine.does("set-aside", "--yes") == 1
    assert "Kho khóa" in capsys.readouterr().err
    assert set_aside_folders(machine.data) == ()
    assert store.run(["check", "--config", str(machine.folder / "none.toml")]) == 2
