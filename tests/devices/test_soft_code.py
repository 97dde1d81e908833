"""Tests of devices.soft_code: formats, mirrors, and blocks that are mended alone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.clean_code import clean_text
from devices.code_layout import layout_of
from devices.soft_code import Format, likely_formats, mended
from tests.devices.card_pictures import CARD_TEXT, code_signs

LAYOUT = layout_of(8)
SIGNS = code_signs(CARD_TEXT, 8, "M")


def soft(signs: NDArray[np.int8], wrong: int, seed: int = 1, confidence: float = 0.3) -> NDArray[np.float32]:
    """The signs with some of the modules of the right half wrong, and less sure than the others."""
    values = signs.astype(np.float32)
    random = np.random.default_rng(seed)
    rows, columns = np.nonzero((LAYOUT.known == 0) & (np.arange(len(signs)) > 12))
    chosen = random.choice(len(rows), wrong, replace=False)
    values[rows[chosen], columns[chosen]] *= -confidence
    return values


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_clean_code_is_whole_also_in_a_mirror(mirrored: bool) -> None:
    seen = SIGNS.T if mirrored else SIGNS
    form = likely_formats(LAYOUT, seen.astype(np.float32))[0]
    assert (form.level, form.mirrored) == ("M", mirrored)
    result = mended(LAYOUT, seen.astype(np.float32), form)
    assert result.whole
    assert (result.signs == seen).all()
    assert clean_text(result.signs) == CARD_TEXT


def test_doubtful_modules_are_mended_where_sure_ones_are_not() -> None:
    """Some 70 wrong modules in as many words: more than the 44 words that could be mended without knowing which."""
    form = likely_formats(LAYOUT, SIGNS.astype(np.float32))[0]
    assert mended(LAYOUT, soft(SIGNS, 62, confidence=0.05), form).whole
    assert not mended(LAYOUT, soft(SIGNS, 62, confidence=1.0), form).whole


def test_a_block_that_can_be_mended_is_sure_while_others_are_not() -> None:
    form = likely_formats(LAYOUT, SIGNS.astype(np.float32))[0]
    parts = [mended(LAYOUT, soft(SIGNS, 52, seed, confidence=1.0), form) for seed in range(20)]
    some = [part for part in parts if part.blocks and not part.whole]
    assert some
    for part in some:
        assert ((part.signs == 0) | (part.signs == SIGNS)).all()


def test_noise_is_never_a_whole_code() -> None:
    random = np.random.default_rng(3)
    for _round in range(100):
        noise = np.where(LAYOUT.known, LAYOUT.known, random.normal(0, 1, SIGNS.shape)).astype(np.float32)
        assert not mended(LAYOUT, noise, Format("L", int(random.integers(8)), mirrored=False)).blocks
