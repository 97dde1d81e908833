"""What a visit costs the citizen in pages, taps and keys, and what the same dossier costs who types everything."""

from collections.abc import Mapping
from typing import Any

from commands.robot import Robot
from commands.tour_script import Citizen
from kiosk.visit import Step


def spent(citizen: Citizen, robot: Robot) -> dict[str, int]:
    """Pages that ask for something, from the first one to the one that says how it ended (each time that it is shown;
    the wait for the portal, which turns by itself, is none); presses outside the keyboard; presses on it, and how many
    letters were typed by them."""
    return {
        "pages": citizen.pages,
        "taps": robot.taps,
        "keystrokes": robot.keystrokes,
        "letters": robot.letters,
    }


def typed_by_hand(robot: Robot, service_code: str, *, papers: bool) -> dict[str, int]:
    """The same person without a card, who takes nothing that is offered, from the first page to the last one before
    filing: nothing is filed a second time, so what is pressed there is added. `robot` must have counted nothing yet,
    and the window must show the first page."""
    citizen = Citizen(robot, service_code, shows_card=False, papers=papers)
    citizen.play(until=Step.FILE)
    counts = spent(citizen, robot)
    return counts | {"pages": counts["pages"] + _PAGES_OF_FILING, "taps": counts["taps"] + _TAPS_OF_FILING}


def share_saved(here: Mapping[str, Any], typed: Mapping[str, int]) -> float:
    """The share of all presses that card and offers save, 0 to 1."""
    presses, by_hand = (counts["taps"] + counts["keystrokes"] for counts in (here, typed))
    return round(1 - presses / by_hand, 2) if by_hand else 0.0


_PAGES_OF_FILING = 2  # the pledge, and how it ended
_TAPS_OF_FILING = 2  # the tick and the button
