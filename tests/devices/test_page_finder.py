"""Tests of devices.page_finder on made pictures: paper before a table, at an angle, dark, blurred, or not there."""

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from devices.page_finder import find_page
from devices.pictures import to_frame
from tests.devices.pictures_made import plain, sheet_on_table

SHEETS = [
    [(380.0, 90.0), (900.0, 90.0), (900.0, 830.0), (380.0, 830.0)],
    [(420.0, 110.0), (870.0, 140.0), (960.0, 860.0), (330.0, 820.0)],
    [(200.0, 260.0), (980.0, 160.0), (1060.0, 700.0), (270.0, 820.0)],
]


@pytest.mark.parametrize("corners", SHEETS)
def test_the_corners_are_found_clockwise_from_the_top_left(corners: list[tuple[float, float]]) -> None:
    found = find_page(to_frame(sheet_on_table(corners)))
    assert found.corners is not None
    assert found.problems == ()
    for (x, y), (expected_x, expected_y) in zip(found.corners, corners, strict=True):
        assert abs(x - expected_x) < 8
        assert abs(y - expected_y) < 8


def test_corners_are_in_the_pictures_own_pixels() -> None:
    large = sheet_on_table(SHEETS[0]).resize((2560, 1920), Image.Resampling.LANCZOS)
    found = find_page(to_frame(large))
    assert found.corners is not None
    assert abs(found.corners[2][0] - 1800) < 16


def test_a_bare_table_has_no_page() -> None:
    found = find_page(to_frame(plain((96, 74, 58), (1280, 960))))
    assert found.corners is None
    assert "no_page" in found.problems


def test_a_dark_picture_says_so() -> None:
    dark = ImageEnhance.Brightness(sheet_on_table(SHEETS[1])).enhance(0.2)
    assert "dark" in find_page(to_frame(dark)).problems


def test_a_blurred_picture_says_so() -> None:
    blurred = sheet_on_table(SHEETS[1]).filter(ImageFilter.GaussianBlur(9))
    assert "blurred" in find_page(to_frame(blurred)).problems
