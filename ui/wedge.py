"""Takes what a hand-held reader in keyboard mode "types", so that it reaches no field and presses no button."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kiosk.scanned_text import bare_text
from ui.key_burst import KeyBurst, Verdict
from ui.scanned_keys import Stroke

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class Wedge(QObject):
    """Between `start` and `stop` every key of a real keyboard is held back for an instant. If it turns out to be a
    person's it is delivered, in its order and at most 60 ms late; if a reader's, `scanned` gives the whole text once.
    The keys of the on-screen keyboard go to their field directly and never come by here.

    While it runs, the widget that has the focus gets no input method: Unikey or ibus would change what is scanned.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._burst = KeyBurst()
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._delivering = False
        self._asked_again = False
        self._without_method: QWidget | None = None
        self._since_start = QElapsedTimer()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._on_quiet)

    def start(self) -> None:
        """From now on. Starting again changes nothing."""
        self.stop()
        self._since_start.start()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)
        app.focusChanged.connect(self._on_focus)
        self._on_focus(None, QApplication.focusWidget())

    def stop(self) -> None:
        """Keys go their way again. What was held back is forgotten, not delivered: it was for a page that is left."""
        if not self._since_start.isValid():
            return
        self._since_start.invalidate()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.removeEventFilter(self)
        app.focusChanged.disconnect(self._on_focus)
        self._on_focus(None, None)
        self._quiet.stop()
        self._held.clear()
        self._burst = KeyBurst()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key comes to the window first, and from there to the widget that has the focus: it is met at the window."""
        if self._delivering or not isinstance(watched, QWindow):
            return False
        if event.type() is QEvent.Type.ShortcutOverride and self._burst.sure:
            event.accept()  # no letter of a scan is a shortcut
            return True
        if not isinstance(event, QKeyEvent) or event.type() not in _KEYS:
            return False
        stroke = self._stroke(event)
        if stroke.down and self._burst.is_over_at(stroke.at_ms):
            self._settle(self._burst.end())
        verdict = self._burst.take(stroke)
        if verdict is Verdict.HOLD:
            self._held.append((watched, _copy(event)))
        else:
            self._settle(verdict)
        if stroke.down and self._burst.waits:
            self._asked_again = False
            self._quiet.start(self._burst.wait_ms)
        return verdict is not Verdict.PASS

    def _stroke(self, event: QKeyEvent) -> Stroke:
        return Stroke(
            key=event.key(),
            text=event.text(),
            at_ms=event.timestamp() or self._since_start.elapsed(),  # some platforms do not say when a key went down
            modifiers=event.modifiers(),
            down=event.type() is QEvent.Type.KeyPress,
            repeated=event.isAutoRepeat(),
        )

    def _on_quiet(self) -> None:
        """No key came. If the window was busy they may be waiting: those that are there come first."""
        if not self._asked_again:
            self._asked_again = True
            self._quiet.start(0)
            return
        self._settle(self._burst.end())

    def _settle(self, verdict: Verdict) -> None:
        held, self._held = self._held, []
        if verdict is Verdict.PASS:
            self._burst.forget()
            self._deliver(held)
        elif verdict is Verdict.SCANNED:
            text = bare_text(self._burst.text)
            self._burst.forget()
            self.scanned.emit(text)

    def _deliver(self, held: list[tuple[QWindow, QKeyEvent]]) -> None:
        self._delivering = True
        try:
            for window, event in held:
                if isValid(window):
                    QApplication.sendEvent(window, event)
        finally:
            self._delivering = False

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        method = Qt.WidgetAttribute.WA_InputMethodEnabled
        if self._without_method is not None and isValid(self._without_method):
            self._without_method.setAttribute(method)
        self._without_method = new if new is not None and new.testAttribute(method) else None
        if self._without_method is not None:
            self._without_method.setAttribute(method, on=False)


def _copy(event: QKeyEvent) -> QKeyEvent:
    """The event itself is gone once the filter returns."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())
