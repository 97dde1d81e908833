"""Conditions are true only of what was answered, and of what the desk knows."""

import pytest

from kiosk.conditions import compared_fields, holds
from kiosk.form import AllOf, AnswerValue, AnyOf, Compare, Condition, Not, Op
from tests.sample_forms import answered

IS_SELF = Compare("for_whom", Op.EQUALS, ("self",))
TWO_OR_MORE = Compare("copies", Op.AT_LEAST, ("2",))
ONLINE = Compare("fact:route", Op.EQUALS, ("online_by_agreement",))


@pytest.mark.parametrize(
    ("condition", "value", "true"),
    [
        (Compare("x", Op.EQUALS, ("self",)), "self", True),
        (Compare("x", Op.EQUALS, ("self",)), "child", False),
        (Compare("x", Op.ONE_OF, ("child", "self")), "self", True),
        (Compare("x", Op.EQUALS, ("yes",)), True, True),
        (Compare("x", Op.EQUALS, ("yes",)), False, False),
        (Compare("x", Op.EQUALS, ("2",)), 2, True),
        (Compare("x", Op.AT_LEAST, ("2",)), 1, False),
        (Compare("x", Op.AT_LEAST, ("2",)), 10, True),
        (Compare("x", Op.ANSWERED), "anything", True),
        (Compare("x", Op.FULL_DATE), "1958-03-27", True),
        (Compare("x", Op.FULL_DATE), "1958-03", False),
        (Compare("x", Op.FULL_DATE), "nonsense", False),
    ],
)
def test_a_comparison(condition: Compare, value: AnswerValue, true: bool) -> None:
    assert holds(condition, answered({"x": value})) is true


@pytest.mark.parametrize("op", list(Op))
def test_what_is_missing_or_unknown_compares_false(op: Op) -> None:
    compare = Compare("x", op, ("1",))
    assert not holds(compare, {})
    assert not holds(compare, answered({"x": None}))


@pytest.mark.parametrize(
    ("condition", "true"),
    [
        (None, True),
        (AllOf((IS_SELF, TWO_OR_MORE)), True),
        (AllOf((IS_SELF, ONLINE)), False),
        (AnyOf((ONLINE, TWO_OR_MORE)), True),
        (Not(AnyOf((ONLINE, TWO_OR_MORE))), False),
        (Not(ONLINE), True),
    ],
)
def test_groups(condition: Condition | None, true: bool) -> None:
    assert holds(condition, answered({"for_whom": "self", "copies": 3}), {"route": "desk"}) is true


def test_a_fact_is_false_where_nobody_tells_it() -> None:
    assert holds(ONLINE, {}, {"route": "online_by_agreement"})
    assert not holds(ONLINE, {})


def test_the_fields_that_a_condition_looks_at() -> None:
    assert list(compared_fields(AllOf((IS_SELF, Not(AnyOf((ONLINE, TWO_OR_MORE))))))) == [
        "for_whom",
        "fact:route",
        "copies",
    ]
    assert list(compared_fields(None)) == []
