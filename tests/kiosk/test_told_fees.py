"""Before the first answer all that it may cost is told: the usual fee, what some people pay, and what the rest pays."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from kiosk.catalog import FeeRule, Route, Service
from kiosk.form import AnswerValue, Compare, Not, Op
from kiosk.form_rules import completed
from kiosk.told_fees import fee_exceptions, fee_text, fees_of
from kiosk.visit import Visit
from tests.sample_forms import OWN_BIRTH, TODAY, answered, extract_copy

LATE = Compare("event", Op.EQUALS, ("0",))


def row(reason: str, **changes: object) -> FeeRule:
    own = replace(extract_copy().fees[-1], amount_vnd=0, reason=reason, per_field="", code="fee", when=None)
    return replace(own, **changes)  # type: ignore[arg-type]  # any field of the row


def told(fees: tuple[FeeRule, ...], values: Mapping[str, AnswerValue | None] | None = None) -> tuple[str, list[str]]:
    """What is told as the fee, and what else it may be."""
    service: Service = replace(extract_copy(), fees=fees)
    answers = MappingProxyType(answered(values) if values else {})
    visit = Visit(service=service, route=Route.DESK, answers=answers, on=TODAY)
    lines = fees_of(visit, service, TODAY)
    live = completed(service.form, visit.answers, visit.facts)
    return fee_text(lines), list(fee_exceptions(visit, live, lines, TODAY))


IN_TIME, POOR, TOO_LATE = (
    row("Miễn khi đúng hạn", when=Not(LATE)),
    row("Miễn cho hộ nghèo", when=Compare("for_whom", Op.EQUALS, ("child",))),
    row("Quá hạn", amount_vnd=None),
)


def test_where_the_fee_hangs_on_an_answer_the_row_for_the_rest_is_told_too() -> None:
    assert told((IN_TIME, POOR, TOO_LATE)) == ("Miễn khi đúng hạn", ["Miễn cho hộ nghèo", "Quá hạn: hỏi quầy"])


def test_once_it_is_answered_only_what_fits_is_told() -> None:
    assert told((IN_TIME, TOO_LATE), {**OWN_BIRTH, "event": "1"}) == ("Miễn khi đúng hạn", [])
    assert told((IN_TIME, TOO_LATE), {**OWN_BIRTH, "event": "0"}) == ("Hỏi quầy – Quá hạn", [])


def test_a_row_for_elsewhere_is_neither_told_nor_ends_the_list() -> None:
    elsewhere = row("Chỉ ở nơi khác", provinces=("92",))
    assert told((IN_TIME, elsewhere, TOO_LATE)) == ("Miễn khi đúng hạn", ["Quá hạn: hỏi quầy"])


@pytest.mark.parametrize("fees", [(), (row("Chỉ ở nơi khác", provinces=("92",)),)])
def test_where_no_row_fits_the_counter_is_asked(fees: tuple[FeeRule, ...]) -> None:
    assert told(fees) == ("Hỏi quầy", [])


def test_no_charge_is_told_only_by_a_row_that_says_so() -> None:
    assert told((row("Không thu"),)) == ("Không thu", [])
