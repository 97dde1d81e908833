"""Where somebody lived, by the month: gaps, doubles, a late beginning and an early end are each asked about once."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.form import RuleKind, TableRow
from kiosk.periods import period_questions
from tests.sample_forms import TODAY, answered
from tests.sample_life import HOMES

RULES = {rule.kind: replace(rule, message="{start}-{end}") for rule in HOMES.rules}
BORN = answered({"birth_date": "1958-03-27"})


def rows(*periods: str) -> tuple[TableRow, ...]:
    """Rows from "1990-01 2001-09"; a period without an end goes on."""
    cells: list[Mapping[str, str]] = [dict(zip(("start", "end"), one.split(), strict=False)) for one in periods]
    return tuple(map(TableRow, cells))


@pytest.mark.parametrize(
    ("kind", "periods", "asked"),
    [
        (RuleKind.NO_GAPS, ["1990-01 2001-09", "2001-10"], []),
        (RuleKind.NO_GAPS, ["1990-01 2001-09", "2001-11"], []),
        (RuleKind.NO_GAPS, ["1990-01 2001-09", "2001-12"], ["10/2001-11/2001"]),
        (RuleKind.NO_GAPS, ["2001-12", "1990-01 2001-09"], ["10/2001-11/2001"]),
        (RuleKind.NO_GAPS, ["1990-01 2010-01", "1995-01 1996-01", "2010-02"], []),
        (RuleKind.NO_GAPS, ["1990-01 1991-01", "1992-01 1993-01", "1995-01"], ["02/1991-12/1991", "02/1993-12/1994"]),
        (RuleKind.NO_GAPS, ["1990 1995", "1996"], []),
        (RuleKind.NO_GAPS, ["1990 1995", "1997-02"], ["01/1996-01/1997"]),
        (RuleKind.NO_OVERLAPS, ["1990-01 2001-09", "2001-09"], []),
        (RuleKind.NO_OVERLAPS, ["1990-01 2001-09", "2001-07 2003-01"], ["07/2001-09/2001"]),
        (RuleKind.NO_OVERLAPS, ["1990-01 2001-09", "1995-01 1995-05"], ["01/1995-05/1995"]),
        (RuleKind.NO_OVERLAPS, ["1990-01", "2001-10"], ["10/2001-11/2026"]),
        (RuleKind.NO_OVERLAPS, ["1990 1995", "1995 2001"], []),
        (RuleKind.STARTS_AT_AGE, ["1972-03"], []),
        (RuleKind.STARTS_AT_AGE, ["1960-01"], []),
        (RuleKind.STARTS_AT_AGE, ["1972"], []),
        (RuleKind.STARTS_AT_AGE, ["1972-04"], ["03/1972-03/1972"]),
        (RuleKind.STARTS_AT_AGE, ["1980-01"], ["03/1972-12/1979"]),
        (RuleKind.ENDS_TODAY, ["1972-03"], []),
        (RuleKind.ENDS_TODAY, ["1972-03 2026-11"], []),
        (RuleKind.ENDS_TODAY, ["1972-03 2026-10"], ["11/2026-11/2026"]),
        (RuleKind.ENDS_TODAY, ["1972-03 2001-01"], ["02/2001-11/2026"]),
        (RuleKind.ENDS_TODAY, [], []),
    ],
)
def test_what_is_asked(kind: RuleKind, periods: list[str], asked: list[str]) -> None:
    assert list(period_questions(RULES[kind], rows(*periods), BORN, TODAY)) == asked


def test_nothing_is_asked_of_who_is_not_yet_fourteen_or_of_an_unknown_age() -> None:
    rule, homes = RULES[RuleKind.STARTS_AT_AGE], rows("2026-01")
    for birth in ("2015-01-01", None):
        assert period_questions(rule, homes, answered({"birth_date": birth}), TODAY) == ()
    assert period_questions(rule, homes, {}, TODAY) == ()
    assert period_questions(rule, homes, answered({"birth_date": "2012"}), TODAY) == ()


MONTHS = st.one_of(st.none(), st.text("0129-x ", max_size=7), st.dates().map(lambda day: day.isoformat()[:7]))


@given(
    kind=st.sampled_from(sorted(RULES)),
    periods=st.lists(st.fixed_dictionaries({"start": MONTHS, "end": MONTHS}), max_size=6),
    birth=MONTHS,
)
def test_any_table_is_taken_without_a_crash(
    kind: RuleKind, periods: list[dict[str, str | None]], birth: str | None
) -> None:
    homes = tuple(TableRow({key: month for key, month in cells.items() if month is not None}) for cells in periods)
    for text in period_questions(RULES[kind], homes, answered({"birth_date": birth}), TODAY):
        assert len(text) == len("03/1972-12/1979")
