"""The thread that keeps the kiosk's list of helpers that of the portal: at the start, and every hour."""

import logging
from datetime import datetime
from random import Random
from threading import Event, Thread
from typing import Protocol

from kiosk.outbox import Held, TryLater
from kiosk.ports import Clock
from kiosk.roster import Roster
from kiosk.store_badges import RosterAnswer, RosterStanding
from sync.fault_place import fault_place
from sync.roster_calls import RosterCalls, Unchanged
from sync.transport import UNANSWERED

EVERY_S = 3600.0
AGAIN_S = 300.0  # where nobody was reached
_SPREAD = 0.1  # of the time, so that the kiosks of a province do not come at once

_log = logging.getLogger(__name__)


class RosterStore(Protocol):
    """What the list needs of the store: see `kiosk.store_badges.StoreBadges`."""

    def standing(self) -> RosterStanding | None: ...

    def confirm(self, etag: str, now: datetime) -> None: ...

    def take(self, roster: Roster, source: str, sha256: str, etag: str, now: datetime) -> RosterAnswer: ...

    def forget_roster(self, source: str, now: datetime) -> bool: ...


class RosterLoop:
    """Fetches in a thread of its own and over a line of its own. It ends only by `stop`; what fails leaves the last
    list in use, which ends by its age (`kiosk.store_helper_desk`)."""

    def __init__(self, calls: RosterCalls, store: RosterStore, clock: Clock, rng: Random) -> None:
        self._calls = calls
        self._store = store
        self._clock = clock
        self._rng = rng
        self._refused = ""
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="roster")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout_s: float) -> bool:
        """End, whatever is under way. True when the thread has ended."""
        self._stopping.set()
        self._calls.abort()
        if self._thread.ident is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def run_once(self) -> RosterAnswer | Held | TryLater:
        """Ask once, and put what is newer into the store. Blocks; raises StoreProblem."""
        standing = self._store.standing()
        if standing is not None and standing.source != self._calls.source:  # enrolled elsewhere since
            self._store.forget_roster(self._calls.source, self._clock.now())
            standing = None
        known_etag = standing.etag if standing else ""
        fetched = self._calls.fetch(known_etag)
        now = self._clock.now()
        if isinstance(fetched, Held | TryLater):
            return fetched
        if isinstance(fetched, Unchanged):
            self._store.confirm(known_etag, now)
            return RosterAnswer.SAME
        answer = self._store.take(fetched.roster, self._calls.source, fetched.sha256, fetched.etag, now)
        if answer is RosterAnswer.TAKEN:
            _log.info("roster: version %d, %d helpers", fetched.roster.version, len(fetched.roster.helpers))
        return answer

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._stopping.wait(self._asked() * (1 + self._rng.uniform(-_SPREAD, _SPREAD)))
        finally:
            self._calls.close()

    def _asked(self) -> float:
        """Ask, and say how long to wait before the next time: soon where nobody was reached. What the portal's people
        have to mend is no better in five minutes, and is logged once."""
        try:
            result = self.run_once()
        except Exception as error:  # noqa: BLE001  the next try may find a disk with room
            _log.error("roster: %s", fault_place(error))
            return AGAIN_S
        refused = _refusal(result)
        if refused and refused != self._refused:
            _log.error("roster: refused (%s): the list that is in use stays", refused)
        self._refused = refused
        unreached = isinstance(result, Held) or (isinstance(result, TryLater) and result.reason in UNANSWERED)
        return AGAIN_S if unreached else EVERY_S


def _refusal(result: RosterAnswer | Held | TryLater) -> str:
    """Why what the portal said was not believed; "" where it was, or where it said nothing of a list."""
    match result:
        case TryLater(reason=reason) if reason.startswith("unknown:"):
            return reason
        case RosterAnswer.OLDER | RosterAnswer.OTHER_CONTENT:
            return result.value
    return ""
