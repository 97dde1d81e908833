"""Tests of commands.specimen_papers: papers of true size, the same for the same seed, cards and folded corners."""

import random

import numpy as np
import pytest

from commands.specimen_papers import DOTS_PER_MM, SIZES_MM, draw_sheet, fold_corner


@pytest.mark.parametrize("size", SIZES_MM)
def test_a_sheet_has_its_true_size(size: str) -> None:
    sheet = draw_sheet(random.Random(1), size)
    width_mm, height_mm = SIZES_MM[size]
    assert sheet.pixels.shape == (round(height_mm * DOTS_PER_MM), round(width_mm * DOTS_PER_MM), 3)
    assert sheet.cover.shape == sheet.pixels.shape[:2]


def test_every_layout_can_be_drawn_upright_and_lying() -> None:
    for seed in range(24):
        upright, lying = (draw_sheet(random.Random(seed), "a5", landscape=way) for way in (False, True))
        assert upright.pixels.shape == (lying.pixels.shape[1], lying.pixels.shape[0], 3)
        assert (upright.cover == 255).all()


def test_a_seed_draws_the_same_sheet_again_and_another_seed_another() -> None:
    one, again, other = (draw_sheet(random.Random(seed), "a5").pixels for seed in (1, 1, 3))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_a_card_has_round_corners() -> None:
    cover = draw_sheet(random.Random(1), "card").cover
    assert [cover[0, 0], cover[0, -1], cover[-1, 0], cover[-1, -1]] == [0] * 4
    assert cover[cover.shape[0] // 2, 0] == 255


def test_a_folded_corner_is_gone_and_only_that() -> None:
    cover = fold_corner(draw_sheet(random.Random(1), "a5"), random.Random(2)).cover
    corners = [cover[0, 0], cover[0, -1], cover[-1, 0], cover[-1, -1]]
    assert sorted(value == 0 for value in corners) == [False, False, False, True]
    assert 0.97 < (cover == 255).mean() < 1
