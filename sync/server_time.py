"""The portal's time as seen from the kiosk: the difference between the two clocks, learned from Date headers."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from kiosk.ports import Clock


def parse_http_date(text: str) -> datetime | None:
    """The instant of an HTTP date (RFC 9110 §5.6.7), or None when it is not one."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


class ServerTime:
    """Remembers how far the kiosk's clock is off, and so is the portal's clock. One object for all connections to a
    portal.

    Only answers that speak the portal's protocol may be observed: a login page's clock proves nothing.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.offset_s: float | None = None

    def observe(self, date_header: str) -> None:
        """Learn from the Date header of an answer; anything that is no date is ignored."""
        moment = parse_http_date(date_header)
        if moment is not None:
            self.offset_s = (moment - self._clock.now()).total_seconds()

    def now(self) -> datetime:
        """The portal's time: the kiosk's clock until a portal has been heard."""
        return self._clock.now() + timedelta(seconds=self.offset_s or 0.0)

    def monotonic_s(self) -> float:
        """The kiosk's: it never goes back, whatever the portal says."""
        return self._clock.monotonic_s()

    def kiosk_now(self) -> datetime:
        """The kiosk's own clock, right or wrong."""
        return self._clock.now()
