"""Tests of devices.folder_files: what its state file does to it."""

import sys
from pathlib import Path

import pytest

from devices.folder_files import FolderFiles
from kiosk.capture import FileProblem, FileRefused
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, Unavailable
from tests.devices.pictures_made import blank_pdf

WORKER = (sys.executable, "-m", "devices.file_worker")


@pytest.fixture
def stick(tmp_path: Path) -> FolderFiles:
    (tmp_path / "a.pdf").write_bytes(blank_pdf(3))
    return FolderFiles(tmp_path, WORKER)


def test_its_name_says_that_it_is_none(stick: FolderFiles) -> None:
    assert "mô phỏng" in stick.name


def test_the_state_file_is_neither_listed_nor_counted(stick: FolderFiles, tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"status": "ready"}')
    assert stick.files().left_out == 0


def test_pulled_out_in_the_middle_the_pages_before_stay_given(stick: FolderFiles, tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"status": "not_connected", "after_pages": 1}')
    pages: list[PageImage] = []
    with pytest.raises(FileRefused) as caught:
        stick.pages(stick.files().files[0], pages.append, lambda: False)
    assert caught.value.reason is FileProblem.GONE
    assert len(pages) == 1


def test_a_broken_one_says_so(stick: FolderFiles, tmp_path: Path) -> None:
    file = stick.files().files[0]
    (tmp_path / "state.json").write_text('{"status": "failed"}')
    status = stick.status()
    assert isinstance(status, Unavailable)
    assert status.reason is DeviceReason.FAILED
    with pytest.raises(DeviceProblem) as listing:
        stick.files()
    with pytest.raises(DeviceProblem) as reading:
        stick.pages(file, lambda _page: None, lambda: False)
    assert {listing.value.reason, reading.value.reason} == {DeviceReason.FAILED}
