"""Deadlines over the calendar that ships: holidays, make-ups, swaps and working Saturdays of 2026 and 2027."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.resources import resource_path
from kiosk.working_days import DayKind, WorkingCalendar, load_calendar
from kiosk.yaml_text import YamlProblem

CALENDAR = load_calendar(resource_path("calendar"))
days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 4, 28), 3, date(2026, 5, 5)),  # over 30/4, 1/5 and a weekend
        (date(2026, 11, 20), 3, date(2026, 11, 26)),  # over the new holiday of 24/11
        (date(2027, 2, 3), 5, date(2027, 2, 17)),  # over Tết
        (date(2026, 8, 28), 2, date(2026, 9, 4)),  # over the swapped Monday and Quốc khánh
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # to a working Saturday
        (date(2026, 4, 24), 1, date(2026, 4, 28)),  # over the make-up of 10/3 lunar
        (date(2026, 1, 1), 1, date(2026, 1, 5)),  # over the swapped Friday
        (date(2026, 1, 9), 1, date(2026, 1, 10)),  # to its working Saturday
        (date(2027, 4, 29), 1, date(2027, 5, 4)),  # over a make-up that follows from the law
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2025, 12, 31), 1, date(2026, 1, 5)),  # the first day itself is not counted
    ],
)
def test_working_days(start: date, n: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, n) == end


def test_calendar_days_and_months_end_on_a_working_day() -> None:
    assert CALENDAR.add_days(date(2026, 1, 15), 30) == date(2026, 2, 23)  # 14/2 is the Saturday before Tết
    assert CALENDAR.add_days(date(2026, 3, 2), 1) == date(2026, 3, 3)
    assert CALENDAR.add_months(date(2026, 1, 31), 1) == date(2026, 3, 2)  # 28/2 is a Saturday
    assert CALENDAR.add_months(date(2026, 8, 31), 1) == date(2026, 9, 30)
    assert CALENDAR.add_months(date(2026, 3, 2), 12) == date(2027, 3, 2)


def test_nothing_is_said_beyond_the_years_of_the_calendar() -> None:
    assert CALENDAR.add_working_days(date(2027, 12, 31), 1) is None
    assert CALENDAR.add_working_days(date(2026, 11, 20), 10_000) is None
    assert CALENDAR.add_days(date(2027, 12, 30), 5) is None
    assert CALENDAR.add_months(date(2027, 12, 30), 1) is None
    assert CALENDAR.is_working_day(date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 25), date(2026, 11, 23)),  # over the holiday of 24/11
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 8, 24), date(2026, 8, 22)),  # a working Saturday
        (date(2027, 2, 11), date(2027, 2, 3)),  # over Tết
        (date(2026, 1, 1), None),  # the year before is not in the calendar
    ],
)
def test_the_working_day_before(day: date, before: date | None) -> None:
    assert CALENDAR.last_working_day_before(day) == before


def test_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(date(2026, 11, 20), -1)


def test_the_days_off_of_each_year() -> None:
    weekdays_off = {
        year: sum(
            CALENDAR.is_working_day(date(year, 1, 1) + timedelta(days=n)) is False
            and (date(year, 1, 1) + timedelta(days=n)).weekday() < 5
            for n in range(365)
        )
        for year in CALENDAR.years
    }
    assert weekdays_off == {2026: 14, 2027: 12}
    saturdays = [day for day, special in CALENDAR.special_days.items() if special.kind is DayKind.WORK_SATURDAY]
    assert saturdays == [date(2026, 1, 10), date(2026, 8, 22)]


def test_every_special_day_names_its_source() -> None:
    assert "28/2026/QH16" in CALENDAR.special_days[date(2026, 11, 24)].source


@given(start=days_of_2026, n=st.integers(0, 60))
def test_counting_is_one_day_at_a_time(start: date, n: int) -> None:
    end = CALENDAR.add_working_days(start, n)
    assert end is not None
    assert CALENDAR.add_working_days(end, 1) == CALENDAR.add_working_days(start, n + 1)
    assert n == 0 or CALENDAR.is_working_day(end)


GOOD = 'year: 2026\nsource: x\nchecked: 2026-11-21\ndays:\n  - { date: 2026-01-01, kind: holiday, source: "luật" }\n'


def load(folder: Path, content: str) -> WorkingCalendar:
    (folder / "2026.yaml").write_text(content, encoding="utf-8")
    return load_calendar(folder)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).is_working_day(date(2026, 1, 1)) is False


@pytest.mark.parametrize(
    ("wrong", "line", "reason"),
    [
        (GOOD.replace("year: 2026", "year: 2027"), 1, "file's name"),
        (GOOD.replace("checked: 2026-11-21\n", ""), 1, "exactly the keys"),
        (GOOD.replace("2026-01-01", "2026-01-32"), 5, "no date of the year 2026"),
        (GOOD.replace("2026-01-01", "2026-01"), 5, "no date of the year 2026"),
        (GOOD.replace("2026-01-01", "2027-01-01"), 5, "no date of the year 2026"),
        (GOOD.replace("holiday", "party"), 5, "'party' is none of"),
        (GOOD.replace("holiday", "work_saturday"), 5, "not a Saturday"),
        (GOOD + GOOD.splitlines()[4] + "\n", 6, "twice"),
    ],
)
def test_a_wrong_file_names_line_and_reason(tmp_path: Path, wrong: str, line: int, reason: str) -> None:
    with pytest.raises(YamlProblem) as caught:
        load(tmp_path, wrong)
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(YamlProblem, match=r"no YEAR\.yaml"):
        load_calendar(tmp_path)
