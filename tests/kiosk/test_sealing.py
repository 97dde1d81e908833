"""What is sealed opens only whole, under its own key, dossier and digest; both wraps give the key back."""

from collections.abc import Callable
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KeysUnavailable, StoreCorrupt
from kiosk.manifest import PIECE_MAX_BYTES, sha256_hex
from kiosk.sealing import DossierSeal, new_dek, recover, unwrap, wrap, wrap_for_recovery

REF, OTHER_REF = UUID(int=1), UUID(int=2)
KEK = bytes(32)


def sealed_bytes(seal: DossierSeal, content: bytes) -> bytes:
    return bytes(seal.seal(memoryview(content), sha256_hex(content)))


@given(content=st.binary(max_size=3000))
def test_what_is_sealed_opens_again(content: bytes) -> None:
    seal = DossierSeal(new_dek(), REF)
    assert seal.open(sealed_bytes(seal, content), sha256_hex(content)) == content


def test_a_whole_piece_grows_by_28_bytes_and_never_looks_the_same_twice() -> None:
    seal, content = DossierSeal(new_dek(), REF), bytes(PIECE_MAX_BYTES)
    first, second = sealed_bytes(seal, content), sealed_bytes(seal, content)
    assert len(first) == PIECE_MAX_BYTES + 28
    assert first != second


@pytest.mark.parametrize("position", [0, 11, 12, 20, -16, -1])
def test_a_flipped_bit_is_noticed(position: int) -> None:
    seal = DossierSeal(new_dek(), REF)
    sealed = bytearray(sealed_bytes(seal, b"content"))
    sealed[position] ^= 1
    with pytest.raises(StoreCorrupt):
        seal.open(bytes(sealed), sha256_hex(b"content"))


@pytest.mark.parametrize("length", [0, 12, 27, 28, 34])
def test_a_shortened_piece_is_noticed(length: int) -> None:
    seal = DossierSeal(new_dek(), REF)
    with pytest.raises(StoreCorrupt):
        seal.open(sealed_bytes(seal, b"content")[:length], sha256_hex(b"content"))


def test_it_opens_under_no_other_key_dossier_or_digest() -> None:
    dek = new_dek()
    sealed, sha256 = sealed_bytes(DossierSeal(dek, REF), b"content"), sha256_hex(b"content")
    for seal, digest in (
        (DossierSeal(new_dek(), REF), sha256),
        (DossierSeal(dek, OTHER_REF), sha256),
        (DossierSeal(dek, REF), sha256_hex(b"other")),
    ):
        with pytest.raises(StoreCorrupt):
            seal.open(sealed, digest)


def test_content_sealed_under_a_wrong_digest_is_noticed() -> None:
    seal, wrong = DossierSeal(new_dek(), REF), sha256_hex(b"other")
    with pytest.raises(StoreCorrupt, match="digest"):
        seal.open(bytes(seal.seal(memoryview(b"content"), wrong)), wrong)


def test_the_local_wrap_gives_the_key_back_to_its_own_dossier_and_generation_alone() -> None:
    dek = new_dek()
    wrapped = wrap(dek, KEK, REF, 1)
    assert dek not in wrapped
    assert unwrap(wrapped, KEK, REF, 1) == dek
    attempts: list[Callable[[], bytes]] = [
        lambda: unwrap(wrapped, bytes([1]) * 32, REF, 1),
        lambda: unwrap(wrapped, KEK, OTHER_REF, 1),
        lambda: unwrap(wrapped, KEK, REF, 2),
        lambda: unwrap(b"", KEK, REF, 1),
    ]
    for attempt in attempts:
        with pytest.raises(StoreCorrupt):
            attempt()


def test_the_recovery_wrap_gives_the_key_back_to_the_private_key_alone() -> None:
    dek, private_key = new_dek(), X25519PrivateKey.generate()
    wrapped = wrap_for_recovery(dek, private_key.public_key().public_bytes_raw())
    assert len(wrapped) == 80  # RFC 9180: 32 bytes of encapsulated key, 32 of ciphertext, 16 of tag
    assert recover(wrapped, private_key) == dek
    for damaged, key in ((wrapped, X25519PrivateKey.generate()), (wrapped[:-1], private_key), (b"", private_key)):
        with pytest.raises(StoreCorrupt):
            recover(damaged, key)


@pytest.mark.parametrize("public_key", [b"", bytes(31), bytes(33), bytes(32)])
def test_no_dossier_is_wrapped_to_a_key_that_cannot_recover_it(public_key: bytes) -> None:
    with pytest.raises(KeysUnavailable):
        wrap_for_recovery(new_dek(), public_key)
