"""Tests of sync/tokens.py: tokens are fetched, kept, and survive a wrong clock."""

from datetime import timedelta

import pytest

from kiosk.outbox import Held, QueueCondition, TryLater
from kiosk.receipt import ProblemType
from sync.tokens import TokenSource
from sync.transport import JSON_MEDIA_TYPE
from tests.fakes import FakeClock
from tests.fakes_http import Reply, Say, html
from tests.fakes_portal import FakePortal, problem
from tests.sync.desk import Desk


@pytest.fixture
def tokens(desk: Desk) -> TokenSource:
    return TokenSource(desk.enrolled.enrolment, desk.keys.device_key(), desk.server_time, desk.clock)


def test_a_token_is_used_until_a_minute_before_its_end(
    desk: Desk, server: FakePortal, tokens: TokenSource, clock: FakeClock
) -> None:
    transport = desk.transports[0]
    assert tokens.bearer(transport) == "token-1"
    clock.advance(539)
    assert tokens.bearer(transport) == "token-1"
    clock.advance(1)
    assert tokens.bearer(transport) == "token-2"
    assert server.tokens_given == 2


def test_the_assertion_says_what_rfc_7523_asks(desk: Desk, server: FakePortal, tokens: TokenSource) -> None:
    for _ in range(2):
        tokens.forget(str(tokens.bearer(desk.transports[0])))
    claims = server.claims
    assert claims[0]["iss"] == claims[0]["sub"] == desk.enrolled.enrolment.kiosk_id
    assert claims[0]["aud"] == server.url
    assert 0 < claims[0]["exp"] - claims[0]["iat"] <= 300
    assert claims[0]["jti"] != claims[1]["jti"]


@pytest.mark.parametrize("years", [-5, 5])
def test_a_kiosk_whose_clock_is_years_off_learns_the_time_from_the_refusal(
    desk: Desk, server: FakePortal, tokens: TokenSource, clock: FakeClock, years: int
) -> None:
    right = clock.instant
    server.now = lambda: right
    clock.instant += timedelta(days=365 * years)
    assert tokens.bearer(desk.transports[0]) == "token-1"
    assert server.count("POST", "/v1/token") == 2
    assert desk.server_time.offset_s == -365 * 86400 * years


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (problem(ProblemType.CLOCK, 401), Held(QueueCondition.CLOCK, ProblemType.CLOCK)),
        (problem(ProblemType.REVOKED, 403), Held(QueueCondition.AUTH, ProblemType.REVOKED)),
        (problem("about:blank", 400), Held(QueueCondition.AUTH, "about:blank")),
        (Say(400, b'{"error":"invalid_grant"}', JSON_MEDIA_TYPE), TryLater("http-400")),
        (Say(200, b'{"error":"?"}', JSON_MEDIA_TYPE), TryLater("unknown:token")),
        (
            Say(200, b'{"access_token":"x","token_type":"MAC","expires_in":1}', JSON_MEDIA_TYPE),
            TryLater("unknown:token"),
        ),
        (Say(500), TryLater("http-500")),
        (html(), Held(QueueCondition.CAPTIVE, "http-200 text/html")),
    ],
    ids=["clock", "revoked", "refused", "no-problem", "no-token", "other-type", "fault", "captive"],
)
def test_no_token_has_a_reason(
    desk: Desk, server: FakePortal, tokens: TokenSource, reply: Reply, expected: Held | TryLater
) -> None:
    server.always("POST", "/v1/token", reply)
    assert tokens.bearer(desk.transports[0]) == expected
    assert server.count("POST", "/v1/token") == 1


def test_an_assertion_that_the_line_doubled_is_no_refusal_of_the_kiosk(
    desk: Desk, server: FakePortal, tokens: TokenSource
) -> None:
    server.script("POST", "/v1/token", problem(ProblemType.UNAUTHENTICATED, 401))
    assert tokens.bearer(desk.transports[0]) == "token-1"


def test_a_kiosk_that_is_not_known_asks_twice_and_no_more(desk: Desk, server: FakePortal, tokens: TokenSource) -> None:
    server.always("POST", "/v1/token", problem(ProblemType.UNAUTHENTICATED, 401))
    assert tokens.bearer(desk.transports[0]) == Held(QueueCondition.AUTH, ProblemType.UNAUTHENTICATED)
    assert server.count("POST", "/v1/token") == 2


def test_forgetting_an_old_token_keeps_the_new_one(desk: Desk, server: FakePortal, tokens: TokenSource) -> None:
    first = tokens.bearer(desk.transports[0])
    assert isinstance(first, str)
    tokens.forget(first)
    second = tokens.bearer(desk.transports[0])
    tokens.forget(first)
    assert tokens.bearer(desk.transports[0]) == second
    assert server.tokens_given == 2
