"""Whether anybody is there: covers the page when nothing was touched for a while, and says what came of asking."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.context import Context
from ui.cover import Cover
from ui.frame import Frame
from ui.idle import IdleWatch


class Presence(QObject):
    """Holds the watch and the cover over the window; what is under the cover is deaf until somebody stays."""

    idle = Signal()
    """Nothing was touched for the time that was set."""
    ended = Signal()
    """Nobody answered the cover."""
    wiped = Signal()
    """Somebody answered, and wants everything gone."""

    def __init__(self, app: QApplication, context: Context, window: QWidget, frame: Callable[[], Frame]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._frame = frame
        self._cover: Cover | None = None
        self._covered_focus: QWidget | None = None
        self._limit_s = 0.0
        self._watch = IdleWatch(app, self)
        self._watch.idle.connect(self.idle)

    def watch(self, limit_s: float) -> None:
        """Start the time anew with this limit; 0 seconds never end."""
        self._limit_s = limit_s
        self._watch.watch(limit_s)

    def ask(self, kept_h: int, *, by_code: bool) -> None:
        """Cover the page and ask; the arguments are those of the cover."""
        if self._cover is not None:
            return
        self._covered_focus = QApplication.focusWidget()
        self._frame().setEnabled(False)  # neither Tab nor a shortcut reaches what is hidden
        limit_s = self._context.times.idle_cover_s
        self._cover = Cover(self._context.theme, limit_s, self._window, kept_h, by_code=by_code)
        self._cover.stayed.connect(self._stay)
        self._cover.ended.connect(self.ended)
        self._cover.wiped.connect(self.wiped)

    def fit(self) -> None:
        """The window has another size: the cover covers all of it."""
        if self._cover is not None:
            self._cover.setGeometry(self._window.rect())

    def uncover(self) -> None:
        """Take the cover away."""
        if self._cover is not None:
            self._cover.deleteLater()
            self._cover = None
            self._frame().setEnabled(True)

    def _stay(self) -> None:
        self.uncover()
        if self._covered_focus is not None and isValid(self._covered_focus):
            self._covered_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.watch(self._limit_s)
