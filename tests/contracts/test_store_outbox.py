"""What every store promises of the way of a dossier from sealed to its tombstone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.errors import StoreProblem
from kiosk.manifest import sha256_hex
from kiosk.outbox import Accepted, Held, OutboxEntry, QueueCondition, Refused, State, TryLater
from tests.contracts.store_steps import MINUTE, AnyStore, accepted, make_durable, park, state
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier


def test_a_dossier_goes_all_the_way_to_its_tombstone(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    ref = sealed.client_ref
    seen = []
    outcome = accepted(store, sealed, "H01.12-261116-0001")
    for step in (
        lambda: store.begin(ref, State.SENDING, clock.now()),
        lambda: store.begin(ref, State.COMMITTING, clock.now()),
        lambda: store.record(ref, outcome, clock.now()),
        lambda: store.mark_durable(ref, clock.now()),
        lambda: store.shred(ref, clock.now()),
    ):
        head = store.audit_head()
        step()
        assert store.audit_head() != head
        seen.append(state(store, sealed))
    assert seen == [State.SENDING, State.COMMITTING, State.RECEIPTED, State.DURABLE, State.SHREDDED]
    assert store.receipt(ref) == (outcome.receipt, outcome.jws)
    assert store.entry(ref) == replace(sealed, state=State.SHREDDED, national_code="H01.12-261116-0001")
    assert store.due(clock.now()) == ()
    for digest in (None, sha256_hex(b"paper")):
        with pytest.raises(StoreProblem):
            store.piece(ref, digest) if digest else store.manifest(ref)


def test_trying_later_counts_and_waits(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    ref, now = sealed.client_ref, clock.now()
    store.begin(ref, State.SENDING, now)
    entry = store.record(ref, TryLater("timeout"), now, now + MINUTE)
    assert (entry.state, entry.attempts, entry.problem, entry.next_try_at) == (
        State.SENDING,
        1,
        "timeout",
        now + MINUTE,
    )
    assert store.due(now + MINUTE - timedelta(microseconds=1)) == ()
    assert store.due(now + MINUTE) == (entry,)


def test_a_held_queue_burns_no_attempts(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    now = clock.now()
    store.begin(sealed.client_ref, State.COMMITTING, now)
    entry = store.record(sealed.client_ref, Held(QueueCondition.OFFLINE), now, now + MINUTE)
    assert (entry.attempts, entry.state, entry.next_try_at) == (0, State.COMMITTING, now + MINUTE)


def test_a_poisoned_dossier_sinks_and_blocks_nobody(store: AnyStore, clock: FakeClock) -> None:
    poison, *others = (store.seal(sample_dossier(number), IDENTITY) for number in range(1, 5))
    store.record(poison.client_ref, TryLater("server_error"), clock.now(), clock.now())
    assert [entry.seq for entry in store.due(clock.now())] == [2, 3, 4, 1]
    assert [entry.seq for entry in store.due(clock.now(), limit=2)] == [2, 3]
    assert len(others) == 3


def test_no_wait_is_longer_than_an_hour(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    now = clock.now()
    store.record(sealed.client_ref, TryLater("retry_after"), now, now + timedelta(days=3650))
    assert store.due(now + timedelta(minutes=59)) == ()
    assert len(store.due(now + timedelta(hours=1))) == 1


def test_a_clock_that_was_set_back_holds_nothing_up(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    now = clock.now()
    store.record(sealed.client_ref, TryLater("timeout"), now, now + MINUTE)
    assert len(store.due(now - timedelta(days=1826))) == 1


def test_waking_lets_all_that_waits_be_due(store: AnyStore, clock: FakeClock) -> None:
    now = clock.now()
    entries = [store.seal(sample_dossier(number), IDENTITY) for number in (1, 2, 3)]
    for entry in entries[:2]:
        store.record(entry.client_ref, Held(QueueCondition.OFFLINE), now, now + MINUTE)
    assert len(store.due(now)) == 1
    store.wake_all(now)
    assert len(store.due(now)) == 3


def test_a_refused_dossier_is_parked_and_comes_back_as_it_was(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock
) -> None:
    ref, now = sealed.client_ref, clock.now()
    store.record(ref, TryLater("timeout"), now, now)
    store.begin(ref, State.COMMITTING, now)
    parked = store.record(ref, Refused("urn:refused", "why"), now, now + MINUTE)
    assert (parked.state, parked.problem, parked.next_try_at) == (State.PARKED, "urn:refused", None)
    assert store.due(now + timedelta(days=30)) == ()
    assert store.manifest(ref)
    head = store.audit_head()
    store.unpark(ref, now)
    assert store.audit_head() != head
    assert store.due(now) == (replace(sealed, state=State.COMMITTING),)


def test_a_late_receipt_is_taken_even_when_parked(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    park(store, sealed, clock)
    entry = store.record(sealed.client_ref, accepted(store, sealed), clock.now())
    assert (entry.state, entry.problem, entry.national_code) == (State.RECEIPTED, "", None)


def test_a_receipt_again_brings_the_late_code_and_never_moves_back(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock
) -> None:
    ref, late = sealed.client_ref, accepted(store, sealed, "H01-261116-0001")
    store.record(ref, accepted(store, sealed), clock.now())
    store.mark_durable(ref, clock.now())
    events = store.verify_audit()
    entry = store.record(ref, late, clock.now())
    assert (entry.state, entry.national_code) == (State.DURABLE, "H01-261116-0001")
    assert store.receipt(ref) == (late.receipt, late.jws)
    assert store.verify_audit() == events
    store.shred(ref, clock.now())
    assert store.record(ref, late, clock.now()).state is State.SHREDDED


def test_a_receipt_for_other_bytes_is_never_kept(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    good = accepted(store, sealed).receipt
    other_ref = good.model_copy(update={"client_ref": UUID(int=2)})
    other_bytes = good.model_copy(update={"manifest_sha256": "f" * 64})
    for receipt in (other_ref, other_bytes):
        with pytest.raises(StoreProblem):
            store.record(sealed.client_ref, Accepted(receipt, "a.b.c"), clock.now())
    assert (store.receipt(sealed.client_ref), state(store, sealed)) == (None, State.SEALED)


FORBIDDEN = {
    State.SEALED: ("unpark", "mark durable", "shred", "begin receipted"),
    State.PARKED: ("mark durable", "shred", "begin sending", "refuse", "try later", "hold"),
    State.RECEIPTED: ("unpark", "shred", "begin sending", "refuse", "try later", "hold"),
    State.DURABLE: ("unpark", "begin sending", "refuse", "try later", "hold"),
    State.SHREDDED: ("unpark", "begin sending", "refuse", "try later", "hold"),
}


@pytest.mark.parametrize("reached", FORBIDDEN)
def test_what_cannot_happen_is_refused_and_changes_nothing(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock, reached: State
) -> None:
    ref, now = sealed.client_ref, clock.now()
    if reached is State.PARKED:
        park(store, sealed, clock)
    elif reached is State.RECEIPTED:
        store.record(ref, accepted(store, sealed), now)
    elif reached is not State.SEALED:
        make_durable(store, sealed, clock)
    if reached is State.SHREDDED:
        store.shred(ref, now)
    acts: dict[str, Callable[[], object]] = {
        "unpark": lambda: store.unpark(ref, now),
        "mark durable": lambda: store.mark_durable(ref, now),
        "shred": lambda: store.shred(ref, now),
        "begin sending": lambda: store.begin(ref, State.SENDING, now),
        "begin receipted": lambda: store.begin(ref, State.RECEIPTED, now),
        "refuse": lambda: store.record(ref, Refused("no"), now),
        "try later": lambda: store.record(ref, TryLater("later"), now),
        "hold": lambda: store.record(ref, Held(QueueCondition.OFFLINE), now),
    }
    before = (store.entries(), store.audit_head())
    for name in FORBIDDEN[reached]:
        with pytest.raises(StoreProblem):
            acts[name]()
        assert (state(store, sealed), store.entries(), store.audit_head()) == (reached, *before)


def test_durable_and_shredded_twice_are_no_news(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    make_durable(store, sealed, clock)
    store.mark_durable(sealed.client_ref, clock.now())
    store.shred(sealed.client_ref, clock.now())
    head = store.audit_head()
    store.shred(sealed.client_ref, clock.now())
    store.mark_durable(sealed.client_ref, clock.now())
    assert (state(store, sealed), store.audit_head()) == (State.SHREDDED, head)


def test_what_has_been_durable_for_a_while_is_found_until_it_is_shredded(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock
) -> None:
    told_at = clock.now()
    make_durable(store, sealed, clock)
    store.seal(sample_dossier(2), IDENTITY)
    assert store.durable_before(told_at) == ()
    assert store.durable_before(told_at + MINUTE) == (sealed.client_ref,)
    store.shred(sealed.client_ref, clock.now())
    assert store.durable_before(told_at + MINUTE) == ()


def test_the_same_state_again_is_no_event(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    store.begin(sealed.client_ref, State.SENDING, clock.now())
    head = store.audit_head()
    store.begin(sealed.client_ref, State.SENDING, clock.now())
    store.record(sealed.client_ref, TryLater("timeout"), clock.now(), clock.now())
    assert store.audit_head() == head
