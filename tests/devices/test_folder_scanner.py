"""Tests of devices.folder_scanner beside the contract: order, stacks, faults in the middle, sizes."""

import io
from pathlib import Path

import pytest
from PIL import Image

from devices.folder_scanner import FolderScanner
from kiosk.ports import Attention, DeviceProblem, DeviceReason, PageImage, ScanOptions
from tests.devices.pictures_made import BLUE, GREEN, RED, encoded, plain


def colour_of(page: PageImage) -> str:
    red, green, blue = Image.open(io.BytesIO(page.content)).convert("RGB").resize((1, 1)).tobytes()
    return max((red, "R"), (green, "G"), (blue, "B"))[1]


def scan(scanner: FolderScanner, *, feeder: bool = False, dpi: int = 200) -> str:
    pages: list[PageImage] = []
    scanner.scan(ScanOptions(dpi=dpi, feeder=feeder), pages.append, lambda: False)
    return "".join(map(colour_of, pages))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, colour in (("1.jpg", RED), ("2.jpg", GREEN), ("3.jpg", BLUE)):
        (tmp_path / name).write_bytes(encoded(plain(colour, (827, 1169))))
    return tmp_path


def test_the_glass_takes_the_next_page_and_begins_again_after_the_last(folder: Path) -> None:
    scanner = FolderScanner(folder)
    assert [scan(scanner) for _scan in range(4)] == ["R", "G", "B", "R"]


def test_the_feeder_takes_the_rest_of_the_stack(folder: Path) -> None:
    scanner = FolderScanner(folder)
    assert [scan(scanner), scan(scanner, feeder=True), scan(scanner, feeder=True)] == ["R", "GB", "RGB"]


def test_a_folder_in_the_folder_is_one_stack(folder: Path) -> None:
    for stack, name in (("a", "1.jpg"), ("b", "2.jpg"), ("b", "3.jpg")):
        (folder / stack).mkdir(exist_ok=True)
        (folder / name).rename(folder / stack / name)
    scanner = FolderScanner(folder)
    assert [scan(scanner, feeder=True) for _scan in range(3)] == ["R", "GB", "R"]


def test_a_jam_in_the_middle_keeps_what_was_given_and_goes_on_with_the_next(folder: Path) -> None:
    (folder / "state.json").write_text('{"status": "jam", "after_pages": 1}')
    scanner = FolderScanner(folder)
    pages: list[PageImage] = []
    with pytest.raises(DeviceProblem) as caught:
        scanner.scan(ScanOptions(feeder=True), pages.append, lambda: False)
    assert caught.value.reason is DeviceReason.JAM
    assert "".join(map(colour_of, pages)) == "R"
    (folder / "state.json").unlink()
    assert scan(scanner, feeder=True) == "GB"


def test_an_empty_feeder_does_not_stop_the_glass(folder: Path) -> None:
    (folder / "state.json").write_text('{"status": "feeder_empty"}')
    scanner = FolderScanner(folder)
    assert isinstance(scanner.status(), Attention)
    assert scan(scanner) == "R"


def test_a_page_takes_its_time(folder: Path) -> None:
    waits: list[float] = []
    scan(FolderScanner(folder, 1.5, waits.append), feeder=True)
    assert waits == [1.5, 1.5, 1.5]


@pytest.mark.parametrize(("asked", "given"), [(50, 50), (100, 100), (300, 100)])
def test_a_page_is_a4_at_the_resolution_asked_for_but_never_blown_up(folder: Path, asked: int, given: int) -> None:
    pages: list[PageImage] = []
    FolderScanner(folder).scan(ScanOptions(dpi=asked), pages.append, lambda: False)
    (page,) = pages
    assert page.dpi == given
    assert page.width_px == pytest.approx(210 / 25.4 * given, abs=1)


def test_a_file_that_is_no_picture_is_a_failure(folder: Path) -> None:
    (folder / "1.jpg").write_bytes(b"broken")
    with pytest.raises(DeviceProblem) as caught:
        scan(FolderScanner(folder))
    assert caught.value.reason is DeviceReason.FAILED
