"""Tests of portal/rates.py: a steady rate, a burst after quiet, each caller for itself, and no memory without end."""

import dataclasses

import pytest
import requests

from kiosk.receipt import ProblemType
from portal import rates
from portal.app import make_app
from portal.opening import Portal
from portal.rates import Rate, Rates
from portal.settings import Capacity
from tests.fakes import FakeClock
from tests.portal.desk import TIMEOUT_S, Desk, problem
from tests.portal.serving import serving


def test_a_burst_then_the_steady_rate(clock: FakeClock) -> None:
    rate = Rate(60, clock.monotonic_s)
    assert [rate.wait_s("kiosk") for _ in range(60)] == [0] * 60
    assert rate.wait_s("kiosk") == pytest.approx(1)
    clock.advance(0.5)
    assert rate.wait_s("kiosk") == pytest.approx(0.5)
    clock.advance(0.6)
    assert rate.wait_s("kiosk") == 0
    assert rate.wait_s("kiosk") > 0


def test_each_caller_has_its_own(clock: FakeClock) -> None:
    rate = Rate(1, clock.monotonic_s)
    assert rate.wait_s("one") == 0
    assert rate.wait_s("one") > 0
    assert rate.wait_s("two") == 0


def test_no_limit_is_none(clock: FakeClock) -> None:
    rate = Rate(0, clock.monotonic_s)
    assert {rate.wait_s("kiosk") for _ in range(1000)} == {0}


def test_a_kiosk_that_comes_back_after_a_week_is_not_starved(clock: FakeClock) -> None:
    """500 dossiers of twelve pieces, as fast as two lines go that answer at once: done within a quarter of an hour."""
    limits = Rates(Capacity(), clock.monotonic_s)
    started_s = clock.monotonic_s()
    for _ in range(500):
        for rate, count in ((limits.pieces, 12), (limits.commits, 1)):
            for _ in range(count):
                while (wait_s := rate.wait_s("kiosk")) > 0:
                    clock.advance(max(wait_s, 0.001))
    assert clock.monotonic_s() - started_s < 15 * 60


def test_strangers_without_end_take_no_memory_without_end(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "BUCKETS_MAX", 10)
    rate = Rate(1, clock.monotonic_s)
    for number in range(1000):
        assert rate.wait_s(f"address {number}") == 0
    assert len(rate._buckets) <= 10


def with_rates(portal: Portal, **changes: float) -> Portal:
    capacity = Capacity().without_rates().with_changes(changes)
    return dataclasses.replace(portal, capacity=capacity, rates=Rates(capacity))


@pytest.mark.parametrize(("limit", "call"), [("pieces_per_minute", "piece"), ("commits_per_minute", "commit")])
def test_over_its_rate_a_kiosk_is_told_when_to_come_again(portal: Portal, desk: Desk, limit: str, call: str) -> None:
    with serving(make_app(with_rates(portal, **{limit: 2.0}))) as desk.url:
        dossier = desk.dossier()
        calls = {"piece": lambda: desk.put_piece(dossier.pieces[0]), "commit": lambda: desk.commit(dossier)}
        for _ in range(2):
            assert calls[call]().status_code != 429
        refused = calls[call]()
    problem(refused, 429, ProblemType.TRY_LATER)
    assert 20 <= int(refused.headers["Retry-After"]) <= 30


def test_who_tries_codes_is_slowed_down(portal: Portal) -> None:
    body = {"code": "0000-0000-0000", "public_key": {}, "device_name": ""}
    with serving(make_app(with_rates(portal, enrols_per_minute=3.0))) as url:
        statuses = [requests.post(f"{url}/v1/kiosks/enrol", json=body, timeout=TIMEOUT_S).status_code for _ in range(5)]
    assert statuses == [403, 403, 403, 429, 429]


def test_a_test_portal_has_no_rates_and_a_real_one_has(portal: Portal) -> None:
    assert portal.capacity.commits_per_minute == 0
    assert Capacity().commits_per_minute > 0
