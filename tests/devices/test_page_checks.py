"""Tests of devices.page_checks and of the look at a page: faults are told, good pages are left in peace."""

import cv2
import numpy as np
import pytest
from PIL import Image

from commands.bench_papers import PaperLook, ScanLook, ShotLook, paper, photographed, scanned
from devices.frames import Pixels
from devices.pages import PicturePages
from devices.pictures import to_page
from kiosk.documents import same_sheet
from kiosk.ports import PageFault, PageImage, PageReport

WORK = PicturePages()
LOOK = PaperLook(31, lines=20)


@pytest.fixture(scope="module")
def sheet() -> Pixels:
    return paper(LOOK)


def from_scanner(pixels: Pixels, look: ScanLook) -> PageImage:
    return WORK.from_scan(to_page(Image.fromarray(scanned(pixels, look)), look.dpi, 90))


def shot(pixels: Pixels, look: ShotLook) -> PageReport:
    return WORK.look_over(WORK.from_shot(*photographed(pixels, look)))


def test_a_good_page_has_no_fault(sheet: Pixels) -> None:
    report = WORK.look_over(from_scanner(sheet, ScanLook(seed=1, turned_deg=0.7)))
    assert (report.faults, report.blank) == ((), False)
    assert shot(sheet, ShotLook(seed=1, blur_px=1.5)).faults == ()


def test_a_blurred_a_dark_and_a_cut_off_shot_are_told(sheet: Pixels) -> None:
    assert PageFault.BLURRED in shot(sheet, ShotLook(blur_px=6)).faults
    assert PageFault.DARK in shot(sheet, ShotLook(light=(0.12, 0.1), noise=5)).faults
    assert PageFault.CUT_OFF in shot(sheet, ShotLook(fill=1.15, turned_deg=5)).faults


def test_a_page_on_its_head_is_told(sheet: Pixels) -> None:
    page = from_scanner(sheet, ScanLook())
    assert WORK.look_over(WORK.rotate(page, 2)).faults == (PageFault.UPSIDE_DOWN,)
    assert WORK.look_over(WORK.rotate(page, 1)).faults == (PageFault.UPSIDE_DOWN,)


def back_of(sheet: Pixels) -> Pixels:
    """An empty side with what shines through, dust and two punch holes."""
    through = cv2.GaussianBlur(np.ascontiguousarray(sheet[:, ::-1]), (0, 0), 3.5)
    page = np.asarray(255 - (255 - through.astype(np.int16)) * 0.08, np.uint8)
    for y in (1500, 2000):
        cv2.circle(page, (140, y), 35, (60, 60, 60), -1)
    for x, y in np.random.default_rng(3).integers(100, 2300, (20, 2)):
        cv2.circle(page, (int(x), int(y)), 2, (120, 120, 120), -1)
    return page


def test_an_empty_back_is_blank_and_one_line_is_not(sheet: Pixels) -> None:
    back = back_of(sheet)
    report = WORK.look_over(from_scanner(back, ScanLook(seed=2)))
    assert report == PageReport(blank=True)
    cv2.putText(back, "Da nhan 21-11", (700, 1700), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (60, 60, 150), 4)
    assert not WORK.look_over(from_scanner(back, ScanLook(seed=2))).blank


@pytest.mark.proof
def test_a_sheet_captured_twice_is_known_and_the_form_of_another_person_is_not(sheet: Pixels) -> None:
    first = WORK.look_over(from_scanner(sheet, ScanLook(seed=3, turned_deg=0.5))).fingerprint
    again = WORK.look_over(from_scanner(sheet, ScanLook(seed=4, shift_mm=(2, -3), noise=5))).fingerprint
    by_camera = shot(sheet, ShotLook(seed=5, tilt_deg=9)).fingerprint
    assert same_sheet(first, again)
    assert same_sheet(first, by_camera)
    other = paper(PaperLook(31, lines=20, filling=1))
    assert not same_sheet(first, WORK.look_over(from_scanner(other, ScanLook(seed=6))).fingerprint)
