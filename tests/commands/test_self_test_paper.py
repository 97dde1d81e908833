"""Tests of the steps that print: on a simulated printer, whose slip is shown to a folder camera."""

from pathlib import Path

import pytest
from PIL import Image

from commands.self_test import Fault
from commands.self_test_paper import PageStep, SlipStep
from commands.self_test_person import AtTheTerminal, Nobody
from devices.code_reader import ZxingCodeReader
from devices.folder_camera import FolderCamera
from devices.folder_page_printer import FolderPagePrinter
from devices.simulated_printer import SimulatedPrinter
from devices.slip_layout import SlipLayout
from kiosk.ports import DeviceProblem
from kiosk.resources import resource_path
from tests.fakes import FakeClock


def typing(*answers: str) -> AtTheTerminal:
    left = list(answers)
    return AtTheTerminal(lambda _prompt: left.pop(0), lambda _text: None)


@pytest.fixture
def slip_step(tmp_path: Path) -> SlipStep:
    printer = SimulatedPrinter(tmp_path / "printer", "TM-T20II", SlipLayout(resource_path("fonts")))
    camera = FolderCamera(tmp_path / "camera", wait=lambda _s: None)
    return SlipStep(printer, camera, ZxingCodeReader(), FakeClock())


def test_alone_the_slip_is_printed_and_nothing_claimed_of_it(slip_step: SlipStep, tmp_path: Path) -> None:
    measured = slip_step.run(Nobody())
    assert (tmp_path / "printer" / "slip.bin").exists()
    assert (measured.figures["seen_good"], measured.figures["code_read_back"], measured.faults) == (None, None, ())


def test_the_printed_slips_code_is_read_back_by_the_camera(slip_step: SlipStep, tmp_path: Path) -> None:
    slip_step.run(Nobody())
    (tmp_path / "camera").mkdir()
    with Image.open(tmp_path / "printer" / "slip.png") as slip:
        slip.convert("RGB").save(tmp_path / "camera" / "slip.png")
    measured = slip_step.run(typing("c", "c"))
    assert (measured.figures["seen_good"], measured.figures["code_read_back"]) == (True, True)


def test_without_a_camera_it_is_not_read_back(slip_step: SlipStep) -> None:
    assert slip_step.run(typing("c", "c")).figures["code_read_back"] is False


def test_a_slip_that_the_person_cannot_read_is_a_fault(slip_step: SlipStep) -> None:
    assert slip_step.run(typing("k", "k")).faults == (Fault.BAD_PRINT,)


def test_a_printer_without_paper_is_a_fault_of_the_device(slip_step: SlipStep, tmp_path: Path) -> None:
    (tmp_path / "printer").mkdir()
    (tmp_path / "printer" / "state.json").write_text('{"status": "paper_out"}')
    with pytest.raises(DeviceProblem, match="paper_out"):
        slip_step.run(Nobody())


def test_the_page_printer_prints_the_target(tmp_path: Path) -> None:
    step = PageStep(FolderPagePrinter(tmp_path), lambda: b"%PDF-")
    assert step.run(typing("c")).faults == ()
    assert step.run(typing("k")).faults == (Fault.BAD_PRINT,)
    assert len(list(tmp_path.glob("page-*.pdf"))) == 2
