"""Takes the receipts of a stick into the store, for the command and for the running kiosk that it asks."""

from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.store import Store
from sync.enrolment import load_enrolment
from sync.usb_receipts import TakenBack, take_receipts


def receipts_taken(store: Store, folder: Path, now: datetime) -> dict[str, Any]:
    """What came of it as plain JSON; `gone` when the stick cannot be read. Raises StoreProblem."""
    enrolled = load_enrolment(store)
    try:
        taken = take_receipts(folder, store, enrolled.enrolment.root_key, now) if enrolled else TakenBack(0, 0)
    except OSError:
        return {"new": 0, "wrong": 0, "gone": True}
    return {"new": taken.new, "wrong": taken.wrong, "gone": False}
