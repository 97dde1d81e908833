"""What the frame tells a screen reader of its own accord: each page as it is turned, problems, panels, long work."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from ui.announcements import announce
from ui.body import Body
from ui.notices import ErrorSummary
from ui.page_words import page_texts
from ui.screen import Screen
from ui.spoken import sentences


class FrameVoice(QObject):
    """Waits for the event loop before it tells: what tells of the focus comes first, and cuts nothing off."""

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self._frame = frame
        self._body: Body | None = None
        self._screen: Screen | None = None
        self._hint = ""
        self._busy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell_page)

    def page(self, body: Body, screen: Screen) -> None:
        """This page is shown from now on."""
        self._body, self._screen = body, screen
        self._hint, self._busy = screen.hint, screen.busy
        self._soon.start()

    def problems(self, screen: Screen) -> None:
        """Continue was pressed. What is wrong is told at once, unless the focus tells it already."""
        if screen.problems and not isinstance(QApplication.focusWidget(), ErrorSummary):
            announce(self._frame, sentences(problem.text for problem in screen.problems), urgent=True)

    def panel(self, panel: QWidget) -> None:
        """One of the frame's own pages has opened; its name is told by the focus."""
        announce(self._frame, sentences(list(page_texts(panel))[1:]))

    def change(self, screen: Screen) -> None:
        """Something on the page is different: of that a new hint is told, and that work has begun."""
        if screen is not self._screen or self._soon.isActive():
            return  # the whole page will be told
        began, self._busy = screen.busy and not self._busy, screen.busy
        if began:
            announce(self._frame, screen.busy_text)
        elif screen.hint and screen.hint != self._hint:
            self._hint = screen.hint
            announce(self._frame, screen.hint)

    def _tell_page(self) -> None:
        if self._body is not None and QAccessible.isActive():  # gathering the words would only cost time
            announce(self._frame, self._body.words())
