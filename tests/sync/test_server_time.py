"""Tests of sync/server_time.py: what a Date header teaches."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.server_time import ServerTime, parse_http_date
from tests.fakes import FakeClock


def test_the_offset_is_the_portals_time_less_ours(clock: FakeClock) -> None:
    time = ServerTime(clock)
    assert time.now() == clock.now()
    time.observe("Mon, 16 Nov 2026 03:00:00 GMT")
    assert time.offset_s == 7200
    clock.advance(60)
    assert time.now() == datetime(2026, 11, 16, 3, 1, tzinfo=UTC)


def test_what_is_no_date_changes_nothing(clock: FakeClock) -> None:
    time = ServerTime(clock)
    time.observe("Mon, 16 Nov 2026 01:00:30 GMT")
    for text in ("", "yesterday", "Mon, 99 Foo 2026 25:00:00 GMT", "0"):
        time.observe(text)
    assert time.offset_s == 30


@pytest.mark.parametrize("text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 -0000"])
def test_an_http_date_is_in_utc(text: str) -> None:
    moment = parse_http_date(text)
    assert moment == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)
    assert moment.utcoffset() == timedelta(0)
