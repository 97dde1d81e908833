"""Tests of devices.simulated_printer beside the contract: the two files, and faults that a person plays."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from devices.simulated_printer import SimulatedPrinter
from devices.slip_layout import SlipLayout
from kiosk.ports import Attention, DeviceProblem, DeviceReason
from kiosk.resources import resource_path
from tests.devices.escpos_decoder import decode, printed_paper
from tests.devices.slips import filed


@pytest.fixture
def printer(tmp_path: Path) -> SimulatedPrinter:
    return SimulatedPrinter(tmp_path / "printer", "TM-T20II", SlipLayout(resource_path("fonts")))


def test_the_picture_shows_what_the_bytes_print(printer: SimulatedPrinter, tmp_path: Path) -> None:
    printer.print_slip(filed())
    shown = Image.open(tmp_path / "printer" / "slip.png").convert("L")
    paper = printed_paper(decode((tmp_path / "printer" / "slip.bin").read_bytes()))
    assert ImageChops.difference(shown, paper).getbbox() is None


def test_it_says_that_it_is_a_simulation(printer: SimulatedPrinter) -> None:
    assert printer.name == "Máy in mô phỏng"


@pytest.mark.parametrize("reason", [DeviceReason.PAPER_OUT, DeviceReason.JAM, DeviceReason.COVER_OPEN])
def test_a_fault_that_is_played_prints_nothing(printer: SimulatedPrinter, tmp_path: Path, reason: DeviceReason) -> None:
    (tmp_path / "printer").mkdir()
    (tmp_path / "printer" / "state.json").write_text(f'{{"status": "{reason}"}}')
    with pytest.raises(DeviceProblem) as caught:
        printer.print_slip(filed())
    assert caught.value.reason is reason
    assert not (tmp_path / "printer" / "slip.bin").exists()


def test_a_roll_near_its_end_prints(printer: SimulatedPrinter, tmp_path: Path) -> None:
    (tmp_path / "printer").mkdir()
    (tmp_path / "printer" / "state.json").write_text('{"status": "paper_low"}')
    assert isinstance(printer.status(), Attention)
    printer.print_slip(filed())
    assert (tmp_path / "printer" / "slip.bin").exists()


def test_a_folder_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blocked = SimulatedPrinter(tmp_path / "file", "TM-T20II", SlipLayout(resource_path("fonts")))
    with pytest.raises(DeviceProblem) as caught:
        blocked.print_slip(filed())
    assert caught.value.reason is DeviceReason.FAILED
