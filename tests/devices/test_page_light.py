"""Tests of devices.page_light: paper becomes near white under any light, colours and photos stay."""

import numpy as np
import pytest

from commands.bench_papers import PaperLook, ScanLook, paper, scanned
from devices.frames import Pixels
from devices.page_light import PAPER_LEVEL, evened

SEAL = (slice(1820, 2050), slice(1060, 1280))  # of the page at 200 dpi, with some of the star


@pytest.fixture(scope="module")
def page() -> Pixels:
    return scanned(paper(PaperLook(3, photo=True)), ScanLook(dpi=200, tint=(1.0, 0.96, 0.84)))


def shaded(page: Pixels, left: float, right: float) -> Pixels:
    light = np.linspace(left, right, page.shape[1])[None, :, None]
    return np.asarray(page * light, np.uint8)


@pytest.mark.parametrize(("left", "right"), [(1.0, 1.0), (0.9, 0.45), (0.5, 0.5)])
def test_paper_becomes_near_white_and_is_not_clipped(page: Pixels, left: float, right: float) -> None:
    clean = evened(shaded(page, left, right), 200)
    for columns in (slice(20, 120), slice(-120, -20)):
        assert float(clean[600:1500, columns].mean()) == pytest.approx(PAPER_LEVEL, abs=6)


def test_a_seal_stays_red_and_a_photo_stays_a_photo(page: Pixels) -> None:
    clean = evened(shaded(page, 0.9, 0.5), 200)
    seal = clean[SEAL].reshape(-1, 3).astype(int)
    assert np.count_nonzero((seal[:, 0] > 120) & (seal[:, 1] < 90) & (seal[:, 2] < 100)) > 500
    ground = clean[520:540, 210:230].mean(axis=(0, 1))  # the blue behind the portrait
    assert ground[2] > ground[0] + 60


def test_too_little_light_is_not_made_up_for_in_full(page: Pixels) -> None:
    assert float(np.percentile(evened(shaded(page, 0.12, 0.12), 200), 80)) < 165


def test_a_coloured_ground_keeps_its_colour() -> None:
    green = np.full((600, 600, 3), (120, 200, 150), np.uint8)
    clean = evened(green, 200)
    assert clean[300, 300, 1] > clean[300, 300, 0] + 40


def test_a_picture_without_paper_is_left_alone() -> None:
    patches = np.zeros((600, 600, 3), np.uint8)
    patches[:100, :100] = 250
    assert np.array_equal(evened(patches, 200), patches)
