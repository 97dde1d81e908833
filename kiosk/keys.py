"""Where the kiosk's keys are kept: the system's keyring, a systemd credential, or, for demos only, a folder.

There is no way back to a plain file: without a trustworthy place there are no keys, and without keys no dossiers.
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.durable_file import make_folder, write_durably
from kiosk.errors import KeysUnavailable
from kiosk.wrapping_keys import keys_from_text, keys_to_text

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEY_BYTES = 32
SERVICE_NAME = "diem-truy-cap"
CREDENTIAL_NAME = "diem-truy-cap-key"
_STORE_KEY = "store-key"
_DEVICE_KEY = "device-key"
_WRAPPING_KEYS = "wrapping-keys"  # of one store: its id follows

# Parts of names of keyring backends that keep nothing, or keep it where a copied disk gives it away. Everything in the
# namespace `keyrings` comes from outside the keyring library: files of several kinds, and services on the network.
_UNTRUSTED_NAMES = ("keyring.backends.fail", "keyring.backends.null", "keyrings.", "plaintext")


class KeyProvider(Protocol):
    """A place for keys. `demo` says that it protects nothing and only the embedded portal may be used with it;
    `renewable`, that it can keep wrapping keys and forget them."""

    @property
    def name(self) -> str: ...

    @property
    def demo(self) -> bool: ...

    @property
    def renewable(self) -> bool: ...

    def key(self) -> bytes:
        """The 32-byte key that all keys of the store come from; made once. Raises KeysUnavailable."""
        ...

    def device_key(self) -> Ed25519PrivateKey:
        """The key this kiosk signs with; made once. Raises KeysUnavailable."""
        ...

    def wrapping_keys(self, store_id: str) -> Mapping[int, bytes]:
        """The wrapping keys of that store by generation, beyond the first. Raises KeysUnavailable."""
        ...

    def keep_wrapping_keys(self, store_id: str, keys: Mapping[int, bytes]) -> None:
        """Keep these and forget all others of that store; back when they were read back. Raises KeysUnavailable."""
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
    renewable = True

    def __init__(self, backend: "KeyringBackend | None" = None, timeout_s: float = 10.0) -> None:
        self._backend = backend
        self._timeout_s = timeout_s

    def key(self) -> bytes:
        """See KeyProvider."""
        return self._kept(_STORE_KEY)

    def device_key(self) -> Ed25519PrivateKey:
        """See KeyProvider."""
        return Ed25519PrivateKey.from_private_bytes(self._kept(_DEVICE_KEY))

    def wrapping_keys(self, store_id: str) -> Mapping[int, bytes]:
        """See KeyProvider."""
        entry = f"{_WRAPPING_KEYS}-{store_id}"
        return keys_from_text(self._answer(lambda backend: backend.get_password(SERVICE_NAME, entry) or "{}"))

    def keep_wrapping_keys(self, store_id: str, keys: Mapping[int, bytes]) -> None:
        """See KeyProvider."""
        entry, text = f"{_WRAPPING_KEYS}-{store_id}", keys_to_text(keys)
        self._answer(lambda backend: _replace(backend, entry, text))

    def _kept(self, entry: str) -> bytes:
        text = self._answer(lambda backend: _read_or_make(backend, entry))
        try:
            key = bytes.fromhex(text)
        except ValueError as error:
            raise KeysUnavailable(f"the keyring's entry {entry} is not a key") from error
        if len(key) != KEY_BYTES:
            raise KeysUnavailable(f"the keyring's entry {entry} is not a key of {KEY_BYTES} bytes")
        return key

    def _answer(self, question: Callable[["KeyringBackend"], str]) -> str:
        def ask() -> str:
            backend = self._backend or _system_backend()
            _check_trust(backend)
            return question(backend)

        try:
            return _in_time(ask, self._timeout_s)
        except KeysUnavailable:
            raise
        except TimeoutError:
            raise KeysUnavailable(f"the keyring did not answer within {self._timeout_s:g} s: is it locked?") from None
        except Exception as error:  # backends raise their own errors, D-Bus's, and the system's
            raise KeysUnavailable(f"the keyring cannot be used: {type(error).__name__}: {error}") from error


def _system_backend() -> "KeyringBackend":
    import keyring  # noqa: PLC0415  looks for backends and talks to the session as it is imported

    return keyring.get_keyring()


def _read_or_make(backend: "KeyringBackend", entry: str) -> str:
    if kept := backend.get_password(SERVICE_NAME, entry):
        return kept
    backend.set_password(SERVICE_NAME, entry, os.urandom(KEY_BYTES).hex())
    if kept := backend.get_password(SERVICE_NAME, entry):
        return kept
    raise KeysUnavailable("the keyring forgot a key at once")


def _replace(backend: "KeyringBackend", entry: str, text: str) -> str:
    backend.set_password(SERVICE_NAME, entry, text)
    if backend.get_password(SERVICE_NAME, entry) != text:
        raise KeysUnavailable("the keyring forgot a key at once")
    return text


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
    renewable = False

    def __init__(self, folder: Path) -> None:
        self._path = folder / CREDENTIAL_NAME

    def key(self) -> bytes:
        """See KeyProvider."""
        return derive(_key_file(self._path), _STORE_KEY)

    def device_key(self) -> Ed25519PrivateKey:
        """See KeyProvider."""
        return Ed25519PrivateKey.from_private_bytes(derive(_key_file(self._path), _DEVICE_KEY))

    def wrapping_keys(self, store_id: str) -> Mapping[int, bytes]:
        """None: systemd gives the credential to read, and nothing else can be kept beside it."""
        return {}

    def keep_wrapping_keys(self, store_id: str, keys: Mapping[int, bytes]) -> None:
        """Raises KeysUnavailable: there is no place that would forget them again."""
        raise KeysUnavailable("a systemd credential is read-only: it keeps no wrapping keys")


class DemoKeys:
    """Keys in files of a folder, for demos, training and tests: they protect nothing, and `demo` says so."""

    name = "demo"
    demo = True
    renewable = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def key(self) -> bytes:
        """See KeyProvider."""
        return self._kept(_STORE_KEY)

    def device_key(self) -> Ed25519PrivateKey:
        """See KeyProvider."""
        return Ed25519PrivateKey.from_private_bytes(self._kept(_DEVICE_KEY))

    def wrapping_keys(self, store_id: str) -> Mapping[int, bytes]:
        """See KeyProvider."""
        path = self._wrapping_path(store_id)
        try:
            return keys_from_text(path.read_text()) if path.exists() else {}
        except OSError as error:
            raise KeysUnavailable(f"{path} cannot be read: {error.strerror}") from error

    def keep_wrapping_keys(self, store_id: str, keys: Mapping[int, bytes]) -> None:
        """See KeyProvider."""
        path = self._wrapping_path(store_id)
        try:
            write_durably(path, keys_to_text(keys).encode())
        except OSError as error:
            raise KeysUnavailable(f"{path} cannot be made: {error.strerror}") from error

    def _wrapping_path(self, store_id: str) -> Path:
        return self._folder / f"demo-{_WRAPPING_KEYS}-{store_id}"

    def _kept(self, entry: str) -> bytes:
        path = self._folder / f"demo-{entry}"
        try:
            if not path.exists():
                make_folder(self._folder)
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
