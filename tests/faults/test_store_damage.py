"""A store whose file is damaged, gone, of another key or of another program is refused by name, never replaced."""

import os
import random
from pathlib import Path

import pytest

from kiosk.errors import StoreCorrupt, StoreProblem, WrongKey
from kiosk.keys import DemoKeys, derive
from kiosk.outbox import State
from kiosk.store import Store
from kiosk.store_schema import connect
from tests.fakes import FakeClock
from tests.faults.invariants import Case, assert_invariants, promise
from tests.faults.portal_evidence import NO_PORTAL
from tests.faults.store_child import assert_whole, dossier, open_store
from tests.sample_dossiers import IDENTITY

FLIPS = 120


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The file of a store that holds three dossiers."""
    with open_store(tmp_path) as store:
        for number in (1, 2, 3):
            store.seal(dossier(number), IDENTITY)
    return tmp_path / "store" / "kiosk.db"


def read_everything(store: Store) -> None:
    store.verify_audit()
    assert [entry.seq for entry in store.entries()] == [1, 2, 3]
    for number in (1, 2, 3):
        assert_whole(store, number)


def assert_intact(store: Store, folder: Path) -> None:
    sealed = [promise(dossier(number)) for number in (1, 2, 3)]
    assert_invariants(store, NO_PORTAL, Case(sealed=sealed, folders=[folder], log=[]))


def flip(path: Path, position: int) -> None:
    with path.open("r+b") as file:
        file.seek(position)
        [byte] = file.read(1)
        file.seek(position)
        file.write(bytes([byte ^ 0x01]))


@pytest.mark.proof
def test_a_flipped_bit_is_noticed_wherever_it_is(tmp_path: Path, database: Path) -> None:
    size = database.stat().st_size
    noticed = 0
    for position in [*range(32), *random.Random(1).sample(range(size), FLIPS)]:
        flip(database, position)
        try:
            with open_store(tmp_path) as store:
                read_everything(store)  # the same bytes, or an error: never other bytes
        except StoreCorrupt:
            noticed += 1
        flip(database, position)
    with open_store(tmp_path) as store:
        assert_intact(store, tmp_path)
    assert noticed >= FLIPS  # a page that holds nothing, and is never read, may be damaged unseen


def test_damage_in_one_dossier_leaves_the_others_and_stops_new_ones(tmp_path: Path, database: Path) -> None:
    flip(database, database.stat().st_size // 2)  # in the papers of the second of three equal dossiers
    with open_store(tmp_path) as store:
        with pytest.raises(StoreCorrupt, match=r"kiosk\.db is damaged"):
            assert_whole(store, 2)
        assert_whole(store, 1)
        assert_whole(store, 3)
        store.begin(dossier(1).client_ref, State.SENDING, FakeClock().now())
        with pytest.raises(StoreCorrupt, match="takes no more"):
            store.seal(dossier(4), IDENTITY)
        assert len(store.entries()) == 3


@pytest.mark.parametrize("size", [0, 100, 16384])
def test_a_truncated_file_is_refused_and_left_as_it_is(tmp_path: Path, database: Path, size: int) -> None:
    os.truncate(database, size)
    before = database.read_bytes()
    with pytest.raises(StoreCorrupt), open_store(tmp_path) as store:
        read_everything(store)
    assert database.read_bytes() == before


def test_a_key_that_does_not_fit_is_refused_and_the_file_left_as_it_is(tmp_path: Path, database: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(WrongKey, match=r"kiosk\.db: the key does not fit"):
        Store.open(tmp_path / "store", DemoKeys(tmp_path / "other-keys"), FakeClock())
    (tmp_path / "store" / "store.check").unlink()  # as in a folder of an older release: then it may be either
    with pytest.raises(StoreCorrupt, match="or the file is damaged"):
        Store.open(tmp_path / "store", DemoKeys(tmp_path / "other-keys"), FakeClock())
    assert database.read_bytes() == before
    with open_store(tmp_path) as store:
        assert_intact(store, tmp_path)


def test_a_damaged_beginning_is_not_taken_for_a_wrong_key(tmp_path: Path, database: Path) -> None:
    with database.open("r+b") as file:
        file.write(b"garbage" * 20)
    before = database.read_bytes()
    with pytest.raises(StoreCorrupt, match="damaged: the key is the right one") as refused:
        open_store(tmp_path)
    assert refused.type is StoreCorrupt
    assert database.read_bytes() == before


def test_a_missing_file_is_never_replaced_by_an_empty_one(tmp_path: Path, database: Path) -> None:
    database.unlink()
    for _ in range(2):
        with pytest.raises(StoreCorrupt, match=r"kiosk\.db is missing"):
            open_store(tmp_path)
    assert not database.exists()


def test_a_file_that_goes_missing_while_open_takes_no_more(tmp_path: Path, database: Path) -> None:
    with open_store(tmp_path) as store:
        database.unlink()
        with pytest.raises(StoreCorrupt, match="moved or deleted"):
            store.seal(dossier(4), IDENTITY)
        assert_whole(store, 3)  # what is open can still be read, and sent
    assert not database.exists()


def test_the_store_of_another_folder_is_refused(tmp_path: Path, database: Path) -> None:
    other = tmp_path / "other"
    keys = DemoKeys(tmp_path / "keys")
    Store.open(other, keys, FakeClock()).close()
    (other / "kiosk.db").write_bytes(database.read_bytes())
    with pytest.raises(StoreCorrupt, match="belongs to"):
        Store.open(other, keys, FakeClock())


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    folder, keys = tmp_path / "store", DemoKeys(tmp_path / "keys")
    folder.mkdir()
    (folder / "kiosk.db").touch()
    with connect(folder / "kiosk.db", derive(keys.key(), "db")) as connection:
        connection.execute("PRAGMA user_version = 3; CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(StoreCorrupt, match="another program"):
        Store.open(folder, keys, FakeClock())


def test_a_store_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path: Path, database: Path) -> None:
    key = derive(DemoKeys(tmp_path / "keys").key(), "db")
    with connect(database, key) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(StoreProblem, match="schema 99"):
        open_store(tmp_path)
    assert database.read_bytes() == before


def test_a_lost_mark_is_made_again(tmp_path: Path, database: Path) -> None:
    mark = tmp_path / "store" / "store.id"
    before = mark.read_text()
    mark.unlink()
    with open_store(tmp_path) as store:
        assert_intact(store, tmp_path)
    assert mark.read_text() == before
