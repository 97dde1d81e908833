"""What every store promises of a dossier that the portal lost, of one that is wanted back, and of numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.errors import StoreProblem
from kiosk.manifest import Manifest, sha256_hex
from kiosk.outbox import Accepted, Held, OutboxEntry, QueueCondition, Refused, State, TryLater, Withdrawal
from tests.contracts.store_steps import MINUTE, AnyStore, accepted, make_durable, park, state
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier


def reach(store: AnyStore, entry: OutboxEntry, clock: FakeClock, wanted: State) -> None:
    """Bring a dossier that was just sealed into that state."""
    match wanted:
        case State.SENDING | State.COMMITTING:
            store.begin(entry.client_ref, wanted, clock.now())
        case State.PARKED:
            park(store, entry, clock)
        case State.RECEIPTED:
            store.record(entry.client_ref, accepted(store, entry), clock.now())
        case State.DURABLE | State.SHREDDED:
            make_durable(store, entry, clock)
            if wanted is State.SHREDDED:
                store.shred(entry.client_ref, clock.now())
    assert state(store, entry) is wanted


def assert_gone(store: AnyStore, entry: OutboxEntry) -> None:
    """Nothing of its papers can be read."""
    with pytest.raises(StoreProblem):
        store.manifest(entry.client_ref)
    with pytest.raises(StoreProblem):
        store.piece(entry.client_ref, sha256_hex(b"paper"))


@pytest.mark.parametrize("reached", [State.RECEIPTED, State.DURABLE])
def test_what_the_portal_lost_goes_out_again_and_keeps_its_proof(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock, reached: State
) -> None:
    ref, now = sealed.client_ref, clock.now()
    store.begin(ref, State.SENDING, now)
    store.record(ref, TryLater("timeout"), now, now)
    reach(store, sealed, clock, reached)
    lost, head = store.receipt(ref), store.audit_head()
    store.requeue(ref, now)
    assert store.audit_head() != head
    [entry] = store.due(now)
    assert (entry.state, entry.attempts, entry.problem) == (State.SEALED, 0, "")
    assert store.receipt(ref) == lost
    store.begin(ref, State.COMMITTING, now)
    manifest = Manifest.model_validate_json(store.manifest(ref))
    again = accepted(store, entry, "H01-261117-0002")
    assert manifest.seq == sealed.seq
    assert store.record(ref, again, now).state is State.RECEIPTED
    assert store.receipts(ref) == (lost, (again.receipt, again.jws))
    assert store.receipt(ref) == (again.receipt, again.jws)


def test_a_requeued_dossier_is_durable_only_when_the_portal_says_so_again(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock
) -> None:
    ref = sealed.client_ref
    make_durable(store, sealed, clock)
    store.requeue(ref, clock.now())
    for act in (store.mark_durable, store.shred):
        with pytest.raises(StoreProblem):
            act(ref, clock.now())
    clock.advance(3600)
    store.record(ref, accepted(store, sealed), clock.now())
    store.mark_durable(ref, clock.now())
    assert store.durable_before(clock.now()) == ()  # its days of grace begin anew
    assert store.durable_before(clock.now() + MINUTE) == (ref,)


@pytest.mark.parametrize("reached", [State.SEALED, State.SENDING, State.PARKED, State.SHREDDED])
def test_only_what_has_a_receipt_and_papers_is_requeued(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock, reached: State
) -> None:
    reach(store, sealed, clock, reached)
    before = (store.entries(), store.audit_head())
    with pytest.raises(StoreProblem):
        store.requeue(sealed.client_ref, clock.now())
    assert (store.entries(), store.audit_head()) == before


def test_what_has_not_left_is_withdrawn_at_once(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    ref, head = sealed.client_ref, store.audit_head()
    assert store.withdraw(ref, clock.now()).state is State.WITHDRAWN
    assert store.audit_head() != head
    assert (store.due(clock.now()), store.withdrawals_due()) == ((), ())
    assert_gone(store, sealed)
    assert store.seal(sample_dossier(1), IDENTITY).state is State.WITHDRAWN  # and is not sealed again by a late press
    head = store.audit_head()
    store.withdraw(ref, clock.now())
    store.withdrawal_confirmed(ref, clock.now())
    assert store.audit_head() == head


def test_what_was_parked_before_it_left_is_withdrawn_at_once(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock
) -> None:
    store.record(sealed.client_ref, Refused("store_corrupt"), clock.now())
    assert store.withdraw(sealed.client_ref, clock.now()).state is State.WITHDRAWN
    assert_gone(store, sealed)


LEFT = [State.SENDING, State.COMMITTING, State.PARKED, State.RECEIPTED, State.DURABLE]


@pytest.mark.parametrize("reached", LEFT)
def test_what_may_have_left_is_kept_until_the_portal_knows(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock, reached: State
) -> None:
    reach(store, sealed, clock, reached)
    ref, asked_at, receipt = sealed.client_ref, clock.now(), store.receipt(sealed.client_ref)
    manifest_sha256 = sha256_hex(store.manifest(ref))
    entry = store.withdraw(ref, asked_at)
    assert (entry.state, entry.withdrawal_asked_at) == (reached, asked_at)
    assert store.entry(ref) == entry
    assert store.withdrawals_due() == (ref,)
    assert store.withdrawal(ref) == Withdrawal(ref, manifest_sha256, asked_at)
    assert store.manifest(ref)
    clock.advance(60)
    head = store.audit_head()
    assert store.withdraw(ref, clock.now()) == entry  # asked again: no news
    assert store.audit_head() == head
    store.withdrawal_confirmed(ref, clock.now(), "header.withdrawal.signature")
    assert (state(store, sealed), store.withdrawals_due()) == (State.WITHDRAWN, ())
    assert store.withdrawal(ref) == Withdrawal(ref, manifest_sha256, asked_at, "header.withdrawal.signature")
    assert store.receipt(ref) == receipt
    assert_gone(store, sealed)


@pytest.mark.parametrize("reached", LEFT)
def test_what_is_to_be_withdrawn_is_neither_sent_nor_shredded(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock, reached: State
) -> None:
    reach(store, sealed, clock, reached)
    ref, later = sealed.client_ref, clock.now() + timedelta(days=30)
    store.withdraw(ref, clock.now())
    assert (store.due(later), store.durable_before(later)) == ((), ())
    before = store.entries()
    acts: tuple[Callable[[], object], ...] = (
        lambda: store.begin(ref, State.SENDING, later),
        lambda: store.begin(ref, State.COMMITTING, later),
        lambda: store.unpark(ref, later),
        lambda: store.shred(ref, later),
    )
    for act in acts:
        with pytest.raises(StoreProblem):
            act()
    assert store.entries() == before


def test_a_receipt_that_was_under_way_is_kept_with_the_wish(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock
) -> None:
    ref, now = sealed.client_ref, clock.now()
    outcome = accepted(store, sealed, "H01-261116-0001")
    store.begin(ref, State.COMMITTING, now)
    store.withdraw(ref, now)
    entry = store.record(ref, outcome, now)
    assert (entry.state, entry.withdrawal_asked_at) == (State.RECEIPTED, now)
    assert store.withdrawals_due() == (ref,)


@pytest.mark.parametrize(
    "outcome",
    [Refused("no"), TryLater("later"), Held(QueueCondition.OFFLINE), None],
    ids=lambda each: type(each).__name__,
)
def test_a_try_that_was_under_way_changes_nothing_of_what_was_withdrawn(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock, outcome: Refused | TryLater | Held | None
) -> None:
    ref, now = sealed.client_ref, clock.now()
    late: Accepted | Refused | TryLater | Held = outcome or accepted(store, sealed)
    store.withdraw(ref, now)
    before = store.entries()
    assert store.record(ref, late, now, now).state is State.WITHDRAWN
    assert store.entries() == before
    assert (store.receipt(ref) is None) is (outcome is not None)  # a late receipt is proof all the same


def test_what_goes_out_again_has_left_before(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    make_durable(store, sealed, clock)
    store.requeue(sealed.client_ref, clock.now())
    assert store.withdraw(sealed.client_ref, clock.now()).state is State.SEALED
    assert store.withdrawals_due() == (sealed.client_ref,)
    assert store.due(clock.now()) == ()


def test_what_was_shredded_is_asked_for_at_the_portal(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    reach(store, sealed, clock, State.SHREDDED)
    with pytest.raises(StoreProblem):
        store.withdraw(sealed.client_ref, clock.now())
    assert (store.withdrawals_due(), store.withdrawal(sealed.client_ref)) == ((), None)


def test_a_withdrawal_that_nobody_asked_for_is_not_confirmed(
    store: AnyStore, sealed: OutboxEntry, clock: FakeClock
) -> None:
    reach(store, sealed, clock, State.COMMITTING)
    with pytest.raises(StoreProblem):
        store.withdrawal_confirmed(sealed.client_ref, clock.now())
    assert state(store, sealed) is State.COMMITTING


def test_wishes_come_in_the_order_of_asking(store: AnyStore, clock: FakeClock) -> None:
    entries = [store.seal(sample_dossier(number), IDENTITY) for number in (1, 2, 3)]
    for entry in reversed(entries):
        store.begin(entry.client_ref, State.SENDING, clock.now())
        store.withdraw(entry.client_ref, clock.now())
        clock.advance(1)
    assert store.withdrawals_due() == tuple(entry.client_ref for entry in reversed(entries))


def test_numbers_go_on_from_what_the_portal_has_seen(store: AnyStore, clock: FakeClock) -> None:
    assert store.highest_seq() == 0
    store.advance_seq(41, clock.now())
    assert store.seal(sample_dossier(1), IDENTITY).seq == 42
    head = store.audit_head()
    store.advance_seq(7, clock.now())  # never back, and no news
    assert (store.highest_seq(), store.audit_head()) == (42, head)
    store.advance_seq(99, clock.now())
    assert store.audit_head() != head
    entry = store.seal(sample_dossier(2), IDENTITY)
    assert (entry.seq, store.highest_seq()) == (100, 100)
    assert Manifest.model_validate_json(store.manifest(entry.client_ref)).seq == 100


def test_nobody_withdraws_what_is_not_there(store: AnyStore, sealed: OutboxEntry, clock: FakeClock) -> None:
    for act in (store.withdraw, store.withdrawal_confirmed, store.requeue):
        with pytest.raises(StoreProblem):
            act(UUID(int=9), clock.now())
    assert store.entries() == (replace(sealed),)
