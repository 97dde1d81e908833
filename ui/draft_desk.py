"""What the window does with drafts: saves the visit and stops, wipes it for good, goes on with one that was kept."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from kiosk.draft import Reopened, worth_keeping
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Begun
from kiosk.visit_steps import advance
from ui.context import Context
from ui.draft_keeping import DraftKeeping
from ui.form_screen import FormScreen
from ui.resuming import Resuming, resumed_words
from ui.screen import Screen
from ui.stopped_screen import StoppedScreen


class DraftDesk(QObject):
    """The window shows what this asks for, and tells it what the visit is; it touches no frame itself."""

    shows = Signal(object)
    """A Screen that is no step of the visit."""
    happened = Signal(object)
    """A kiosk.visit.Event: a kept visit begins."""
    wiped = Signal()
    """The visit on the screen is over."""
    ended = Signal()
    """Back to the first page."""
    said = Signal(object)
    """A quiet line for the bottom of the page; "" takes it away."""

    def __init__(self, context: Context, keeping: DraftKeeping, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._keeping = keeping
        self._resuming: Resuming | None = None
        self._stopping: UUID | None = None
        self._held: Screen | None = None
        self._lost = False
        keeping.failed.connect(self._not_kept)
        keeping.kept.connect(self._kept_again)

    def kept_h(self, visit: Visit) -> int:
        """For how many hours the visit is kept that is saved with a code; 0 where there is nothing to save, or nobody
        could open it: without a card the code takes the staff."""
        opens = visit.card is not None or self._keeping.staffed
        return self._keeping.drafts.kept_h if worth_keeping(visit) and opens else 0

    def left_behind(self, visit: Visit) -> tuple[int, bool]:
        """For how many hours the visit is kept that is walked away from, and whether the code that the citizen has
        already is what opens it, as nobody of the staff can."""
        keeping = self._keeping
        opens = keeping.staffed or keeping.opens_by_code
        return keeping.drafts.kept_h if worth_keeping(visit) and opens else 0, not keeping.staffed

    def look(self, visit: Visit) -> None:
        """The visit after each of its events."""
        self._keeping.look(visit)

    def forget(self) -> None:
        """The visit, or the way back to one, is over on the screen. What was kept stays, if it can be opened."""
        self._keeping.leave()
        self._stopping = self._held = None
        self._lost = False
        if self._resuming is not None:
            self._resuming.deleteLater()
            self._resuming = None

    def discard(self) -> None:
        """Nothing of the visit is to be kept."""
        self._keeping.discard()

    def stop(self, visit: Visit, shown: Screen | None) -> None:
        """ "Lưu và dừng": with what the page was given so far, where it would be taken. Pressed twice it is once."""
        if self._stopping == self._keeping.ref:
            return
        self._stopping = self._keeping.ref
        if isinstance(shown, FormScreen):
            shown.check()
            event = shown.next_event() if shown.valid else None
            visit = visit if event is None else advance(visit, event)
        self._hold(shown)
        self._keeping.stop(visit, partial(self._stopped, with_card=visit.card is not None), self._not_stopped)

    def resume(self) -> None:
        """ "Làm tiếp hồ sơ đang dở"."""
        self._resuming = Resuming(self._context, self._keeping, self)
        self._resuming.shows.connect(self.shows)
        self._resuming.opened.connect(self._opened)
        self._resuming.ended.connect(self.ended)
        self._resuming.begin()

    def go_back(self) -> bool:
        """Back was pressed: whether it was one of the pages on the way to a kept visit."""
        if self._resuming is None:
            return False
        self._resuming.back()
        return True

    def go_on(self) -> None:
        """Continue was pressed on a page that is no step of a visit."""
        if self._resuming is not None:
            self._resuming.go_on()

    def _stopped(self, code: str, *, with_card: bool) -> None:
        self.wiped.emit()
        until = self._context.equipment.clock.now() + timedelta(hours=self._keeping.drafts.kept_h)
        self.shows.emit(StoppedScreen(self._context, code, until, with_card=with_card))

    def _not_stopped(self, _error: Exception) -> None:
        self._stopping = None
        if self._held is not None and isValid(self._held):
            self._held.busy = False
            self._held.changed.emit()
        self.said.emit(_("Máy chưa lưu được nên chưa dừng. Ông/bà làm tiếp, hoặc gọi hỗ trợ."))

    def _hold(self, shown: Screen | None) -> None:
        """Nobody goes on, and files, on a page that is about to be wiped."""
        self._held = shown if shown is not None and not shown.busy else None
        if self._held is not None:
            self._held.busy = True
            self._held.changed.emit()

    def _opened(self, ref: UUID, reopened: Reopened) -> None:
        by_code = self._resuming is not None and self._resuming.by_code
        self.forget()
        self._keeping.adopt(ref, by_code=by_code)
        self.happened.emit(Begun(reopened.visit))
        self.said.emit("" if reopened.gone else resumed_words(reopened))

    def _not_kept(self, _error: Exception) -> None:
        self._lost = True
        self.said.emit(_("Máy chưa lưu tạm được phần đang làm. Ông/bà vẫn làm tiếp và nộp được."))

    def _kept_again(self) -> None:
        if self._lost:
            self._lost = False
            self.said.emit("")
