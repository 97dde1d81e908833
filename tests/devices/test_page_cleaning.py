"""Tests of devices.page_cleaning: camera shots and scans become straight, upright pages of the paper's size."""

import cv2
import numpy as np
import pytest
from PIL import Image

from commands.bench_papers import PaperLook, ScanLook, ShotLook, card, paper, photographed, scanned
from devices.frames import Pixels
from devices.page_cleaning import clean_scan, clean_shot
from devices.page_jpeg import PAGE_BYTES, page_pixels
from devices.pictures import to_page
from kiosk.capture import Corners
from kiosk.ports import Frame, PageImage


@pytest.fixture(scope="module")
def sheet() -> Pixels:
    return paper(PaperLook(21))


def shot(pixels: Pixels, look: ShotLook) -> tuple[Frame, Corners]:
    """The corners as a finder names them: from the one nearest to the picture's top left."""
    frame, corners = photographed(pixels, look)
    first = min(range(4), key=lambda place: sum(corners[place]))
    return frame, corners[first:] + corners[:first]


def likeness(page: PageImage, sheet: Pixels) -> float:
    """How much the page looks like the sheet that was laid down: 1 is the same."""
    small = [cv2.resize(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), (166, 234), interpolation=cv2.INTER_AREA) for each in
             (page_pixels(page), sheet)]  # fmt: skip
    return float(np.corrcoef(small[0].ravel(), small[1].ravel())[0, 1])


@pytest.mark.parametrize("turned_deg", [4, 93, 178, 268])
def test_a_shot_becomes_an_upright_a4_page(sheet: Pixels, turned_deg: float) -> None:
    page = clean_shot(*shot(sheet, ShotLook(seed=1, turned_deg=turned_deg, size_px=(3000, 2250))))
    assert (page.width_px, page.height_px, page.dpi) == (1654, 2339, 200)
    assert likeness(page, sheet) > 0.9
    assert len(page.content) <= PAGE_BYTES


def test_few_dots_are_not_blown_up(sheet: Pixels) -> None:
    page = clean_shot(*shot(sheet, ShotLook(size_px=(1280, 720))))
    assert page.dpi < 100
    assert page.height_px / page.dpi * 25.4 == pytest.approx(297, abs=0.5)


def test_a_card_keeps_its_ground_and_lies_across() -> None:
    page = clean_shot(*shot(card(1), ShotLook(seed=1, turned_deg=91, fill=0.7, size_px=(2400, 1800))))
    assert (page.width_px, page.height_px, page.dpi) == (1011, 638, 300)
    ground = page_pixels(page)[20:120, 20:120].mean(axis=(0, 1))
    assert ground[1] > ground[0] + 10


def test_what_the_camera_did_not_see_is_grey_and_not_paper(sheet: Pixels) -> None:
    page = page_pixels(clean_shot(*shot(sheet, ShotLook(fill=1.15, size_px=(2400, 1800)))))
    assert np.abs(page[2].astype(int) - 150).max() < 12


def test_without_corners_the_whole_picture_is_the_page(sheet: Pixels) -> None:
    small = np.ascontiguousarray(cv2.resize(sheet, (1200, 1697), interpolation=cv2.INTER_AREA))
    page = clean_shot(Frame(small.tobytes(), 1200, 1697), None)
    assert likeness(page, sheet) > 0.9


@pytest.mark.parametrize(("turned_deg", "turns", "lid"), [(1.2, 0, None), (0.0, 2, None), (-2.0, 1, 40)])
def test_a_scan_becomes_straight_upright_and_small(
    sheet: Pixels, turned_deg: float, turns: int, lid: int | None
) -> None:
    seen = scanned(sheet, ScanLook(seed=2, turned_deg=turned_deg, lid=lid))
    page = clean_scan(to_page(Image.fromarray(np.rot90(seen, turns)), 300, 90))
    assert page.dpi == 200
    assert likeness(page, sheet) > 0.85
    assert len(page.content) <= PAGE_BYTES


def test_the_dark_lid_around_a_small_sheet_is_cut_away(sheet: Pixels) -> None:
    glass = np.full((1754, 1240, 3), 35, np.uint8)
    glass[40:916, 60:680] = cv2.resize(sheet, (620, 876), interpolation=cv2.INTER_AREA)
    page = clean_scan(to_page(Image.fromarray(glass), 150))
    assert [page.width_px, page.height_px] == pytest.approx([620, 876], abs=8)
    assert float(page_pixels(page)[:10].mean()) > 230


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        clean_scan(PageImage(b"broken", "image/jpeg", 1, 1, 200))
