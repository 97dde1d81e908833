"""How long a draft has been kept, by a wall clock that may be wrong and another that ends with the program.

While the program runs, only the clock that never goes back counts: whatever is done to the wall clock neither kills a
draft nor keeps one for ever. How long the program was away only the wall clock knows. It is asked twice, when the
store is opened and a while later, when a time server has been heard, and the shorter answer counts: a clock that was
wrong at the start cannot age a draft by years. A clock that was set back adds nothing, and the draft then ends by the
time that the program runs.
"""

from dataclasses import dataclass
from datetime import datetime

SETTLE_S = 600.0
"""So long after the start an absence is still doubted: time servers are heard within minutes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store knows of one draft: its age in seconds when that was last counted, when that was by the wall
    clock, and whether the program was away since (`away`)."""

    aged_s: float
    counted_at: datetime
    away: bool


class Ages:
    """Counts the ages of one run of the program."""

    def __init__(self, now: datetime, monotonic_s: float) -> None:
        self._opened_at = now
        self._opened_s = monotonic_s
        self._counted_s = monotonic_s

    def settled(self, monotonic_s: float) -> bool:
        """Whether an absence is believed by now."""
        return monotonic_s - self._opened_s >= SETTLE_S

    def uncounted_s(self, monotonic_s: float) -> float:
        """How long ago the ages were last written down."""
        return monotonic_s - self._counted_s

    def absence_s(self, kept: Kept, now: datetime, monotonic_s: float) -> float:
        """How long the program was away, as far as it can be believed; 0 for a draft that was kept in this run."""
        if not kept.away:
            return 0.0
        at_opening = (self._opened_at - kept.counted_at).total_seconds()
        as_now_known = (now - kept.counted_at).total_seconds() - (monotonic_s - self._opened_s)
        return max(0.0, min(at_opening, as_now_known))

    def age_s(self, kept: Kept, now: datetime, monotonic_s: float) -> float:
        """The draft's age now."""
        return kept.aged_s + self.uncounted_s(monotonic_s) + self.absence_s(kept, now, monotonic_s)

    def counted(self, kept: Kept, now: datetime, monotonic_s: float) -> Kept:
        """What is to be written down now; call `count_from` once all are written. An absence that is not believed yet
        is left to be counted."""
        since_s = self.uncounted_s(monotonic_s)
        if kept.away and not self.settled(monotonic_s):
            return Kept(kept.aged_s + since_s, kept.counted_at, away=True)
        return Kept(kept.aged_s + since_s + self.absence_s(kept, now, monotonic_s), now, away=False)

    def count_from(self, monotonic_s: float) -> None:
        """Everything up to here is written down."""
        self._counted_s = monotonic_s
