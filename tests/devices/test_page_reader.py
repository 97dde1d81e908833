"""Tests of devices.page_reader: what a reading says, a worker that fails, and the real reader where it is installed."""

import sys

import pytest
from PIL import Image

from commands.bench_papers import PaperLook, ScanLook, paper, scanned
from commands.self_command import self_command
from devices.page_reader import PageReading, WorkerPageReader, reader_is_installed
from devices.pages import PicturePages
from devices.pictures import to_page
from kiosk.ports import PageFault, PageImage
from tests.devices.pictures_made import RED, plain

READING = PageReading(("Họ, chữ đệm, tên: NGUYÊN VĂN MẨU", "sinh ngày 01-01-1999"), 0.95)
PAGE = to_page(plain(RED), 200)


@pytest.mark.parametrize("name", ["Nguyễn Văn Mẫu", "NGUYEN VAN MAU", "Nguyễn Vân Mậu", ""])
def test_a_name_is_found_without_accents_and_with_one_wrong_letter(name: str) -> None:
    assert READING.bears(name)


@pytest.mark.parametrize("name", ["Trần Thị Mẫu", "Nguyễn Văn Hai", "Lê Văn Mẫu"])
def test_another_name_is_not(name: str) -> None:
    assert not READING.bears(name)


def test_hardly_any_print_is_no_reason_to_warn() -> None:
    assert PageReading(("abc",), 0.2).legible
    assert PageReading((), 0.0).legible
    assert not PageReading(("một dòng dài hơn",), 0.7).legible


class Scripted:
    """A reader that gives one answer."""

    def __init__(self, reading: PageReading | None) -> None:
        self._reading = reading

    def read(self, page: PageImage) -> PageReading | None:
        return self._reading


@pytest.mark.parametrize(
    ("reading", "fault"),
    [
        (PageReading(READING.lines, 0.6), PageFault.ILLEGIBLE),
        (READING, PageFault.OTHER_NAME),
        (PageReading(READING.lines, 0.9, 2), PageFault.UPSIDE_DOWN),
        (None, None),
    ],
)
def test_what_was_read_is_told_at_the_look_over(reading: PageReading | None, fault: PageFault | None) -> None:
    page = to_page(Image.fromarray(scanned(paper(PaperLook(41, lines=8)), ScanLook(dpi=200))), 200)
    report = PicturePages(reader=Scripted(reading)).look_over(page, ("Trần Thị Mẫu",))
    assert report.faults == ((fault,) if fault else ())


@pytest.mark.parametrize(
    "program",
    ["import sys; sys.exit(3)", "print('no message of ours, and long enough')", "import time; time.sleep(60)"],
)
def test_a_worker_that_crashes_babbles_or_hangs_gives_no_reading(program: str) -> None:
    reader = WorkerPageReader([sys.executable, "-c", program], page_s=0.2, start_s=0.5)
    assert reader.read(PAGE) is None
    reader.close()


def test_a_worker_that_is_not_there_gives_no_reading() -> None:
    assert WorkerPageReader(["/nonexistent/reader"]).read(PAGE) is None


@pytest.mark.skipif(reader_is_installed(), reason="the reader is installed here")
def test_without_the_extra_the_worker_answers_and_nothing_is_read() -> None:
    reader = WorkerPageReader(self_command("page-reading-worker"))
    assert reader.read(PAGE) is None
    reader.close()


@pytest.mark.skipif(
    not reader_is_installed(), reason="needs the extra: pip install --require-hashes -r requirements-reading.lock"
)
def test_the_real_reader_reads_a_made_page() -> None:
    page = to_page(Image.fromarray(scanned(paper(PaperLook(41, lines=8)), ScanLook(dpi=200))), 200)
    reader = WorkerPageReader(self_command("page-reading-worker"), page_s=30.0)
    try:
        reading = reader.read(page)
        turned = reader.read(PicturePages().rotate(page, 2))
    finally:
        reader.close()
    assert reading is not None
    assert reading.legible
    assert reading.bears("Độc lập Tự do")
    assert turned is not None
    assert turned.quarter_turns == 2
