"""The key that a kiosk signs with: another one after each enrolment, though the place of keys may be read-only."""

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.keys import KEY_BYTES, SERVICE_NAME, KeyProvider

_SALT_BYTES = 32
_PURPOSE = f"{SERVICE_NAME}/device-key of an enrolment/1".encode()


def new_salt() -> str:
    """What makes the next key another one; no secret, but kept with the enrolment."""
    return secrets.token_hex(_SALT_BYTES)


def enrolled_key(keys: KeyProvider, salt: str) -> Ed25519PrivateKey:
    """The key of the enrolment with that salt (HKDF-SHA256 of the place's own, RFC 5869).

    An enrolment from before there were salts has none: its key is the place's own. Raises KeysUnavailable.
    """
    own = keys.device_key()
    if not salt:
        return own
    made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=bytes.fromhex(salt), info=_PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(made.derive(own.private_bytes_raw()))
