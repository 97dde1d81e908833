"""The wrapping key changes, and what is alive opens as before, while older copies of the file open nothing more."""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.errors import KeysUnavailable, StoreCorrupt
from kiosk.keys import CREDENTIAL_NAME, CredentialKeys, DemoKeys
from kiosk.manifest import sha256_hex
from kiosk.recovery import recover_store
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, RECOVERY_KEY, sample_dossier

DIGEST = sha256_hex(b"paper")
WEEK = timedelta(days=7)


class TiredKeys(DemoKeys):
    """Cannot keep anything once it is tired, and says that there is nothing while it is silent."""

    tired = False
    silent = False

    def wrapping_keys(self, store_id: str) -> Mapping[int, bytes]:
        return {} if self.silent else super().wrapping_keys(store_id)

    def keep_wrapping_keys(self, store_id: str, keys: Mapping[int, bytes]) -> None:
        if self.tired:
            raise KeysUnavailable("tired")
        super().keep_wrapping_keys(store_id, keys)


@pytest.fixture
def keys(tmp_path: Path) -> TiredKeys:
    return TiredKeys(tmp_path / "keys")


def open_store(folder: Path, keys: DemoKeys, clock: FakeClock) -> Store:
    return Store.open(folder / "store", keys, clock, reserve_bytes=0)


def store_id(folder: Path) -> str:
    return (folder / "store/store.id").read_text()


def paper_of(store: Store, number: int) -> bytes:
    return store.piece(sample_dossier(number).client_ref, DIGEST)


def test_a_new_store_begins_with_a_key_that_can_be_forgotten(tmp_path: Path, keys: TiredKeys, clock: FakeClock) -> None:
    with open_store(tmp_path, keys, clock) as store:
        assert (store.keys.renewable, store.verify_audit()) == (True, 1)
    assert keys.wrapping_keys(store_id(tmp_path)).keys() == {2}


def test_what_is_alive_opens_under_the_new_key_and_only_that_is_kept(
    tmp_path: Path, keys: TiredKeys, clock: FakeClock
) -> None:
    with open_store(tmp_path, keys, clock) as store:
        for number in (1, 2):
            store.seal(sample_dossier(number), IDENTITY)
        before = keys.wrapping_keys(store_id(tmp_path))
        events = store.verify_audit()
        store.keys.renew(clock.now())
        assert store.verify_audit() == events + 1
        assert [paper_of(store, number) for number in (1, 2)] == [b"paper"] * 2
        store.seal(sample_dossier(3), IDENTITY)
    after = keys.wrapping_keys(store_id(tmp_path))
    assert (set(before), set(after)) == ({2}, {3})
    with open_store(tmp_path, keys, clock) as store:
        assert [paper_of(store, number) for number in (1, 2, 3)] == [b"paper"] * 3
    found = [dossier.client_ref for dossier in recover_store(tmp_path / "store", RECOVERY_KEY)]
    assert found == [sample_dossier(number).client_ref for number in (1, 2, 3)]


def test_it_is_renewed_when_it_has_served_its_time(tmp_path: Path, keys: TiredKeys, clock: FakeClock) -> None:
    with open_store(tmp_path, keys, clock) as store:
        assert not store.keys.renew_if_older(WEEK, clock.now() + WEEK - timedelta(seconds=1))
        assert store.keys.renew_if_older(WEEK, clock.now() + WEEK)
        assert not store.keys.renew_if_older(WEEK, clock.now() + WEEK)
        assert store.keys.renew_if_older(WEEK, clock.now() - timedelta(days=1826))  # a clock that was set right


def test_an_old_copy_opens_and_is_noticed_but_its_papers_do_not(
    tmp_path: Path, keys: TiredKeys, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    with open_store(tmp_path, keys, clock) as store:
        store.seal(sample_dossier(1), IDENTITY)
    shutil.copytree(tmp_path / "store", tmp_path / "backup")
    with open_store(tmp_path, keys, clock) as store:
        store.keys.renew(clock.now())
    shutil.rmtree(tmp_path / "store")
    shutil.copytree(tmp_path / "backup", tmp_path / "store")
    with open_store(tmp_path, keys, clock) as store:
        assert "generation 2 is gone" in caplog.text
        with pytest.raises(StoreCorrupt, match="generation 2 is gone"):
            paper_of(store, 1)
        store.seal(sample_dossier(2), IDENTITY)  # new ones are taken
        assert paper_of(store, 2) == b"paper"
    assert keys.wrapping_keys(store_id(tmp_path)).keys() == {3, 4}  # the newer copy's key is not destroyed in passing
    assert len(list(recover_store(tmp_path / "store", RECOVERY_KEY))) == 2  # and the recovery key opens both


def test_a_place_of_keys_that_fails_leaves_the_old_key_at_work(
    tmp_path: Path, keys: TiredKeys, clock: FakeClock
) -> None:
    with open_store(tmp_path, keys, clock) as store:
        store.seal(sample_dossier(1), IDENTITY)
        keys.tired = True
        with pytest.raises(KeysUnavailable):
            store.keys.renew(clock.now())
        assert paper_of(store, 1) == b"paper"
        keys.tired = False
        store.keys.renew(clock.now())
        assert paper_of(store, 1) == b"paper"


def test_a_start_that_cannot_leave_the_first_key_goes_on_with_it(
    tmp_path: Path, keys: TiredKeys, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    keys.tired = True
    with open_store(tmp_path, keys, clock) as store:
        store.seal(sample_dossier(1), IDENTITY)
    assert "not renewed: tired" in caplog.text
    keys.tired = False
    with open_store(tmp_path, keys, clock) as store:
        assert paper_of(store, 1) == b"paper"
    assert keys.wrapping_keys(store_id(tmp_path)).keys() == {2}


def test_a_credential_keeps_the_first_key_and_says_so(tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / CREDENTIAL_NAME).write_bytes(bytes(range(32)))
    keys = CredentialKeys(tmp_path)
    with Store.open(tmp_path / "store", keys, clock, reserve_bytes=0) as store:
        store.seal(sample_dossier(1), IDENTITY)
        assert not store.keys.renewable
        assert not store.keys.renew_if_older(WEEK, clock.now() + WEEK)
        assert paper_of(store, 1) == b"paper"
        with pytest.raises(KeysUnavailable, match="read-only"):
            store.keys.renew(clock.now())
        assert paper_of(store, 1) == b"paper"


def test_renewing_and_sealing_at_once_lose_nothing(tmp_path: Path, keys: TiredKeys, clock: FakeClock) -> None:
    with open_store(tmp_path, keys, clock) as store, ThreadPoolExecutor(4) as threads:
        renewals = [threads.submit(store.keys.renew, clock.now()) for _ in range(4)]
        for _ in threads.map(lambda number: store.seal(sample_dossier(number), IDENTITY), range(1, 9), timeout=60):
            pass
        for renewal in renewals:
            renewal.result(timeout=60)
        assert [paper_of(store, number) for number in range(1, 9)] == [b"paper"] * 8
    assert len(keys.wrapping_keys(store_id(tmp_path))) == 1


def test_another_recovery_key_still_opens_nothing(tmp_path: Path, keys: TiredKeys, clock: FakeClock) -> None:
    with open_store(tmp_path, keys, clock) as store:
        store.seal(sample_dossier(1), IDENTITY)
        store.keys.renew(clock.now())
    with pytest.raises(StoreCorrupt):
        list(recover_store(tmp_path / "store", X25519PrivateKey.generate()))


def test_a_place_that_once_says_nothing_takes_no_key_away(tmp_path: Path, keys: TiredKeys, clock: FakeClock) -> None:
    with open_store(tmp_path, keys, clock) as store:
        for number in (1, 2):
            store.seal(sample_dossier(number), IDENTITY)
        keys.silent = True
        assert store.keys.renew_if_older(WEEK, clock.now() + WEEK)
        keys.silent = False
        assert [paper_of(store, number) for number in (1, 2)] == [b"paper"] * 2
    with open_store(tmp_path, keys, clock) as store:
        assert [paper_of(store, number) for number in (1, 2)] == [b"paper"] * 2
