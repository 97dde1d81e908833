"""Tests of devices.clean_code."""

import numpy as np

from devices.clean_code import clean_text
from tests.devices.card_pictures import CARD_TEXT, code_signs


def test_a_grid_of_modules_is_read() -> None:
    assert clean_text(code_signs(CARD_TEXT, 9, "Q")) == CARD_TEXT


def test_a_grid_that_is_no_code_or_an_empty_one_is_no_text() -> None:
    assert clean_text(np.ones((45, 45), np.int8)) is None
    assert clean_text(code_signs("   ", 6)) is None
