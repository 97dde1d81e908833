"""Tests of devices.auto_scanner: which of several ways is taken, on folders as scanners."""

import shutil
from pathlib import Path

import pytest

from devices.absent import AbsentDevice
from devices.auto_scanner import AutoScanner
from devices.folder_scanner import FolderScanner
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, Ready, ScanOptions, ScanSource, Unavailable
from tests.devices.pictures_made import RED, encoded, plain


def folder(path: Path, state: str = "{}") -> Path:
    path.mkdir()
    for number in range(2):
        (path / f"{number}.jpg").write_bytes(encoded(plain(RED)))
    (path / "state.json").write_text(state)
    return path


def scan(scanner: AutoScanner, source: ScanSource = ScanSource.FEEDER) -> tuple[int, DeviceReason | None]:
    """How many pages came, and why it stopped."""
    pages: list[PageImage] = []
    try:
        scanner.scan(ScanOptions(source=source), pages.append, lambda: False)
    except DeviceProblem as problem:
        return len(pages), problem.reason
    return len(pages), None


def test_the_first_way_that_leads_somewhere_is_taken(tmp_path: Path) -> None:
    there = FolderScanner(folder(tmp_path / "b"))
    scanner = AutoScanner([AbsentDevice(), FolderScanner(tmp_path / "a"), there])
    assert scanner.status() == Ready(str(tmp_path / "b"))
    assert scan(scanner) == (2, None)


def test_a_scanner_that_is_plugged_elsewhere_is_found_again(tmp_path: Path) -> None:
    scanner = AutoScanner([FolderScanner(tmp_path / "a"), FolderScanner(tmp_path / "b")])
    folder(tmp_path / "a")
    assert scan(scanner) == (2, None)
    (tmp_path / "a").rename(tmp_path / "b")
    assert scan(scanner) == (2, None)
    shutil.move(tmp_path / "b", tmp_path / "a")
    assert isinstance(scanner.status(), Ready)


@pytest.mark.parametrize("reason", [DeviceReason.JAM, DeviceReason.BUSY, DeviceReason.FEEDER_EMPTY])
def test_a_scanner_in_trouble_is_not_replaced_by_another(tmp_path: Path, reason: DeviceReason) -> None:
    first = FolderScanner(folder(tmp_path / "a", f'{{"status": "{reason}"}}'))
    assert scan(AutoScanner([first, FolderScanner(folder(tmp_path / "b"))])) == (0, reason)


def test_nor_is_one_that_is_lost_after_a_page(tmp_path: Path) -> None:
    first = FolderScanner(folder(tmp_path / "a", '{"status": "not_connected", "after_pages": 1}'))
    scanner = AutoScanner([first, FolderScanner(folder(tmp_path / "b"))])
    assert scan(scanner) == (1, DeviceReason.NOT_CONNECTED)


def test_without_any_each_way_says_why(tmp_path: Path) -> None:
    scanner = AutoScanner([AbsentDevice(), FolderScanner(tmp_path / "a")])
    status = scanner.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.NOT_CONNECTED
    assert "the settings name no such device; no picture in" in status.detail
    assert scan(scanner) == (0, DeviceReason.NOT_CONNECTED)


def test_it_is_called_as_the_office_calls_it() -> None:
    assert AutoScanner([AbsentDevice()], "fi-8040").name == "Máy quét fi-8040"
    assert AutoScanner([AbsentDevice()]).name == "Máy quét"
