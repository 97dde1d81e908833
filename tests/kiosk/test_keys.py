"""Keys are made once, kept where they are safe, and refused, with the reason, where they would not be."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked

from kiosk.errors import KeysUnavailable
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys, DemoKeys, KeyProvider, KeyringKeys, derive


class SafeKeyring(KeyringBackend):
    """A keyring in memory, as far as its name tells a trustworthy one."""

    priority = -1  # below every real one

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[(service, username)]


class LockedKeyring(SafeKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")


class ForgetfulKeyring(SafeKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        """As a keyring that lives only as long as the session of another user."""


class BrokenKeyring(SafeKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("no D-Bus")


class AskingKeyring(SafeKeyring):
    """Shows a window that asks for a password, and waits for somebody to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait()
        return None


class PlaintextKeyring(SafeKeyring):
    """Named as the one that keeps passwords in a file."""


class OutsideKeyring(SafeKeyring):
    """From a package that brings further backends."""


OutsideKeyring.__module__ = "keyrings.alt.file"


class Chain(SafeKeyring):
    """Several keyrings, one after another; not keyring's own, whose chain is what the machine has."""

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


Chain.__module__ = chainer.ChainerBackend.__module__


NO_KEYRING: KeyringBackend = fail.Keyring()  # type: ignore[no-untyped-call]  # keyring's own; it has no annotations
NULL_KEYRING: KeyringBackend = null.Keyring()  # type: ignore[no-untyped-call]  # the same


@pytest.fixture
def asking() -> Iterator[AskingKeyring]:
    backend = AskingKeyring()
    yield backend
    backend.answered.set()


def credential(folder: Path) -> CredentialKeys:
    (folder / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    return CredentialKeys(folder)


def providers(folder: Path) -> list[KeyProvider]:
    return [KeyringKeys(SafeKeyring()), credential(folder), DemoKeys(folder / "demo")]


def test_keys_are_made_once_and_differ(tmp_path: Path) -> None:
    seen = set()
    for keys in providers(tmp_path):
        kek, device = keys.key(), keys.device_key().private_bytes_raw()
        assert (keys.key(), keys.device_key().private_bytes_raw()) == (kek, device)
        assert len(kek) == 32
        seen |= {kek, device}
    assert len(seen) == 6


def test_only_demo_keys_are_for_demos(tmp_path: Path) -> None:
    assert [keys.demo for keys in providers(tmp_path)] == [False, False, True]


def test_a_keyring_keeps_keys_over_a_restart() -> None:
    backend = SafeKeyring()
    assert KeyringKeys(backend).key() == KeyringKeys(backend).key()
    assert {service for service, _ in backend.kept} == {"diem-truy-cap"}


@pytest.mark.parametrize(
    "backend",
    [
        NO_KEYRING,
        NULL_KEYRING,
        PlaintextKeyring(),
        OutsideKeyring(),
        Chain(),
        Chain(SafeKeyring(), NULL_KEYRING),
        Chain(SafeKeyring(), PlaintextKeyring()),
        Chain(Chain(OutsideKeyring())),
    ],
    ids=lambda backend: type(backend).__name__,
)
def test_a_keyring_that_is_none_is_refused_before_it_is_asked(backend: KeyringBackend) -> None:
    for ask in (KeyringKeys(backend).key, KeyringKeys(backend).device_key):
        with pytest.raises(KeysUnavailable):
            ask()
    assert getattr(backend, "kept", {}) == {}


def test_a_chain_of_safe_keyrings_is_safe() -> None:
    keys = KeyringKeys(Chain(SafeKeyring(), SafeKeyring()))
    assert keys.key() == keys.key()


@pytest.mark.parametrize(
    ("backend", "reason"),
    [(LockedKeyring(), "KeyringLocked"), (ForgetfulKeyring(), "forgot"), (BrokenKeyring(), "no D-Bus")],
)
def test_a_keyring_that_fails_gives_no_key_and_says_why(backend: KeyringBackend, reason: str) -> None:
    with pytest.raises(KeysUnavailable, match=reason):
        KeyringKeys(backend).key()


@pytest.mark.parametrize("kept", ["00" * 31, "00" * 33, "not hexadecimal"])
def test_an_entry_that_is_no_key_is_refused_and_not_replaced(kept: str) -> None:
    backend = SafeKeyring()
    backend.set_password("diem-truy-cap", "store-key", kept)
    with pytest.raises(KeysUnavailable):
        KeyringKeys(backend).key()
    assert backend.get_password("diem-truy-cap", "store-key") == kept


def test_a_keyring_that_waits_for_a_person_is_given_up(asking: AskingKeyring) -> None:
    with pytest.raises(KeysUnavailable, match="did not answer"):
        KeyringKeys(asking, timeout_s=0.01).key()


def test_the_systems_own_keyring_is_used_unless_one_is_given() -> None:
    before, backend = keyring.get_keyring(), SafeKeyring()
    keyring.set_keyring(backend)
    try:
        KeyringKeys().key()
    finally:
        keyring.set_keyring(before)
    assert backend.kept


@pytest.mark.parametrize("content", [None, b"", bytes(31), bytes(33)])
def test_a_credential_that_is_no_key_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / CREDENTIAL_NAME).write_bytes(content)
    with pytest.raises(KeysUnavailable, match=CREDENTIAL_NAME):
        CredentialKeys(tmp_path).key()


def test_the_credential_itself_is_no_key(tmp_path: Path) -> None:
    keys = credential(tmp_path)
    assert bytes(range(32)) not in (keys.key(), keys.device_key().private_bytes_raw())


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions: nothing to do on this system")
def test_demo_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    keys = DemoKeys(tmp_path / "demo")
    keys.key()
    keys.device_key()
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "demo").iterdir()]
    assert modes == [0o600, 0o600]


def test_a_damaged_demo_key_is_not_replaced(tmp_path: Path) -> None:
    DemoKeys(tmp_path).key()
    (tmp_path / "demo-store-key").write_bytes(b"short")
    with pytest.raises(KeysUnavailable):
        DemoKeys(tmp_path).key()


def test_demo_keys_without_a_folder_say_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeysUnavailable, match="cannot be made"):
        DemoKeys(tmp_path / "file" / "keys").key()


def test_a_key_for_one_purpose_is_not_that_for_another() -> None:
    assert derive(bytes(32), "db") == derive(bytes(32), "db")
    assert len({derive(bytes(32), "db"), derive(bytes(32), "wrap"), derive(bytes([1]) * 32, "db")}) == 3


def renewable_places(folder: Path) -> list[KeyProvider]:
    return [KeyringKeys(SafeKeyring()), DemoKeys(folder)]


@pytest.mark.parametrize("index", [0, 1], ids=["keyring", "demo"])
def test_wrapping_keys_are_kept_for_each_store_and_forgotten(tmp_path: Path, index: int) -> None:
    place = renewable_places(tmp_path / "keys")[index]
    place.key()
    first, second = {2: b"2" * 32, 3: b"3" * 32}, {7: b"7" * 32}
    assert place.wrapping_keys("one") == {}
    place.keep_wrapping_keys("one", first)
    place.keep_wrapping_keys("other", second)
    assert (place.wrapping_keys("one"), place.wrapping_keys("other")) == (first, second)
    place.keep_wrapping_keys("one", {3: first[3]})
    assert (place.wrapping_keys("one"), place.wrapping_keys("other")) == ({3: first[3]}, second)


def test_wrapping_keys_that_are_forgotten_at_once_are_noticed() -> None:
    with pytest.raises(KeysUnavailable, match="forgot"):
        KeyringKeys(ForgetfulKeyring()).keep_wrapping_keys("one", {2: b"2" * 32})


def test_a_credential_keeps_no_wrapping_keys(tmp_path: Path) -> None:
    keys = CredentialKeys(tmp_path)
    assert (keys.renewable, keys.wrapping_keys("one")) == (False, {})
    with pytest.raises(KeysUnavailable, match="read-only"):
        keys.keep_wrapping_keys("one", {2: b"2" * 32})
