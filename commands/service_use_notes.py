"""Notes which services are begun at this kiosk; a disk that cannot keep it stands in nobody's way."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject

from kiosk.dates import vietnam_day
from kiosk.monthly_counts import load_monthly_counts
from kiosk.ports import Clock
from kiosk.visit import Step, Visit
from ui.tasks import Lane, Tasks

FILE_NAME = "service-use.json"

_log = logging.getLogger(__name__)


class ServiceUseNotes(QObject):
    """Counts a service once a visit, when its first question or the consent is reached: looking is not using."""

    def __init__(self, tasks: Tasks, folder: Path, clock: Clock) -> None:
        super().__init__()
        self._tasks = tasks
        self._path = folder / FILE_NAME
        self._clock = clock
        self._use = load_monthly_counts(self._path)
        self._counted = ""

    def often_used(self) -> tuple[str, ...]:
        """The codes, most used first."""
        return self._use.top()

    def look(self, visit: Visit) -> None:
        """The visit after each of its events; nothing is kept of it but its service's code."""
        if visit.service is None:
            self._counted = ""
        elif visit.place.step in (Step.CONSENT, Step.FORM) and self._counted != visit.service.code:
            self._counted = visit.service.code
            self._use = self._use.with_one_more(self._counted, vietnam_day(self._clock.now()))
            self._tasks.run(Lane.STORE, self._save, owner=self, done=lambda _: None)

    def _save(self) -> None:
        try:
            self._use.save(self._path)
        except OSError as error:
            _log.warning("what is used here is not kept: %s", error.strerror)
