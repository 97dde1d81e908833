"""How it stands with the helper, as the band above every page tells it."""

from enum import StrEnum

from kiosk.visit import CITIZENS_OWN, Step, Visit


class HelpStanding(StrEnum):
    """Nobody helps; the helper may act; the citizen acts while the helper waits; or nobody but the citizen may act."""

    NONE = "none"
    ACTIVE = "active"
    WAITING = "waiting"
    ASIDE = "aside"


class HelpAct(StrEnum):
    """What the citizen can ask for on the band."""

    PAUSE = "pause"
    RESUME = "resume"
    CHANGE = "change"


def help_standing(visit: Visit) -> HelpStanding:
    """What the band says on the page of the visit."""
    if not visit.helper_agreed or visit.place.step is Step.HOME:
        return HelpStanding.NONE
    if visit.place.step in CITIZENS_OWN:
        return HelpStanding.ASIDE
    return HelpStanding.ACTIVE if visit.helper_acts else HelpStanding.WAITING
