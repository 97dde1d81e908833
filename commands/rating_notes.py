"""Counts how people found the work at this kiosk; a disk that cannot keep it stands in nobody's way."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject

from kiosk.dates import vietnam_day
from kiosk.monthly_counts import load_monthly_counts
from kiosk.ports import Clock
from kiosk.ratings import Rating
from ui.tasks import Lane, Tasks

FILE_NAME = "ratings.json"

_log = logging.getLogger(__name__)


class RatingNotes(QObject):
    """Knows no visit: what is counted is a face and the month."""

    def __init__(self, tasks: Tasks, folder: Path, clock: Clock) -> None:
        super().__init__()
        self._tasks = tasks
        self._path = folder / FILE_NAME
        self._clock = clock
        self._counts = load_monthly_counts(self._path)

    def rated(self, rating: Rating) -> None:
        """Somebody touched that face."""
        self._counts = self._counts.with_one_more(rating.value, vietnam_day(self._clock.now()))
        self._tasks.run(Lane.STORE, self._save, owner=self, done=lambda _: None)

    def _save(self) -> None:
        try:
            self._counts.save(self._path)
        except OSError as error:
            _log.warning("how people found it is not kept: %s", error.strerror)
