"""Encryption at rest: what is stored says nothing, neither by its content nor by its name, without the portal's key."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"  # AES-256-GCM, nonce of 96 bits before the ciphertext (NIST SP 800-38D)
NONCE_BYTES = 12


class Damaged(Exception):
    """What was stored cannot be opened: another key, or other bytes than were written."""


class Sealing:
    """Seals and opens with keys derived from the at-rest key; each sealed thing is bound to its own name."""

    def __init__(self, at_rest_key: bytes) -> None:
        self._cipher = AESGCM(_derive(at_rest_key, b"content"))
        self._naming_key = _derive(at_rest_key, b"name")
        self.key_id = _derive(at_rest_key, b"id").hex()[:16]

    def seal(self, content: bytes, name: str) -> bytes:
        """The content, encrypted and bound to `name`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return FORMAT + nonce + self._cipher.encrypt(nonce, content, name.encode())

    def open(self, sealed: bytes, name: str) -> bytes:
        """What was sealed under `name`. Raises Damaged."""
        head = len(FORMAT) + NONCE_BYTES
        if not sealed.startswith(FORMAT) or len(sealed) < head:
            raise Damaged(name)
        try:
            return self._cipher.decrypt(sealed[len(FORMAT) : head], sealed[head:], name.encode())
        except InvalidTag as error:
            raise Damaged(name) from error

    def hidden_name(self, name: str) -> str:
        """A name for a file that does not tell which content is stored: a digest alone would confirm a guess."""
        return hmac.new(self._naming_key, name.encode(), hashlib.sha256).hexdigest()


def _derive(at_rest_key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"diem-truy-cap/portal/" + purpose).derive(at_rest_key)
