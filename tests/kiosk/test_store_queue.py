"""The staff's page of the queue, from the real store: what needs them first, and the tally of it all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.keys import DemoKeys
from kiosk.outbox import OutboxEntry, State
from kiosk.queue_alarm import Tally, tally_of
from kiosk.store import Store
from tests.contracts.store_steps import accepted, make_durable, park
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as store:
        yield store


@pytest.fixture
def entries(store: Store, clock: FakeClock) -> list[OutboxEntry]:
    """1 sealed, 2 parked, 3 receipted, 4 sealed, 5 parked, 6 wanted back after it has left, 7 durable, 8 withdrawn."""
    sealed = []
    for number in range(1, 9):
        clock.advance(60)
        sealed.append(store.seal(sample_dossier(number), IDENTITY))
    for number in (2, 5):
        park(store, sealed[number - 1], clock)
    store.record(sealed[2].client_ref, accepted(store, sealed[2]), clock.now())
    store.begin(sealed[5].client_ref, State.SENDING, clock.now())
    make_durable(store, sealed[6], clock)
    for number in (6, 8):
        store.withdraw(sealed[number - 1].client_ref, clock.now())
    return sealed


def seqs(entries: tuple[OutboxEntry, ...]) -> list[int]:
    return [entry.seq for entry in entries]


@pytest.mark.usefixtures("entries")
def test_parked_ones_first_then_unsent_then_what_is_being_withdrawn_a_page_at_a_time(store: Store) -> None:
    assert seqs(store.queue.unsettled(0, 10)) == [2, 5, 1, 4, 6]
    assert [seqs(store.queue.unsettled(offset, 2)) for offset in (0, 2, 4, 6)] == [[2, 5], [1, 4], [6], []]
    assert store.queue.tally().unsettled == 5


def test_the_tally_agrees_with_that_of_all_entries(store: Store, entries: list[OutboxEntry]) -> None:
    tally = Tally(unsent=2, parked=2, withdrawing=1, first_sealed_at=entries[0].sealed_at)
    assert store.queue.tally() == tally == tally_of(store.entries())


def test_what_the_portal_lost_is_counted_until_it_has_it_again(
    store: Store, entries: list[OutboxEntry], clock: FakeClock
) -> None:
    again = accepted(store, entries[6], "H01-261117-0002")
    store.requeue(entries[6].client_ref, clock.now())
    assert store.queue.tally().lost == 1
    store.record(entries[6].client_ref, again, clock.now())
    assert store.queue.tally().lost == 0


def test_an_empty_store_has_nothing_to_show(store: Store) -> None:
    assert store.queue.unsettled(0, 10) == ()
    assert store.queue.tally() == Tally()
