"""Tests of sync/loop.py: the thread that sends by itself, wakes when told, survives faults, and stops in time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from random import Random
from threading import Event
from uuid import UUID

import pytest

from commands.wall_clock import WallClock
from kiosk.errors import StoreProblem
from kiosk.outbox import QueueCondition, State
from kiosk.receipt import ProblemType
from sync.alarms import SyncAlarm
from sync.loop import SyncLoop, pause_s
from sync.syncer import SyncReport
from sync.transport import ExchangeLimits
from tests.fakes import FakeClock
from tests.fakes_http import Say, Silence, html
from tests.fakes_portal import FakePortal, problem
from tests.sync.desk import Desk

TIMEOUT_S = 10.0
MakeLoop = Callable[..., SyncLoop]


@pytest.fixture
def rounds() -> "Queue[SyncReport]":
    """What the loop tells its listener."""
    return Queue()


@pytest.fixture
def make_loop(desk: Desk, rounds: "Queue[SyncReport]") -> Iterator[MakeLoop]:
    made: list[SyncLoop] = []

    def make(on_round: Callable[[SyncReport], None] = rounds.put) -> SyncLoop:
        made.append(SyncLoop(desk.syncer, desk.store, WallClock(), Random(1), on_round))
        return made[-1]

    yield make
    for loop in made:
        assert loop.stop(TIMEOUT_S)


@pytest.fixture
def loop(make_loop: MakeLoop) -> SyncLoop:
    return make_loop()


def test_what_was_filed_before_the_start_is_sent(desk: Desk, loop: SyncLoop) -> None:
    ref = desk.file(1)
    loop.start()
    assert loop.wait_for(ref, TIMEOUT_S).state is State.RECEIPTED


def test_what_is_filed_later_is_sent_when_kicked(desk: Desk, loop: SyncLoop, rounds: "Queue[SyncReport]") -> None:
    first = desk.file(1)
    loop.start()
    loop.wait_for(first, TIMEOUT_S)
    ref = desk.file(2)
    loop.kick()
    assert loop.wait_for(ref, TIMEOUT_S).state is State.RECEIPTED
    assert rounds.get(timeout=TIMEOUT_S).condition is QueueCondition.CLEAR


def test_the_visit_does_not_wait_for_a_line_that_is_down(desk: Desk, server: FakePortal, loop: SyncLoop) -> None:
    server.always("POST", "/v1/token", html())
    ref = desk.file(1)
    loop.start()
    loop.kick()
    entry = loop.wait_for(ref, TIMEOUT_S)
    assert entry.state is State.SEALED
    assert loop.condition is QueueCondition.CAPTIVE


def test_the_listener_hears_of_the_line_going_and_coming_back(
    desk: Desk, server: FakePortal, loop: SyncLoop, rounds: "Queue[SyncReport]"
) -> None:
    server.always("POST", "/v1/token", html())
    ref = desk.file(1)
    loop.start()
    assert rounds.get(timeout=TIMEOUT_S).condition is QueueCondition.CAPTIVE
    server.heal()
    loop.kick()
    report = rounds.get(timeout=TIMEOUT_S)
    assert (report.condition, report.accepted) == (QueueCondition.CLEAR, 1)
    assert loop.condition is QueueCondition.CLEAR
    assert desk.entry(ref).state is State.RECEIPTED


def test_waiting_ends_when_the_time_is_up(desk: Desk, loop: SyncLoop) -> None:
    ref = desk.file(1)
    assert loop.wait_for(ref, 0.05).state is State.SEALED  # the loop was never started


def test_waiting_for_a_dossier_that_is_not_there_is_an_error(loop: SyncLoop) -> None:
    with pytest.raises(KeyError):
        loop.wait_for(UUID(int=9), TIMEOUT_S)


def test_a_parked_dossier_ends_the_waiting(desk: Desk, server: FakePortal, loop: SyncLoop) -> None:
    server.always("PUT", "/v1/submissions/", problem(ProblemType.INVALID_MANIFEST, 422))
    ref = desk.file(1)
    loop.start()
    assert loop.wait_for(ref, TIMEOUT_S).state is State.PARKED


def test_a_person_who_says_send_now_ends_all_waiting(
    desk: Desk, server: FakePortal, loop: SyncLoop, rounds: "Queue[SyncReport]"
) -> None:
    server.script("PUT", "/v1/submissions/", Say(503, headers={"Retry-After": "3600"}))
    ref = desk.file(1)
    loop.start()
    assert rounds.get(timeout=TIMEOUT_S).postponed == 1
    loop.kick()
    loop.send_now()
    assert loop.wait_for(ref, TIMEOUT_S).state is State.RECEIPTED


def test_more_than_one_round_holds_is_sent_without_a_pause(desk: Desk, loop: SyncLoop) -> None:
    refs = [desk.file(number, b"paper") for number in range(1, 24)]
    loop.start()
    assert {loop.wait_for(ref, TIMEOUT_S).state for ref in refs} == {State.RECEIPTED}


def test_a_fault_does_not_end_the_loop_and_is_logged_without_its_words(
    desk: Desk, make_loop: MakeLoop, caplog: pytest.LogCaptureFixture
) -> None:
    told = Event()

    def fail_once(_report: SyncReport) -> None:
        if not told.is_set():
            told.set()
            raise StoreProblem("NGUYỄN VĂN MẪU")

    loop = make_loop(fail_once)
    desk.file(1)
    loop.start()
    assert told.wait(TIMEOUT_S)
    second = desk.file(2)
    loop.kick()
    assert loop.wait_for(second, TIMEOUT_S).state is State.RECEIPTED
    assert "StoreProblem" in caplog.text
    assert "MẪU" not in caplog.text


def test_stopping_cuts_what_is_under_way_and_burns_no_attempt(
    tmp_path: Path, server: FakePortal, clock: FakeClock
) -> None:
    desk = Desk(tmp_path, server, clock, limits=ExchangeLimits())  # which would wait for half a minute
    loop = SyncLoop(desk.syncer, desk.store, WallClock(), Random(1))
    silence = Silence()
    server.always("PUT", "/v1/submissions/", silence)
    ref = desk.file(1)
    loop.start()
    assert silence.reached.wait(TIMEOUT_S)
    assert loop.stop(TIMEOUT_S)
    assert (desk.entry(ref).state, desk.entry(ref).attempts) == (State.COMMITTING, 0)
    desk.close()


def test_stopping_ends_the_waiting_too(desk: Desk, loop: SyncLoop) -> None:
    assert loop.stop(TIMEOUT_S), "a loop that was never started has ended"
    assert loop.wait_for(desk.file(1), TIMEOUT_S).state is State.SEALED


def test_how_long_it_waits_after_a_round() -> None:
    rng, clear, offline = Random(1), QueueCondition.CLEAR, QueueCondition.OFFLINE
    assert pause_s(SyncReport(clear), 0, rng) == 5
    assert pause_s(SyncReport(clear, more=True), 0, rng) == 0
    assert pause_s(SyncReport(clear, retry_after_s=60), 0, rng) == 60, "the portal has too much to do"
    assert 5 <= pause_s(SyncReport(offline), 1, rng) <= 15
    assert pause_s(SyncReport(offline, retry_after_s=600), 1, rng) == 600
    assert 5 <= pause_s(None, 1, rng) <= 15


def test_alarms_are_told_and_stay_until_their_end(
    desk: Desk, server: FakePortal, loop: SyncLoop, rounds: "Queue[SyncReport]"
) -> None:
    server.script("PUT", "/v1/submissions/", Say(507))
    ref = desk.file(1)
    loop.start()
    assert rounds.get(timeout=TIMEOUT_S).alarms == (SyncAlarm.PORTAL_FULL,)
    assert loop.alarms == (SyncAlarm.PORTAL_FULL,)
    loop.send_now()
    assert loop.wait_for(ref, TIMEOUT_S).state is State.RECEIPTED
    assert rounds.get(timeout=TIMEOUT_S).alarms == ()
    assert (loop.condition, loop.detail) == (QueueCondition.CLEAR, "")
