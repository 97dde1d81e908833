"""The state file of a simulated device: a person writes it while the program runs, and the device behaves so."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.ports import Attention, DeviceReason, DeviceStatus, Ready, Unavailable

STATE_FILE = "state.json"
_STILL_WORKS = {DeviceReason.PAPER_LOW, DeviceReason.INK_LOW, DeviceReason.FEEDER_EMPTY}
READY = "ready"


class Manner(StrEnum):
    """How a camera can be unwell without knowing it: its status stays ready."""

    FROZEN = "frozen"  # one picture for ever
    SLOW = "slow"  # two pictures a second


@dataclass(frozen=True, slots=True)
class SimulatedState:
    """What is wrong (None: nothing), how many pages still come before it shows, and how a camera's stream behaves.

    The rest is a scanner's: whether paper lies in its feeder, whether that takes both sides, which pages of a scan come
    out blank (the first is 1), and how many seconds a page takes (None: as the settings say).
    """

    reason: DeviceReason | None = None
    after_pages: int = 0
    detail: str = ""
    feeder_loaded: bool = False
    both_sides: bool = False
    blank_pages: frozenset[int] = frozenset()
    page_s: float | None = None
    manner: Manner | None = None

    def status(self) -> DeviceStatus:
        """The state as every device tells it. A fault that comes after some pages is not seen before them."""
        if self.reason is None or self.after_pages > 0:
            return Ready("simulated")
        if self.reason in _STILL_WORKS:
            return Attention(self.reason, self.detail)
        return Unavailable(self.reason, self.detail)


def read_state(folder: Path) -> SimulatedState:
    """The state in `folder`/state.json; without the file all is well.

    For example {"status": "jam", "after_pages": 1}, {"status": "not_connected", "after_pages": 2} for a plug that is
    pulled in the middle, {"feeder_loaded": true, "both_sides": true, "blank_pages": [2], "page_s": 6}. The words of
    "status" are those of DeviceReason and of Manner, and "ready". A file that cannot be understood is a failed device,
    so that a slip of the pen is seen at once.
    """
    try:
        entries = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
        word = entries.get("status", READY)
        manner = Manner(word) if word in set(Manner) else None
        return SimulatedState(
            reason=None if word == READY or manner else DeviceReason(word),
            after_pages=int(entries.get("after_pages", 0)),
            detail="simulated",
            feeder_loaded=bool(entries.get("feeder_loaded", False)),
            both_sides=bool(entries.get("both_sides", False)),
            blank_pages=frozenset(int(number) for number in entries.get("blank_pages", ())),
            page_s=float(entries["page_s"]) if "page_s" in entries else None,
            manner=manner,
        )
    except FileNotFoundError:
        return SimulatedState()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        return SimulatedState(DeviceReason.FAILED, 0, f"{STATE_FILE}: {error}")


def write_state(folder: Path, word: str, after_pages: int = 0) -> Path:
    """Flip the simulated device of that folder; the file that was written. Raises OSError.

    The file comes into its place as a whole: the device may read it at this very moment.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path, fresh = folder / STATE_FILE, folder / f"{STATE_FILE}.new"
    fresh.write_text(json.dumps({"status": word, "after_pages": after_pages}) + "\n", encoding="utf-8")
    fresh.replace(path)
    return path
