"""Tests of commands.specimen_photos: the same for the same seed, whole sheets at their true corners, and none."""

import numpy as np
import pytest

from commands.specimen_photos import EVERYDAY, KINDS, SIZE_PX, empty_tables, photos


def test_a_photo_is_the_same_for_the_same_seed() -> None:
    photo, again, other = (next(photos(seed, 1)) for seed in (7, 7, 8))
    assert photo.kind == KINDS[0]
    assert np.array_equal(photo.pixels, again.pixels)
    assert not np.array_equal(photo.pixels, other.pixels)
    assert photo.pixels.shape == (SIZE_PX[1], SIZE_PX[0], 3)


@pytest.mark.parametrize("kind", ["curled", "tilted"])
def test_the_whole_sheet_is_in_the_picture(kind: str) -> None:
    corners = next(photos(7, 1, (kind,))).corners
    assert corners is not None
    assert (corners >= 0).all()
    assert (corners < SIZE_PX).all()


def test_there_is_paper_within_the_true_corners_and_table_without() -> None:
    photo = next(photos(11, 1, (EVERYDAY,)))
    assert photo.corners is not None
    middle = photo.corners.mean(axis=0)
    inside, outside = (
        np.array([photo.pixels[round(y), round(x)] for x, y in middle + (photo.corners - middle) * share], float)
        for share in (0.96, 1.04)
    )
    assert np.abs(inside - outside).sum(axis=1).min() > 20


def test_an_empty_table_has_no_corners() -> None:
    assert next(empty_tables(7, 1)).corners is None
