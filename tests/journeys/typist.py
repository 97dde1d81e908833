"""A pair of hands that never touches the screen: Tab, arrows, Space, Enter and letters do the whole visit."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QWidget

from commands.robot import Robot, RobotStuck
from ui.buttons import TouchButton
from ui.choice_rows import ChoiceRows
from ui.scroll_area import PagedScroll
from ui.window import KioskWindow

TABS_AT_MOST = 80
PAGE_KEYS = {"scroll_down": Qt.Key.Key_PageDown, "scroll_up": Qt.Key.Key_PageUp}


class Typist(Robot):
    """Every key goes to the window, as the system delivers it; only where the focus is decides what it does.

    `switches`: only Tab and Enter are pressed, as by a person with two switches; arrows and Space never."""

    def __init__(self, window: KioskWindow, folder: Path | None, pause_ms: int = 10, *, switches: bool = False) -> None:
        super().__init__(window, folder, pause_ms)
        self._switches = switches
        self.lost: list[str] = []

    def tap_widget(self, widget: QWidget) -> None:
        """Bring the focus there and press what such a control is pressed with; a field is only entered."""
        if widget.objectName() in PAGE_KEYS:
            self.press(PAGE_KEYS[widget.objectName()])
            return
        self._go_to(widget)
        if isinstance(widget, QLineEdit):
            return
        if isinstance(widget, (QRadioButton, QCheckBox)):
            if not widget.isChecked():
                self.press(Qt.Key.Key_Return if self._switches else Qt.Key.Key_Space)
        else:
            self.press(Qt.Key.Key_Return)

    def go_on(self) -> None:
        """Enter goes on, unless a button has the focus: that one it would press."""
        focus = self.window.focusWidget()
        if isinstance(focus, TouchButton) and focus is not self.window.frame.footer.next_button:
            self._go_to(self.window.frame.footer.next_button)
        self.press(Qt.Key.Key_Return)

    def type_text(self, text: str) -> None:
        """Letters as an input method gives them: composed, accents and all."""
        for letter in text:
            handle, none = self.window.windowHandle(), Qt.KeyboardModifier.NoModifier
            QTest.sendKeyEvent(QTest.KeyAction.Click, handle, Qt.Key.Key_unknown, letter, none)
            self.keystrokes += 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        QTest.keyClick(self.window.windowHandle(), key, modifier)
        self.keystrokes += 1
        self.settle()
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._see_the_focus()

    def _see_the_focus(self) -> None:
        """What has the focus is shown, whole where it is not taller than the page (WCAG 2.2, 2.4.7 and 2.4.11)."""
        focus = self.window.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        assert focus.isEnabled()
        seen, scroll = focus.visibleRegion().boundingRect().height(), _scroll_around(focus)
        room = focus.height() if scroll is None else min(focus.height(), scroll.height())
        if seen < room:
            self.lost.append(focus.accessibleName() or type(focus).__name__)

    def _go_to(self, widget: QWidget) -> None:
        for _tab in range(TABS_AT_MOST):
            focus = self.window.focusWidget()
            if focus is widget:
                return
            rows = _rows_around(widget)
            inside = rows is not None and focus is not None and rows.isAncestorOf(focus)
            self.press(Qt.Key.Key_Down if inside and not self._switches else Qt.Key.Key_Tab)
        raise RobotStuck(f"{widget.objectName()}: Tab does not lead there")


def _scroll_around(widget: QWidget) -> PagedScroll | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, PagedScroll):
        parent = parent.parentWidget()
    return parent


def _rows_around(widget: QWidget) -> ChoiceRows | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, ChoiceRows):
        parent = parent.parentWidget()
    return parent
