"""Dates as Vietnamese papers have them: a birth date may lack its day or month; times are those of Vietnam."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from kiosk.texts import _, sayable

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no daylight saving time since 1975

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the day, or day and month, may be unknown. ValueError when it cannot exist."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        if self.year < 1000:
            raise ValueError("a year has four digits")
        date(self.year, _either(self.month, 1), _either(self.day, 1))

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, _either(self.month, 1), _either(self.day, 1))

    @property
    def latest(self) -> date:
        """The last day that it can mean."""
        month = _either(self.month, 12)
        return date(self.year, month, _either(self.day, monthrange(self.year, month)[1]))

    def iso(self) -> str:
        """ISO 8601 of reduced precision: "1958", "1958-03" or "1958-03-27"."""
        return "-".join(f"{part:02}" for part in (self.year, self.month, self.day) if part is not None)

    def display(self) -> str:
        """The Vietnamese way: "27/03/1958", "03/1958" or "1958"."""
        return "/".join(f"{part:02}" for part in (self.day, self.month, self.year) if part is not None)

    def is_after(self, day: date) -> bool:
        """Whether it is after `day` whatever the unknown parts are."""
        return self.earliest > day

    def is_before(self, day: date) -> bool:
        """Whether it is before `day` whatever the unknown parts are."""
        return self.latest < day


def parse_iso(text: str) -> PartialDate | None:
    """ISO 8601 text of reduced precision, or None when it is not one or no such date exists."""
    found = _ISO.fullmatch(text)
    return parse_typed(found[3] or "", found[2] or "", found[1]) if found else None


def parse_typed(day: str, month: str, year: str) -> PartialDate | None:
    """A date from three typed fields, day or day and month empty when unknown; None when it cannot exist."""
    day, month, year = day.strip(), month.strip(), year.strip()
    fits = re.fullmatch(r"\d{0,2}/\d{0,2}/\d{4}", f"{day}/{month}/{year}", re.ASCII)
    try:
        return PartialDate(int(year), _number(month), _number(day)) if fits else None
    except ValueError:
        return None


def vietnam_day(moment: datetime) -> date:
    """The calendar day in Vietnam at an aware `moment`."""
    return _local(moment).date()


def vietnam_hour(moment: datetime) -> int:
    """The full hour on a Vietnamese clock, 0 to 23."""
    return _local(moment).hour


def format_moment(moment: datetime) -> str:
    """An aware `moment` on a Vietnamese clock: "14:05 ngày 21/11/2026"."""
    local = _local(moment)
    return _("{time} ngày {date}").format(time=f"{local:%H:%M}", date=format_day(local.date()))


def format_day(day: date) -> str:
    """The day as "21/11/2026"."""
    return f"{day:%d/%m/}{day.year:04}"


@sayable
def format_weekday(day: date) -> str:
    """The day with its weekday: "Thứ Hai, 23/11/2026"."""
    names = (
        _("Thứ Hai"),
        _("Thứ Ba"),
        _("Thứ Tư"),
        _("Thứ Năm"),
        _("Thứ Sáu"),
        _("Thứ Bảy"),
        _("Chủ Nhật"),
    )
    return f"{names[day.weekday()]}, {format_day(day)}"


def _either(known: int | None, otherwise: int) -> int:
    return otherwise if known is None else known


def _number(digits: str) -> int | None:
    return int(digits) if digits else None


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(VIETNAM)
