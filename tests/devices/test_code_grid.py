"""Tests of devices.code_grid: the right version and place for every version that cards may have."""

import numpy as np
import pytest

from devices.code_grid import guessed_grids, patch_around, refined
from devices.finder_patterns import find_marks, find_triples
from tests.devices.card_pictures import SHORT_TEXT, code_grey, code_signs


@pytest.mark.parametrize("version", range(4, 15))
def test_every_version_is_told_from_its_neighbours(version: int) -> None:
    signs = code_signs(SHORT_TEXT, version)
    grey = code_grey(signs, 3.2, blur_px=1.6, turn=17)
    triple = find_triples(find_marks(grey))[0]
    patch = patch_around(grey, triple)
    guesses = guessed_grids(patch, triple)[:2]
    best = max((refined(patch, grid, grid.layout.known) for grid in guesses), key=lambda grid: grid.fit)
    assert best.layout.version == version
    assert best.fit > 0.7
    middle = best.spots(np.full((1, 2), len(signs) / 2))[0]
    in_picture = (middle + 0.5) / patch.scale + np.array(patch.origin)
    assert np.abs(in_picture - np.array(grey.shape) / 2).max() < 1.5
