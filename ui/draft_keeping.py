"""Keeps the visit as a draft while it lasts: each change soon and off the window's thread, the latest for all."""

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.catalog import Route
from kiosk.dossier import Identifiers
from kiosk.draft import pack, worth_keeping
from kiosk.drafts import Drafts
from kiosk.errors import StoreProblem
from kiosk.ports import Clock
from kiosk.staff import StaffPins
from kiosk.visit import Step, Visit
from ui.tasks import Lane, Tasks

SWEEP_MS = 60_000

_log = logging.getLogger(__name__)


class DraftKeeping(QObject):
    """Knows the reference of the visit that is on the screen, which is that of the dossier it may become: the store
    takes the draft away in the very transaction that seals the dossier. All methods are the window's thread's."""

    failed = Signal(object)
    """The visit could not be kept (Exception): it goes on all the same, and each later change tries again."""
    kept = Signal()
    """The visit was kept as it was a moment ago."""

    def __init__(
        self, tasks: Tasks, drafts: Drafts, clock: Clock, pins: StaffPins, sweep: Callable[[], object]
    ) -> None:
        """`sweep` shreds what is over; it is called in the lane, at once and every minute. What blocks of `drafts` and
        `pins` is for the lane only."""
        super().__init__()
        self.drafts = drafts
        self.pins = pins
        self._tasks = tasks
        self._clock = clock
        self._sweep = sweep
        self._ref: UUID | None = None
        self._kept = False
        self._coded = False
        self._carded = False
        self._staffed = False
        self._waiting: deque[tuple[UUID, Visit, datetime]] = deque(maxlen=1)  # the latest takes the place of the rest
        self._timer = QTimer(self)
        self._timer.setInterval(SWEEP_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()
        self.sweep()

    @property
    def ref(self) -> UUID:
        """The reference of this visit's dossier, and of its draft."""
        if self._ref is None:
            self._ref = Identifiers.new(self._clock.now()).client_ref
        return self._ref

    def sweep(self) -> None:
        """Shred what is over."""

        def failed(error: Exception) -> None:
            _log.error("drafts that are over are not shredded yet: %s", type(error).__name__)

        self._tasks.run(Lane.DRAFTS, self._sweep, owner=self, done=lambda _none: None, failed=failed)
        self._ask_for_staff()

    @property
    def staffed(self) -> bool:
        """Whether somebody of the staff has a PIN, as it was a minute ago at most."""
        return self._staffed

    @property
    def opens_by_code(self) -> bool:
        """Whether the citizen has what opens this draft again without the staff: its code, and the card."""
        return self._coded and self._carded

    def look(self, visit: Visit) -> None:
        """The visit after each of its events."""
        if visit.place.step in (Step.SENDING, Step.DONE, Step.GOODBYE):
            self._filed(visit)
        elif worth_keeping(visit):
            if not self._kept:
                self._ask_for_staff()
            self._carded = visit.card is not None
            self._waiting.append((self.ref, visit, self._clock.now()))
            self._kept = True
            self._run(self._keep)

    def stop(self, visit: Visit, done: Callable[[str], None], failed: Callable[[Exception], None]) -> None:
        """Keep the visit and give its code to `done`; the draft is then nobody's until it is opened. An answer that
        comes when this visit is over, or filed, is nobody's: neither is called."""
        self._waiting.clear()
        ref = self.ref
        self._kept = True

        def stopped(code: str) -> None:
            if self._ref == ref:
                self._coded = True
                done(code)

        def not_stopped(error: Exception) -> None:
            if self._ref == ref:
                failed(error)

        work = partial(self._stop, ref, visit, self._clock.now())
        self._tasks.run(Lane.DRAFTS, work, owner=self, done=stopped, failed=not_stopped)

    def adopt(self, ref: UUID, *, by_code: bool) -> None:
        """The visit on the screen is the draft of that reference, opened again."""
        self._ref, self._kept, self._coded = ref, True, by_code

    def leave(self) -> None:
        """The visit is over on the screen; what was kept of it stays where there is somebody who can open it."""
        if self._kept and not (self._staffed or self.opens_by_code):
            self.discard()
        self._forget()

    def discard(self) -> None:
        """The citizen wants nothing of it kept."""
        self._waiting.clear()
        if self._ref is not None and self._kept:
            self._run(partial(self.drafts.discard, self._ref))
        self._forget()

    def close(self) -> None:
        """Keep what is still waiting, once the lanes have ended: they forget what they had not begun. Blocks."""
        self._timer.stop()
        try:
            self._keep()
        except StoreProblem as error:
            _log.error("the visit could not be kept: %s", error.key)

    def _filed(self, visit: Visit) -> None:
        """A sealed dossier has taken its draft with it, up to its pages; of what is only prepared nothing stays."""
        if visit.route is Route.PREPARE:
            self.discard()
        elif self._ref is not None:
            self._waiting.clear()
            self._forget()
            self.sweep()

    def _forget(self) -> None:
        self._ref = None
        self._kept = self._coded = self._carded = False

    def _ask_for_staff(self) -> None:
        def failed(error: Exception) -> None:
            _log.error("whether the staff have PINs is not known: %s", type(error).__name__)

        self._tasks.run(Lane.DRAFTS, self.pins.any, owner=self, done=self._know_staff, failed=failed)

    def _know_staff(self, staffed: bool) -> None:
        self._staffed = staffed

    def _keep(self) -> None:
        """In the lane: keep what waits, which may be later than what this was called for, or nothing any more."""
        with suppress(IndexError):
            ref, visit, at = self._waiting.popleft()
            self.drafts.keep(ref, pack(visit, at))

    def _stop(self, ref: UUID, visit: Visit, at: datetime) -> str:
        return self.drafts.stop(ref, pack(visit, at))

    def _run(self, work: Callable[[], object]) -> None:
        self._tasks.run(Lane.DRAFTS, work, owner=self, done=lambda _none: self.kept.emit(), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        """Of a visit that was left meanwhile there is nothing more to say."""
        _log.error("the visit could not be kept: %s", type(error).__name__)
        if self._kept:
            self.failed.emit(error)
