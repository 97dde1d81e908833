"""The helpers of this counter as the kiosk knows them: who has a badge, and what a badge with its PIN comes to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.staff import Locked, WrongPin


@dataclass(frozen=True, slots=True)
class BadgedHelper:
    """A helper with a badge. `code` stands on the badge, in the dossier and on the slip; `phones` are the helper's own
    numbers, as ten digits: a citizen's contact may be none of them."""

    code: str
    name: str
    unit: str
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The badge and the PIN belong together; the helper is on duty here until then."""

    helper: BadgedHelper
    until: datetime


class BadgeRefusal(StrEnum):
    """Why a badge is not taken, whatever the PIN."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"
    EXPIRED = "expired"


CheckInAnswer = CheckedIn | WrongPin | Locked | BadgeRefusal


class HelperDesk(Protocol):
    """Who helps at this counter. All calls may block."""

    def any(self) -> bool:
        """Whether anybody has a badge that is good here."""
        ...

    def on_duty(self, now: datetime) -> tuple[CheckedIn, ...]:
        """Who has checked in and whose shift is not over, by name."""
        ...

    def check_in(self, badge: str, pin: str, now: datetime) -> CheckInAnswer:
        """Begin a shift with the text of a badge's code and its PIN. Each try counts before it is looked at."""
        ...

    def check_out(self, code: str, now: datetime) -> None:
        """End that helper's shift."""
        ...
