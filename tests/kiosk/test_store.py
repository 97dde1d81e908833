"""What only the real store has: a file, a lock, room on the disk, many threads, an end."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditEvent
from kiosk.errors import DiskFull, KeysUnavailable, StoreInUse, StoreProblem
from kiosk.keys import CredentialKeys, DemoKeys
from kiosk.outbox import State
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, random_paper, sample_dossier


@pytest.fixture
def keys(tmp_path: Path) -> DemoKeys:
    return DemoKeys(tmp_path / "keys")


@pytest.fixture
def store(tmp_path: Path, keys: DemoKeys, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "store", keys, clock, reserve_bytes=0) as opened:
        yield opened


def test_everything_is_there_after_opening_again(tmp_path: Path, keys: DemoKeys, clock: FakeClock) -> None:
    with Store.open(tmp_path / "store", keys, clock) as store:
        entry = store.seal(sample_dossier(1), IDENTITY)
        store.begin(entry.client_ref, State.SENDING, clock.now())
        store.set_value("enrolment", b"value")
        head = store.audit_head()
    with Store.open(tmp_path / "store", keys, clock) as store:
        assert store.entries() == (replace(entry, state=State.SENDING, attempts=1),)  # it may have ended the program
        assert (store.value("enrolment"), store.audit_head(), store.verify_audit()) == (b"value", head, 3)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions: nothing to do on this system")
def test_only_the_owner_reads_the_store(tmp_path: Path, store: Store) -> None:
    store.set_value("key", b"value")
    assert (tmp_path / "store").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "store/kiosk.db").stat().st_mode & 0o777 == 0o600


def test_one_store_at_a_time(tmp_path: Path, store: Store, keys: DemoKeys, clock: FakeClock) -> None:
    with pytest.raises(StoreInUse):
        Store.open(tmp_path / "store", keys, clock)
    store.close()
    Store.open(tmp_path / "store", keys, clock).close()


def test_without_keys_there_is_no_store(tmp_path: Path, clock: FakeClock, keys: DemoKeys) -> None:
    with pytest.raises(KeysUnavailable):
        Store.open(tmp_path / "store", CredentialKeys(tmp_path), clock)
    assert not (tmp_path / "store/kiosk.db").exists()
    Store.open(tmp_path / "store", keys, clock).close()  # and the folder was let go


def test_a_folder_that_cannot_be_is_a_problem(tmp_path: Path, keys: DemoKeys, clock: FakeClock) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreProblem, match="folder"):
        Store.open(tmp_path / "file" / "store", keys, clock)


def test_no_dossier_is_taken_into_the_reserve(tmp_path: Path, keys: DemoKeys, clock: FakeClock) -> None:
    with Store.open(tmp_path / "store", keys, clock, reserve_bytes=1 << 60) as store:
        with pytest.raises(DiskFull):
            store.seal(sample_dossier(1), IDENTITY)
        assert store.entries() == ()
        store.record_event(AuditEvent.KIOSK_STARTED, None, clock.now())  # small things still find room


def test_no_dossier_is_taken_that_could_not_be_recovered(store: Store) -> None:
    with pytest.raises(KeysUnavailable):
        store.seal(sample_dossier(1), replace(IDENTITY, recovery_public_key=b""))
    assert store.entries() == ()


def test_two_screens_that_file_the_same_file_it_once(store: Store) -> None:
    dossier = sample_dossier(1, random_paper(1, 500_000))
    with ThreadPoolExecutor(8) as screens:
        entries = list(screens.map(lambda _: store.seal(dossier, IDENTITY), range(16)))
    assert set(entries) == set(store.entries())
    assert (len(store.entries()), store.verify_audit()) == (1, 2)


def test_many_threads_lose_nothing(store: Store) -> None:
    def work(number: int) -> None:
        entry = store.seal(sample_dossier(number, random_paper(number, 10_000)), IDENTITY)
        store.begin(entry.client_ref, State.SENDING, entry.sealed_at)
        assert store.piece(entry.client_ref, sample_dossier(number, random_paper(number, 10_000)).documents[0].sha256)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(1, 41)))
    assert [entry.seq for entry in store.entries()] == list(range(1, 41))
    assert store.verify_audit() == 1 + 2 * 40


def test_after_closing_it_says_that_it_is_closed(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreProblem, match="closed"):
        store.entries()


def test_errors_tell_nothing_of_the_citizen(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.seal(sample_dossier(1), IDENTITY)
    with pytest.raises(StoreProblem) as caught:
        store.seal(sample_dossier(1, b"other"), IDENTITY)
    assert "NGUYỄN" not in str(caught.value) + caplog.text
