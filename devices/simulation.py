"""The state file of a simulated device: a person writes it while the program runs, and the device behaves so."""

import json
from dataclasses import dataclass
from pathlib import Path

from kiosk.ports import Attention, DeviceReason, DeviceStatus, Ready, Unavailable

STATE_FILE = "state.json"
_STILL_WORKS = {DeviceReason.PAPER_LOW, DeviceReason.INK_LOW, DeviceReason.FEEDER_EMPTY}


@dataclass(frozen=True, slots=True)
class SimulatedState:
    """What is wrong (None: nothing), and how many pages still come before it shows."""

    reason: DeviceReason | None = None
    after_pages: int = 0
    detail: str = ""

    def status(self) -> DeviceStatus:
        """The state as every device tells it. A fault that comes after some pages is not seen before them."""
        if self.reason is None or self.after_pages > 0:
            return Ready("simulated")
        if self.reason in _STILL_WORKS:
            return Attention(self.reason, self.detail)
        return Unavailable(self.reason, self.detail)


def read_state(folder: Path) -> SimulatedState:
    """The state in `folder`/state.json, for example {"status": "jam", "after_pages": 1}; without the file all is well.

    The words are those of DeviceReason, and "ready". A file that cannot be understood is a failed device, so that a
    slip of the pen is seen at once.
    """
    try:
        entries = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
        word = entries.get("status", "ready")
        reason = None if word == "ready" else DeviceReason(word)
        return SimulatedState(reason, int(entries.get("after_pages", 0)), "simulated")
    except FileNotFoundError:
        return SimulatedState()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        return SimulatedState(DeviceReason.FAILED, 0, f"{STATE_FILE}: {error}")
