"""Tests of sync/line.py: a token that is not taken is renewed, once."""

import pytest

from kiosk.receipt import ProblemType
from sync.line import Line
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE, Answer, Call
from tests.fakes_portal import FakePortal, problem
from tests.sync.desk import Desk

ASK = Call("POST", "/v1/submissions/reconcile", (JSON_MEDIA_TYPE,), b'{"client_refs":[]}', JSON_MEDIA_TYPE)


@pytest.fixture
def tokens(desk: Desk) -> TokenSource:
    return TokenSource(desk.enrolled.enrolment, desk.keys.device_key(), desk.server_time, desk.clock)


def test_a_token_that_expired_early_is_renewed_once(desk: Desk, server: FakePortal, tokens: TokenSource) -> None:
    line = Line(desk.transports[0], tokens)
    assert isinstance(line.send(ASK), Answer)
    server.token = "another"
    answer = line.send(ASK)
    assert isinstance(answer, Answer)
    assert answer.status == 200
    assert server.tokens_given == 2


def test_a_401_that_stays_is_asked_twice_and_no_more(desk: Desk, server: FakePortal, tokens: TokenSource) -> None:
    server.always("POST", "/v1/submissions", problem(ProblemType.UNAUTHENTICATED, 401))
    answer = Line(desk.transports[0], tokens).send(ASK)
    assert isinstance(answer, Answer)
    assert answer.status == 401
    assert [path for _, path in server.seen] == ["/v1/token", ASK.path] * 2
