"""Wrapping keys are known by their generation, and come back from the text in which a keyring keeps them."""

import pytest

from kiosk.errors import KeysUnavailable, StoreCorrupt
from kiosk.wrapping_keys import WrappingKeys, keys_from_text, keys_to_text

LATER = {2: b"2" * 32, 10: b"t" * 32}


def test_what_is_held_is_known_and_the_first_always() -> None:
    keys = WrappingKeys(b"r" * 32)
    keys.hold(LATER)
    assert (keys.key(1), keys.key(2), keys.key(10)) == (b"r" * 32, b"2" * 32, b"t" * 32)
    keys.hold({10: LATER[10]})
    assert keys.key(1) == keys.root
    with pytest.raises(StoreCorrupt, match="generation 2 is gone"):
        keys.key(2)


def test_they_come_back_from_their_text() -> None:
    assert keys_from_text(keys_to_text(LATER)) == LATER
    assert keys_from_text(keys_to_text({})) == {}


@pytest.mark.parametrize(
    "text", ["", "[]", "nonsense", '{"2": "00"}', '{"two": "00"}', '{"2": 5}', '{"1": "%s"}' % ("0" * 64)]
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(KeysUnavailable):
        keys_from_text(text)
