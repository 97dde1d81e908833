"""When a result usually comes, were the dossier taken now: a usual day, never a promise (only a receipt promises)."""

from datetime import date, datetime

from kiosk.catalog import Processing, Service, TimeUnit
from kiosk.dates import format_weekday, vietnam_day, vietnam_hour
from kiosk.texts import _
from kiosk.working_days import WorkingCalendar


def usual_day(processing: Processing, now: datetime, calendar: WorkingCalendar) -> date | None:
    """The day on which the result of a dossier that is brought `now` usually is ready; None beyond the calendar.

    On a day off it is taken on the next working day. A same-day service takes what comes from `cutoff_hour` on as of
    the next working day (Decree 23/2015/NĐ-CP, Art. 7; Law 60/2014/QH13, Art. 5.3).
    """
    today = vietnam_day(now)
    works = calendar.is_working_day(today)
    if works is None:
        return None
    taken = today if works else calendar.add_working_days(today, 1)
    if taken is None:
        return None
    match processing:
        case Processing(0, _unit, cutoff_hour):
            late = taken == today and cutoff_hour is not None and vietnam_hour(now) >= cutoff_hour
            return calendar.add_working_days(taken, 1) if late else taken
        case Processing(days, TimeUnit.WORKING_DAYS):
            return calendar.add_working_days(taken, days)
        case Processing(days):
            return calendar.add_days(taken, days)


def usual_day_text(service: Service, now: datetime, calendar: WorkingCalendar) -> str:
    """The same in words; "" where the time is not one number of days, or lies beyond the calendar."""
    if service.processing is None or (day := usual_day(service.processing, now, calendar)) is None:
        return ""
    if day == vietnam_day(now):
        return _("Tiếp nhận bây giờ thì thường có ngay hôm nay.")
    return _("Tiếp nhận bây giờ thì thường có vào {day}.").format(day=format_weekday(day))
