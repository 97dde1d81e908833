"""What every store promises of looking at many dossiers: pages in order, each once, and counts that agree."""

from kiosk.outbox import OutboxEntry, State
from tests.contracts.store_steps import AnyStore, accepted, make_durable, park
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier


def filled(store: AnyStore, clock: FakeClock) -> AnyStore:
    """Nine dossiers: of each three one is parked, one receipted, one waits; the second is durable."""
    for number in range(1, 10):
        entry = store.seal(sample_dossier(number), IDENTITY)
        if number == 2:
            make_durable(store, entry, clock)
        elif number % 3 == 1:
            park(store, entry, clock)
        elif number % 3 == 2:
            store.record(entry.client_ref, accepted(store, entry), clock.now())
    return store


def test_pages_show_each_dossier_once_and_in_order(store: AnyStore, clock: FakeClock) -> None:
    filled(store, clock)
    seen: list[OutboxEntry] = []
    after_seq = 0
    while page := store.page(after_seq, 4):
        assert len(page) <= 4
        seen += page
        after_seq = page[-1].seq
    assert tuple(seen) == store.entries()
    assert store.page(9) == ()


def test_a_page_of_some_states_has_only_those(store: AnyStore, clock: FakeClock) -> None:
    filled(store, clock)
    wanted = (State.PARKED, State.DURABLE)
    assert [entry.seq for entry in store.page(0, 50, wanted)] == [1, 2, 4, 7]
    assert [entry.seq for entry in store.page(1, 2, wanted)] == [2, 4]
    assert store.page(0, 50, (State.WITHDRAWN,)) == ()
    assert [entry.seq for entry in store.receipted()] == [5, 8]
    assert [entry.seq for entry in store.receipted(5, 1)] == [8]


def test_counts_are_those_of_the_dossiers(store: AnyStore, clock: FakeClock) -> None:
    assert store.counts() == dict.fromkeys(State, 0)
    filled(store, clock)
    expected = {State.PARKED: 3, State.RECEIPTED: 2, State.DURABLE: 1, State.SEALED: 3}
    assert store.counts() == dict.fromkeys(State, 0) | expected
