"""A fee table says one thing: rows that share a day, or that can never be the fee, are refused; the others are read."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalog import FeeRule, PageTariff, Route
from kiosk.fee_file import Filing, read_fees
from kiosk.form import Field, FieldType
from kiosk.typed_yaml import Section
from kiosk.yaml_text import YamlProblem, load_text
from tests.factories import make_field

ALL = "desk, online_by_agreement, prepare"
FILING = Filing(Route.DESK, (date(2025, 1, 1), date(2027, 12, 31)), frozenset({"01", "31", "92"}))
FIELDS: dict[str, Field] = {
    "copies": make_field("copies", FieldType.NUMBER),
    "group": make_field("group", FieldType.YES_NO),
    "papers": make_field(
        "papers",
        FieldType.TABLE,
        columns=(make_field("pages", FieldType.NUMBER), make_field("copies", FieldType.NUMBER)),
    ),
}


def row(**keys: str) -> str:
    given = {"code": "fee", "name": "Phí", "amount_vnd": "8000", "reason": "mẫu", "routes": f"[{ALL}]"} | keys
    lines = [f"{key}: {value}" for key, value in given.items() if value]
    lines.append("fact: {text: a, source: b, checked_on: 2026-11-21, confidence: found}")
    return "  - " + "\n    ".join(lines) + "\n"


def read(folder: Path, *rows: str) -> tuple[tuple[FeeRule, ...], list[str]]:
    path = folder / "service.yaml"
    path.write_text("fees:\n" + "".join(rows), encoding="utf-8")
    file = load_text(path)
    found: list[YamlProblem] = []
    fees = read_fees(Section(file, found, file.root), FIELDS, FILING)
    return fees, [problem.reason for problem in found]


def test_an_amount_that_is_not_known_is_none(tmp_path: Path) -> None:
    fees, found = read(tmp_path, row(amount_vnd=""))
    assert found == []
    assert fees[0].amount_vnd is None


def test_a_tariff_by_pages(tmp_path: Path) -> None:
    tariff = "{table: papers, pages: pages, copies: copies, first_pages: 2, later_vnd: 1000, cap_vnd: 200000}"
    fees, found = read(tmp_path, row(per_pages=tariff))
    assert found == []
    assert fees[0].per_pages == PageTariff("papers", "pages", "copies", 2, 1000, 200000)
    assert read(tmp_path, row(per_pages=tariff.replace("pages: pages", "pages: sheets")))[1] == [
        "'sheets' is no number field of the form"
    ]
    assert read(tmp_path, row(per_pages=tariff, per_field="copies"))[1] == ["needs either 'per_field' or 'per_pages'"]
    assert read(tmp_path, row(per_field="copies", amount_vnd=""))[1] == [
        "needs 'amount_vnd', for there is nothing to multiply"
    ]


WHEN = "{field: group, equals: yes}"


@pytest.mark.parametrize(
    "rows",
    [
        (row(valid_to="2026-12-31"), row(valid_from="2027-01-01")),
        (row(routes="[desk]"), row(routes="[prepare]")),
        (row(provinces='["92"]'), row()),
        (row(provinces='["92"]'), row(provinces='["01", "31"]'), row()),
        (row(when=WHEN), row()),
        (row(when=WHEN, valid_to="2026-06-30"), row(when=WHEN, valid_from="2026-07-01"), row()),
        (row(), row(code="other")),
    ],
    ids=["dates", "routes", "province first", "provinces first", "exemption first", "dated exemption", "two fees"],
)
def test_rows_that_leave_no_doubt(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert read(tmp_path, *rows)[1] == []


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((row(valid_to="2027-01-01"), row(valid_from="2027-01-01")), "dates overlap with those of 'Phí' (mẫu) above"),
        ((row(), row(when=WHEN)), "can never fit: before it stands 'Phí' (mẫu) above"),
        ((row(), row(provinces='["92"]')), "can never fit: before it stands 'Phí' (mẫu) above"),
        (
            (row(provinces='["92", "01"]'), row(provinces='["92"]'), row()),
            "can never fit: before it stands 'Phí' (mẫu) above",
        ),
        ((row(routes="[desk]"), row()), "dates overlap with those of 'Phí' (mẫu) above"),
        (
            (row(valid_to="2024-12-31"), row(valid_from="2025-01-01")),
            "never fits: the service is not open on these days",
        ),
    ],
    ids=["one day", "condition after all", "province after all", "province twice", "one route", "before it opens"],
)
def test_rows_that_say_two_things_or_nothing(tmp_path: Path, rows: tuple[str, ...], reason: str) -> None:
    assert read(tmp_path, *rows)[1] == [reason]


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ((row(provinces='["92"]'),), ["for the province 01 and 1 more no row of the fee 'fee' fits"]),
        (
            (row(provinces='["92"]'), row(provinces='["31"]')),
            ["for the province 01 no row of the fee 'fee' fits"],
        ),
        ((row(when=WHEN), row(provinces='["92", "31"]')), ["for the province 01 no row of the fee 'fee' fits"]),
        ((row(when=WHEN, provinces='["92", "31"]'),), ["for the province 01 no row of the fee 'fee' fits"]),
        ((row(provinces='["92", "31", "01"]'),), []),
        ((row(when=WHEN),), []),
        ((row(routes="[prepare]"),), ["for the route desk no row of the fee 'fee' fits"]),
        ((row(routes="[prepare]"), row(code="other")), ["for the route desk no row of the fee 'fee' fits"]),
        ((row(routes="[prepare]"), row(routes="[desk]")), []),
    ],
)
def test_a_fee_is_told_wherever_people_file(tmp_path: Path, rows: tuple[str, ...], reasons: list[str]) -> None:
    assert read(tmp_path, *rows)[1] == reasons


@pytest.mark.parametrize("code", ["87", "1", "Cần Thơ"])
def test_a_province_is_one_of_today(tmp_path: Path, code: str) -> None:
    (reason,) = [reason for reason in read(tmp_path, row(provinces=f'["{code}"]'), row())[1] if "no code" in reason]
    assert reason == f"{code!r} is no code of a province of today: needs one as '01'"


def test_a_service_without_the_list_is_not_free_of_charge(tmp_path: Path) -> None:
    path = tmp_path / "service.yaml"
    path.write_text("code: x\n")
    found: list[YamlProblem] = []
    file = load_text(path)
    read_fees(Section(file, found, file.root), {}, FILING)
    assert [problem.reason for problem in found] == ["needs 'fees'"]
