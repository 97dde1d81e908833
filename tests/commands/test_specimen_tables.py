"""Tests of commands.specimen_tables: tables of every kind in their own colours, things on them, and noise of a size."""

import random

import numpy as np
import pytest

from commands.specimen_tables import TABLES, clutter, noise, table

SHAPE = (180, 320)


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_fills_the_picture_and_is_the_same_for_the_same_seed(kind: str) -> None:
    one, again, other = (table(random.Random(seed), kind, SHAPE) for seed in (5, 5, 6))
    assert one.shape == (*SHAPE, 3)
    assert np.isfinite(one).all()
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_a_white_desk_is_white() -> None:
    medians = [float(np.median(table(random.Random(seed), "white", SHAPE))) for seed in range(5)]
    assert min(medians) > 180


def test_things_change_the_table_and_none_leave_it() -> None:
    bare = table(random.Random(1), "plain", SHAPE)
    scene = bare.copy()
    clutter(random.Random(2), scene, 0)
    assert np.array_equal(scene, bare)
    clutter(random.Random(2), scene, 5)
    assert not np.array_equal(scene, bare)


def test_noise_is_around_nought_and_as_smooth_as_asked() -> None:
    fine, coarse = (noise(random.Random(1), SHAPE, (grain, grain)) for grain in (1.0, 20.0))
    assert abs(float(fine.mean())) < 0.05
    assert 0.9 < float(fine.std()) < 1.1
    assert np.abs(np.diff(coarse, axis=1)).mean() < 0.2 * np.abs(np.diff(fine, axis=1)).mean()
