"""The real clock."""

import time
from datetime import UTC, datetime


class WallClock:
    """The machine's own time (kiosk.ports.Clock)."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Seconds since some start."""
        return time.monotonic()
