"""Counts working days of the civil service over a dated, replaceable calendar; says nothing beyond its years."""

from calendar import SATURDAY, monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from kiosk.dates import parse_iso
from kiosk.yaml_table import Row, load_table
from kiosk.yaml_text import YamlProblem

_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """Why a day differs from the plain week of Monday to Friday."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"  # a holiday fell on a weekend (Labour Code 2019, Art. 111.3)
    SWAP_OFF = "swap_off"  # exchanged for a working Saturday
    WORK_SATURDAY = "work_saturday"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the calendar file, with the law or notice that says so."""

    day: date
    kind: DayKind
    source: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The special days of some whole years. Every count is None where it would need a year that is missing."""

    years: frozenset[int]
    special_days: Mapping[date, CalendarDay]

    def is_working_day(self, day: date) -> bool | None:
        """Whether the civil service works on `day`; None outside the years of the calendar."""
        if day.year not in self.years:
            return None
        if special := self.special_days.get(day):
            return special.kind is DayKind.WORK_SATURDAY
        return day.weekday() < SATURDAY

    def add_working_days(self, start: date, n: int) -> date | None:
        """The n-th working day after `start`, which is itself not counted (Civil Code 2015, Art. 147).

        0 gives `start`; ValueError for less.
        """
        if n < 0:
            raise ValueError("working days are counted forward")
        day: date | None = start
        for _counted in range(n):
            day = day and self._working_day_from(day + _ONE_DAY)
        return day

    def last_working_day_before(self, day: date) -> date | None:
        """The working day before `day`, None where the calendar does not reach back to one."""
        before: date = day - _ONE_DAY
        while not (works := self.is_working_day(before)):
            if works is None:
                return None
            before -= _ONE_DAY
        return before

    def add_days(self, start: date, n: int) -> date | None:
        """The end of a term of n calendar days: a last day off moves to the next working day (Art. 148.5)."""
        return self._working_day_from(start + n * _ONE_DAY)

    def term_end(self, start: date, n: int) -> date:
        """The same; a last day beyond the calendar stays where it falls."""
        return self.add_days(start, n) or start + n * _ONE_DAY

    def add_months(self, start: date, n: int) -> date | None:
        """The end of a term of n months; a month without that day ends it on its last day (Art. 148.3)."""
        year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
        last = monthrange(year, month + 1)[1]
        return self._working_day_from(date(year, month + 1, min(start.day, last)))

    def _working_day_from(self, day: date) -> date | None:
        while not (works := self.is_working_day(day)):
            if works is None:
                return None
            day += _ONE_DAY
        return day


def load_calendar(folder: Path) -> WorkingCalendar:
    """Read every YEAR.yaml of `folder`. YamlProblem names file, line and reason of the first mistake."""
    years: set[int] = set()
    days: dict[date, CalendarDay] = {}
    for path in sorted(folder.glob("*.yaml")):
        table = load_table(path, {"year", "source", "checked"}, "days", {"date", "kind", "source"})
        if table.header["year"] != path.stem or not path.stem.isdecimal():
            raise table.header.problem("year", "must be the year of the file's name")
        years.add(int(path.stem))
        for row in table.rows:
            special = _day(row, path.stem)
            if special.day in days:
                raise row.problem("date", f"{special.day} stands here twice")
            days[special.day] = special
    if not years:
        raise YamlProblem(folder, 0, "no YEAR.yaml here")
    return WorkingCalendar(frozenset(years), days)


def _day(row: Row, year: str) -> CalendarDay:
    written = parse_iso(row["date"])
    if written is None or written.day is None or written.iso()[:4] != year:
        raise row.problem("date", f"{row['date']!r} is no date of the year {year}")
    if row["kind"] not in set(DayKind):
        raise row.problem("kind", f"{row['kind']!r} is none of {', '.join(DayKind)}")
    day, kind = written.earliest, DayKind(row["kind"])
    if kind is DayKind.WORK_SATURDAY and day.weekday() != SATURDAY:
        raise row.problem("date", f"{day} is not a Saturday")
    return CalendarDay(day, kind, row["source"])
