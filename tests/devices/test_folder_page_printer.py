"""The simulated page printer: a folder that is made when it is needed, and one that cannot be written."""

from pathlib import Path

import pytest

from devices.folder_page_printer import FolderPagePrinter
from kiosk.ports import Attention, DeviceProblem, DeviceReason


def test_the_folder_is_made_and_pages_are_counted(tmp_path: Path) -> None:
    printer = FolderPagePrinter(tmp_path / "pages")
    for _time in range(2):
        printer.print_pdf(b"%PDF-", "guide")
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["page-1.pdf", "page-2.pdf"]


def test_little_ink_still_prints(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"status": "ink_low"}')
    printer = FolderPagePrinter(tmp_path)
    assert isinstance(printer.status(), Attention)
    printer.print_pdf(b"%PDF-", "guide")
    assert (tmp_path / "page-1.pdf").exists()


def test_a_folder_that_cannot_be_written_is_a_failed_printer(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeviceProblem) as caught:
        FolderPagePrinter(tmp_path / "file" / "pages").print_pdf(b"%PDF-", "guide")
    assert caught.value.reason is DeviceReason.FAILED
