"""Tests of portal/tokens.py: times to the second, and who may call."""

from datetime import timedelta

import pytest

from kiosk.receipt import ProblemType
from portal.enrolment import revoke
from portal.opening import Portal
from portal.problems import Refused
from portal.tokens import CLOCK_SKEW_MAX_S, TOKEN_VALID_S, caller_of, exchange
from tests.fakes import FakeClock
from tests.portal.desk import Desk


@pytest.fixture
def kiosk(portal: Portal, desk: Desk, clock: FakeClock) -> Desk:
    """An enrolled kiosk whose assertions are of the fake clock's time."""
    clock.instant = portal.now().replace(microsecond=0)
    return desk


def signed(kiosk: Desk, clock: FakeClock, **changes: object) -> str:
    now = int(clock.now().timestamp())
    return kiosk.assertion(**({"iat": now, "exp": now + 60} | changes))


def token_for(portal: Portal, kiosk: Desk, assertion: str, clock: FakeClock) -> str:
    with portal.database.write() as connection:
        return exchange(connection, assertion, portal.token_audience, clock.now()).access_token


def refusal(portal: Portal, kiosk: Desk, assertion: str, clock: FakeClock) -> str:
    with pytest.raises(Refused) as refused:
        token_for(portal, kiosk, assertion, clock)
    return refused.value.problem.type


def test_a_token_ends_after_ten_minutes(portal: Portal, kiosk: Desk, clock: FakeClock) -> None:
    token = token_for(portal, kiosk, signed(kiosk, clock), clock)
    last = clock.now() + timedelta(seconds=TOKEN_VALID_S - 1)
    with portal.database.read() as connection:
        assert caller_of(connection, token, last).id == kiosk.enrolment.kiosk_id
        with pytest.raises(Refused):
            caller_of(connection, token, last + timedelta(seconds=1))


@pytest.mark.parametrize("sign", [1, -1])
def test_two_minutes_of_skew_are_borne_and_no_more(portal: Portal, kiosk: Desk, clock: FakeClock, sign: int) -> None:
    now = int(clock.now().timestamp())
    borne, too_much = now + sign * CLOCK_SKEW_MAX_S, now + sign * (CLOCK_SKEW_MAX_S + 1)
    assert token_for(portal, kiosk, signed(kiosk, clock, iat=borne, exp=borne + 300), clock)
    assertion = signed(kiosk, clock, iat=too_much, exp=too_much + 300)
    assert refusal(portal, kiosk, assertion, clock) == ProblemType.CLOCK


def test_an_assertion_lasts_five_minutes_at_most(portal: Portal, kiosk: Desk, clock: FakeClock) -> None:
    now = int(clock.now().timestamp())
    assert token_for(portal, kiosk, signed(kiosk, clock, exp=now + 300), clock)
    assert refusal(portal, kiosk, signed(kiosk, clock, exp=now + 301), clock) == ProblemType.UNAUTHENTICATED


@pytest.mark.parametrize("assertion", ["", "a.b.c", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0."])
def test_what_is_no_signed_jwt_is_refused(portal: Portal, kiosk: Desk, clock: FakeClock, assertion: str) -> None:
    assert refusal(portal, kiosk, assertion, clock) == ProblemType.UNAUTHENTICATED


def test_a_revoked_kiosk_is_refused_at_once_and_told_so(portal: Portal, kiosk: Desk, clock: FakeClock) -> None:
    token = token_for(portal, kiosk, signed(kiosk, clock), clock)
    with portal.database.write() as connection:
        assert revoke(connection, kiosk.enrolment.kiosk_id, clock.now())
        assert not revoke(connection, "another", clock.now())
    with portal.database.read() as connection, pytest.raises(Refused):
        caller_of(connection, token, clock.now())
    assert refusal(portal, kiosk, signed(kiosk, clock), clock) == ProblemType.REVOKED


def test_only_the_digest_of_a_token_is_stored(portal: Portal, kiosk: Desk, clock: FakeClock) -> None:
    token = token_for(portal, kiosk, signed(kiosk, clock), clock)
    with portal.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM token").all()
    assert rows
    assert token not in repr(rows)
