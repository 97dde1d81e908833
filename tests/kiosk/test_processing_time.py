"""The usual day of a result: working days, the rule of three o'clock, days off."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from kiosk.catalog import Processing, TimeUnit
from kiosk.dates import VIETNAM
from kiosk.processing_time import usual_day, usual_day_text
from kiosk.resources import resource_path
from kiosk.working_days import load_calendar
from tests.sample_forms import extract_copy

CALENDAR = load_calendar(resource_path("calendar"))
SAME_DAY = Processing(0, TimeUnit.WORKING_DAYS, cutoff_hour=15)
WORKING, PLAIN = TimeUnit.WORKING_DAYS, TimeUnit.CALENDAR_DAYS


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("processing", "now", "day"),
    [
        (SAME_DAY, at(11, 20, 14, 59), date(2026, 11, 20)),
        (SAME_DAY, at(11, 20, 15), date(2026, 11, 23)),  # Friday at three: Monday
        (SAME_DAY, at(11, 23, 16), date(2026, 11, 25)),  # over the holiday of 24 November
        (SAME_DAY, at(11, 21, 16), date(2026, 11, 23)),  # on a Saturday nothing is late: it is Monday's
        (SAME_DAY, at(8, 21, 16), date(2026, 8, 22)),  # the next day is a working Saturday
        (replace(SAME_DAY, cutoff_hour=None), at(11, 20, 16), date(2026, 11, 20)),
        (Processing(3, WORKING), at(11, 20, 9), date(2026, 11, 26)),
        (Processing(3, WORKING), at(11, 21, 9), date(2026, 11, 27)),  # brought on a Saturday, taken on Monday
        (Processing(5, WORKING), at(2, 3, 9, year=2027), date(2027, 2, 17)),  # over Tết
        (Processing(30, PLAIN), at(1, 15, 9), date(2026, 2, 23)),  # 14 February is a Saturday before Tết
        (SAME_DAY, at(1, 3, 9, year=2028), None),
        (Processing(5, WORKING), at(12, 30, 9, year=2027), None),
    ],
)
def test_the_usual_day(processing: Processing, now: datetime, day: date | None) -> None:
    assert usual_day(processing, now, CALENDAR) == day


def test_in_words() -> None:
    service = replace(extract_copy(), processing=SAME_DAY)
    assert usual_day_text(service, at(11, 20, 9), CALENDAR) == "Tiếp nhận bây giờ thì thường có ngay hôm nay."
    later = "Tiếp nhận bây giờ thì thường có vào Thứ Hai, 23/11/2026."
    assert usual_day_text(service, at(11, 20, 15, 30), CALENDAR) == later
    assert usual_day_text(service, at(1, 3, 9, year=2028), CALENDAR) == ""
    assert usual_day_text(replace(service, processing=None), at(11, 20, 9), CALENDAR) == ""
