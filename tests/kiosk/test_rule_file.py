"""A rule fits its field, its argument can be used, and its message promises only what can stand there."""

from pathlib import Path

import pytest

from kiosk.form import RuleKind
from tests.kiosk.form_files import A, D, T, page, read

ROWS = "row_label: R, columns: [{ id: start, type: date, label: S }, { id: end, type: date, label: E }]"


@pytest.mark.parametrize(
    ("field", "kind", "argument", "asks"),
    [
        (
            "type: date, rules: [{ kind: not_after_field, argument: d, message: m }]",
            RuleKind.NOT_AFTER_FIELD,
            "d",
            False,
        ),
        (
            "type: date, rules: [{ kind: not_before_field, argument: 12 d, message: m }]",
            RuleKind.NOT_BEFORE_FIELD,
            "12 d",
            False,
        ),
        ("type: text, rules: [{ kind: differs_from, argument: t, message: m }]", RuleKind.DIFFERS_FROM, "t", False),
        ("type: date, rules: [{ kind: month_known, message: m }]", RuleKind.MONTH_KNOWN, "", False),
        ("type: date, rules: [{ kind: min_age, argument: 18, message: m }]", RuleKind.MIN_AGE, "18", False),
        ("type: date, rules: [{ kind: max_age, argument: 110, message: m, ask: yes }]", RuleKind.MAX_AGE, "110", True),
        (
            f"type: table, {ROWS}, rules: [{{ kind: starts_at_age, argument: 14 d, message: '{{start}}{{end}}' }}]",
            RuleKind.STARTS_AT_AGE,
            "14 d",
            True,
        ),
        (f"type: table, {ROWS}, rules: [{{ kind: ends_today, message: m, ask: yes }}]", RuleKind.ENDS_TODAY, "", True),
    ],
)
def test_a_rule_is_read(tmp_path: Path, field: str, kind: RuleKind, argument: str, asks: bool) -> None:
    form, found = read(tmp_path, D, T, page("b", field))
    assert found == []
    rule = form.field("b").rules[0]
    assert (rule.kind, rule.argument, rule.ask) == (kind, argument, asks)


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("type: text, rules: [{ kind: min_age, argument: 18, message: m }]", "type text has no rule 'min_age'"),
        ("type: date, rules: [{ kind: no_gaps, message: m }]", "type date has no rule 'no_gaps'"),
        ("type: yes_no, rules: [{ kind: differs_from, argument: t, message: m }]", "type yes_no has no rule"),
        ("type: date, rules: [{ kind: min_age, argument: old, message: m }]", "'old' is not a whole number"),
        ("type: date, rules: [{ kind: not_after_field, argument: t, message: m }]", "'t' is no date"),
        ("type: date, rules: [{ kind: not_after_field, argument: x d, message: m }]", "'x d' is no date"),
        ("type: text, rules: [{ kind: differs_from, argument: d, message: m }]", "'d' is no text field"),
        ("type: text, rules: [{ kind: differs_from, argument: later, message: m }]", "'later' is no text field"),
        ("type: date, rules: [{ kind: month_known, argument: x, message: m }]", "unknown key 'argument'"),
        (f"type: table, {ROWS}, rules: [{{ kind: starts_at_age, argument: 14, message: m }}]", "is no age and date"),
        (f"type: table, {ROWS}, rules: [{{ kind: starts_at_age, argument: 14 t, message: m }}]", "is no age and date"),
        (f"type: table, {ROWS}, rules: [{{ kind: no_gaps, message: m, ask: no }}]", "'no_gaps' can only ask"),
        (f"type: table, {ROWS}, rules: [{{ kind: no_gaps, message: '{{until}}' }}]", "nothing stands for {until}"),
        ("type: text, rules: [{ kind: max, argument: 3, message: '{start}' }]", "nothing stands for {start}"),
    ],
)
def test_a_mistake_in_a_rule(tmp_path: Path, field: str, reason: str) -> None:
    _form, found = read(tmp_path, A, D, T, page("b", field))
    assert any(problem.line == 23 and reason in problem.reason for problem in found), list(map(str, found))


def pattern(folder: Path, argument: str) -> list[str]:
    field = f"type: text, rules: [{{ kind: pattern, argument: '{argument}', message: m }}]"
    return [problem.reason for problem in read(folder, page("b", field))[1]]


@pytest.mark.parametrize(
    "argument",
    ["[A-Z]{2}[0-9]+", "(Tổ|Ấp) .+", r"\(.+\)*", "[)]+", "[]*)]+", "(?:a|b)?c", "[0-9]{9}|[0-9]{12}", "a*b*c?"],
)
def test_a_pattern_that_is_quick_is_allowed(tmp_path: Path, argument: str) -> None:
    assert pattern(tmp_path, argument) == []


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("(a+)+b", "repeats a group"),
        ("((a+))*b", "repeats a group"),
        ("(?:a+){2,}b", "repeats a group"),
        ("(a|aa)+b", "repeats a group"),
        (r"([^)]+)+\)", "repeats a group"),
        ("a*a*a*a*b", "has more than 3 open repetitions"),
        ("a+.{1,}a+.{0,9}b", "has more than 3 open repetitions"),
        ("a?" * 30 + "a" * 30, "has more than 3 open repetitions"),
        ("a" * 201, "a pattern has at most 200 characters"),
        ("(a", "is no pattern: missing )"),
        ("a{99999999999999}", "is no pattern"),
    ],
)
def test_a_pattern_that_could_take_for_ever_is_refused(tmp_path: Path, argument: str, reason: str) -> None:
    (line,) = pattern(tmp_path, argument)
    assert reason in line
