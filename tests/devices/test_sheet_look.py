"""Tests of devices.sheet_look on sheets drawn flat: the same in other light and place, others, bare ones, and glare."""

import random

import numpy as np
import pytest

from commands.specimen_papers import draw_sheet
from devices.sheet_look import SheetLook, is_same_sheet, is_unmoved, look_at
from tests.devices.pictures_made import plain

CORNERS = np.array([(0, 0), (840, 0), (840, 1188), (0, 1188)], np.float32)


def flat(seed: str) -> np.ndarray:
    return draw_sheet(random.Random(seed), "a4").pixels


LETTER, OTHER = flat("s2"), flat("s7")


def seen(pixels: np.ndarray, *, light: float = 1.0, seed: int = 1) -> SheetLook:
    grain = np.random.default_rng(seed).normal(0, 3, pixels.shape)
    return look_at(np.clip(pixels * light + grain, 0, 255).astype(np.uint8), CORNERS)


def test_the_same_sheet_in_other_light_is_the_same_and_unmoved() -> None:
    one, other = seen(LETTER), seen(LETTER, light=0.6, seed=2)
    assert is_same_sheet(one, other)
    assert is_unmoved(one, other)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_sheet_is_the_same_but_moved(turns: int) -> None:
    before = seen(LETTER)
    after = look_at(LETTER, np.roll(CORNERS, turns, axis=0))
    assert is_same_sheet(before, after)
    assert not is_unmoved(before, after)


def test_corners_that_are_off_are_a_sheet_that_moved() -> None:
    assert not is_unmoved(seen(LETTER), look_at(LETTER, CORNERS + np.float32(14)))


def test_another_sheet_is_another() -> None:
    assert not is_same_sheet(seen(LETTER), seen(OTHER))
    assert not is_unmoved(seen(LETTER), seen(OTHER))


def test_bare_sheets_are_all_the_same_and_never_known_to_lie_still() -> None:
    bare = np.asarray(plain((240, 238, 230), (840, 1188)))
    assert is_same_sheet(seen(bare), seen(bare, light=0.7, seed=3))
    assert not is_unmoved(seen(bare), seen(bare, seed=3))
    assert not is_same_sheet(seen(bare), seen(LETTER))


def test_glare_is_the_saturated_share_of_a_sheet_that_is_not_white_all_over() -> None:
    dim = np.full((1188, 840, 3), 180, np.uint8)
    dim[:300, :400] = 255
    look = look_at(dim, CORNERS)
    assert look.level == 180
    assert 0.09 < look.glaring < 0.13
    assert look_at(np.full((1188, 840, 3), 254, np.uint8), CORNERS).glaring == 0
