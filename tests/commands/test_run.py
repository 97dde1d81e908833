"""`kiosk run`: it opens, says in Vietnamese why it cannot, and ends in order however it is told to end."""

import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import keyring
import pytest
import requests
from keyring.core import load_keyring
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from commands import composition, run
from commands.local_socket import LIST_DEVICES, SOCKET_NAME, NoAnswer, ask
from kiosk.config import Settings, load_settings
from kiosk.keys import CREDENTIAL_NAME
from kiosk.resources import resource_path
from kiosk.store import Store
from kiosk.store_folder import DATABASE_NAME
from tests.commands.device_settings import simulated_office
from tests.commands.kept_events import kept_events
from tests.fakes import FakeClock

ROOT = Path(__file__).parents[2]
HANGING = ROOT / "tests" / "commands" / "hanging_child.py"
TIMEOUT_S = 60

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings with simulated devices, a data folder of their own, and a key that systemd gives."""
    path = simulated_office(tmp_path)
    path.write_text(f'data_folder = "data"\nkeys = "credential"\nreserve_bytes = 0\n{path.read_text()}')
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return path


@pytest.fixture
def settings(config: Path, tmp_path: Path) -> Settings:
    return load_settings(config, tmp_path)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `kiosk run` as a process; whatever still runs in the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def run_kiosk(
        *options: str | Path, program: Path = ROOT / "main.py", **environment: str | None
    ) -> subprocess.Popen[str]:
        given = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **environment}
        process = subprocess.Popen(
            [sys.executable, program, "run", "--window", *options],
            env={name: value for name, value in given.items() if value is not None},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run_kiosk
    for process in started:
        process.kill()
        process.communicate(timeout=TIMEOUT_S)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """The exit code, and what was said to who started it."""
    said = process.communicate(timeout=TIMEOUT_S)[1]
    return process.returncode, said


def page(settings: Settings, qtbot: QtBot, expected: str) -> None:
    """The kiosk opens with a page that says so."""

    def shown() -> str:
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        widgets = [widget for window in windows for widget in window.findChildren(QWidget) if widget.isVisible()]
        return "\n".join(it.text() if isinstance(it, QLabel) else it.accessibleName() for it in widgets)

    with ExitStack() as stack:
        run.compose(Namespace(demo=False, window=True, devices=False, config=None), settings, stack)
        qtbot.waitUntil(lambda: expected in shown(), timeout=TIMEOUT_S * 1000)


@pytest.mark.parametrize("display", [None, ":77"], ids=["none", "one that does not answer"])
def test_without_a_display_it_says_so(start: Start, config: Path, display: str | None) -> None:
    code, said = ended(start(QT_QPA_PLATFORM=None, WAYLAND_DISPLAY=None, DISPLAY=display))
    assert code == 3
    assert "Máy này không có màn hình" in said
    assert "kiosk tour" in said


@pytest.mark.parametrize(
    ("wrong", "named"),
    [("times = 3\n", "times"), ("this is not TOML", "kiosk.toml"), ('[camera]\ndriver = "crystal ball"\n', "camera")],
)
def test_a_bad_configuration_is_named_and_opens_nothing(
    start: Start, config: Path, tmp_path: Path, wrong: str, named: str
) -> None:
    config.write_text(f'data_folder = "data"\nkeys = "credential"\n{wrong}')
    code, said = ended(start("--config", config))
    assert code == 2
    assert "Tệp cấu hình có lỗi" in said
    assert named in said


def test_a_second_kiosk_does_not_hide_the_first(start: Start, config: Path, settings: Settings) -> None:
    keys = composition.keys_for(settings)
    with Store.open(settings.data_folder, keys, FakeClock(), reserve_bytes=0):
        code, said = ended(start("--config", config))
    assert code == 1
    assert "đang chạy ở một cửa sổ khác" in said
    assert "store_in_use" in said


def test_without_a_key_store_it_takes_no_dossiers(
    settings: Settings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(load_keyring("keyring.backends.fail.Keyring"))
    try:
        page(settings.model_copy(update={"keys": "keyring"}), qtbot, "Kho khóa của máy chưa mở được")
    finally:
        keyring.set_keyring(before)
    assert "out of service: keys:" in caplog.text
    assert not (settings.data_folder / DATABASE_NAME).exists()


def test_a_folder_that_cannot_be_written_is_out_of_service(
    settings: Settings, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    page(settings.model_copy(update={"data_folder": tmp_path / "file" / "data"}), qtbot, "Máy tạm ngừng phục vụ")
    assert "out of service: store:" in caplog.text


def test_a_broken_catalogue_is_out_of_service_and_names_the_file(
    settings: Settings,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = tmp_path / "resources"
    broken.mkdir()
    for part in resource_path().iterdir():
        if part.name != "catalog":
            (broken / part.name).symlink_to(part)
    (broken / "catalog" / "2.000635").mkdir(parents=True)
    (broken / "catalog" / "2.000635" / "service.yaml").write_text("code: 2.000635\nname: [\n")
    monkeypatch.setattr(composition, "resource_path", broken.joinpath)
    page(settings, qtbot, "Danh mục thủ tục của máy có lỗi")
    assert "service.yaml" in caplog.text


def test_a_kiosk_that_was_never_enrolled_says_who_can_mend_it(settings: Settings, qtbot: QtBot) -> None:
    page(settings, qtbot, "Máy chưa được đăng ký với cổng")


@pytest.mark.proof
def test_ctrl_c_ends_it_in_order(start: Start, config: Path, settings: Settings, qtbot: QtBot) -> None:
    kiosk = start("--config", config)
    qtbot.waitUntil((settings.data_folder / SOCKET_NAME).exists, timeout=TIMEOUT_S * 1000)
    kiosk.send_signal(signal.SIGINT)
    code, said = ended(kiosk)
    assert code == 130
    assert "Traceback" not in said
    Store.open(settings.data_folder, composition.keys_for(settings), FakeClock(), reserve_bytes=0).close()
    assert not (settings.data_folder / SOCKET_NAME).exists()


@pytest.mark.proof
def test_a_driver_that_hangs_does_not_hold_the_end(
    start: Start, config: Path, settings: Settings, qtbot: QtBot
) -> None:
    """It hangs twice: where the window asks, and where a command asks."""
    kiosk = start("--config", config, program=HANGING)
    assert kiosk.stdout is not None
    assert kiosk.stdout.readline() == "hangs\n"
    qtbot.waitUntil((settings.data_folder / SOCKET_NAME).exists, timeout=TIMEOUT_S * 1000)
    with pytest.raises(NoAnswer):
        ask(settings.data_folder, LIST_DEVICES, timeout_s=1)
    kiosk.terminate()
    code, said = ended(kiosk)
    assert code == 1
    assert "driver_hangs" in said
    assert not (settings.data_folder / SOCKET_NAME).exists()
    kept = kept_events(settings.data_folder, composition.keys_for(settings))
    assert [kind for kind, _ref in kept] == ["kiosk_started", "kiosk_stopped"], "all else was closed in order"


@pytest.mark.proof
def test_a_tour_with_a_driver_that_hangs_ends_too(tmp_path: Path) -> None:
    tour = subprocess.run(
        [sys.executable, HANGING, "tour", "--out", tmp_path / "out"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert tour.returncode == 1
    assert tour.stderr.endswith("kiosk tour: failed: a device driver hangs\n")


def test_the_demo_opens_and_is_stopped_as_a_service_is(start: Start, config: Path) -> None:
    kiosk = start("--demo", "--config", config)
    assert kiosk.stdout is not None
    words = kiosk.stdout.readline()
    assert words.startswith("BẢN THỬ")
    url = next(word for word in words.split() if word.startswith("http"))
    assert requests.get(url, timeout=TIMEOUT_S).ok
    kiosk.terminate()
    code, said = ended(kiosk)
    assert code == 0
    assert "Traceback" not in said
    assert "leaked" not in said
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=TIMEOUT_S)
