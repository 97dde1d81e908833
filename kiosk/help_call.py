"""A call for help from the counter: what it says, whom it reaches, and what the screens need to make one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

PAGE_MAX_LENGTH = 80
LASTS_S = 30 * 60.0
"""Then nobody is coming, or nobody is waiting: portal, lamp and screen let a call end at the same time."""


@dataclass(frozen=True, slots=True)
class HelpCall:
    """One call. `page` is what is on the screen, in everyday words and without anything of the citizen."""

    call_id: UUID
    page: str
    at: datetime


class OfficeNews(StrEnum):
    """What is known of the office that the portal tells."""

    NONE = "none"  # there is no portal that could tell anybody
    TELLING = "telling"
    TOLD = "told"
    SEEN = "seen"  # somebody has said that they come
    NOT_TOLD = "not_told"  # the line is down; it is tried again


@dataclass(frozen=True, slots=True)
class CallNews:
    """Whom the call has reached. `lamp`: the lamp above the counter is on."""

    office: OfficeNews = OfficeNews.NONE
    lamp: bool = False


class HelpLine(Protocol):
    """Calls somebody to the counter. Every call returns at once."""

    def ring(self, call: HelpCall) -> None:
        """Begin the call, in place of one that lasts."""
        ...

    def end(self) -> None:
        """The call is over; without one nothing happens."""
        ...

    def news(self) -> CallNews:
        """How the call stands now."""
        ...
