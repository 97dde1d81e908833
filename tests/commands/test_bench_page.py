"""Tests of `kiosk bench page`: overlap as it is defined, and the recipe that it compares with."""

import numpy as np
import pytest

from commands.bench_page import overlap, share_found
from commands.bench_page_baseline import contour_page
from devices.pictures import to_frame
from tests.devices.pictures_made import sheet_on_table

SQUARE = np.array([(0, 0), (100, 0), (100, 100), (0, 100)], np.float32)
LYING = [(380.0, 90.0), (900.0, 90.0), (900.0, 830.0), (380.0, 830.0)]


def test_overlap_is_what_is_shared_of_what_is_covered() -> None:
    beside = tuple((float(x) + 50, float(y)) for x, y in SQUARE)
    assert overlap(beside, SQUARE) == pytest.approx(1 / 3)
    assert overlap(tuple(reversed(beside)), SQUARE) == pytest.approx(1 / 3)
    assert overlap(None, SQUARE) == 0.0
    assert overlap(((5.0, 5.0),) * 4, SQUARE) == 0.0
    assert share_found([0.95, 0.94, 1.0, 0.0]) == 50.0


def test_the_usual_recipe_finds_a_sheet_on_a_dark_table() -> None:
    assert overlap(contour_page(to_frame(sheet_on_table(LYING))), np.array(LYING, np.float32)) > 0.95
