"""Tests of sync/syncer.py: whole rounds between a real store and a portal over real HTTP."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.errors import StoreCorrupt
from kiosk.outbox import OutboxEntry, QueueCondition, State, TryLater
from kiosk.receipt import ProblemType
from sync.portal import NoPortal, Parcel, Setback
from sync.syncer import Rules, Syncer
from tests.fakes import FakeClock
from tests.fakes_http import Cut, LoseAnswer, Say
from tests.fakes_portal import FakePortal, problem
from tests.sync.desk import MIB, Desk


def test_a_dossier_reaches_the_portal_and_its_receipt_is_kept(desk: Desk, server: FakePortal) -> None:
    ref = desk.file(1)
    report = desk.round()
    assert (report.condition, report.accepted) == (QueueCondition.CLEAR, 1)
    entry = desk.entry(ref)
    assert (entry.state, entry.national_code, entry.attempts) == (State.RECEIPTED, "H26.01-20261116-0001", 0)
    assert server.manifests[ref] == desk.store.manifest(ref)
    kept = desk.store.receipt(ref)
    assert kept is not None
    assert kept[1] == server.receipts[ref]


def test_nothing_to_send_asks_once_and_then_stays_silent(desk: Desk, server: FakePortal) -> None:
    desk.round()
    asked = len(server.seen)
    desk.round()
    assert server.count("POST", "/v1/submissions/reconcile") == 1
    assert len(server.seen) == asked


def test_a_lost_answer_to_the_commit_gives_the_same_receipt(desk: Desk, server: FakePortal) -> None:
    ref = desk.file(1)
    server.script("PUT", "/v1/submissions/", LoseAnswer(), LoseAnswer())
    assert desk.round().postponed == 1
    assert desk.entry(ref).state is State.COMMITTING
    first = server.receipts[ref]
    sent = server.count("PUT", "/v1/")
    desk.clock.advance(5)
    assert desk.round().accepted == 1
    kept = desk.store.receipt(ref)
    assert kept is not None
    assert kept[1] == first
    assert server.count("PUT", "/v1/") == sent, "the receipt is recalled, nothing is sent again"


def test_a_commit_that_was_lost_on_the_way_is_done_again(desk: Desk, server: FakePortal) -> None:
    ref = desk.file(1)
    server.script("PUT", "/v1/submissions/", Cut(), Cut())
    assert desk.round().postponed == 1
    desk.clock.advance(5)
    assert desk.round().accepted == 1
    assert server.count("GET", f"/v1/submissions/{ref}") == 1
    assert len(server.receipts) == 1


@pytest.mark.parametrize("after_bytes", [0, 1, 65536, MIB - 1])
def test_a_line_cut_in_the_middle_of_a_piece_resumes_with_what_is_missing(
    desk: Desk, server: FakePortal, after_bytes: int
) -> None:
    desk.file(1)
    # The first piece on a kept-alive connection is tried once more on a new one, which is cut too.
    server.cut_bodies.extend([after_bytes] * 3)
    assert desk.round().postponed == 1
    server.cut_bodies.clear()
    sent = server.count("PUT", "/v1/blobs/")
    held = len(server.pieces)
    desk.clock.advance(5)
    assert desk.round().accepted == 1
    assert server.count("PUT", "/v1/blobs/") - sent == 3 - held


def test_what_the_portal_refuses_is_parked_and_the_others_go_on(desk: Desk, server: FakePortal) -> None:
    refs = [desk.file(number, b"paper") for number in range(1, 6)]
    server.always("PUT", f"/v1/submissions/{refs[0]}", problem(ProblemType.INVALID_MANIFEST, 422, detail="no"))
    server.always("PUT", f"/v1/submissions/{refs[1]}", Say(500))
    report = desk.round()
    assert (report.accepted, report.refused, report.postponed) == (3, 1, 1)
    parked, later, *others = [desk.entry(ref) for ref in refs]
    assert (parked.state, parked.problem) == (State.PARKED, ProblemType.INVALID_MANIFEST)
    assert (later.state, later.attempts, later.problem) == (State.COMMITTING, 1, "http-500")
    assert {entry.state for entry in others} == {State.RECEIPTED}


def test_a_dossier_that_keeps_failing_sinks_below_the_others(desk: Desk, server: FakePortal) -> None:
    poison = desk.file(1, b"poison")
    server.always("PUT", f"/v1/submissions/{poison}", Cut())
    desk.round()
    desk.clock.advance(3600)
    fresh = desk.file(2, b"fresh")
    asked = len(server.seen)
    desk.round()
    paths = [path for _, path in server.seen[asked:]]
    assert paths.index(f"/v1/submissions/{fresh}") < paths.index(f"/v1/submissions/{poison}")
    assert desk.entry(fresh).state is State.RECEIPTED


def test_a_dossier_whose_papers_are_damaged_here_is_parked_alone(desk: Desk) -> None:
    class Damaged:
        """The store, with one dossier that cannot be opened."""

        def __getattr__(self, name: str) -> object:
            return getattr(desk.store, name)

        def manifest(self, client_ref: UUID) -> bytes:
            if client_ref == first:
                raise StoreCorrupt("sealed content is damaged")
            return desk.store.manifest(client_ref)

    first, second = desk.file(1, b"a"), desk.file(2, b"b")
    syncer = Syncer(Damaged(), desk.portal, desk.clock, desk.rng)  # type: ignore[arg-type]  # the rest is delegated
    report = syncer.run_once(desk.clock.now())
    assert (report.refused, report.accepted) == (1, 1)
    assert (desk.entry(first).state, desk.entry(first).problem) == (State.PARKED, "store_corrupt")
    assert desk.entry(second).state is State.RECEIPTED


def test_a_fault_of_ours_on_one_dossier_is_logged_without_its_words(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(NoPortal):
        """A portal's client with a fault."""

        def check_up(self, _client_refs: Sequence[UUID]) -> TryLater:
            return TryLater("asked at a bad time")

        def reserve(self, _parcel: Parcel) -> Setback | None:
            raise ValueError("NGUYỄN VĂN MẪU")

    ref = desk.file(1)
    report = Syncer(desk.store, Faulty(), desk.clock, desk.rng).run_once(desk.clock.now())
    assert report.postponed == 1
    assert desk.entry(ref).problem == "fault:ValueError"
    assert "ValueError" in caplog.text
    assert "MẪU" not in caplog.text


def test_offline_burns_no_attempts_and_touches_no_dossier(tmp_path: Path, clock: FakeClock) -> None:
    server = FakePortal(clock.now)
    desk = Desk(tmp_path, server, clock)
    ref = desk.file(1, b"paper")
    with server.running():
        pass  # and now its port is closed
    for _ in range(5):
        assert desk.round().condition is QueueCondition.OFFLINE
        clock.advance(60)
    entry = desk.entry(ref)
    assert (entry.state, entry.attempts, entry.problem) == (State.SEALED, 0, "")
    desk.close()


def test_a_line_lost_in_the_middle_holds_the_queue_and_burns_no_attempts(desk: Desk, server: FakePortal) -> None:
    refs = [desk.file(number, b"paper") for number in (1, 2, 3)]
    server.script("PUT", "/v1/submissions/", Say(511))
    report = desk.round()
    assert (report.condition, report.accepted) == (QueueCondition.CAPTIVE, 0)
    assert [desk.entry(ref).attempts for ref in refs] == [0, 0, 0]
    assert [desk.entry(ref).state for ref in refs] == [State.COMMITTING, State.SEALED, State.SEALED]
    assert desk.round().accepted == 3


def test_when_the_line_is_back_waiting_times_are_forgotten(desk: Desk, server: FakePortal) -> None:
    slow, other = desk.file(1, b"slow"), desk.file(2, b"other")
    server.script("PUT", f"/v1/submissions/{slow}", Say(503, headers={"Retry-After": "3000"}))
    server.script("PUT", f"/v1/submissions/{other}", Say(511))
    assert desk.round().condition is QueueCondition.CAPTIVE
    waiting = desk.entry(slow).next_try_at
    assert waiting is not None
    assert waiting >= desk.clock.now() + timedelta(seconds=3000)
    assert desk.round().accepted == 2


def test_a_round_is_bounded_and_says_that_there_is_more(tmp_path: Path, server: FakePortal, clock: FakeClock) -> None:
    desk = Desk(tmp_path, server, clock, Rules(batch=2))
    for number in (1, 2, 3):
        desk.file(number, b"paper")
    reports = [desk.round() for _ in range(2)]
    assert [(report.accepted, report.more) for report in reports] == [(2, True), (1, False)]
    desk.close()


def test_what_is_durable_is_shredded_when_the_grace_is_over(desk: Desk, server: FakePortal, clock: FakeClock) -> None:
    ref, unsafe = desk.file(1, b"a"), desk.file(2, b"b")
    desk.round()
    server.durable.add(ref)
    states: list[list[State]] = []
    for wait in (timedelta(minutes=9), timedelta(minutes=1), timedelta(days=6, hours=23), timedelta(hours=2)):
        clock.advance(wait.total_seconds())
        desk.round()
        states.append([desk.entry(ref).state, desk.entry(unsafe).state])
    receipted = State.RECEIPTED
    assert states == [[receipted, receipted], *[[State.DURABLE, receipted]] * 2, [State.SHREDDED, receipted]]


def test_a_portal_that_cannot_reconcile_gets_dossiers_all_the_same(desk: Desk, server: FakePortal) -> None:
    desk.file(1)
    server.always("POST", "/v1/submissions/reconcile", Say(404))
    assert desk.round().accepted == 1


def test_a_kiosk_that_is_not_enrolled_waits(desk: Desk) -> None:
    ref = desk.file(1)
    report = Syncer(desk.store, NoPortal(), desk.clock, desk.rng).run_once(desk.clock.now())
    assert report.condition is QueueCondition.NOT_ENROLLED
    assert desk.entry(ref).state is State.SEALED


def test_states_are_written_before_the_bytes_leave(desk: Desk) -> None:
    seen: list[tuple[str, State]] = []

    class Watching(NoPortal):
        """Notes the dossier's state at each phase."""

        def check_up(self, _client_refs: Sequence[UUID]) -> TryLater:
            return TryLater("asked at a bad time")

        def reserve(self, _parcel: Parcel) -> None:
            seen.append(("reserve", self.entry().state))

        def upload(self, _parcel: Parcel) -> None:
            seen.append(("upload", self.entry().state))

        def commit(self, parcel: Parcel) -> Setback:
            seen.append(("commit", self.entry().state))
            return self._held

        def entry(self) -> OutboxEntry:
            return desk.entry(ref)

    ref = desk.file(1)
    Syncer(desk.store, Watching(), desk.clock, desk.rng).run_once(desk.clock.now())
    assert seen == [("reserve", State.SENDING), ("upload", State.SENDING), ("commit", State.COMMITTING)]
