"""Everything that is kept can be read again and said to be whole; tombstones end, and nothing else does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from kiosk.keys import DemoKeys, derive
from kiosk.outbox import State
from kiosk.store import Store
from kiosk.store_schema import connect
from kiosk.store_upkeep import StoreCheck
from tests.contracts.store_steps import make_durable, park
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, random_paper, sample_dossier

YEAR = timedelta(days=365)


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as opened:
        yield opened


def change(folder: Path, statement: str) -> None:
    """As only a fault can: past the store and its rules."""
    connection = connect(folder / "store/kiosk.db", derive(DemoKeys(folder / "keys").key(), "db"))
    connection.execute("DROP TRIGGER events_are_only_added_not_changed")
    connection.execute(statement)
    connection.close()


def seal(store: Store, *numbers: int) -> None:
    for number in numbers:
        store.seal(sample_dossier(number, random_paper(number, 1000)), IDENTITY)


def tombstone(store: Store, number: int, clock: FakeClock) -> None:
    entry = store.seal(sample_dossier(number), IDENTITY)
    make_durable(store, entry, clock)
    store.shred(entry.client_ref, clock.now())


def test_a_whole_store_says_so(store: Store, clock: FakeClock) -> None:
    assert store.upkeep.check() == StoreCheck(0, 0, 0, (), events=1, pages_whole=True)
    seal(store, 1, 2)
    tombstone(store, 3, clock)
    found = store.upkeep.check()
    assert (found.dossiers, found.contents, found.damaged) == (2, 4, ())
    assert found.content_bytes > 2000
    assert found.whole


@pytest.mark.parametrize(
    ("statement", "damaged", "events"),
    [
        ("UPDATE content SET sealed = zeroblob(1028) WHERE dossier = 2", 1, 3),
        ("DELETE FROM content WHERE dossier = 2", 1, 3),
        ("UPDATE dossier SET dek_wrapped = zeroblob(60) WHERE seq = 2", 1, 3),
        ("UPDATE event SET kind = 'visit_ended' WHERE seq = 2", 0, None),
    ],
)
def test_what_is_damaged_is_named(
    tmp_path: Path, store: Store, statement: str, damaged: int, events: int | None
) -> None:
    seal(store, 1, 2)
    store.close()
    change(tmp_path, statement)
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), FakeClock(), reserve_bytes=0) as again:
        found = again.upkeep.check()
    assert found.damaged == (sample_dossier(2).client_ref,)[:damaged]
    assert (found.dossiers, found.events, found.pages_whole, found.whole) == (2, events, True, False)


def test_a_tombstone_ends_when_its_time_is_over_and_the_chain_stays(store: Store, clock: FakeClock) -> None:
    tombstone(store, 1, clock)
    store.withdraw(store.seal(sample_dossier(2), IDENTITY).client_ref, clock.now())
    ended_at = clock.now()
    clock.advance(YEAR.total_seconds())
    tombstone(store, 3, clock)
    events = store.verify_audit()
    assert store.upkeep.end_tombstones(ended_at, clock.now()) == 0
    assert store.upkeep.end_tombstones(clock.now(), clock.now()) == 2
    assert [entry.seq for entry in store.entries()] == [3]
    assert store.receipt(sample_dossier(1).client_ref) is None
    assert store.by_slip_code(sample_dossier(1).slip_code) is None
    assert store.verify_audit() == events + 2
    assert store.upkeep.end_tombstones(clock.now(), clock.now()) == 0


def test_a_tombstone_that_is_to_be_kept_does_not_end(store: Store, clock: FakeClock) -> None:
    for number in (1, 2):
        tombstone(store, number, clock)
    kept = sample_dossier(1)
    assert store.upkeep.end_tombstones(clock.now() + YEAR, clock.now(), [kept.slip_code]) == 1
    assert store.receipt(kept.client_ref)


def test_what_is_no_tombstone_never_ends(store: Store, clock: FakeClock) -> None:
    entries = [store.seal(sample_dossier(number), IDENTITY) for number in range(1, 5)]
    park(store, entries[1], clock)
    make_durable(store, entries[2], clock)
    store.begin(entries[3].client_ref, State.COMMITTING, clock.now())
    store.withdraw(entries[3].client_ref, clock.now())
    assert store.upkeep.end_tombstones(clock.now() + 10 * YEAR, clock.now()) == 0
    assert len(store.entries()) == 4


def test_the_schema_itself_removes_nothing_that_is_alive(tmp_path: Path, store: Store) -> None:
    seal(store, 1)
    store.close()
    with pytest.raises(apsw.ConstraintError):
        change(tmp_path, "DELETE FROM content; DELETE FROM dossier")


def test_numbers_never_go_back(store: Store, clock: FakeClock) -> None:
    tombstone(store, 1, clock)
    assert store.upkeep.end_tombstones(clock.now() + YEAR, clock.now()) == 1
    assert store.highest_seq() == 1
    assert store.seal(sample_dossier(2), IDENTITY).seq == 2


def test_many_tombstones_end_in_one_call(store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.store_upkeep._TOMBSTONES_AT_ONCE", 2)
    for number in range(1, 6):
        store.withdraw(store.seal(sample_dossier(number), IDENTITY).client_ref, clock.now())
    assert store.upkeep.end_tombstones(clock.now() + YEAR, clock.now()) == 5
    assert store.entries() == ()


def test_no_receipt_ends_before_its_own_time_is_over(store: Store, clock: FakeClock) -> None:
    """The kiosk's clock was years behind when it shredded; the receipt's time is the portal's."""
    clock.instant -= 5 * YEAR
    tombstone(store, 1, clock)
    ref = sample_dossier(1).client_ref
    found = store.receipt(ref)
    assert found is not None
    received_at = found[0].received_at
    assert clock.now() < received_at - YEAR
    assert store.upkeep.end_tombstones(received_at, clock.now()) == 0
    assert store.upkeep.end_tombstones(received_at + timedelta(seconds=1), clock.now()) == 1
    assert store.receipt(ref) is None
