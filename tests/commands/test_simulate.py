"""Tests of flipping simulated devices from the command line."""

from pathlib import Path

import pytest

from commands import devices
from commands.demo import demo_settings
from commands.simulate import WORDS, simulate
from devices.registry import (
    make_camera,
    make_code_scanner,
    make_files,
    make_page_printer,
    make_printer,
    make_scanner,
)
from devices.simulation import Manner, read_state
from kiosk.config import DeviceSettings, Settings
from kiosk.counter_devices import Asked
from kiosk.errors import ConfigProblem
from kiosk.ports import Attention, DeviceReason, Ready, Unavailable
from kiosk.resources import resource_path
from tests.commands.device_settings import simulated_office


def demo(tmp_path: Path) -> Settings:
    return demo_settings(tmp_path, real_devices=False)


@pytest.mark.parametrize(
    ("device", "word"),
    [(device, word) for device, words in WORDS.items() for word in words],
)
def test_the_demos_devices_do_as_they_are_told(tmp_path: Path, device: str, word: str) -> None:
    settings = demo(tmp_path)
    makers: dict[str, Asked | None] = {
        "camera": make_camera(settings.camera),
        "paper_camera": make_camera(settings.paper_camera or settings.camera),
        "scanner": make_scanner(settings.scanner, ()),
        "code_scanner": make_code_scanner(settings.code_scanner),
        "files": make_files(settings.files, ()),
        "printer": make_printer(settings.printer, resource_path("fonts")),
        "page_printer": make_page_printer(settings.page_printer),
    }
    made = makers[device]
    assert made is not None
    assert isinstance(made.status(), Ready)
    simulate(settings, f"{device}={word}")
    status = made.status()
    if word == "ready" or word in set(Manner):
        assert isinstance(status, Ready)
    else:
        assert isinstance(status, Attention | Unavailable)
        assert status.reason is DeviceReason(word)
    simulate(settings, f"{device}=ready")
    assert isinstance(made.status(), Ready)


def test_a_fault_can_come_after_some_pages(tmp_path: Path) -> None:
    path = simulate(demo(tmp_path), "scanner=jam:2")
    assert path == tmp_path / "scanner" / "state.json"
    state = read_state(path.parent)
    assert (state.reason, state.after_pages) == (DeviceReason.JAM, 2)


@pytest.mark.parametrize(
    ("flip", "said"),
    [
        ("oven=jam", "there are camera"),
        ("camera", "camera has no state ''"),
        ("camera=jam", "it has ready, not_connected"),
        ("printer=frozen", "printer has no state 'frozen'"),
        ("scanner=jam:two", "'two' is no number"),
    ],
)
def test_what_cannot_be_played_is_said_with_what_can(tmp_path: Path, flip: str, said: str) -> None:
    with pytest.raises(ConfigProblem, match=said):
        simulate(demo(tmp_path), flip)


def test_a_real_device_and_a_single_picture_are_no_simulation(tmp_path: Path) -> None:
    for camera in (
        DeviceSettings(driver="opencv"),
        DeviceSettings.of("folder", source=str(resource_path("demo", "cards", "card-1.jpg"))),
    ):
        with pytest.raises(ConfigProblem, match="not simulated"):
            simulate(Settings(data_folder=tmp_path, camera=camera), "camera=no_picture")


def test_the_command_flips_and_says_which_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = str(simulated_office(tmp_path))
    assert devices.run(["--simulate", "printer=cover_open", "--config", config]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "printer" / "state.json")
    assert devices.run(["--config", config]) == 1
    assert "Nắp đang mở. Đậy nắp lại." in capsys.readouterr().out
    assert devices.run(["--simulate", "printer=burning", "--config", config]) == 2
    assert "it has ready" in capsys.readouterr().err
