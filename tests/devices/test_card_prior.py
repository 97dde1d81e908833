"""Tests of devices.card_prior: noisy bits of a card's text become surer, and other texts are left alone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.card_prior import likely_text
from tests.devices.card_pictures import CARD_TEXT

Floats = NDArray[np.float32]
WORDS = {7: 156, 12: 370}  # codewords of the text at level L


def written(version: int, text: str = CARD_TEXT, mode: int = 4) -> Floats:
    """Signs of the text's codewords as they are filled into a code."""
    content = text.encode()
    count_bits = 8 if version < 10 else 16
    bits = f"{mode:04b}{len(content):0{count_bits}b}" + "".join(f"{byte:08b}" for byte in content) + "0000"
    fill = ["11101100", "00010001"] * WORDS[version]
    bits += "".join(fill[: WORDS[version] - len(bits) // 8])
    return np.array([2 * int(bit) - 1 for bit in bits], np.float32).reshape(-1, 8)


def wrong_words(soft: Floats, signs: Floats) -> int:
    return int(((soft > 0) != (signs > 0)).any(axis=1).sum())


@pytest.mark.parametrize("version", WORDS)
def test_a_card_of_noisy_bits_becomes_much_surer(version: int) -> None:
    signs = written(version)
    for seed in range(3):
        noise = np.random.default_rng(seed).normal(0, 0.6, signs.shape)
        noisy = np.asarray(signs + noise, np.float32)
        assert wrong_words(likely_text(noisy, version), signs) < 0.4 * wrong_words(noisy, signs)


def test_what_fills_a_code_up_is_known_though_nothing_of_it_is_seen() -> None:
    signs = written(7)
    hidden, first = signs.copy(), len(CARD_TEXT.encode()) + 2
    hidden[first:] = 0
    assert wrong_words(likely_text(hidden, 7)[first:], signs[first:]) == 0


def test_another_mode_and_short_codes_are_left_alone() -> None:
    numbers = written(7, mode=1)
    assert likely_text(numbers, 7) is numbers
    short = written(7)[:28]
    assert likely_text(short, 2) is short
