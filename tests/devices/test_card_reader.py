"""Tests of devices.card_reader: zxing-cpp first, then the equaliser, and only cards from that."""

import numpy as np
import pytest

from devices.card_reader import CardReader, hard_card
from devices.code_reader import ZxingCodeReader
from devices.hard_code import read_hard_code
from tests.devices.card_pictures import CARD_TEXT, code_grey, code_signs, frame_of_grey, hard_frame, no_code

LINK = "https://example.invalid/a-long-link-that-needs-a-code-of-version-5-or-so-to-be-written-down"


class Stopped:
    """A clock that stands still."""

    def monotonic_s(self) -> float:
        return 0.0


READER = CardReader(Stopped().monotonic_s)


def test_an_easy_card_and_a_hard_one_are_read() -> None:
    assert READER.read(frame_of_grey(code_grey(code_signs(CARD_TEXT, 7)))) == CARD_TEXT
    frame, text = hard_frame()
    assert ZxingCodeReader().read(frame) is None
    assert READER.read(frame) == text


def test_another_code_is_read_where_it_is_easy_and_never_by_the_equaliser() -> None:
    easy = code_grey(code_signs(LINK, 7))
    hard = code_grey(code_signs(LINK, 7), 4.0, blur_px=3.8)
    assert READER.read(frame_of_grey(easy)) == LINK
    assert read_hard_code(hard, lambda: True).text == LINK
    assert READER.read(frame_of_grey(hard)) is None
    assert hard_card(hard, Stopped().monotonic_s).place is not None


def test_the_card_is_chosen_where_there_are_two_codes() -> None:
    link, card = code_grey(code_signs(LINK, 7)), code_grey(code_signs(CARD_TEXT, 7))
    assert READER.read(frame_of_grey(np.hstack([link, card]))) == CARD_TEXT
    assert READER.read(frame_of_grey(np.hstack([card, link]))) == CARD_TEXT


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_read_where_there_is_nothing(seed: int) -> None:
    assert READER.read(frame_of_grey(no_code(seed))) is None
