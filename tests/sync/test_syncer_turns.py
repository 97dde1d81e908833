"""Tests of sync/syncer.py: whose turn it is, when it pauses, and what it blames a dossier for."""

from kiosk.outbox import QueueCondition, State
from kiosk.receipt import ProblemType
from sync.alarms import SyncAlarm
from tests.fakes_http import Cut, Say
from tests.fakes_portal import FakePortal, problem
from tests.sync.desk import Desk


def test_only_an_answer_makes_a_held_queue_clear(desk: Desk, server: FakePortal) -> None:
    refs = [desk.file(number, b"paper") for number in (1, 2, 3)]
    for method in ("GET", "HEAD", "PUT", "POST"):
        server.always(method, "/", Cut())
    for _ in range(10):
        report = desk.round()
        assert (report.condition, report.detail) == (QueueCondition.OFFLINE, "connection_lost")
        desk.clock.advance(60)
    assert {desk.entry(ref).attempts for ref in refs} == {0}
    server.heal()
    assert desk.round().accepted == 3


def test_a_queue_that_hears_nothing_any_more_soon_stops_blaming_its_dossiers(desk: Desk, server: FakePortal) -> None:
    desk.round()
    refs = [desk.file(number, b"paper") for number in (1, 2, 3)]
    for method in ("GET", "HEAD", "PUT", "POST"):
        server.always(method, "/", Cut())
    conditions = []
    for _ in range(5):
        conditions.append(desk.round().condition)
        desk.clock.advance(3600)
    assert conditions == [QueueCondition.CLEAR, *[QueueCondition.OFFLINE] * 4]
    assert {desk.entry(ref).attempts for ref in refs} == {1}
    server.heal()
    assert desk.round().accepted == 3


def test_a_box_that_cuts_one_dossier_off_does_not_pass_for_a_line_that_is_down(desk: Desk, server: FakePortal) -> None:
    desk.round()
    poison = desk.file(1, b"poison")
    server.always("PUT", f"/v1/submissions/{poison}", Cut())
    for _ in range(4):
        assert desk.round().condition is QueueCondition.CLEAR
        desk.clock.advance(3600)
    assert desk.entry(poison).attempts == 4
    fresh = desk.file(2, b"fresh")
    assert desk.round().accepted == 1
    assert desk.entry(fresh).state is State.RECEIPTED


def test_a_portal_that_has_too_much_to_do_is_asked_by_two_dossiers_not_by_all(desk: Desk, server: FakePortal) -> None:
    refs = [desk.file(number, b"paper") for number in range(1, 11)]
    busy = problem(ProblemType.TRY_LATER, 503, {"Retry-After": "600"})
    server.always("PUT", "/v1/submissions/", busy)
    report = desk.round()
    assert (report.condition, report.postponed, report.retry_after_s, report.more) == (
        QueueCondition.CLEAR,
        2,
        60,
        False,
    )
    assert sorted(desk.entry(ref).attempts for ref in refs) == [0] * 8 + [1] * 2
    server.heal()
    assert desk.round().accepted == 8
    desk.clock.advance(605)
    assert desk.round().accepted == 2


def test_one_dossier_that_is_always_put_off_does_not_stop_the_others(desk: Desk, server: FakePortal) -> None:
    refs = [desk.file(number, b"paper") for number in range(1, 6)]
    server.always("PUT", f"/v1/submissions/{refs[0]}", problem(ProblemType.TRY_LATER, 503, {"Retry-After": "600"}))
    assert desk.round().accepted == 4


def test_small_dossiers_go_before_large_ones_and_those_that_come_meanwhile_too(desk: Desk, server: FakePortal) -> None:
    large = [desk.file(number) for number in (1, 2)]
    small = desk.file(3, b"small", service="other")
    report = desk.round()
    assert (report.accepted, report.more) == (2, True)
    late = desk.file(4, b"late", service="other")
    assert desk.round().accepted == 2
    assert list(server.receipts) == [small, large[0], late, large[1]]


def test_what_was_never_sent_is_not_asked_for_first(desk: Desk, server: FakePortal) -> None:
    desk.file(1)
    desk.round()
    assert server.count("HEAD", "/v1/blobs/") == 0


def test_a_portal_without_a_place_for_commits_is_an_alarm_after_an_hour(desk: Desk, server: FakePortal) -> None:
    desk.file(1, b"paper")
    server.always("PUT", "/v1/submissions/", Say(404))
    told = []
    for _ in range(3):
        told.append(desk.round().alarms)
        desk.clock.advance(1801)
    assert told == [(), (), (SyncAlarm.NO_COMMITS,)]
    server.heal()
    report = desk.round()
    assert (report.accepted, report.alarms) == (1, ())
