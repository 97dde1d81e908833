"""Counts wrong codes of drafts for the whole kiosk, and makes a pause after five: kept in the store, whatever the
clock does."""

import json

import apsw

from kiosk.ports import Clock
from kiosk.store_changes import set_value
from kiosk.store_schema import instant, microseconds

TRIES = 5
PAUSE_S = 300.0
_KEY = "store.draft_guesses"


class DraftGuesses:
    """Each call is made inside a transaction of the store."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._paused_s: float | None = None

    def wait_s(self, connection: apsw.Connection) -> float:
        """How long the pause still is, 0 without one."""
        wrong, paused_at = _kept(connection)
        if wrong < TRIES:
            return 0.0
        now_s = self._clock.monotonic_s()
        if self._paused_s is None:  # of an earlier run; a clock that was set back begins the pause anew, once
            passed_s = (self._clock.now() - instant(paused_at)).total_seconds()
            self._paused_s = now_s - passed_s if passed_s >= 0 else now_s
        left_s = PAUSE_S - (now_s - self._paused_s)
        if left_s <= 0:
            self.right(connection)
        return max(0.0, left_s)

    def wrong(self, connection: apsw.Connection) -> int:
        """Count a wrong code; how many more may be tried before the pause."""
        count = _kept(connection)[0] + 1
        _keep(connection, count, microseconds(self._clock.now()))
        if count >= TRIES:
            self._paused_s = self._clock.monotonic_s()
        return max(0, TRIES - count)

    def right(self, connection: apsw.Connection) -> None:
        """Begin to count anew."""
        self._paused_s = None
        if _kept(connection)[0]:
            _keep(connection, 0, 0)


def _kept(connection: apsw.Connection) -> tuple[int, int]:
    """How many were wrong, and when the last one was."""
    value: bytes | None = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).get
    wrong, at = json.loads(value) if value else (0, 0)
    return wrong, at


def _keep(connection: apsw.Connection, wrong: int, at: int) -> None:
    set_value(connection, _KEY, json.dumps([wrong, at]).encode())
