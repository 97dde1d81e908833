"""The frame by keys alone: the acts of its header, the pages of what is long, and the focus always in sight."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from kiosk.texts import _
from ui.focus_order import next_stop
from ui.header import Header
from ui.scroll_area import PagedScroll

_TURNS = {
    Qt.Key.Key_PageDown: ("scroll_down", "page_after"),
    Qt.Key.Key_PageUp: ("scroll_up", "page_before"),
}
"""Which buttons a page is turned with; the first that is shown is pressed."""


class FrameKeys(QObject):
    """F1 calls for help, F2 sets size and colours, F3 reads aloud, F4 stops; Page Up and Page Down turn a long page.

    A key that is held down counts once, but for the page keys.
    """

    def __init__(self, frame: QWidget, header: Header, page: Callable[[], QWidget]) -> None:
        """`page` is what stands between header and footer now."""
        super().__init__(frame)
        self._frame = frame
        self._page = page
        acts = (header.help_button, header.look_button, header.read_button, header.exit_button)
        for number, button in enumerate(acts):
            shortcut = QShortcut(Qt.Key(Qt.Key.Key_F1 + number), frame)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda button=button: _press(button))
            button.setAccessibleDescription(_("Phím F{number}").format(number=number + 1))
        for key, names in _TURNS.items():
            QShortcut(key, frame, lambda names=names: self._turn(names))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def go(self, *, forward: bool) -> bool:
        """To the next stop of the frame, or the one before. From what is hidden already, not out of the page: who was
        there pressed no Tab."""
        current, page = QApplication.focusWidget(), self._page()
        stop: QWidget | None = next_stop(self._frame, current, forward=forward)
        by_key = current is None or current.isVisible()
        if not by_key and stop is not None and not page.isAncestorOf(stop):
            stop = page
        if stop is not None:
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stop.setFocus(reason if by_key else Qt.FocusReason.OtherFocusReason)
        return stop is not None

    def _turn(self, names: tuple[str, ...]) -> None:
        for name in names:
            for button in self._frame.findChildren(QAbstractButton, name):
                if button.isVisible() and button.isEnabled():
                    button.click()
                    return

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Scroll to what got the focus by a key. Under a finger nothing may move before it is let go."""
        if new is None or not isValid(self._frame) or QApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            return
        if not self._frame.isAncestorOf(new):
            return
        parent = new.parentWidget()
        while parent is not None and not isinstance(parent, PagedScroll):
            parent = parent.parentWidget()
        if parent is not None and not parent.turners.isAncestorOf(new):
            parent.follow(new)


def _press(button: QAbstractButton) -> None:
    if button.isVisible():
        button.click()
