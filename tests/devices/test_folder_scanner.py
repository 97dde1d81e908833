"""Tests of devices.folder_scanner beside the contract: order, stacks, faults in the middle, sizes."""

import io
from pathlib import Path

import pytest
from PIL import Image

from devices.folder_scanner import FolderScanner
from kiosk.ports import Attention, DeviceProblem, DeviceReason, PageImage, ScanOptions, ScanSource
from tests.devices.pictures_made import BLUE, GREEN, RED, encoded, plain

FEEDER, BOTH = ScanSource.FEEDER, ScanSource.FEEDER_BOTH_SIDES


def colour_of(page: PageImage) -> str:
    red, green, blue = Image.open(io.BytesIO(page.content)).convert("RGB").resize((1, 1)).tobytes()
    if min(red, green, blue) > 250:
        return "-"
    return max((red, "R"), (green, "G"), (blue, "B"))[1]


def scan(scanner: FolderScanner, source: ScanSource = ScanSource.AUTO, *, dpi: int = 200) -> str:
    pages: list[PageImage] = []
    scanner.scan(ScanOptions(dpi=dpi, source=source), pages.append, lambda: False)
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
    assert [scan(scanner), scan(scanner, FEEDER), scan(scanner, FEEDER)] == ["R", "GB", "RGB"]


def test_a_folder_in_the_folder_is_one_stack(folder: Path) -> None:
    for stack, name in (("a", "1.jpg"), ("b", "2.jpg"), ("b", "3.jpg")):
        (folder / stack).mkdir(exist_ok=True)
        (folder / name).rename(folder / stack / name)
    scanner = FolderScanner(folder)
    assert [scan(scanner, FEEDER) for _scan in range(3)] == ["R", "GB", "R"]


def test_a_jam_in_the_middle_keeps_what_was_given_and_goes_on_with_the_next(folder: Path) -> None:
    (folder / "state.json").write_text('{"status": "jam", "after_pages": 1}')
    scanner = FolderScanner(folder)
    pages: list[PageImage] = []
    with pytest.raises(DeviceProblem) as caught:
        scanner.scan(ScanOptions(source=FEEDER), pages.append, lambda: False)
    assert caught.value.reason is DeviceReason.JAM
    assert "".join(map(colour_of, pages)) == "R"
    (folder / "state.json").unlink()
    assert scan(scanner, FEEDER) == "GB"


def test_an_empty_feeder_does_not_stop_the_glass(folder: Path) -> None:
    (folder / "state.json").write_text('{"status": "feeder_empty"}')
    scanner = FolderScanner(folder)
    assert isinstance(scanner.status(), Attention)
    assert scan(scanner) == "R"


def test_a_page_takes_its_time(folder: Path) -> None:
    waits: list[float] = []
    told: list[int] = []
    FolderScanner(folder, 1.5, waits.append).scan(
        ScanOptions(source=FEEDER), lambda _page: None, lambda: False, told.append
    )
    assert sum(waits) == pytest.approx(3 * 1.5)
    assert told == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90] * 3


def test_the_state_file_can_make_it_slow_and_it_is_cancelled_in_the_middle_of_a_page(folder: Path) -> None:
    (folder / "state.json").write_text('{"page_s": 60}')
    waits: list[float] = []
    with pytest.raises(DeviceProblem) as caught:
        FolderScanner(folder, wait=waits.append).scan(ScanOptions(), lambda _page: None, lambda: len(waits) == 3)
    assert caught.value.reason is DeviceReason.CANCELLED
    assert sum(waits) == pytest.approx(18)


def test_what_lies_in_the_feeder_is_taken_when_the_source_is_left_open(folder: Path) -> None:
    (folder / "state.json").write_text('{"feeder_loaded": true}')
    assert scan(FolderScanner(folder)) == "RGB"


def test_both_sides_are_pairs_and_a_side_without_a_picture_is_blank(folder: Path) -> None:
    (folder / "2.jpg").rename(folder / "1.back.jpg")
    (folder / "state.json").write_text('{"feeder_loaded": true, "both_sides": true}')
    scanner = FolderScanner(folder)
    assert [scan(scanner, BOTH), scan(scanner), scan(scanner, FEEDER)] == ["RGB-", "RGB-", "RB"]


def test_a_page_can_be_told_to_be_blank(folder: Path) -> None:
    (folder / "state.json").write_text('{"blank_pages": [2]}')
    assert scan(FolderScanner(folder), FEEDER) == "R-B"


@pytest.mark.parametrize("reason", [DeviceReason.NOT_CONNECTED, DeviceReason.DOUBLE_FEED, DeviceReason.COVER_OPEN])
def test_what_goes_wrong_in_the_middle_keeps_what_was_given(folder: Path, reason: DeviceReason) -> None:
    (folder / "state.json").write_text(f'{{"status": "{reason}", "after_pages": 2}}')
    pages: list[PageImage] = []
    with pytest.raises(DeviceProblem) as caught:
        FolderScanner(folder).scan(ScanOptions(source=FEEDER), pages.append, lambda: False)
    assert (caught.value.reason, len(pages)) == (reason, 2)


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
