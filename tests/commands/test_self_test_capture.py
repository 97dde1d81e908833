"""Tests of the steps that look and read, on folders as devices that show the printed target and the specimen card."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from commands.self_test import Fault, Measured, NothingToTest, Person
from commands.self_test_capture import (
    ALONE_S,
    CameraStep,
    CodeScannerStep,
    FeederStep,
    PaperStep,
    ScannerStep,
    SticksStep,
)
from commands.self_test_person import AtTheTerminal, Nobody
from devices.code_reader import ZxingCodeReader
from devices.folder_camera import FolderCamera
from devices.folder_scanner import FolderScanner
from devices.pages import PicturePages
from kiosk.capture import MAX_FILE_PAGES, FileKind, StickFile, StickListing
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, PageImage, Ready, Unavailable
from kiosk.resources import resource_path
from tests.devices.pictures_made import RED, encoded, plain
from tests.devices.target_made import target_picture
from tests.fakes import FakeClock

SOMEBODY: Person = AtTheTerminal(lambda _prompt: "", lambda _text: None)


class Ticking(FakeClock):
    """Each look at it takes a while, so that limits are reached."""

    tick_s = 0.01

    def monotonic_s(self) -> float:
        self.advance(self.tick_s)
        return super().monotonic_s()


def camera_of(folder: Path) -> FolderCamera:
    return FolderCamera(folder, wait=lambda _s: None)


def shows(folder: Path, picture: Image.Image, name: str = "1.png") -> Path:
    folder.mkdir(exist_ok=True)
    picture.save(folder / name)
    return folder


def test_the_specimen_card_is_read_in_so_many_of_the_frames() -> None:
    step = CameraStep(camera_of(resource_path("demo", "cards")), ZxingCodeReader(), Ticking())
    measured = step.run(Nobody())
    assert measured.faults == ()
    card = measured.figures["card"]
    assert 20 <= card["read"] < card["frames"]
    assert (measured.figures["width_px"], measured.figures["height_px"]) == (1920, 1080)
    assert measured.figures["brightness"] > 100


def test_no_card_and_no_light_are_both_said(tmp_path: Path) -> None:
    folder = shows(tmp_path, plain((20, 20, 20)))
    measured = CameraStep(camera_of(folder), ZxingCodeReader(), Ticking()).run(Nobody())
    assert set(measured.faults) == {Fault.CODE_NOT_READ, Fault.DARK}


def paper(tmp_path: Path, person: Person, dpi: int = 100) -> Measured:
    desk = Image.new("RGB", (1920, 1280), (90, 70, 50))
    desk.paste(target_picture(dpi), (400, 50))
    return PaperStep(camera_of(shows(tmp_path, desk)), Ticking()).run(person)


def test_the_target_below_the_paper_camera_is_measured(tmp_path: Path) -> None:
    measured = paper(tmp_path, SOMEBODY)
    assert measured.figures["dpi_x"] == pytest.approx(100, rel=0.01)
    assert measured.figures["unsteady_mm"] == 0.0
    assert measured.figures["target_found"] == 20
    assert measured.figures["page_found"] == 20
    assert Fault.UNSTEADY not in measured.faults


def test_a_camera_too_far_away_is_too_coarse(tmp_path: Path) -> None:
    assert paper(tmp_path, SOMEBODY, 80).faults == (Fault.COARSE,)


def test_a_sheet_that_shakes_is_unsteady(tmp_path: Path) -> None:
    for number, left in enumerate((400, 440)):
        desk = Image.new("RGB", (1920, 1280), (90, 70, 50))
        desk.paste(target_picture(105), (left, 30))
        shows(tmp_path, desk, f"{number}.png")
    camera = FolderCamera(tmp_path, picture_s=0.1, wait=lambda _s: None)
    assert PaperStep(camera, Ticking()).run(SOMEBODY).faults == (Fault.UNSTEADY,)


def test_without_a_target_a_person_is_told_and_nobody_is_not_held_up(tmp_path: Path) -> None:
    folder, clock = shows(tmp_path, plain(RED)), Ticking()
    clock.tick_s = 0.1
    assert PaperStep(camera_of(folder), clock).run(SOMEBODY).faults == (Fault.NO_TARGET,)
    start_s = clock.monotonic_s()
    with pytest.raises(NothingToTest, match="no_target"):
        PaperStep(camera_of(folder), clock).run(Nobody())
    assert clock.monotonic_s() - start_s < 2 * ALONE_S


def scanned(folder: Path, person: Person) -> Measured:
    return ScannerStep(FolderScanner(folder), PicturePages(), FakeClock()).run(person)


def test_the_scanned_target_is_measured(tmp_path: Path) -> None:
    measured = scanned(shows(tmp_path, target_picture()), SOMEBODY)
    assert measured.faults == ()
    assert measured.figures["dpi_x"] == pytest.approx(200, rel=0.005)
    assert measured.figures["missed"] == ()
    assert measured.figures["pdf_bytes"] > 10_000


def test_a_scanner_that_stretches_and_one_without_colours_are_found_out(tmp_path: Path) -> None:
    longer = target_picture().resize((1654, 2380), Image.Resampling.BICUBIC)
    assert scanned(shows(tmp_path / "long", longer), SOMEBODY).faults == (Fault.WRONG_DPI,)
    grey = target_picture().convert("L")
    assert scanned(shows(tmp_path / "grey", grey), SOMEBODY).faults == (Fault.COLOURS,)


def test_another_paper_is_no_target_and_alone_only_the_scan_counts(tmp_path: Path) -> None:
    shows(tmp_path, plain(RED))
    assert scanned(tmp_path, SOMEBODY).faults == (Fault.NO_TARGET,)
    alone = scanned(tmp_path, Nobody())
    assert (alone.faults, alone.figures["target_found"]) == ((), 0)


def test_the_feeder_gives_both_sides(tmp_path: Path) -> None:
    (tmp_path / "0.jpg").write_bytes(encoded(plain(RED)))
    scanner = FolderScanner(tmp_path)
    assert FeederStep(scanner, FakeClock()).run(SOMEBODY).faults == (Fault.ONE_SIDE,)
    (tmp_path / "1.jpg").write_bytes(encoded(plain(RED)))
    measured = FeederStep(FolderScanner(tmp_path), FakeClock()).run(SOMEBODY)
    assert (measured.faults, measured.figures["pages"]) == ((), 4)
    with pytest.raises(NothingToTest, match="unattended"):
        FeederStep(scanner, FakeClock()).run(Nobody())


class HandReader:
    """A hand-held reader that sends one text at once."""

    name = "reader"

    def __init__(self, text: str) -> None:
        self._text = text

    def status(self) -> DeviceStatus:
        return Ready()

    def watch(self, on_text: Callable[[str], None], _stopped: Callable[[], bool]) -> None:
        on_text(self._text)


def test_the_hand_held_reader_sends_a_cards_code() -> None:
    card = "001058000123|012345678|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hà Nội|15082021"
    measured = CodeScannerStep(HandReader(card), FakeClock()).run(SOMEBODY)
    assert (measured.faults, measured.figures["letters"]) == ((), len(card))
    assert "NGUYỄN" not in str(measured)
    assert CodeScannerStep(HandReader("xin chào"), FakeClock()).run(SOMEBODY).faults == (Fault.CODE_NOT_READ,)
    with pytest.raises(NothingToTest):
        CodeScannerStep(HandReader(card), FakeClock()).run(Nobody())


class Stick:
    """A USB stick with one file, or none plugged in."""

    name = "sticks"

    def __init__(self, reason: DeviceReason | None = None) -> None:
        self._reason = reason

    def status(self) -> DeviceStatus:
        return Ready() if self._reason is None else Unavailable(self._reason)

    def files(self) -> StickListing:
        return StickListing((StickFile("k", "giấy của ông A.pdf", FileKind.PDF, 10),), 2)

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        raise AssertionError("no file is opened")


def test_files_on_a_stick_are_counted_and_never_named() -> None:
    measured = SticksStep(Stick()).run(Nobody())
    assert measured.figures == {"name": "sticks", "files": 1, "left_out": 2}


def test_no_stick_is_nothing_alone_and_a_fault_beside_a_person() -> None:
    with pytest.raises(NothingToTest, match="no_stick"):
        SticksStep(Stick(DeviceReason.NOT_CONNECTED)).run(Nobody())
    with pytest.raises(DeviceProblem):
        SticksStep(Stick(DeviceReason.NOT_CONNECTED)).run(SOMEBODY)
    with pytest.raises(DeviceProblem):
        SticksStep(Stick(DeviceReason.FAILED)).run(Nobody())
