"""Tests of sync/help_calls.py: a call is told until it is over, whatever the line does, and never in another's name."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Event
from uuid import UUID

import pytest

from commands.wall_clock import WallClock
from kiosk.errors import StoreProblem
from kiosk.help_call import LASTS_S, HelpCall, OfficeNews
from kiosk.receipt import ProblemType
from sync.help_calls import HelpCaller
from sync.line import Line
from sync.tokens import TokenSource
from sync.transport import Answer, Call
from tests.fakes import FakeClock
from tests.fakes_http import Caller, Flood, Reply, Say, html
from tests.fakes_portal import FakePortal, problem
from tests.sync.desk import Desk

TIMEOUT_S, BEAT_S = 10.0, 0.01
ONE, OTHER = UUID(int=1), UUID(int=2)
TOLD, SEEN = (Say(200, json.dumps({"seen": seen}).encode(), "application/json") for seen in (False, True))


@dataclass(frozen=True)
class Noted(Say):
    """An answer that notes what was said."""

    bodies: list[bytes] = field(default_factory=list)

    def send(self, call: Caller) -> None:
        self.bodies.append(call.body)
        super().send(call)


@pytest.fixture
def caller(desk: Desk) -> Iterator[HelpCaller]:
    tokens = TokenSource(desk.enrolled.enrolment, desk.keys.device_key(), desk.server_time, desk.clock)
    made = HelpCaller(Line(desk.transports[1], tokens), desk.clock, BEAT_S)
    made.start()
    yield made
    made.stop(TIMEOUT_S)


def until(true: Callable[[], bool]) -> None:
    clock, pause = WallClock(), Event()
    end_s = clock.monotonic_s() + TIMEOUT_S
    while not true():
        assert clock.monotonic_s() < end_s
        pause.wait(0.005)


def call(call_id: UUID = ONE) -> HelpCall:
    return HelpCall(call_id, "Xem lại", FakeClock().now())


def paths(server: FakePortal) -> list[str]:
    return [path for method, path in server.seen if method == "PUT"]


def test_it_is_told_again_and_again_until_somebody_comes(server: FakePortal, caller: HelpCaller) -> None:
    assert caller.news is OfficeNews.NONE
    server.always("PUT", "/v1/calls", TOLD)
    caller.ring(call())
    until(lambda: caller.news is OfficeNews.TOLD and len(paths(server)) > 2)
    server.heal()
    server.always("PUT", "/v1/calls", SEEN)
    until(lambda: caller.news is OfficeNews.SEEN)
    caller.end()
    assert caller.news is OfficeNews.NONE
    assert set(paths(server)) == {f"/v1/calls/{ONE}"}


@pytest.mark.parametrize(
    "trouble",
    [problem(ProblemType.NOT_FOUND, 404), html(), Say(200, b"{}", "application/json"), Flood(200)],
    ids=["no such page", "captive portal", "other answer", "a flood"],
)
def test_a_line_in_trouble_is_said_and_tried_again(server: FakePortal, caller: HelpCaller, trouble: Reply) -> None:
    server.always("PUT", "/v1/calls", trouble)
    caller.ring(call())
    until(lambda: caller.news is OfficeNews.NOT_TOLD)
    server.heal()
    server.always("PUT", "/v1/calls", TOLD)
    until(lambda: caller.news is OfficeNews.TOLD)


def test_the_end_is_told_though_the_line_was_down_for_a_moment(server: FakePortal, caller: HelpCaller) -> None:
    server.always("PUT", "/v1/calls", TOLD)
    caller.ring(call())
    until(lambda: caller.news is OfficeNews.TOLD)
    server.heal()
    noted = Noted(200, TOLD.body, TOLD.media_type)
    server.script("PUT", "/v1/calls", html(), noted)
    caller.end()
    until(lambda: [json.loads(body)["over"] for body in noted.bodies] == [True])


def test_a_new_call_takes_the_place_of_the_old_one(server: FakePortal, caller: HelpCaller) -> None:
    server.always("PUT", "/v1/calls", TOLD)
    caller.ring(call())
    until(lambda: caller.news is OfficeNews.TOLD)
    caller.ring(call(OTHER))
    until(lambda: paths(server)[-1] == f"/v1/calls/{OTHER}")


def test_after_half_an_hour_it_ends_by_itself(server: FakePortal, caller: HelpCaller, desk: Desk) -> None:
    server.always("PUT", "/v1/calls", TOLD)
    caller.ring(call())
    until(lambda: caller.news is OfficeNews.TOLD)
    desk.clock.advance(LASTS_S + 1)
    until(lambda: caller.news is OfficeNews.NONE)


def test_a_store_that_fails_is_no_reason_to_hurry(
    server: FakePortal, caller: HelpCaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Call] = []

    def fail(_line: Line, sent: Call) -> Answer:
        tries.append(sent)
        raise StoreProblem("mẫu")

    monkeypatch.setattr(caller, "_beat_s", TIMEOUT_S)
    with monkeypatch.context() as patch:
        patch.setattr(Line, "send", fail)
        caller.ring(call())
        until(lambda: caller.news is OfficeNews.NOT_TOLD)
        Event().wait(10 * BEAT_S)
        assert len(tries) == 1
    server.always("PUT", "/v1/calls", TOLD)
    caller.ring(call(OTHER))
    until(lambda: caller.news is OfficeNews.TOLD)
