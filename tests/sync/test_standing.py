"""Tests of sync/standing.py: a disk from a backup goes on behind nothing that the portal has seen."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from kiosk.outbox import Held, QueueCondition, State, TryLater
from sync.portal import CheckUp, NoPortal
from sync.standing import heal
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.sample_dossiers import IDENTITY, sample_dossier


class Asked(NoPortal):
    """A portal that answers one thing."""

    def __init__(self, answer: CheckUp | Held | TryLater) -> None:
        self.answer = answer
        self.refs: list[UUID] = []

    def check_up(self, client_refs: Sequence[UUID]) -> CheckUp | Held | TryLater:
        """The answer."""
        self.refs += client_refs
        return self.answer


@pytest.fixture
def store(clock: FakeClock) -> MemoryStore:
    made = MemoryStore(clock)
    for number in (1, 2):
        made.seal(sample_dossier(number), IDENTITY)
    return made


def knows(*known: int) -> Asked:
    unknown = {UUID(int=number) for number in (1, 2)} - {UUID(int=number) for number in known}
    return Asked(CheckUp(frozenset(), frozenset(unknown), 9))


@pytest.mark.parametrize("highest", [None, 0, 2])
def test_nothing_happens_while_the_portal_has_seen_no_more(
    store: MemoryStore, clock: FakeClock, highest: int | None
) -> None:
    portal = knows(1)
    head = store.audit_head()
    assert heal(store, portal, highest, clock.now()) is None
    assert (portal.refs, store.audit_head(), store.highest_seq()) == ([], head, 2)


def test_numbers_go_on_and_what_the_portal_holds_is_asked_for(store: MemoryStore, clock: FakeClock) -> None:
    assert heal(store, knows(2), 9, clock.now()) is None
    assert [entry.state for entry in store.entries()] == [State.SEALED, State.COMMITTING]
    assert store.seal(sample_dossier(3), IDENTITY).seq == 10


def test_a_dossier_that_is_to_be_withdrawn_is_left_alone(store: MemoryStore, clock: FakeClock) -> None:
    store.begin(UUID(int=1), State.SENDING, clock.now())
    store.withdraw(UUID(int=1), clock.now())
    portal = knows(1, 2)
    heal(store, portal, 9, clock.now())
    assert portal.refs == [UUID(int=2)]
    assert store.entries()[0].state is State.SENDING


@pytest.mark.parametrize("answer", [Held(QueueCondition.OFFLINE), TryLater("http-500")])
def test_what_could_not_be_asked_is_asked_again(store: MemoryStore, clock: FakeClock, answer: Held | TryLater) -> None:
    assert heal(store, Asked(answer), 9, clock.now()) == (answer if isinstance(answer, Held) else None)
    assert store.highest_seq() == 2, "so the next check-up finds it again"
    assert {entry.state for entry in store.entries()} == {State.SEALED}


def test_a_kiosk_with_nothing_to_send_asks_nothing(clock: FakeClock) -> None:
    store, portal = MemoryStore(clock), knows()
    assert heal(store, portal, 9, clock.now()) is None
    assert (store.highest_seq(), portal.refs) == (9, [])
