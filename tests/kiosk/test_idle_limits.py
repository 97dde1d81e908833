"""How long silence may last: usual, with a helper, for who asked for more time, for the staff, where nobody is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.config import TimeSettings
from kiosk.idle_limits import IdleLimits, home_limits, idle_limits, staff_limits
from kiosk.visit import ConsentGiven, ConsentKind, Helper, HelperKind, Place, Step, Visit

TIMES = TimeSettings()
ALONE = Visit(place=Place(Step.FORM, "requester_name"))
NAMED = replace(ALONE, helper=Helper(HelperKind.VOLUNTEER, "TRẦN THỊ MẪU"))
AGREED = ConsentGiven(ConsentKind.HELPER, "Tôi đồng ý (mẫu).", datetime(2026, 11, 22, 2, tzinfo=UTC))
HELPED = replace(NAMED, consents=(AGREED,))


@pytest.mark.parametrize(
    ("visit", "more_time", "limits"),
    [
        (ALONE, False, IdleLimits(150, 45)),
        (NAMED, False, IdleLimits(150, 45)),
        (HELPED, False, IdleLimits(300, 45)),
        (replace(HELPED, helper_paused=True), False, IdleLimits(150, 45)),
        (replace(HELPED, place=Place(Step.FILE)), False, IdleLimits(150, 45)),
        (ALONE, True, IdleLimits(750, 225)),
        (HELPED, True, IdleLimits(750, 225)),
    ],
)
def test_a_page_of_a_visit(visit: Visit, limits: IdleLimits, *, more_time: bool) -> None:
    """Twice as long while a helper takes part; who is named only, pauses or has stepped back does not."""
    assert idle_limits(visit, TIMES, more_time=more_time) == limits


@pytest.mark.parametrize("step", [Step.DONE, Step.GOODBYE])
def test_the_last_pages_go_sooner(step: Step) -> None:
    """With a helper, too, who has stepped back by then."""
    for visit in (ALONE, HELPED):
        assert idle_limits(replace(visit, place=Place(step)), TIMES, more_time=False) == IdleLimits(30, 45)


def test_where_no_visit_is() -> None:
    assert home_limits(TIMES).page_s == 60
    assert staff_limits(TIMES) == IdleLimits(300, 45)
