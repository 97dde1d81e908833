"""Tests of devices.reed_solomon against codes that segno makes."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.reed_solomon import mend

CHECKS = 18
# The codewords of a version 1-M code for "01234567" (ISO/IEC 18004:2015, Annex I.2).
STANDARD = [
    16,
    32,
    12,
    86,
    97,
    128,
    236,
    17,
    236,
    17,
    236,
    17,
    236,
    17,
    236,
    17,
    165,
    36,
    212,
    193,
    237,
    54,
    199,
    135,
    44,
    85,
]
STANDARD_CHECKS = 10


def spoilt(places: list[int], source: random.Random) -> NDArray[np.uint8]:
    word = np.array(STANDARD, np.uint8)
    for place in places:
        word[place] ^= source.randrange(1, 256)
    return word


def test_the_example_of_the_standard_is_whole() -> None:
    word = np.array(STANDARD, np.uint8)
    assert mend(word, STANDARD_CHECKS) is word


@pytest.mark.parametrize(("unsure", "wrong"), [(0, 5), (2, 4), (4, 3), (6, 2), (10, 0)])
def test_errors_and_unsure_places_are_mended_up_to_the_limit(unsure: int, wrong: int) -> None:
    for seed in range(30):
        source = random.Random(seed)
        places = source.sample(range(len(STANDARD)), unsure + wrong)
        result = mend(spoilt(places, source), STANDARD_CHECKS, places[:unsure])
        assert result is not None
        assert result.tolist() == STANDARD


def test_beyond_the_limit_nothing_is_made_up() -> None:
    taken = []
    for seed in range(200):
        source = random.Random(seed)
        word = spoilt(source.sample(range(len(STANDARD)), 9), source)
        taken += [seed] if mend(word, STANDARD_CHECKS, spare=4) is not None else []
    assert taken == []


def test_spare_checks_are_not_spent() -> None:
    source = random.Random(5)
    places = source.sample(range(len(STANDARD)), 4)
    assert mend(spoilt(places, source), STANDARD_CHECKS, spare=2) is not None
    assert mend(spoilt(places, source), STANDARD_CHECKS, spare=4) is None
    assert mend(np.array(STANDARD, np.uint8), STANDARD_CHECKS, places * 2, spare=4) is None
