"""The keys of one dossier: what it is sealed with, and the two wraps from which its key comes back.

Each dossier has its own random key. It is wrapped for this kiosk and, by HPKE (RFC 9180), for the province's recovery
key; who loses both wraps has lost the papers, which is how a dossier is shredded. ChaCha20-Poly1305 (RFC 8439)
throughout: it needs no AES instructions, which the small processors of older office machines lack.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from kiosk.errors import KeysUnavailable, StoreCorrupt
from kiosk.keys import derive
from kiosk.manifest import sha256_hex

_NONCE_BYTES = 12
_TAG_BYTES = 16
_RECOVERY_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_RECOVERY_INFO = b"diem-truy-cap/recovery/1"


def new_dek() -> bytes:
    """A random key for one dossier."""
    return ChaCha20Poly1305.generate_key()


class DossierSeal:
    """Seals and opens the contents of one dossier, each bound to the dossier and to its own digest."""

    def __init__(self, dek: bytes, client_ref: UUID) -> None:
        self._cipher = ChaCha20Poly1305(dek)
        self._bound_to = client_ref.bytes

    def seal(self, content: memoryview, sha256: str) -> bytes | bytearray:
        """`content` sealed; `sha256` is its digest, given because the caller has it already."""
        sealed = bytearray(_NONCE_BYTES + len(content) + _TAG_BYTES)
        nonce = os.urandom(_NONCE_BYTES)
        sealed[:_NONCE_BYTES] = nonce
        # Into place: joining nonce and ciphertext would copy a megabyte and cost more than the cipher does.
        self._cipher.encrypt_into(nonce, content, self._aad(sha256), memoryview(sealed)[_NONCE_BYTES:])
        return sealed

    def open(self, sealed: bytes, sha256: str) -> bytes:
        """What was sealed. Raises StoreCorrupt unless it is whole, of this dossier, and has this digest."""
        content = _opened(self._cipher, sealed, self._aad(sha256))
        if sha256_hex(content) != sha256:
            raise StoreCorrupt(f"sealed content does not have the digest {sha256}")
        return content

    def _aad(self, sha256: str) -> bytes:
        return self._bound_to + bytes.fromhex(sha256)


def wrap(dek: bytes, kek: bytes, client_ref: UUID, epoch: int) -> bytes:
    """The dossier's key for this kiosk alone, bound to the dossier and to the generation of the kiosk's key."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _wrapping(kek).encrypt(nonce, dek, _wrap_aad(client_ref, epoch))


def unwrap(wrapped: bytes, kek: bytes, client_ref: UUID, epoch: int) -> bytes:
    """The dossier's key again. Raises StoreCorrupt if it was wrapped otherwise or is damaged."""
    return _opened(_wrapping(kek), wrapped, _wrap_aad(client_ref, epoch))


def wrap_for_recovery(dek: bytes, public_key: bytes) -> bytes:
    """The dossier's key for the holder of the province's recovery key. `public_key` is the raw X25519 key of 32 bytes.

    Raises KeysUnavailable if that is no usable key: a dossier that could not be recovered is not taken.
    """
    try:
        return _RECOVERY_SUITE.encrypt(dek, X25519PublicKey.from_public_bytes(public_key), _RECOVERY_INFO)
    except ValueError as error:
        raise KeysUnavailable("the recovery key is no X25519 key") from error


def recover(wrapped: bytes, private_key: X25519PrivateKey) -> bytes:
    """The dossier's key from its recovery wrap, without any key of the kiosk. Raises StoreCorrupt."""
    try:
        return _RECOVERY_SUITE.decrypt(wrapped, private_key, _RECOVERY_INFO)
    except (InvalidTag, ValueError) as error:
        raise StoreCorrupt("the recovery wrap is damaged or meant for another key") from error


def _wrapping(kek: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derive(kek, "wrap"))


def _wrap_aad(client_ref: UUID, epoch: int) -> bytes:
    return client_ref.bytes + epoch.to_bytes(4, "big")


def _opened(cipher: ChaCha20Poly1305, sealed: bytes, aad: bytes) -> bytes:
    if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
        raise StoreCorrupt("sealed content is too short")
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], aad)
    except InvalidTag as error:
        raise StoreCorrupt("sealed content is damaged or was sealed with another key") from error
