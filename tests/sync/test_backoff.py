"""Tests of sync/backoff.py: the arithmetic of waiting."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import condition_delay_s, item_delay_s


@given(st.integers(0, 10**6), st.integers(0, 2**32))
def test_an_item_waits_at_most_a_quarter_of_an_hour(attempts: int, seed: int) -> None:
    assert 0 <= item_delay_s(attempts, Random(seed)) <= 15 * 60


@pytest.mark.parametrize(("attempts", "ceiling_s"), [(0, 5), (1, 10), (3, 40), (7, 640), (8, 900), (400, 900)])
def test_the_wait_is_spread_over_the_whole_range_below_a_doubling_ceiling(attempts: int, ceiling_s: float) -> None:
    delays = [item_delay_s(attempts, Random(seed)) for seed in range(500)]
    assert max(delays) <= ceiling_s
    assert max(delays) > 0.9 * ceiling_s
    assert min(delays) < 0.1 * ceiling_s


@pytest.mark.parametrize(("asked_s", "least_s"), [(120.0, 120), (3600.0, 3600), (10.0 * 365 * 86400, 3600), (None, 0)])
def test_the_portals_wish_is_kept_up_to_an_hour(asked_s: float | None, least_s: float) -> None:
    rng = Random(3)
    assert item_delay_s(0, rng, asked_s) >= least_s
    assert item_delay_s(0, rng, asked_s) <= 3600
    assert condition_delay_s(1, rng, asked_s) >= least_s
    assert condition_delay_s(1, rng, asked_s) <= 3600


def test_a_held_queue_looks_again_within_15_s_at_first_and_within_a_minute_for_ever() -> None:
    rng = Random(4)
    assert all(5 <= condition_delay_s(tries, rng) <= 15 for tries in range(1, 21))
    later = [condition_delay_s(tries, rng) for tries in (30, 1000, 10**6) for _ in range(100)]
    assert max(later) <= 60
    assert max(later) > 45
