"""Stand-ins for the world's own parts that a test must decide: the time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class FakeClock:
    """A `kiosk.ports.Clock` that moves only when told; it begins on a working Monday at 08:00 in Việt Nam (UTC+7).

    Assign `instant` to set the wall clock alone, as a person or a time server does; `advance` moves both clocks.
    """

    instant: datetime = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    elapsed_s: float = 0.0

    def now(self) -> datetime:
        return self.instant

    def monotonic_s(self) -> float:
        return self.elapsed_s

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.instant += timedelta(seconds=seconds)
        self.elapsed_s += seconds
