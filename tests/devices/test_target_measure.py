"""Tests of devices.target_measure on the real printed target: known wear is measured as such."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageFilter

from devices import target_layout as layout
from devices.pictures import to_frame
from devices.target_measure import TargetFigures, measure_target, target_corners
from tests.devices.pictures_made import RED, plain
from tests.devices.target_made import target_picture

ALL = ("red", "blue", "green", "grey", "black", "white")


def measured(picture: Image.Image) -> TargetFigures:
    figures = measure_target(to_frame(picture))
    assert figures is not None
    return figures


@pytest.mark.parametrize(("dpi", "finest"), [(150, 2.0), (200, 3.0), (300, 5.0)])
def test_a_perfect_scan_has_the_resolution_that_it_says_it_has(dpi: int, finest: float) -> None:
    figures = measured(target_picture(dpi))
    assert (figures.dpi_x, figures.dpi_y) == pytest.approx((dpi, dpi), rel=0.002)
    assert figures.skew_deg == pytest.approx(0, abs=0.05)
    assert figures.distortion_mm < 0.1
    assert (figures.line_pairs_x, figures.line_pairs_y) == (finest, finest)
    assert (figures.colours, figures.missed) == (ALL, ())


def test_a_sheet_that_is_stretched_and_lies_askew() -> None:
    picture = target_picture().resize((int(1654 * 1.03), 2339), Image.Resampling.BICUBIC)
    figures = measured(picture.rotate(-0.8, Image.Resampling.BICUBIC, fillcolor="white"))
    assert figures.dpi_x == pytest.approx(206, rel=0.002)
    assert figures.dpi_y == pytest.approx(200, rel=0.002)
    assert figures.skew_deg == pytest.approx(0.8, abs=0.05)


def test_upside_down_is_still_the_target() -> None:
    figures = measured(target_picture().rotate(180))
    assert abs(figures.skew_deg) == pytest.approx(180, abs=0.05)
    assert figures.missed == ()


def test_a_blurred_scan_tells_no_fine_lines_apart() -> None:
    figures = measured(target_picture().filter(ImageFilter.GaussianBlur(3)))
    assert figures.line_pairs_x <= 1.0


def test_a_scanner_without_colour_is_found_out() -> None:
    figures = measured(target_picture().convert("L").convert("RGB"))
    assert "red" in figures.missed
    assert "grey" in figures.colours


def test_a_bend_of_the_sheet_is_a_distortion() -> None:
    pixels = np.asarray(target_picture())
    height, width = pixels.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    bent = cv2.remap(pixels, columns, rows + 30 * np.sin(np.pi * columns / width * 1.5), cv2.INTER_LINEAR)
    assert measured(Image.fromarray(bent)).distortion_mm > 0.5


def test_seen_from_aside_by_a_camera() -> None:
    picture = np.asarray(target_picture(150))
    height, width = picture.shape[:2]
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    aside = np.array([(560, 60), (1340, 90), (1420, 1010), (500, 1040)], np.float32)
    view = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(flat, aside), (1920, 1080), flags=cv2.INTER_AREA)
    figures = measured(Image.fromarray(view))
    assert 80 < figures.dpi_x < 115
    assert figures.missed == ()


def test_no_target_is_no_figure() -> None:
    assert measure_target(to_frame(plain(RED))) is None
    assert target_corners(to_frame(plain(RED))) is None


def test_three_of_four_marks_are_not_enough() -> None:
    picture = target_picture()
    picture.paste("white", (0, 0, 220, 220))
    assert measure_target(to_frame(picture)) is None


def test_nothing_on_the_target_lies_on_another_thing() -> None:
    boxes = [(x, y, layout.MARKER_MM, layout.MARKER_MM) for x, y in layout.MARKERS_MM]
    boxes += [(patch.x_mm, layout.PATCH_Y_MM, *layout.PATCH_MM) for patch in layout.PATCHES]
    for upright in (True, False):
        groups = [layout.group_mm(number, upright=upright) for number in range(len(layout.LINE_PAIRS_PER_MM))]
        boxes += [(x, y, layout.GROUP_MM, layout.GROUP_MM) for x, y in groups]
    assert all(x + w <= layout.SHEET_MM[0] - 8 and y + h <= layout.SHEET_MM[1] - 8 for x, y, w, h in boxes)
    for number, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[number + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
