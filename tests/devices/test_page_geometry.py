"""Tests of devices.page_geometry: the true shape of a sheet seen aslant, and which sheet it is."""

import numpy as np
import pytest

from commands.bench_papers import ShotLook, seen_corners
from devices.page_geometry import A4, CARD, size_of, straight_view, true_ratio, turned_corners, warped, whole

PICTURE_PX = (4000, 3000)


@pytest.mark.parametrize("tilt_deg", [0.0, 3.0, 12.0, 30.0])
@pytest.mark.parametrize("ratio", [210 / 297, 297 / 210, 85.6 / 53.98])
def test_the_true_ratio_is_seen_through_perspective(tilt_deg: float, ratio: float) -> None:
    corners = seen_corners(ratio, ShotLook(turned_deg=7, tilt_deg=tilt_deg, fill=0.8))
    seen = tuple((float(x), float(y)) for x, y in corners)
    assert true_ratio(seen, PICTURE_PX) == pytest.approx(ratio, rel=0.015)


@pytest.mark.parametrize(
    ("ratio", "size"),
    [(0.7, A4), (1.44, A4.turned()), (1.57, CARD), (1 / 1.6, CARD.turned())],
)
def test_a_sheet_near_a_known_ratio_is_that_sheet(ratio: float, size: object) -> None:
    assert size_of(ratio) == size


@pytest.mark.parametrize(("width", "height"), [(215.9, 279.4), (215.9, 355.6), (200.0, 200.0)])
def test_any_other_sheet_keeps_its_measured_shape(width: float, height: float) -> None:
    size = size_of(width / height)
    assert size.width_mm / size.height_mm == pytest.approx(width / height)
    assert not size.card


def test_sizes_in_dots() -> None:
    assert A4.size_px == (1654, 2339)
    assert CARD.size_px == (1011, 638)
    assert CARD.turned().turned() == CARD


def test_corners_named_anew_turn_what_they_enclose_clockwise() -> None:
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:, :20] = 200
    turned = turned_corners(whole((40, 20)), 1)
    view = warped(pixels, straight_view(turned, (20, 40)), (20, 40), 0)
    assert view[5, 10, 0] == 200
    assert view[35, 10, 0] == 0
