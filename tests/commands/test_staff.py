"""Tests of commands/staff.py: PINs given and taken on the command line, whether the kiosk runs or not."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from commands import staff
from commands.local_socket import LocalServer
from commands.staff_answers import staff_answers
from commands.wall_clock import WallClock
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys
from kiosk.staff import SignedIn
from kiosk.store import Store

ROOT = Path(__file__).parent.parent.parent
NAME, PIN = "Trần Thị Mẫu", "271829"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a settings file and a systemd credential."""
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    (tmp_path / "kiosk.toml").write_text('data_folder = "data"\nkeys = "credential"\nreserve_bytes = 0\n')
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setattr("kiosk.store_staff.MEMORY_KIB", 8)
    return tmp_path


def command(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str, stdin: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    return staff.run([*words, "--config", str(folder / "kiosk.toml")])


def store(folder: Path) -> Store:
    return Store.open(folder / "data", CredentialKeys(folder), WallClock(), reserve_bytes=0)


def test_a_pin_is_given_shown_and_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(folder, monkeypatch, "list") == 0
    assert capsys.readouterr().out == "Chưa ai có mã PIN. Đặt mã: kiosk staff add TÊN\n"
    assert command(folder, monkeypatch, "add", NAME, stdin=f"{PIN}\n") == 0
    assert command(folder, monkeypatch, "list") == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{NAME} đã có mã PIN.\n{NAME}: có mã PIN từ ")
    assert PIN not in said
    with store(folder) as opened:
        assert opened.staff.sign_in(PIN, WallClock().now()) == SignedIn(NAME)
    assert command(folder, monkeypatch, "remove", NAME) == 0
    assert command(folder, monkeypatch, "remove", NAME) == 1
    assert f"Không có ai tên {NAME}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "pin", "words"),
    [
        ("", PIN, "Tên cần có từ 1 đến 60 chữ"),
        (NAME, "1234", "từ 6 đến 12 chữ số"),
        (NAME, "123456", "dễ đoán"),
    ],
)
def test_what_will_not_do_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, pin: str, words: str
) -> None:
    assert command(folder, monkeypatch, "add", name, stdin=pin) == 1
    assert words in capsys.readouterr().err


def test_a_running_kiosk_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with store(folder) as opened:
        running = LocalServer(folder / "data", staff_answers(opened, WallClock()))
        running.start()
        try:
            assert command(folder, monkeypatch, "add", NAME, stdin=PIN) == 0
            assert opened.staff.sign_in(PIN, WallClock().now()) == SignedIn(NAME)
            assert command(folder, monkeypatch, "add", NAME, stdin="111111") == 1
            assert command(folder, monkeypatch, "list") == 0
            assert f"{NAME}: có mã PIN từ" in capsys.readouterr().out
            assert command(folder, monkeypatch, "remove", NAME) == 0
            assert not opened.staff.any()
        finally:
            running.stop()


def test_two_pins_that_differ_are_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = [PIN, "271828"]
    monkeypatch.setattr("getpass.getpass", lambda _prompt: typed.pop(0))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert staff.run(["add", NAME, "--config", str(folder / "kiosk.toml")]) == 1
    assert capsys.readouterr().err == "Hai lần gõ mã PIN không giống nhau.\n"
    with store(folder) as opened:
        assert not opened.staff.any()


def test_on_a_terminal_a_pin_is_asked_for_twice_and_never_shown(folder: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "main.py", "staff", "add", NAME, "--config", str(folder / "kiosk.toml")]
    child = subprocess.Popen(words, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    try:
        os.close(theirs)
        shown = until(ours, "Mã PIN: ")
        os.write(ours, f"{PIN}\n".encode())
        shown += until(ours, "Gõ lại mã PIN: ")
        os.write(ours, f"{PIN}\n".encode())
        shown += until(ours, "\n", "\n")
        assert child.wait(30) == 0
    finally:
        child.kill()
        os.close(ours)
    assert PIN not in shown


def until(terminal: int, *ends: str) -> str:
    """What the terminal shows up to these words, in their order."""
    shown = ""
    for end in ends:
        rest = shown
        while end not in rest[len(shown) :]:
            rest += os.read(terminal, 1024).decode()
        shown = rest
    return shown
