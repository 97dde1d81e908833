"""When the nightly reconcile of a kiosk is due: at a minute of its own, so that a province's kiosks do not come at
once."""

from datetime import datetime, timedelta
from random import Random

from kiosk.dates import VIETNAM

NIGHT_BEGINS = timedelta(hours=1)
NIGHT_LASTS = timedelta(hours=4)
# A desk whose machines are off at night asks in the first hour of its day.
_AFTER_START = timedelta(hours=1)


def next_night(last: datetime | None, now: datetime, rng: Random) -> datetime:
    """When to ask next, if the last time was `last`: a random minute between 01:00 and 05:00 in Việt Nam.

    If that has passed meanwhile, or `last` lies in the future because the clock was set back, some time in the next
    hour. A kiosk that never asked has nothing to ask for, and begins with its first night.
    """
    missed = now + rng.random() * _AFTER_START
    if last is not None and last > now:
        return missed
    due = _night_after(last or now, rng)
    return due if due > now else missed


def _night_after(moment: datetime, rng: Random) -> datetime:
    local = moment.astimezone(VIETNAM)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    begins = midnight + NIGHT_BEGINS
    if local >= begins:
        begins += timedelta(days=1)
    return begins + timedelta(minutes=rng.randrange(NIGHT_LASTS // timedelta(minutes=1)))
