"""The portal's keys: the root that kiosks pin, the keys that sign, the recovery key, and the key of papers at rest.

Each is made once, in a file that only the owner reads. Of the signing keys the newest signs, the older ones stay in
the published set for the receipts that they signed.
"""

import json
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from filelock import FileLock

from portal.durable import make_folder, write_durably
from portal.jwk import KEY_BYTES, from_base64url, signing_jwk, thumbprint, to_base64url
from portal.settings import CannotStart, Settings, StartProblem

JWK_SET = "jwk-set+json"  # the `typ` of a signed key set (RFC 7517 §8.5.2 without "application/", RFC 7515 §4.1.9)
LOCK_TIMEOUT_S = 10.0
_JWS = jwt.PyJWS()


@dataclass(frozen=True, slots=True)
class PortalKeys:
    """All keys of a portal; `signing` in order of age, oldest first, never empty."""

    root: Ed25519PrivateKey
    signing: tuple[Ed25519PrivateKey, ...]
    recovery_public: bytes
    at_rest: bytes

    def sign(self, payload: bytes, typ: str) -> str:
        """A compact JWS (RFC 7515) over the payload by the newest signing key."""
        return _sign(self.signing[-1], payload, typ)

    def signed_key_set(self) -> str:
        """The public signing keys as a JWK set, newest first, in a compact JWS by the root."""
        key_set = {"keys": [signing_jwk(key.public_key()) for key in reversed(self.signing)]}
        return _sign(self.root, json.dumps(key_set).encode(), JWK_SET)

    @property
    def root_jwk(self) -> dict[str, str]:
        """The public half of the root."""
        return signing_jwk(self.root.public_key())

    @property
    def recovery_key_id(self) -> str:
        """The thumbprint of the recovery key."""
        return thumbprint("X25519", self.recovery_public)


def open_keys(settings: Settings) -> PortalKeys:
    """The keys in their files; what is missing is made. Raises CannotStart for a file that holds no key."""
    folder = settings.keys
    make_folder(folder)
    make_folder(settings.at_rest_key_file.parent)
    with _lock(folder):
        if not any(folder.glob("signing-*.pem")):
            _add_signing_key(folder)
        try:
            return PortalKeys(
                root=_ed25519(folder / "root.pem"),
                signing=tuple(_ed25519(path) for path in sorted(folder.glob("signing-*.pem"))),
                recovery_public=_recovery_public(settings),
                at_rest=_at_rest(settings.at_rest_key_file),
            )
        except ValueError as error:
            raise CannotStart(StartProblem.KEYS_UNUSABLE, str(error)) from error


def open_recovery_key(settings: Settings, elsewhere: Path | None) -> X25519PrivateKey:
    """The private half of the recovery key: from the file `elsewhere` of a province that keeps it away, else from the
    pair in the keys' folder. Raises CannotStart where there is none."""
    path = elsewhere or settings.keys / "recovery.pem"
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:  # TypeError: it has a pass phrase
        raise CannotStart(StartProblem.NO_RECOVERY_KEY, f"{path}: {type(error).__name__}") from error
    if not isinstance(key, X25519PrivateKey):
        raise CannotStart(StartProblem.NO_RECOVERY_KEY, f"{path} holds no X25519 key")
    return key


def add_signing_key(folder: Path) -> str:
    """Make the signing key that the portal signs with from its next start on; answers its `kid`."""
    make_folder(folder)
    with _lock(folder):
        return _add_signing_key(folder)


def _add_signing_key(folder: Path) -> str:
    number = len(list(folder.glob("signing-*.pem"))) + 1
    key = _ed25519(folder / f"signing-{number:04d}.pem")
    return signing_jwk(key.public_key())["kid"]


def _lock(folder: Path) -> FileLock:
    return FileLock(folder / ".lock", timeout=LOCK_TIMEOUT_S, mode=0o600)


def _sign(key: Ed25519PrivateKey, payload: bytes, typ: str) -> str:
    return _JWS.encode(payload, key, algorithm="EdDSA", headers={"kid": _kid(key), "typ": typ})


@cache
def _kid(key: Ed25519PrivateKey) -> str:
    return signing_jwk(key.public_key())["kid"]


def _ed25519(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _write_private(path, Ed25519PrivateKey.generate())
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path.name} holds no Ed25519 key")
    return key


def _recovery_public(settings: Settings) -> bytes:
    """The given public half, else that of the pair in the keys' folder."""
    if settings.recovery_public:
        public = from_base64url(settings.recovery_public)
        if len(public) != KEY_BYTES:
            raise ValueError(f"the recovery key is not {KEY_BYTES} bytes long")
        return public
    path = settings.keys / "recovery.pem"
    if not path.exists():
        _write_private(path, X25519PrivateKey.generate())
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, X25519PrivateKey):
        raise ValueError(f"{path.name} holds no X25519 key")
    return key.public_key().public_bytes_raw()


def _at_rest(path: Path) -> bytes:
    if not path.exists():
        write_durably(path, to_base64url(secrets.token_bytes(KEY_BYTES)).encode(), path.parent)
    key = from_base64url(path.read_text(encoding="ascii").strip())
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path.name} is not {KEY_BYTES} bytes long")
    return key


def _write_private(path: Path, key: Ed25519PrivateKey | X25519PrivateKey) -> None:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_durably(path, pem, path.parent)
