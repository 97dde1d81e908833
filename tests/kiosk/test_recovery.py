"""A kiosk whose keys are gone loses no dossier: the recovery key alone opens what is on its disk."""

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.errors import StoreCorrupt
from kiosk.keys import DemoKeys
from kiosk.outbox import State
from kiosk.recovery import Recovered, Unrecoverable, recover_store
from kiosk.store import Identity, Store
from tests.fakes import FakeClock
from tests.sample_dossiers import RECOVERY_KEY, sample_dossier

STORE_V1 = Path(__file__).parent.parent / "fixtures" / "store_v1"
PROVINCE = X25519PrivateKey.generate()
IDENTITY = Identity("kiosk-1", "recovery-1", PROVINCE.public_key().public_bytes_raw())


@pytest.fixture
def lost_folder(tmp_path: Path, clock: FakeClock) -> Path:
    """A store with two dossiers, whose keys have been destroyed."""
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as store:
        for number in (1, 2):
            store.seal(sample_dossier(number), IDENTITY)
    shutil.rmtree(tmp_path / "keys")
    return tmp_path / "store"


def test_the_recovery_key_opens_every_dossier_without_the_kiosks_keys(lost_folder: Path) -> None:
    found = list(recover_store(lost_folder, PROVINCE))
    expected = [sample_dossier(number) for number in (1, 2)]
    assert all(isinstance(dossier, Recovered) for dossier in found)
    assert [dossier.client_ref for dossier in found] == [dossier.client_ref for dossier in expected]
    papers = [dossier.papers for dossier in found if isinstance(dossier, Recovered)]
    assert papers == [dict(dossier.papers) for dossier in expected]


def test_another_key_opens_nothing(lost_folder: Path) -> None:
    with pytest.raises(StoreCorrupt):
        list(recover_store(lost_folder, X25519PrivateKey.generate()))


def test_a_folder_in_which_nothing_was_sealed_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreCorrupt, match="no recovery wrap"):
        list(recover_store(tmp_path, PROVINCE))


def test_a_new_recovery_key_is_wrapped_for_at_the_next_sealing(tmp_path: Path, clock: FakeClock) -> None:
    newer = X25519PrivateKey.generate()
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as store:
        store.seal(sample_dossier(1), IDENTITY)
        store.seal(sample_dossier(2), Identity("kiosk-1", "recovery-2", newer.public_key().public_bytes_raw()))
        assert store.entry(sample_dossier(2).client_ref) is not None
    first, second = recover_store(tmp_path / "store", newer)
    assert first == Unrecoverable(sample_dossier(1).client_ref), "it was wrapped for the key of its day"
    assert isinstance(second, Recovered)


def test_what_somebody_wanted_back_is_not_recovered(tmp_path: Path, clock: FakeClock) -> None:
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as store:
        for number in (1, 2):
            store.seal(sample_dossier(number), IDENTITY)
        store.begin(sample_dossier(1).client_ref, State.SENDING, clock.now())
        store.withdraw(sample_dossier(1).client_ref, clock.now())
    assert [found.client_ref for found in recover_store(tmp_path / "store", PROVINCE)] == [sample_dossier(2).client_ref]


def test_the_store_of_an_older_program_is_recovered(tmp_path: Path) -> None:
    """Its tables know of no withdrawals; the fixture was made by the first release."""
    shutil.copytree(STORE_V1, tmp_path / "store")
    found = list(recover_store(tmp_path / "store", RECOVERY_KEY))
    assert found
    assert all(isinstance(dossier, Recovered) for dossier in found)
