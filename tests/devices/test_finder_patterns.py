"""Tests of devices.finder_patterns: the marks of drawn codes, turned, small, blurred, and with one covered."""

import numpy as np
import pytest

from devices.finder_patterns import find_hidden, find_marks, find_triples
from tests.devices.card_pictures import CARD_TEXT, code_grey, code_signs, no_code

SIGNS = code_signs(CARD_TEXT, 7)


@pytest.mark.parametrize("turn", [0, 20, 45, 90, 163])
@pytest.mark.parametrize("module_px", [2.7, 4.0, 9.0])
def test_the_likeliest_triple_is_the_code(turn: float, module_px: float) -> None:
    grey = code_grey(SIGNS, module_px, blur_px=0.5 * module_px, turn=turn)
    triple = find_triples(find_marks(grey))[0]
    middle = np.array(grey.shape) / 2 - 0.5
    far = (len(SIGNS) / 2 - 3.5) * module_px
    angle = np.radians(-turn)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    wanted = np.array([(-far, -far), (far, -far), (-far, far)]) @ spin.T + middle
    assert np.abs(triple.middles - wanted).max() < 0.8 * module_px
    assert triple.module_px == pytest.approx(module_px, rel=0.25)


def test_a_covered_mark_is_where_the_other_two_say() -> None:
    grey = code_grey(SIGNS, 4.0)
    edge = int((grey.shape[0] - len(SIGNS) * 4) / 2)
    grey[edge - 6 : edge + 34, edge - 6 : edge + 34] = 255
    marks = find_marks(grey)
    assert all(max(abs(mark.x - edge - 14), abs(mark.y - edge - 14)) > 6 for mark in marks)
    corners = [triple.middles[0] for triple in find_triples([*marks, *find_hidden(grey, marks)])[:5]]
    assert min(float(np.abs(corner - edge - 14).max()) for corner in corners) < 8


def test_a_plain_picture_has_no_triples() -> None:
    assert find_triples(find_marks(np.full((300, 400), 128, np.uint8))) == []
    assert find_marks(np.full((8, 8), 128, np.uint8)) == []


def test_cells_without_marks_give_no_likely_triple() -> None:
    likely = [triple.likeness for seed in range(4) for triple in find_triples(find_marks(no_code(seed)))]
    assert max(likely, default=0.0) < find_triples(find_marks(code_grey(SIGNS, 4.0)))[0].likeness
