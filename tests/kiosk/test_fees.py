"""The fee follows route, day, answers and number of copies."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.catalog import Confidence, PageTariff, Route
from kiosk.catalog_file import load_catalog
from kiosk.fees import FeeAmount, fee_lines, may_be_owed, owed_text
from kiosk.form import Address, TableRow
from tests.sample_forms import FIXTURES, OWN_BIRTH, TODAY, answered, extract_copy, release

ONLINE = Route.ONLINE_BY_AGREEMENT


def test_eight_thousand_dong_a_copy_at_the_desk() -> None:
    (line,) = fee_lines(extract_copy(), answered(OWN_BIRTH, copies=3), Route.DESK, TODAY)
    assert (line.unit_vnd, line.quantity, line.amount_vnd) == (8000, 3, 24000)
    assert line.kind == "phi"
    assert line.confidence is Confidence.FOUND
    assert owed_text([line.amount_vnd, line.amount_vnd]) == "48.000 đồng"


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
    at_desks = tuple(replace(rule, routes=(Route.DESK,)) for rule in service.fees)
    assert fee_lines(replace(service, fees=at_desks), {}, Route.PREPARE, TODAY) == ()


def line(amount: int | None) -> FeeAmount:
    return FeeAmount("fee", "Lệ phí", "le_phi", amount, 1, amount, "Mẫu", Confidence.FOUND)


@pytest.mark.parametrize(
    ("amounts", "text"),
    [
        ([], "Hỏi quầy"),
        ([0], "Không thu"),
        ([8000, 2000], "10.000 đồng"),
        ([None], "Hỏi quầy"),
        ([0, None], "Hỏi quầy"),
        ([8000, None], "8.000 đồng; phần còn lại hỏi quầy"),
    ],
)
def test_what_is_owed_in_words(amounts: list[int | None], text: str) -> None:
    assert owed_text(amounts) == text
    assert may_be_owed([line(amount) for amount in amounts]) is (text != "Không thu")


def test_a_provinces_own_row_holds_there_only() -> None:
    service = extract_copy()
    everywhere = replace(service.fees[-1], amount_vnd=None)
    own = replace(service.fees[-1], amount_vnd=0, provinces=("31",))
    here = replace(service, fees=(own, everywhere))
    amounts = {
        province: fee_lines(here, answered(OWN_BIRTH), Route.DESK, TODAY, province)[0].amount_vnd
        for province in ("31", "01", "")
    }
    assert amounts == {"31": 0, "01": None, "": None}


def test_fees_that_may_have_changed_are_not_told() -> None:
    service = replace(extract_copy(), fees_known_until=TODAY)
    (known,) = fee_lines(service, answered(OWN_BIRTH), Route.DESK, TODAY)
    (later,) = fee_lines(service, answered(OWN_BIRTH), Route.DESK, TODAY + timedelta(days=1))
    assert known.amount_vnd == 16000
    assert (later.amount_vnd, owed_text([later.amount_vnd])) == (None, "Hỏi quầy")
    assert later.told() == "Bảng phí trên máy lâu chưa cập nhật (cần hỏi lại quầy)"


def test_how_long_fees_are_good_is_counted_from_the_catalogues_update() -> None:
    catalog = load_catalog(FIXTURES / "catalog", release())
    until = {service.fees_known_until for service in catalog.fees_good_for(30).services}
    assert until == {catalog.updated_on + timedelta(days=30)}


@pytest.mark.parametrize(
    ("papers", "quantity", "amount"),
    [
        ([], 1, 2000),
        ([{"pages": 1, "copies": 1}], 1, 2000),
        ([{"pages": 2, "copies": 3}], 3, 12000),
        ([{"pages": 5, "copies": 1}], 1, 7000),
        ([{"pages": 198, "copies": 1}], 1, 200000),
        ([{"pages": 500, "copies": 2}], 2, 400000),
        ([{"pages": 3, "copies": 1}, {"pages": 1, "copies": 2}], 3, 9000),
        ([{"copies": 2}], 2, 4000),
    ],
)
def test_copies_are_paid_by_the_page(papers: list[Mapping[str, int]], quantity: int, amount: int) -> None:
    service = extract_copy()
    tariff = PageTariff("registered_at", "pages", "copies", first_pages=2, later_vnd=1000, cap_vnd=200_000)
    rule = replace(service.fees[-1], amount_vnd=2000, per_field="", per_pages=tariff)
    cells: list[Mapping[str, str | int | bool | Address]] = [dict(paper) for paper in papers]
    answers = answered({**OWN_BIRTH, "registered_at": tuple(map(TableRow, cells))})
    (fee,) = fee_lines(replace(service, fees=(rule,)), answers, Route.DESK, TODAY)
    assert (fee.quantity, fee.amount_vnd) == (quantity, amount)


@pytest.mark.parametrize("amount", [8000, None])
def test_of_no_copies_nothing_is_owed(amount: int | None) -> None:
    service = extract_copy()
    fees = (replace(service.fees[-1], amount_vnd=amount),)
    [fee] = fee_lines(replace(service, fees=fees), answered(OWN_BIRTH, copies=0), Route.DESK, TODAY)
    assert (fee.unit_vnd, fee.quantity, fee.amount_vnd) == (0, 1, 0)
