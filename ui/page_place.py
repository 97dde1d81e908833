"""Where somebody is on a page, to be led back there after a panel, whatever size or language was chosen in it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.body import Body
from ui.keyboard_dock import KeyboardDock


@dataclass(frozen=True, slots=True)
class PagePlace:
    """What stood at the upper edge of a page that was turned further, what had the focus, and whether the keyboard was
    open."""

    top: QWidget | None = None
    focus: QWidget | None = None
    typing: bool = False

    def go_back(self, body: Body, dock: KeyboardDock) -> None:
        """There again; to where a page begins if that is gone."""
        if self.top is not None and isValid(self.top):
            body.go_to(self.top)
        if self.focus is None or not isValid(self.focus) or not self.focus.isVisible():
            body.take_focus()
            return
        self.focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.typing:
            dock.close()


def place_on(body: Body | None, dock: KeyboardDock) -> PagePlace:
    """Where the person is now."""
    return PagePlace(body.place() if body is not None else None, QApplication.focusWidget(), dock.is_open)
