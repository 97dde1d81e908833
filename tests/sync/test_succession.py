"""Tests of sync/succession.py and sync/waiting.py: an enrolment is taken up only when it strands no dossier."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.audit import AuditEvent
from kiosk.keys import DemoKeys
from kiosk.manifest import Manifest
from kiosk.outbox import Accepted, Refused, State
from kiosk.receipt import ProblemType
from kiosk.store import Store
from sync.enrolment import Enrolled, load_enrolment, save_enrolment
from sync.succession import Succeeded, left_seq, succeed
from sync.waiting import Waiting, waiting
from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal, jwk_of
from tests.memory_store import MemoryStore
from tests.sample_dossiers import IDENTITY, receipt_for, sample_dossier

ONE = UUID(int=1)
SEALER = IDENTITY.kiosk_id


@pytest.fixture
def store(clock: FakeClock, server: FakePortal) -> MemoryStore:
    """A kiosk of the portal, with one dossier."""
    made = MemoryStore(clock)
    save_enrolment(made, enrolment(server, SEALER))
    made.seal(sample_dossier(1), IDENTITY)
    return made


def enrolment(server: FakePortal, kiosk_id: str, *follows: str, other_portal: bool = False) -> Enrolled:
    changes: dict[str, object] = {"kiosk_id": kiosk_id, "follows": follows}
    if other_portal:
        changes["root_key"] = jwk_of(Ed25519PrivateKey.generate())
    return Enrolled(portal_url=server.url, enrolment=server.enrolment().model_copy(update=changes))


def bring_to(store: MemoryStore, state: State, clock: FakeClock) -> None:
    if state is State.PARKED:
        store.record(ONE, Refused(ProblemType.TOO_LARGE), clock.now())
    if state in (State.RECEIPTED, State.DURABLE):
        store.record(ONE, Accepted(receipt_for(Manifest.model_validate_json(store.manifest(ONE))), "jws"), clock.now())
    if state is State.DURABLE:
        store.mark_durable(ONE, clock.now())


@pytest.mark.parametrize("state", [State.SEALED, State.PARKED, State.RECEIPTED])
def test_what_a_portal_has_not_confirmed_is_not_stranded(
    store: MemoryStore, server: FakePortal, clock: FakeClock, state: State
) -> None:
    bring_to(store, state, clock)
    before = load_enrolment(store)
    assert waiting(store) == Waiting(1, (SEALER,))
    for new in (
        enrolment(server, "new"),
        enrolment(server, "new", "another"),
        enrolment(server, "new", SEALER, other_portal=True),
    ):
        assert succeed(store, new, clock.now()) == Waiting(1, (SEALER,))
        assert load_enrolment(store) == before
    assert store.entries()[0].state is state


def test_a_code_that_forgot_to_follow_shreds_nothing_within_its_grace(
    store: MemoryStore, server: FakePortal, clock: FakeClock
) -> None:
    bring_to(store, State.DURABLE, clock)
    assert succeed(store, enrolment(server, "new"), clock.now()) == Waiting(1, (SEALER,))
    assert store.entries()[0].state is State.DURABLE


@pytest.mark.parametrize("state", [State.SEALED, State.PARKED, State.RECEIPTED, State.DURABLE])
def test_a_successor_keeps_everything_as_it_is(
    store: MemoryStore, server: FakePortal, clock: FakeClock, state: State
) -> None:
    bring_to(store, state, clock)
    sealed = store.manifest(ONE)
    new = enrolment(server, "new", "between", SEALER)
    assert succeed(store, new, clock.now()) == Succeeded()
    assert load_enrolment(store) == new
    assert left_seq(store) == 0
    assert store.entries()[0].state is state
    assert store.manifest(ONE) == sealed


def test_what_the_former_portal_has_for_good_is_shredded_when_it_is_left(
    store: MemoryStore, server: FakePortal, clock: FakeClock
) -> None:
    bring_to(store, State.DURABLE, clock)
    assert succeed(store, enrolment(server, "new", other_portal=True), clock.now()) == Succeeded(1)
    assert store.entries()[0].state is State.SHREDDED
    assert store.receipt(ONE)
    assert AuditEvent.PORTAL_LEFT in {link.kind for link in store._events}
    assert left_seq(store) == 1, "the new portal is never asked about it"
    assert waiting(store) == Waiting(0, ())


def test_a_withdrawal_that_the_portal_has_to_hear_of_waits_too(
    store: MemoryStore, server: FakePortal, clock: FakeClock
) -> None:
    bring_to(store, State.DURABLE, clock)
    store.withdraw(ONE, clock.now())
    assert succeed(store, enrolment(server, "new", other_portal=True), clock.now()) == Waiting(1, (SEALER,))


def test_another_recovery_key_is_for_new_dossiers_and_the_old_keep_theirs(tmp_path: Path, clock: FakeClock) -> None:
    """The province keeps the former private key for as long as there may be dossiers under it."""
    new_key = X25519PrivateKey.generate()
    new = replace(IDENTITY, recovery_key_id="recovery-2", recovery_public_key=new_key.public_key().public_bytes_raw())
    with Store.open(tmp_path, DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as store:
        store.seal(sample_dossier(1), IDENTITY)
        clock.instant += timedelta(days=1)
        store.seal(sample_dossier(2), new)
        rows = store._worker.read(
            lambda connection: connection.execute("SELECT recovery_key_id FROM dossier ORDER BY seq").fetchall()
        )
        assert rows == [(IDENTITY.recovery_key_id,), ("recovery-2",)]
        assert store.manifest(ONE), "this kiosk itself opens both as ever"
