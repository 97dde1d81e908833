"""Tests of sync/nights.py: each kiosk asks at a minute of its own, once a night, whatever the machine was doing."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.dates import VIETNAM
from sync.nights import next_night

NOON = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)  # 12:00 in Việt Nam
HOUR = timedelta(hours=1)


@given(st.integers(0, 10 * 366 * 24 * 60), st.integers(0, 2**32))
def test_the_next_night_is_the_first_one_that_comes(minutes: int, seed: int) -> None:
    now = NOON + timedelta(minutes=minutes)
    due = next_night(now, now, Random(seed)).astimezone(VIETNAM)
    assert now < due < now + timedelta(days=1, hours=4)
    assert 1 <= due.hour < 5


def test_a_provinces_kiosks_are_spread_over_the_whole_night() -> None:
    minutes = {next_night(NOON, NOON, Random(seed)) for seed in range(500)}
    assert max(minutes) - min(minutes) > 3.9 * HOUR
    assert len(minutes) > 150


def test_a_machine_that_is_off_at_night_asks_in_the_first_hour_of_its_day() -> None:
    due = [next_night(NOON - timedelta(days=3), NOON, Random(seed)) for seed in range(200)]
    assert min(due) >= NOON
    assert max(due) < NOON + HOUR
    assert max(due) - min(due) > 0.9 * HOUR


def test_a_clock_that_was_set_back_does_not_end_the_asking() -> None:
    assert NOON <= next_night(NOON + timedelta(days=400), NOON, Random(1)) < NOON + HOUR


def test_a_kiosk_that_never_asked_begins_with_its_first_night() -> None:
    due = next_night(None, NOON, Random(1)).astimezone(VIETNAM)
    assert (due.day, 1 <= due.hour < 5) == (17, True)
