"""Tests of devices.code_equaliser: what blur mixes, the known modules teach to part again."""

import numpy as np

from devices.code_equaliser import equalised, locally_even, samples_of
from devices.code_grid import guessed_grids, patch_around, refined
from devices.finder_patterns import find_marks, find_triples
from tests.devices.card_pictures import CARD_TEXT, Grey, code_grey, code_signs

SIGNS = code_signs(CARD_TEXT, 7)


def errors(grey: Grey) -> tuple[float, float]:
    """The share of wrong modules by the sign of the middle sample, and after one round of the equaliser."""
    triple = find_triples(find_marks(grey))[0]
    patch = patch_around(grey, triple)
    guess = guessed_grids(patch, triple)[0]
    samples = samples_of(patch, refined(patch, guess, guess.layout.known))
    known = guess.layout.known
    soft = equalised(samples.narrow, known, np.abs(known) * samples.seen)
    return float((samples.narrow[:, :, 12] * SIGNS < 0).mean()), float((soft * SIGNS < 0).mean())


def test_a_blurred_code_has_fewer_errors_after_it() -> None:
    plain, mended = errors(code_grey(SIGNS, 4.0, blur_px=3.6))
    assert plain > 0.06
    assert mended < 0.6 * plain


def test_glare_is_seen_as_nothing_to_see() -> None:
    grey = code_grey(SIGNS, 4.0)
    middle = grey.shape[0] // 2
    grey[middle - 24 : middle + 24, middle - 24 : middle + 24] = 255
    triple = find_triples(find_marks(grey))[0]
    patch = patch_around(grey, triple)
    seen = samples_of(patch, guessed_grids(patch, triple)[0]).seen
    assert seen[len(SIGNS) // 2, len(SIGNS) // 2] == 0
    assert (seen[:8, :8] > 0.5).all()


def test_a_faded_part_comes_back() -> None:
    """Dark modules that are nearly as light as paper count as dark again where their neighbours tell so."""
    faded = SIGNS.astype(np.float32)
    faded[:, 20:] = 0.3 * faded[:, 20:] - 0.7
    signs = np.where(np.indices(SIGNS.shape).sum(axis=0) % 3, SIGNS, 0)
    even = locally_even(faded, signs, np.ones(SIGNS.shape, np.float32))
    assert (even * SIGNS < 0).mean() < 0.05
    assert (faded * SIGNS < 0).mean() > 0.2
