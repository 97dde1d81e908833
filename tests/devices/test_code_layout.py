"""Tests of devices.code_layout against codes that segno draws."""

import numpy as np
import pytest

from devices.code_layout import LEVELS, VERSIONS, block_sizes, format_signs, layout_of, mask_signs
from tests.devices.card_pictures import code_signs


@pytest.mark.parametrize("version", [1, *VERSIONS, 40])
def test_the_known_modules_are_those_of_a_drawn_code(version: int) -> None:
    signs, layout = code_signs("1", version), layout_of(version)
    assert layout.size == len(signs)
    assert (signs[layout.known != 0] == layout.known[layout.known != 0]).all()


@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
@pytest.mark.parametrize("version", [2, 6, 7, 14, 20])
def test_the_codewords_of_a_drawn_code_are_where_they_should_be(version: int, level: str) -> None:
    """The byte mode's first codewords hold the mode, the length and the text (7.4.5)."""
    signs, layout = code_signs("căn cước", version, level), layout_of(version)
    copies = [format_signs() @ signs[places[:, 0], places[:, 1]] for places in layout.formats]
    number = int(copies[0].argmax())
    assert copies[0][number] == copies[1][number] == 15
    assert LEVELS[number >> 3] == level
    plain = signs * mask_signs(number & 7, layout.size)
    bits = plain[layout.codewords[..., 0], layout.codewords[..., 1]] > 0
    assert len(bits) == sum(whole for whole, _text in block_sizes(version, level))
    blocks = len(block_sizes(version, level))
    first_block = np.packbits(bits[: 2 * blocks : blocks], axis=1)[:, 0]
    assert first_block[0] >> 4 in (4, 7)  # bytes, or first which alphabet they are in


def test_modules_are_known_formats_codewords_or_left_over() -> None:
    for version in VERSIONS:
        layout = layout_of(version)
        seen = (layout.known != 0).astype(int)
        for places in (*layout.formats, layout.codewords.reshape(-1, 2), layout.rest):
            np.add.at(seen, (places[:, 0], places[:, 1]), 1)
        assert (seen == 1).all(), version
