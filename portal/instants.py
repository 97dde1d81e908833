"""Instants: UTC inside, Vietnam's time where the law or a person reads a date."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

# One zone, no daylight saving (Decision 121-CP of 1967, kept by Decision 134/2002/QĐ-TTg). A fixed offset needs no
# time zone database, which Windows lacks.
VIETNAM = timezone(timedelta(hours=7))

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock: an aware instant in UTC."""
    return datetime.now(UTC)
