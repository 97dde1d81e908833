"""Tests of portal/sealing.py: without the key nothing is learned, and no change goes unseen."""

import pytest

from portal.sealing import Damaged, Sealing

KEY = bytes(range(32))


@pytest.fixture
def sealing() -> Sealing:
    return Sealing(KEY)


def test_what_was_sealed_is_opened_under_its_name(sealing: Sealing) -> None:
    assert sealing.open(sealing.seal(b"canary", "name"), "name") == b"canary"
    assert Sealing(KEY).open(sealing.seal(b"", "name"), "name") == b""


def test_sealing_twice_gives_different_bytes(sealing: Sealing) -> None:
    first, second = sealing.seal(b"canary", "name"), sealing.seal(b"canary", "name")
    assert first != second
    assert b"canary" not in first + second


def test_no_flipped_bit_goes_unseen(sealing: Sealing) -> None:
    sealed = sealing.seal(b"canary", "name")
    for place in range(len(sealed)):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(Damaged):
            sealing.open(bytes(broken), "name")


@pytest.mark.parametrize("length", [0, 1, 12, 20])
def test_what_was_cut_short_is_damaged(sealing: Sealing, length: int) -> None:
    with pytest.raises(Damaged):
        sealing.open(sealing.seal(b"canary", "name")[:length], "name")


def test_another_name_or_key_does_not_open(sealing: Sealing) -> None:
    sealed = sealing.seal(b"canary", "name")
    with pytest.raises(Damaged):
        sealing.open(sealed, "other")
    with pytest.raises(Damaged):
        Sealing(bytes(32)).open(sealed, "name")


def test_the_hidden_name_depends_on_the_key(sealing: Sealing) -> None:
    assert sealing.hidden_name("digest") == Sealing(KEY).hidden_name("digest")
    assert sealing.hidden_name("digest") != Sealing(bytes(32)).hidden_name("digest")
    assert sealing.key_id != Sealing(bytes(32)).key_id
