"""Where the kiosk's keys are kept: the system's keyring, a systemd credential, or, for demos only, a folder.

There is no way back to a plain file: without a trustworthy place there are no keys, and without keys no dossiers.
"""

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.durable_file import write_durably
from kiosk.errors import KeysUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEY_BYTES = 32
SERVICE_NAME = "diem-truy-cap"
CREDENTIAL_NAME = "diem-truy-cap-key"
_STORE_KEY = "store-key"
_DEVICE_KEY = "device-key"

# Parts of names of keyring backends that keep nothing, or keep it where a copied disk gives it away. Everything in the
# namespace `keyrings` comes from outside the keyring library: files of several kinds, and services on the network.
_UNTRUSTED_NAMES = ("keyring.backends.fail", "keyring.backends.null", "keyrings.", "plaintext")


class KeyProvider(Protocol):
    """A place for keys. `demo` says that it protects nothing and only the embedded portal may be used with it."""

    @property
    def name(self) -> str: ...

    @property
    def demo(self) -> bool: ...

    def key(self) -> bytes:
        """The 32-byte key that all keys of the store come from; made once. Raises KeysUnavailable."""
        ...

    def device_key(self) -> Ed25519PrivateKey:
        """The key this kiosk signs with; made once. Raises KeysUnavailable."""
        ...


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose alone (HKDF-SHA256, RFC 5869)."""
    info = f"{SERVICE_NAME}/{purpose}/1".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


class KeyringKeys:
    """Keys in the system's keyring (Secret Service, Windows Credential Manager, macOS Keychain).

    `backend` is the system's own unless given. A locked keyring may ask a person who is not there and never answer,
    so every question has `timeout_s` to be answered.
    """

    name = "keyring"
    demo = False

    def __init__(self, backend: "KeyringBackend | None" = None, timeout_s: float = 10.0) -> None:
        self._backend = backend
        self._timeout_s = timeout_s

    def key(self) -> bytes:
        """See KeyProvider."""
        return self._kept(_STORE_KEY)

    def device_key(self) -> Ed25519PrivateKey:
        """See KeyProvider."""
        return Ed25519PrivateKey.from_private_bytes(self._kept(_DEVICE_KEY))

    def _kept(self, entry: str) -> bytes:
        try:
            text = _in_time(lambda: _read_or_make(self._backend or _system_backend(), entry), self._timeout_s)
            key = bytes.fromhex(text)
        except KeysUnavailable:
            raise
        except TimeoutError:
            raise KeysUnavailable(f"the keyring did not answer within {self._timeout_s:g} s: is it locked?") from None
        except Exception as error:  # backends raise their own errors, D-Bus's, and the system's
            raise KeysUnavailable(f"the keyring cannot be used: {type(error).__name__}: {error}") from error
        if len(key) != KEY_BYTES:
            raise KeysUnavailable(f"the keyring's entry {entry} is not a key of {KEY_BYTES} bytes")
        return key


def _system_backend() -> "KeyringBackend":
    import keyring  # noqa: PLC0415  looks for backends and talks to the session as it is imported

    return keyring.get_keyring()


def _read_or_make(backend: "KeyringBackend", entry: str) -> str:
    _check_trust(backend)
    if kept := backend.get_password(SERVICE_NAME, entry):
        return kept
    backend.set_password(SERVICE_NAME, entry, os.urandom(KEY_BYTES).hex())
    if kept := backend.get_password(SERVICE_NAME, entry):
        return kept
    raise KeysUnavailable("the keyring forgot a key at once")


def _check_trust(backend: "KeyringBackend") -> None:
    kind = type(backend)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if any(part in name.lower() for part in _UNTRUSTED_NAMES):
        raise KeysUnavailable(f"{name} is no trustworthy place for keys")
    if kind.__module__ == "keyring.backends.chainer":
        chained = list(getattr(backend, "backends", ()))
        if not chained:
            raise KeysUnavailable("there is no keyring")
        for inner in chained:
            _check_trust(inner)


def _in_time(ask: Callable[[], str], timeout_s: float) -> str:
    answer: Future[str] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # noqa: BLE001  handed to the thread that waits
            answer.set_exception(error)

    Thread(target=run, name="keyring", daemon=True).start()  # a daemon: a keyring that hangs must not hold the exit
    return answer.result(timeout_s)


class CredentialKeys:
    """Keys from a systemd credential of 32 bytes (`systemd-creds encrypt --name=diem-truy-cap-key`).

    `folder` is the service's $CREDENTIALS_DIRECTORY. The credential is never used itself: both keys derive from it.
    """

    name = "systemd credential"
    demo = False

    def __init__(self, folder: Path) -> None:
        self._path = folder / CREDENTIAL_NAME

    def key(self) -> bytes:
        """See KeyProvider."""
        return derive(_key_file(self._path), _STORE_KEY)

    def device_key(self) -> Ed25519PrivateKey:
        """See KeyProvider."""
        return Ed25519PrivateKey.from_private_bytes(derive(_key_file(self._path), _DEVICE_KEY))


class DemoKeys:
    """Keys in files of a folder, for demos, training and tests: they protect nothing, and `demo` says so."""

    name = "demo"
    demo = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def key(self) -> bytes:
        """See KeyProvider."""
        return self._kept(_STORE_KEY)

    def device_key(self) -> Ed25519PrivateKey:
        """See KeyProvider."""
        return Ed25519PrivateKey.from_private_bytes(self._kept(_DEVICE_KEY))

    def _kept(self, entry: str) -> bytes:
        path = self._folder / f"demo-{entry}"
        try:
            if not path.exists():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_durably(path, os.urandom(KEY_BYTES))
        except OSError as error:
            raise KeysUnavailable(f"{path} cannot be made: {error.strerror}") from error
        return _key_file(path)


def _key_file(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except OSError as error:
        raise KeysUnavailable(f"{path} cannot be read: {error.strerror}") from error
    if len(key) != KEY_BYTES:
        raise KeysUnavailable(f"{path} is not a key of {KEY_BYTES} bytes")
    return key
