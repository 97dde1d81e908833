"""What sending meets that a person should hear of, though no dossier is lost by it and the queue goes on."""

import logging

from kiosk.outbox import Accepted, Outcome, State, TryLater
from kiosk.receipt import ProblemType
from kiosk.told_keys import ToldKey

_log = logging.getLogger(__name__)

_MISSING_AFTER_S = 3600.0
_MISSING = frozenset({"http-404", ProblemType.NOT_FOUND.value})
_NOT_THE_RECEIPT = ("unknown:receipt", "unknown:key")


class SyncAlarm(ToldKey):
    """The text is a stable key. Each has its sentence for the staff."""

    NO_COMMITS = "no_commits", "for an hour the portal has had no place where dossiers are filed: a wrong address?"
    WRONG_RECEIPT = "wrong_receipt", "the portal's receipts are not for what was sent, or not signed by its keys"
    PORTAL_FULL = "portal_full", "the portal has no room left for dossiers"
    PORTAL_LOST = "portal_lost", "the portal does not know dossiers that it gave receipts for"


class Alarms:
    """The alarms that are on. Each is logged when it goes on; a receipt ends all but the loss."""

    def __init__(self) -> None:
        self._on: set[SyncAlarm] = set()
        self._missing_since_s: float | None = None

    @property
    def on(self) -> tuple[SyncAlarm, ...]:
        """In alphabetical order."""
        return tuple(sorted(self._on))

    def hear(self, outcome: Outcome, state: State, now_s: float) -> None:
        """What a try came to that ended in that state. `now_s` never goes back."""
        if isinstance(outcome, Accepted):
            self._on &= {SyncAlarm.PORTAL_LOST}
            self._missing_since_s = None
        elif isinstance(outcome, TryLater):
            if outcome.reason in _MISSING and state is State.COMMITTING:
                self._hear_missing(now_s)
            elif outcome.reason.startswith(_NOT_THE_RECEIPT):
                self.raise_(SyncAlarm.WRONG_RECEIPT)
            elif outcome.reason == "http-507":
                self.raise_(SyncAlarm.PORTAL_FULL)

    def raise_(self, alarm: SyncAlarm) -> None:
        """Put an alarm on."""
        if alarm not in self._on:
            _log.error("alarm: %s", alarm.meaning)
        self._on.add(alarm)

    def end(self, alarm: SyncAlarm) -> None:
        """Its cause is gone."""
        self._on.discard(alarm)

    def _hear_missing(self, now_s: float) -> None:
        if self._missing_since_s is None:
            self._missing_since_s = now_s
        if now_s - self._missing_since_s >= _MISSING_AFTER_S:
            self.raise_(SyncAlarm.NO_COMMITS)
