"""Whether anybody is there: covers the page when nothing was touched for a while, and says what came of asking."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from kiosk.idle_limits import IdleLimits
from ui.context import Context
from ui.cover import AtTheEnd, Cover
from ui.frame import Frame
from ui.idle import IdleWatch, Pause
from ui.sounds import Sound
from ui.tasks import Lane

_MACHINES = (Lane.CAMERA, Lane.SCANNER, Lane.PRINTER, Lane.PAGE_PRINTER)
_ASK_AGAIN_MS = 1000


class Presence(QObject):
    """Holds the watch, and the cover that takes the frame's place in the window: no pixel of the page is painted, no
    key, touch or shortcut reaches it, and no screen reader finds it until somebody stays."""

    idle = Signal()
    """Nothing was touched for the time that was set."""
    asked = Signal(object)
    """The Cover that was just laid over the page."""
    ended = Signal()
    """Nobody answered the cover, or the machine slept."""
    wiped = Signal()
    """Somebody answered, and wants everything gone."""
    more_time_asked = Signal()
    """Somebody answered, and wants longer limits for the rest of the visit."""

    def __init__(self, app: QApplication, context: Context, window: QMainWindow, frame: Callable[[], Frame]) -> None:
        super().__init__(window)
        self.speaking: Callable[[], bool] = lambda: False
        """Whether the page is being read aloud; who has a voice to read with sets it."""
        self._context = context
        self._window = window
        self._frame = frame
        self._cover: Cover | None = None
        self._covered_focus: QWidget | None = None
        self._turned = False
        self._limits = IdleLimits(0.0, 0.0)
        self._watch = IdleWatch(app, self, self._pause)
        self._watch.idle.connect(self.idle)
        self._watch.slept.connect(self._expire)

    def watch(self, limits: IdleLimits) -> None:
        """Another page is shown: start the time anew with these limits."""
        self._limits = limits
        self._watch.watch(limits.page_s)

    def change(self, limits: IdleLimits) -> None:
        """The same page, with other limits from now on."""
        self._limits = limits
        self._watch.go_on(limits.page_s)

    def ask(self, end: AtTheEnd) -> None:
        """Cover the page and ask; `end` is what silence comes to."""
        if self._cover is not None:
            return
        self._covered_focus, self._turned = QApplication.focusWidget(), False
        self._frame().page_turned.connect(self._note_turn)
        self._window.takeCentralWidget()
        self._cover = Cover(self._context.theme, self._limits.cover_s, self._window, end)
        self._window.setCentralWidget(self._cover)
        self._context.sounds.play(Sound.WARNING)
        self._cover.nearly_over.connect(lambda: self._context.sounds.play(Sound.WARNING))
        self._cover.stayed.connect(self._stay)
        self._cover.more_time_asked.connect(self.more_time_asked)
        self._cover.more_time_asked.connect(self._stay)
        self._cover.ended.connect(self._expire)
        self._cover.wiped.connect(self.wiped)
        self.asked.emit(self._cover)

    def uncover(self) -> None:
        """Take the cover away."""
        if self._cover is not None:
            self._frame().page_turned.disconnect(self._note_turn)
            self._window.takeCentralWidget()
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = self._covered_focus = None  # a field that is gone would hold its page, and that the visit
            self._window.setCentralWidget(self._frame())
            self._frame().show()

    def _stay(self) -> None:
        if self._cover is None:
            return
        focused = self._covered_focus
        self.uncover()
        self._watch.be_deaf(QApplication.doubleClickInterval())  # a trembling second touch was not meant for the page
        if focused is not None and isValid(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._turned = True
        if self._turned:
            self._frame().begin_page()
        self._watch.go_on(self._limits.page_s)

    def _note_turn(self) -> None:
        """A card was read, or a dossier sent, behind the cover."""
        self._turned = True

    def _expire(self) -> None:
        """What is being sealed, sent or written is finished first, behind the cover."""
        shown = self._frame().shown
        if shown is not None and (shown.busy or not shown.can_leave):
            self.idle.emit()  # covers, where the machine slept and nothing was covered yet
            QTimer.singleShot(_ASK_AGAIN_MS, self, self._expire_still)
        else:
            self.ended.emit()

    def _expire_still(self) -> None:
        """Unless somebody stayed meanwhile."""
        if self._cover is not None:
            self._expire()

    def _pause(self) -> Pause:
        if self.speaking():
            return Pause.VOICE
        shown = self._frame().shown
        works = shown is not None and (shown.busy or not shown.can_leave)
        return Pause.MACHINE if works or self._context.tasks.works_in(*_MACHINES) else Pause.NONE
