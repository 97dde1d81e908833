"""Tests of commands.card_damage, and with it the proof that 10,000 pictures give no wrong text."""

import pytest

from commands.bench_card import wrong_texts
from commands.card_damage import KINDS, damaged_picture
from devices.card_reader import CardReader
from devices.code_reader import ZxingCodeReader


def test_a_seed_gives_the_same_picture_and_the_kinds_take_turns() -> None:
    assert damaged_picture(5) == damaged_picture(5)
    assert [damaged_picture(seed).kind for seed in range(len(KINDS))] == list(KINDS)


def test_some_damage_hides_the_text_and_some_does_not() -> None:
    """Otherwise either the damage or the pictures would prove nothing."""
    pictures = [damaged_picture(seed) for seed in range(7, 7 + 4 * len(KINDS))]
    texts = [ZxingCodeReader().read(picture.frame) for picture in pictures]
    damaged = [text for text, picture in zip(texts, pictures, strict=True) if picture.texts]
    assert None in damaged
    assert {text is not None for text in damaged} == {True, False}
    assert not any(text for text, picture in zip(texts, pictures, strict=True) if not picture.texts)


def test_what_cannot_be_read_is_not_read_wrongly() -> None:
    assert wrong_texts(CardReader(lambda: 0.0).read, 0, len(KINDS)) == 0


@pytest.mark.proof
@pytest.mark.parametrize("first_seed", range(100_000, 110_000, 500))
def test_ten_thousand_pictures_give_no_wrong_text(first_seed: int) -> None:
    assert wrong_texts(CardReader().read, first_seed, 500) == 0
