"""How long silence may last before a page is covered, and how long the cover asks: for this visit, at this place."""

from dataclasses import dataclass

from kiosk.config import TimeSettings
from kiosk.visit import Step, Visit

HELPED = 2
"""With a helper two people talk things over: twice as long. It is never without a limit: helpers are called away."""
MORE_TIME = 5
"""For who asks for more time (WCAG 2.2.1 wants a way to adjust a limit; it can also be extended without end)."""


@dataclass(frozen=True, slots=True)
class IdleLimits:
    """In seconds: silence until the page is covered, and until the visit ends under the cover."""

    page_s: float
    cover_s: float


def idle_limits(visit: Visit, times: TimeSettings, *, more_time: bool) -> IdleLimits:
    """The limits on a page of a visit, or on the way to one. `more_time` was asked for in this visit."""
    helped = HELPED if visit.helper_acts else 1
    page_s = times.goodbye_s if visit.place.step in {Step.DONE, Step.GOODBYE} else times.idle_warning_s
    return IdleLimits(page_s * max(helped, MORE_TIME if more_time else 1), _cover_s(times, more_time=more_time))


def staff_limits(times: TimeSettings) -> IdleLimits:
    """The limits on a page for the staff, which may name citizens."""
    return IdleLimits(times.staff_lock_s, times.idle_cover_s)


def home_limits(times: TimeSettings) -> IdleLimits:
    """The limits where nothing of anybody is shown: the page is made anew, and nobody is asked."""
    return IdleLimits(times.home_s, times.idle_cover_s)


def _cover_s(times: TimeSettings, *, more_time: bool) -> float:
    return times.idle_cover_s * (MORE_TIME if more_time else 1)
