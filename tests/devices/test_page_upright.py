"""Tests of devices.page_upright: skew, side and head of pages of print; unsure where there is little."""

import cv2
import numpy as np
import pytest

from commands.bench_papers import PaperLook, ScanLook, paper, scanned
from devices.frames import Pixels
from devices.page_cleaning import quarter_turns
from devices.page_upright import READ_DPI, print_lie


@pytest.fixture(scope="module")
def sheet() -> Pixels:
    return paper(PaperLook(11))


def seen(sheet: Pixels, turned_deg: float, turns: int = 0) -> Pixels:
    scan = scanned(sheet, ScanLook(turned_deg=turned_deg, dpi=READ_DPI))
    return np.ascontiguousarray(np.rot90(cv2.cvtColor(scan, cv2.COLOR_RGB2GRAY), -turns))


@pytest.mark.parametrize("turned_deg", [-2.6, 0.4, 3.1])
def test_the_skew_is_found_to_a_fifth_of_a_degree(sheet: Pixels, turned_deg: float) -> None:
    assert print_lie(seen(sheet, turned_deg)).skew_deg == pytest.approx(-turned_deg, abs=0.2)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_is_turned_upright_from_every_side(sheet: Pixels, turns: int) -> None:
    assert (quarter_turns(print_lie(seen(sheet, 0.5, turns))) + turns) % 4 == 0


def test_without_print_nothing_is_turned() -> None:
    grain = np.random.default_rng(1).normal(240, 4, (1754, 1240)).astype(np.uint8)
    assert quarter_turns(print_lie(grain)) == 0


def test_marks_that_look_the_same_upside_down_turn_nothing() -> None:
    page = np.full((1754, 1240), 245, np.uint8)
    for y in range(200, 1500, 50):
        for x in range(150, 1050, 22):
            cv2.rectangle(page, (x, y), (x + 12, y + 14), 30, 2)
    assert quarter_turns(print_lie(page)) == 0
