"""A pair of hands for the tour: real touches and keys on the real window, which it looks at and never calls."""

import math
import unicodedata
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.key_layouts import KeyboardKind
from ui.scroll_area import PagedScroll
from ui.search_list import SearchList
from ui.window import KioskWindow

WAIT_TIMEOUT_S = 20.0

_TONES = {"\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}


class RobotStuck(Exception):
    """Something did not appear in time; the text names it."""


class Robot:
    """Touches with a touch-screen's events, so that what works here works under a finger."""

    def __init__(self, window: KioskWindow, folder: Path | None, pause_ms: int = 10) -> None:
        """Pictures go into `folder`; without one, none are made. `pause_ms` passes after each press and release."""
        self.window = window
        self._folder = folder
        self._pause_ms = pause_ms
        self._touch: QPointingDevice = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
        self._pictures = 0
        self._touched_at_s = -math.inf
        self.taps = 0
        self._capitals = False
        self.keystrokes = 0
        self.letters = 0

    def picture(self, name: str) -> None:
        """Write NN-name.png of the window as it stands."""
        if self._folder is None:
            return
        self._pictures += 1
        self.settle()
        self.window.grab().save(str(self._folder / f"{self._pictures:02d}-{name}.png"))

    def wait_for(self, what: str, true: Callable[[], bool], timeout_s: float = WAIT_TIMEOUT_S) -> None:
        """Let the window work until it is so. Raises RobotStuck."""
        timer = QElapsedTimer()
        timer.start()
        while not true():
            if timer.elapsed() > timeout_s * 1000:
                raise RobotStuck(f"{what}: not within {timeout_s:.0f} s")
            self.settle()

    def find(self, name: str) -> QWidget | None:
        """The visible widget of that object name on the page that is shown."""
        found = self.window.findChildren(QWidget, name)
        return next((widget for widget in found if widget.isVisible()), None)

    def seen(self, name: str) -> QWidget:
        """The widget of that name, as soon as it is there. Raises RobotStuck."""
        self.wait_for(name, lambda: self.find(name) is not None)
        widget = self.find(name)
        assert widget is not None  # just waited for
        return widget

    def tap(self, name: str) -> None:
        """Bring the widget of that name into sight with the page's own buttons, and touch it."""
        self.tap_widget(self.seen(name))

    def tap_widget(self, widget: QWidget) -> None:
        """Touch the middle of a widget that a person could see."""
        self._bring_into_sight(widget)
        self._touch_at(widget)
        self.taps += 1

    def tap_first_row(self, search: SearchList) -> None:
        """Touch the first match of a search list."""
        self.wait_for("a match", lambda: search.first_row() is not None)
        row = search.first_row()
        assert row is not None  # just waited for
        self.tap_widget(row)

    def go_on(self) -> None:
        """Touch the button that continues."""
        self.tap_widget(self.window.frame.footer.next_button)

    def type_text(self, text: str) -> None:
        """Touch the keys of the on-screen keyboard; an accent is its own key, as on the keyboard."""
        self.letters += sum(letter.isalpha() for letter in text)
        if self.window.frame.keyboard.kind is KeyboardKind.EMAIL:
            for letter in text:
                self._press_key(letter)
            return
        for letter in unicodedata.normalize("NFC", text):
            self._turn_capitals(on=letter.isupper())
            for key in keys_of(letter):
                self._press_key(key)
        self._turn_capitals(on=False)

    def _press_key(self, key: str) -> None:
        self._touch_at(self.seen(f"key_{key}"))
        self.keystrokes += 1

    def _turn_capitals(self, *, on: bool) -> None:
        """Capitals on where the keyboard would not write one by itself; off again where they were turned on here."""
        key = self.find("key_capitals")
        if isinstance(key, QAbstractButton) and on is not self._capitals and (self._capitals or not key.isChecked()):
            self._press_key("capitals")
            self._capitals = on

    def _bring_into_sight(self, widget: QWidget) -> None:
        scroll = _scroll_around(widget)
        for _turn in range(30):
            if scroll is None or (not widget.visibleRegion().isEmpty() and _middle_is_seen(widget)):
                return
            button = scroll.turners.down if scroll.turners.down.isEnabled() else scroll.turners.up
            self._touch_at(button)
            self.taps += 1

    def _touch_at(self, widget: QWidget) -> None:
        self.settle()  # what a person sees is laid out
        handle = self.window.windowHandle()
        point = widget.mapTo(self.window, _touch_point(widget))
        if not getattr(widget, "takes_double_click", True):
            self._rest()
        QTest.touchEvent(handle, self._touch).press(0, point, handle).commit()
        self._touched_at_s = monotonic()  # after the touch: the window's own clock began no later
        self.settle()
        QTest.touchEvent(handle, self._touch).release(0, point, handle).commit()
        self.settle()

    def _rest(self) -> None:
        """A calm finger: where a second touch at once would be taken for a trembling one, it waits."""
        pause_s = QApplication.doubleClickInterval() / 1000
        while monotonic() - self._touched_at_s <= pause_s:
            self.settle()

    def settle(self) -> None:
        """Let the window work for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(self._pause_ms, loop.quit)
        loop.exec()


def keys_of(text: str) -> list[str]:
    """The keys that type the text: each letter as a capital or small letter of the keyboard, then its tone."""
    keys = []
    for letter in unicodedata.normalize("NFC", text).upper():
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts if mark in _TONES), "")
        keys.append(unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts))
        if tone:
            keys.append(_TONES[tone])
    return keys


def _scroll_around(widget: QWidget) -> PagedScroll | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, PagedScroll):
        parent = parent.parentWidget()
    return parent


def _middle_is_seen(widget: QWidget) -> bool:
    return widget.visibleRegion().contains(_touch_point(widget))


def _touch_point(widget: QWidget) -> QPoint:
    return widget.rect().center()
