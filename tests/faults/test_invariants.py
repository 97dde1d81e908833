"""Tests of tests/faults/invariants.py: each invariant is seen to break when what it guards is broken."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.outbox import Accepted, State, TryLater
from sync.syncer import Rules
from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal, sign
from tests.faults.invariants import Case, assert_invariants, promise
from tests.faults.portal_evidence import NO_PORTAL, HeldDossier, PortalEvidence, held_by_fake
from tests.memory_store import MemoryStore
from tests.sample_dossiers import random_paper, sample_dossier
from tests.sync.desk import Desk

PAPER = random_paper(1, 100)


@pytest.fixture
def server(clock: FakeClock) -> Iterator[FakePortal]:
    portal = FakePortal(clock.now)
    with portal.running():
        yield portal


@pytest.fixture
def desk(tmp_path: Path, server: FakePortal, clock: FakeClock) -> Iterator[Desk]:
    """A kiosk with one dossier, which the portal has."""
    rules = Rules(check_up_every_s=0, grace=timedelta(days=1))
    kiosk = Desk(tmp_path, server, clock, rules, MemoryStore(clock))
    kiosk.file(1, PAPER)
    kiosk.round()
    yield kiosk
    kiosk.close()


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(sealed=[promise(sample_dossier(1, PAPER))], folders=[tmp_path], log=[])


def store_of(desk: Desk) -> MemoryStore:
    assert isinstance(desk.store, MemoryStore)
    return desk.store


def breaks(desk: Desk, portal: PortalEvidence, case: Case, invariant: str) -> None:
    with pytest.raises(AssertionError, match=invariant):
        assert_invariants(store_of(desk), portal, case)


def test_a_dossier_on_its_way_and_arrived_keeps_them_all(desk: Desk, server: FakePortal, case: Case) -> None:
    second = sample_dossier(2, random_paper(2, 100))
    desk.file(2, random_paper(2, 100))
    both = replace(case, sealed=[*case.sealed, promise(second)])
    assert_invariants(store_of(desk), held_by_fake(server), both)
    assert_invariants(store_of(desk), held_by_fake(server), both, drain=desk.round)
    server.durable.update(server.receipts)
    desk.round()
    desk.clock.advance(timedelta(days=2).total_seconds())
    desk.round()
    assert {entry.state for entry in desk.store.entries()} == {State.SHREDDED}
    assert_invariants(store_of(desk), held_by_fake(server), replace(both, grace=timedelta(days=1)))


def test_a_dossier_that_is_nowhere(desk: Desk, server: FakePortal, case: Case) -> None:
    missing = promise(sample_dossier(7, b"seven"))
    breaks(desk, held_by_fake(server), replace(case, sealed=[*case.sealed, missing]), "I1")


def test_other_papers_at_the_portal(desk: Desk, server: FakePortal, case: Case) -> None:
    other = promise(sample_dossier(1, b"others"))
    breaks(desk, held_by_fake(server), replace(case, sealed=[other]), "I1")


@pytest.mark.parametrize("piece", [lambda _sha256: None, lambda _sha256: b"damaged"])
def test_a_damaged_piece_at_the_portal(
    desk: Desk, server: FakePortal, case: Case, piece: Callable[[str], bytes | None]
) -> None:
    breaks(desk, replace(held_by_fake(server), piece=piece), case, "I1")


def test_a_dossier_that_came_twice(desk: Desk, server: FakePortal, case: Case) -> None:
    held = held_by_fake(server)
    breaks(desk, replace(held, dossiers=held.dossiers * 2), case, "I2")


def test_a_dossier_that_came_again_under_another_reference(desk: Desk, server: FakePortal, case: Case) -> None:
    [held] = held_by_fake(server).dossiers
    again = sample_dossier(2, PAPER)
    manifest = again.manifest(kiosk_id="kiosk-1", seq=1, audit_head="0" * 64, sealed_at=desk.clock.now()).to_bytes()
    jws = sign(server.receipt_of(manifest).model_dump_json().encode(), server.signing, "k1", "x")
    twice = replace(held_by_fake(server), dossiers=(held, HeldDossier(again.client_ref, manifest, jws)))
    breaks(desk, twice, replace(case, sealed=[*case.sealed, promise(again)]), "I2")


def test_a_receipt_of_a_stranger(desk: Desk, server: FakePortal, case: Case) -> None:
    ref = desk.file(2, b"second")
    receipt = server.receipt_of(desk.store.manifest(ref))
    jws = sign(receipt.model_dump_json().encode(), server.root, "k1", "x")
    desk.store.record(ref, Accepted(receipt, jws), desk.clock.now())
    with pytest.raises(Exception, match="Signature"):
        assert_invariants(
            store_of(desk),
            held_by_fake(server),
            replace(case, sealed=[*case.sealed, promise(sample_dossier(2, b"second"))]),
        )


def test_a_receipt_that_the_portal_did_not_give(desk: Desk, case: Case) -> None:
    breaks(desk, NO_PORTAL, case, "I3")


@pytest.mark.parametrize("known_at_portal", [True, False])
def test_shredded_too_early(desk: Desk, server: FakePortal, case: Case, known_at_portal: bool) -> None:
    [entry] = desk.store.entries()
    desk.store.mark_durable(entry.client_ref, desk.clock.now())
    desk.store.shred(entry.client_ref, desk.clock.now())
    held = held_by_fake(server) if known_at_portal else replace(held_by_fake(server), dossiers=())
    breaks(desk, held, replace(case, grace=timedelta(seconds=1)), "I4" if known_at_portal else "I1")


@pytest.mark.parametrize("shown", ["NGUYỄN VĂN MẪU".encode(), "NGUYỄN VĂN MẪU".encode("utf-16-le"), PAPER])
def test_a_file_that_shows_a_person(desk: Desk, server: FakePortal, case: Case, tmp_path: Path, shown: bytes) -> None:
    (tmp_path / "left.tmp").write_bytes(b"xx" + shown + b"xx")
    breaks(desk, held_by_fake(server), case, "I5")


def test_a_queue_that_does_not_move(desk: Desk, server: FakePortal, case: Case) -> None:
    desk.file(2, b"second")
    with pytest.raises(AssertionError, match="I6"):
        assert_invariants(store_of(desk), held_by_fake(server), case, drain=lambda: None)


def test_a_list_that_says_something_else(
    desk: Desk, server: FakePortal, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.queue_listing._summary", lambda _shown: "0 hồ sơ chưa gửi xong")
    breaks(desk, held_by_fake(server), case, "I7")


def test_an_exception_that_nobody_caught(desk: Desk, server: FakePortal, case: Case) -> None:
    breaks(desk, held_by_fake(server), replace(case, log=["Traceback (most recent call last):"]), "I8")
    ref = desk.file(2, b"second")
    desk.store.record(ref, TryLater("fault:KeyError"), desk.clock.now())
    second = promise(sample_dossier(2, b"second"))
    breaks(desk, held_by_fake(server), replace(case, sealed=[*case.sealed, second]), "I8")
