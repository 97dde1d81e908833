"""What the window does with the helper: pauses, goes on, changes, and ends what is over by time."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.help_standing import HelpAct
from kiosk.helper_desk import CheckedIn
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import HelperChangeAsked, HelperExpired, HelperPaused, HelperResumed
from ui.context import Context
from ui.form_screen import FormScreen
from ui.screen import Screen
from ui.tasks import Lane

_LOOK_AGAIN_MS = 30_000


class Helping(QObject):
    """The window tells the visit after each event; what happens comes as events of the visit."""

    happened = Signal(object)
    """A kiosk.visit.Event."""
    said = Signal(str)
    """A quiet line for the bottom of the page."""

    def __init__(self, context: Context, shown: Callable[[], Screen | None], parent: QObject) -> None:
        """`shown` tells which screen is on the glass now."""
        super().__init__(parent)
        self._context = context
        self._shown = shown
        self._until: datetime | None = None
        self._code = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_at_the_clock)
        self._timer.timeout.connect(self.look_at_the_badge)

    def look(self, visit: Visit) -> None:
        """The visit after each of its events. What stands on the page was typed by who was typing until now."""
        shown = self._shown()
        if isinstance(shown, FormScreen):
            shown.go_on_with(visit)
        self._until = visit.helper.until if visit.helper_agreed else None
        self._code = visit.helper.code if visit.helper_agreed else ""
        if self._until is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
            QTimer.singleShot(0, self, self.look_at_the_clock)

    def ask(self, act: HelpAct) -> None:
        """A touch on the band. While something is being scanned or sealed it waits for the end of that."""
        shown = self._shown()
        if shown is not None and shown.busy:
            return
        match act:
            case HelpAct.PAUSE:
                self.happened.emit(HelperPaused())
            case HelpAct.RESUME:
                self._note()
                self.happened.emit(HelperResumed())
            case HelpAct.CHANGE if not isinstance(shown, FormScreen) or shown.settle():
                self._note()
                self.happened.emit(HelperChangeAsked())

    def look_at_the_clock(self) -> None:
        """A shift ends by time, also in the middle of a page: nothing typed is lost, and the citizen goes on alone."""
        if self._until is not None and self._context.equipment.clock.now() >= self._until:
            self._end()

    def look_at_the_badge(self) -> None:
        """A badge that was taken away, or a shift that was ended elsewhere, ends the help too. While the store cannot
        tell, the shift is as it was."""
        code, desk = self._code, self._context.helper_desk
        if not code or desk is None:
            return

        def know(on_duty: tuple[CheckedIn, ...]) -> None:
            if code == self._code and code not in {each.helper.code for each in on_duty}:
                self._end()

        work = partial(desk.on_duty, self._context.equipment.clock.now())
        self._context.tasks.run(Lane.STORE, work, owner=self, done=know, failed=lambda _error: None)

    def _end(self) -> None:
        self._until = None
        self._note()
        self.happened.emit(HelperExpired())
        self.said.emit(_("Hết giờ trực của người hỗ trợ. Ông/bà tự làm tiếp, hoặc gọi hỗ trợ."))

    def _note(self) -> None:
        """What stands on the page is whose it was until now, also where the page is made anew."""
        shown = self._shown()
        for noted in shown.noted() if isinstance(shown, FormScreen) else ():
            self.happened.emit(noted)
