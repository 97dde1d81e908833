"""The fee follows route, day, answers and number of copies."""

from datetime import date

import pytest

from kiosk.catalog import Confidence, Route
from kiosk.catalog_file import load_catalog
from kiosk.fees import fee_lines, total_vnd
from tests.sample_forms import FIXTURES, OWN_BIRTH, TODAY, answered, extract_copy, release

ONLINE = Route.ONLINE_BY_AGREEMENT


def test_eight_thousand_dong_a_copy_at_the_desk() -> None:
    (line,) = fee_lines(extract_copy(), answered(OWN_BIRTH, copies=3), Route.DESK, TODAY)
    assert (line.unit_vnd, line.quantity, line.amount_vnd) == (8000, 3, 24000)
    assert line.kind == "phi"
    assert line.confidence is Confidence.FOUND
    assert total_vnd([line, line]) == 48000


def test_before_the_copies_are_known_one_is_reckoned() -> None:
    (line,) = fee_lines(extract_copy(), {}, Route.DESK, TODAY)
    assert line.amount_vnd == 8000


@pytest.mark.parametrize(
    ("route", "day", "digital", "amount"),
    [
        (ONLINE, date(2026, 8, 14), True, 16000),
        (ONLINE, date(2026, 8, 15), True, 0),
        (ONLINE, date(2027, 2, 28), True, 0),
        (ONLINE, date(2027, 3, 1), True, 16000),
        (ONLINE, TODAY, False, 16000),
        (ONLINE, TODAY, None, 16000),
        (Route.DESK, TODAY, True, 16000),
        (Route.PREPARE, TODAY, True, 16000),
    ],
)
def test_the_free_fee_of_digital_citizens_is_for_online_filing_in_its_time(
    route: Route, day: date, digital: bool | None, amount: int
) -> None:
    (line,) = fee_lines(extract_copy(), answered(OWN_BIRTH, digital_citizen=digital), route, day)
    assert line.amount_vnd == amount


def test_of_dated_rows_the_one_of_the_day_is_taken() -> None:
    service = load_catalog(FIXTURES / "catalog", release()).service("9.000001")
    old = fee_lines(service, {}, ONLINE, date(2026, 12, 31))
    new = fee_lines(service, {}, ONLINE, date(2027, 1, 1))
    assert [(line.amount_vnd, line.kind, line.confidence) for line in (*old, *new)] == [
        (10000, "le_phi", Confidence.UNVERIFIED),
        (20000, "le_phi", Confidence.FOUND),
    ]


def test_a_route_without_a_row_owes_nothing() -> None:
    service = load_catalog(FIXTURES / "catalog", release()).service("9.000001")
    assert fee_lines(service, {}, Route.PREPARE, TODAY) == ()
    assert total_vnd(()) == 0
