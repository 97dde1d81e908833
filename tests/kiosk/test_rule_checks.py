"""What is known well enough to break a rule breaks it; what is not is taken as it is said."""

import pytest

from kiosk.form import AnswerValue, Rule, RuleKind
from kiosk.rule_checks import obeys
from tests.sample_forms import HOME, TODAY, answered


@pytest.mark.parametrize(
    ("kind", "argument", "value", "right"),
    [
        (RuleKind.MIN, "2", 2, True),
        (RuleKind.MIN, "2", "x", False),
        (RuleKind.MAX, "2", 3, False),
        (RuleKind.MAX, "100", HOME, True),
        (RuleKind.MIN, "100", HOME, False),
        (RuleKind.PATTERN, "[a-z]", "ab", False),
        (RuleKind.FULL_DATE, "", "2001-02-03", True),
        (RuleKind.FULL_DATE, "", "2001-02", False),
        (RuleKind.MONTH_KNOWN, "", "2001-02", True),
        (RuleKind.MONTH_KNOWN, "", "2001", False),
        (RuleKind.NOT_AFTER_TODAY, "", "2026-11-21", True),
        (RuleKind.NOT_AFTER_TODAY, "", "2026-11-22", False),
        (RuleKind.NOT_AFTER_TODAY, "", "2026", True),
        (RuleKind.NOT_BEFORE_FIELD, "day", "2001-02-02", False),
        (RuleKind.NOT_BEFORE_FIELD, "day", "2001-02-03", True),
        (RuleKind.NOT_BEFORE_FIELD, "day", "2001", True),
        (RuleKind.NOT_BEFORE_FIELD, "unknown", "1001", True),
        (RuleKind.NOT_BEFORE_FIELD, "missing", "1001", True),
        (RuleKind.NOT_AFTER_FIELD, "day", "2001-02-04", False),
        (RuleKind.NOT_AFTER_FIELD, "day", "2001-02-03", True),
        (RuleKind.NOT_AFTER_FIELD, "day", "2001", True),
        (RuleKind.NOT_AFTER_FIELD, "year", "2001-12-31", True),
        (RuleKind.NOT_AFTER_FIELD, "unknown", "2026-01-01", True),
        (RuleKind.NOT_AFTER_FIELD, "12 day", "1989-02-03", True),
        (RuleKind.NOT_AFTER_FIELD, "12 day", "1989-02-04", False),
        (RuleKind.NOT_AFTER_FIELD, "12 day", "1989", True),
        (RuleKind.NOT_AFTER_FIELD, "12 day", "2026", False),
        (RuleKind.NOT_AFTER_FIELD, "12 unknown", "2026", True),
        (RuleKind.NOT_BEFORE_FIELD, "12 day", "2013-02-03", True),
        (RuleKind.NOT_BEFORE_FIELD, "12 day", "2013-02-02", False),
        (RuleKind.DIFFERS_FROM, "day", "2001-02-03", False),
        (RuleKind.DIFFERS_FROM, "day", "2001-02-04", True),
        (RuleKind.DIFFERS_FROM, "unknown", "", True),
        (RuleKind.MIN_AGE, "18", "2008-11-21", True),
        (RuleKind.MIN_AGE, "18", "2008-11-22", False),
        (RuleKind.MIN_AGE, "18", "2008", True),
        (RuleKind.MIN_AGE, "18", "2009", False),
        (RuleKind.MAX_AGE, "17", "2008-11-22", True),
        (RuleKind.MAX_AGE, "17", "2008-11-21", False),
        (RuleKind.MAX_AGE, "17", "2008", True),
        (RuleKind.MAX_AGE, "17", "2007", False),
        (RuleKind.NO_GAPS, "", (), True),
    ],
)
def test_a_value_obeys_or_not(kind: RuleKind, argument: str, value: AnswerValue, right: bool) -> None:
    others = answered({"day": "2001-02-03", "year": "2001", "unknown": None})
    assert obeys(Rule(kind, argument, "sửa"), value, others, TODAY) is right


@pytest.mark.parametrize("kind", [RuleKind.NOT_AFTER_TODAY, RuleKind.MIN_AGE, RuleKind.MAX_AGE])
def test_without_today_nobody_is_too_old_or_too_young(kind: RuleKind) -> None:
    assert obeys(Rule(kind, "50", "sửa"), "3000-01-01", {}, None)


def test_a_rule_about_dates_meets_dates_only() -> None:
    with pytest.raises(ValueError, match="the type is checked first"):
        obeys(Rule(RuleKind.FULL_DATE, "", "sửa"), "soon", {}, TODAY)
