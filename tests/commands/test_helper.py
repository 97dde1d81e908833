"""Tests of commands/helper.py and commands/portal_badges.py: badges made, listed and taken away on the command line."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pypdfium2
import pytest
import zxingcpp

from commands import helper
from commands.helper_answers import helper_answers
from commands.local_socket import LocalServer
from commands.wall_clock import WallClock
from kiosk.helper_desk import BadgeRefusal, CheckedIn
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys
from kiosk.store import Store
from kiosk.store_badges import RosterAnswer
from portal.instants import utc_now
from portal.opening import open_portal
from portal.settings import Settings
from sync.roster_loop import RosterLoop
from tests.portal.running import RunningPortal
from tests.sync.real_kiosk import RealKiosk, code_at

NAME, UNIT, PIN = "LÊ THỊ MẪU", "Đoàn phường Mẫu", "2718"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a settings file and a systemd credential."""
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    (tmp_path / "kiosk.toml").write_text(
        'data_folder = "data"\nkeys = "credential"\nreserve_bytes = 0\n'
        f'page_printer = {{ driver = "folder", folder = "{tmp_path}/printed" }}\n'
    )
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setattr("kiosk.badges.MEMORY_KIB", 8)
    return tmp_path


def command(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str, stdin: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    return helper.run([*words, "--config", str(folder / "kiosk.toml")])


@contextmanager
def running(folder: Path) -> Iterator[Store]:
    """The kiosk runs: commands have to ask it."""
    with Store.open(folder / "data", CredentialKeys(folder), WallClock(), reserve_bytes=0) as store:
        server = LocalServer(folder / "data", helper_answers(store, WallClock()))
        server.start()
        try:
            yield store
        finally:
            server.stop()


def badge_in(pdf: Path) -> str:
    """What a camera reads on the printed badge."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=2, grayscale=True).to_numpy()
        return str(zxingcpp.read_barcodes(page)[0].text)
    finally:
        document.close()


def test_a_badge_is_made_used_renewed_and_taken_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    first, now = folder / "first.pdf", WallClock().now()
    assert command(folder, monkeypatch, "list") == 0
    assert "Chưa ai có thẻ hỗ trợ" in capsys.readouterr().out
    add = ("add", NAME, "--unit", UNIT, "--phone", "0900 000 001", "--out", str(first))
    assert command(folder, monkeypatch, *add, stdin=f"{PIN}\n") == 0
    assert first.stat().st_mode & 0o077 == 0
    badge = badge_in(first)
    code = badge.split(":")[1]
    with running(folder) as store:
        assert isinstance(store.helper_desk.check_in(badge, PIN, now), CheckedIn)
        assert command(folder, monkeypatch, "list") == 0
        assert f"{code}  {NAME}  {UNIT}" in (said := capsys.readouterr().out)
        assert "đang trực đến" in said
        assert command(folder, monkeypatch, "badge", code, "--print", stdin="3141") == 0
        [printed] = (folder / "printed").glob("*.pdf")
        assert store.helper_desk.check_in(badge, PIN, now) is BadgeRefusal.UNKNOWN
        assert isinstance(store.helper_desk.check_in(badge_in(printed), "3141", now), CheckedIn)
        assert command(folder, monkeypatch, "revoke", code) == 0
        assert store.helper_desk.on_duty(now) == ()
    assert command(folder, monkeypatch, "revoke", code) == 1
    assert command(folder, monkeypatch, "list") == 0
    everything = capsys.readouterr()
    assert "đã thu hồi" in everything.out
    assert PIN not in everything.out + everything.err
    assert NAME not in caplog.text


@pytest.mark.parametrize(
    ("words", "pin", "sentence"),
    [
        (("add", NAME, "--unit", UNIT), "1234", "dễ đoán"),
        (("add", NAME, "--unit", UNIT), "", "từ 4 đến 6 chữ số"),
        (("add", NAME, "--unit", " "), PIN, "Tên đơn vị"),
        (("add", NAME, "--unit", UNIT, "--phone", "12"), PIN, "Số điện thoại"),
        (("add", NAME, "--unit", UNIT, "--until", "31/12/2020"), PIN, "đã qua"),
        (("badge", "XY-0001K"), PIN, "cấp lại"),
        (("add", NAME, "--unit", UNIT, "--print", "--demo"), PIN, "chưa có máy in trang"),
    ],
)
def test_what_will_not_do_is_said(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    pin: str,
    sentence: str,
) -> None:
    assert command(folder, monkeypatch, *words, stdin=pin) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("day", ["31.12.2026", "12/2026", "31/02/2027", "1/1/2027/5", "x"])
def test_a_last_day_is_a_day(folder: Path, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        command(folder, monkeypatch, "add", NAME, "--unit", UNIT, "--until", day)


def test_pins_that_differ_make_no_badge(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = [PIN, "3141"]
    monkeypatch.setattr("getpass.getpass", lambda _prompt: typed.pop(0))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert helper.run(["add", NAME, "--unit", UNIT, "--config", str(folder / "kiosk.toml")]) == 1
    assert "Mời người hỗ trợ tự gõ mã PIN" in (said := capsys.readouterr().err)
    assert "không giống nhau" in said


@pytest.mark.proof
def test_a_helper_of_the_portal_reaches_a_kiosk_and_is_stopped_there(tmp_path: Path) -> None:
    operator, pdf = RunningPortal(tmp_path / "portal"), tmp_path / "badge.pdf"
    operator.enrol_code()
    with operator.in_this_process() as url:
        refused = operator.command("helper", "add", NAME, "--unit", UNIT, "--agency", "H1.1", stdin=PIN)
        assert (refused.code, "chưa có máy nào" in refused.err) == (2, True)
        add = ("helper", "add", NAME, "--unit", UNIT, "--agency", "H32.15", "--out", str(pdf))
        assert operator.command(*add, stdin=PIN).code == 0
        portal = open_portal(settings_of(operator), utc_now)
        kiosk = RealKiosk(tmp_path / "disk", url, WallClock()).start()
        kiosk.enrol(code_at(portal))
        portal.database.close()
        calls = kiosk.portal.rosters  # type: ignore[attr-defined]
        loop = RosterLoop(calls, kiosk.store.badges, kiosk.clock, Random(1))
        assert loop.run_once() is RosterAnswer.TAKEN
        assert loop.run_once() is RosterAnswer.SAME
        desk, now = kiosk.store.helper_desk, WallClock().now()
        assert isinstance(desk.check_in(badge_in(pdf), PIN, now), CheckedIn)
        code = badge_in(pdf).split(":")[1]
        assert f"{code}  H32.15  {NAME}" in operator.command("helper", "list").out
        renewed = operator.command("helper", "badge", code, "--random-pin", "--out", str(pdf))
        assert loop.run_once() is RosterAnswer.TAKEN
        random_pin = renewed.out.partition("Mã PIN: ")[2][:6]
        assert isinstance(desk.check_in(badge_in(pdf), random_pin, now), CheckedIn)
        assert operator.command("helper", "revoke", code).code == 0
        assert operator.command("helper", "revoke", code).code == 2
        assert loop.run_once() is RosterAnswer.TAKEN
        assert desk.on_duty(now + timedelta(seconds=1)) == ()
        assert desk.check_in(badge_in(pdf), PIN, now) is BadgeRefusal.REVOKED
        calls.close()
        kiosk.stop()


def settings_of(operator: RunningPortal) -> Settings:
    return Settings(operator.database_url, operator.home / "papers", operator.home / "keys", test=True)
