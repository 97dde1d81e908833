"""What is not answered yet decides nothing, and what will not be asked any more is decided."""

import pytest

from kiosk.certainty import decided
from kiosk.form import AllOf, AnyOf, Compare, Condition, Not, Op
from tests.sample_forms import answered, extract_copy

YES, NO, OPEN, LEFT_OUT = (
    Compare("for_whom", Op.EQUALS, ("self",)),
    Compare("for_whom", Op.EQUALS, ("child",)),
    Compare("event", Op.EQUALS, ("0",)),
    Compare("relation_other", Op.EQUALS, ("authorised",)),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        (YES, True),
        (NO, False),
        (OPEN, None),
        (Not(OPEN), None),
        (LEFT_OUT, False),
        (Not(NO), True),
        (AllOf((YES, OPEN)), None),
        (AllOf((NO, OPEN)), False),
        (AllOf((YES,)), True),
        (AnyOf((YES, OPEN)), True),
        (AnyOf((NO, OPEN)), None),
        (AnyOf((NO,)), False),
        (Compare("fact:route", Op.EQUALS, ("desk",)), True),
        (Compare("fact:province", Op.EQUALS, ("92",)), None),
    ],
)
def test_what_is_not_answered_decides_nothing(condition: Condition | None, expected: bool | None) -> None:
    live = answered({"for_whom": "self"})
    assert decided(condition, extract_copy().form, live, {"route": "desk", "province": ""}) is expected
