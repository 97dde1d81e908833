"""Everything by one or two switches, which send Tab, Space or Enter: the mark goes round, and a press chooses."""

from collections.abc import Callable
from itertools import groupby
from weakref import ref

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from kiosk.config import AccessSettings
from kiosk.switch_scan import Mark, SwitchMode, chosen, marked, stepped
from ui.announcements import announce
from ui.buttons import TouchButton
from ui.cover import Cover
from ui.focus_order import reading_order
from ui.frame import Frame
from ui.scan_ring import ScanRing
from ui.scroll_area import PagedScroll
from ui.theme import Theme

_CHOOSE = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEP = (Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Down)
_ONE_BY_ONE = 6
"""Up to so many targets of a page are gone through one by one; of more, the groups of so many come first."""
_LOOK_EVERY_MS = 150

Targets = list[list[QWidget]]


class SwitchAccess(QObject):
    """Takes the switches' keys before they reach the page; fingers and other keys work as ever.

    While it is on, the keyboard on the screen opens for every field: its rows are scanned, then their keys.
    """

    def __init__(self, theme: Theme, window: QWidget, frame: Callable[[], Frame], settings: AccessSettings) -> None:
        """`frame` is asked when it is needed: it is made after this. `settings` are the office's."""
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._frame = frame
        self._settings = settings
        self._ring = ScanRing(theme, window)
        self._mode = SwitchMode.OFF
        self._mark = Mark()
        self._page: ref[QWidget] | None = None  # a page that is gone would hold its screen, and that the visit
        self._handle: QWindow | None = None
        self._steps = QTimer(self)
        self._steps.setInterval(round(settings.step_s * 1000))
        self._steps.timeout.connect(self.step)
        self._looks = QTimer(self)
        self._looks.setInterval(_LOOK_EVERY_MS)
        self._looks.timeout.connect(self._look)

    @property
    def mode(self) -> SwitchMode:
        """How many switches are used now."""
        return self._mode

    @property
    def marked(self) -> list[QWidget]:
        """What the mark is on now."""
        return [each for each in marked(self._groups(), self._mark) if isinstance(each, QWidget)]

    def reset(self) -> None:
        """As the office has set it: it may have switches at its counter all the time."""
        self.set_mode(self._settings.switches)

    def set_mode(self, mode: SwitchMode) -> None:
        """Begin or end scanning. The window must be shown."""
        self._mode = self._frame().panels.switch_mode = mode
        if self._handle is None and (handle := self._window.windowHandle()) is not None:
            self._handle = handle
            handle.installEventFilter(self)
        for timer, runs in ((self._looks, mode is not SwitchMode.OFF), (self._steps, mode is SwitchMode.ONE)):
            if runs:
                timer.start()
            else:
                timer.stop()
        if mode is SwitchMode.OFF:
            self._ring.hide()
        else:
            self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the switches come to the window first. (What is typed on the screen does not come here.)"""
        if self._mode is SwitchMode.OFF or not isinstance(event, QKeyEvent):
            return False
        steps = event.key() in _STEP
        if not steps and event.key() not in _CHOOSE:
            return False
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            if steps and self._mode is SwitchMode.TWO:
                self.step()
            else:
                self.choose()
        return True

    def step(self) -> None:
        """The mark moves on."""
        self._mark = stepped(self._groups(), self._mark)
        self._show(told=True)

    def choose(self) -> None:
        """What is marked is entered or pressed."""
        groups = self._groups()
        self._mark, target = chosen(groups, self._mark)
        if self._mode is SwitchMode.ONE:
            self._steps.start()  # the next step has its full time
        if isinstance(target, QWidget):
            self._press(target)
        self._show(told=True)

    def _press(self, target: QWidget) -> None:
        if isinstance(target, QAbstractButton):
            self._theme.pressed.emit()
            target.click()
        else:
            self._frame().expect_touch()
            target.setFocus(Qt.FocusReason.MouseFocusReason)
            self._mark = Mark(len(self._of_page()))  # where the keyboard's first row is now

    def _begin(self) -> None:
        self._page, self._mark = ref(self._shown_page()), Mark()
        self._show(told=True)

    def _look(self) -> None:
        """Another page begins at its beginning; the ring stays where what it marks has gone."""
        if self._page is None or self._shown_page() is not self._page():
            self._begin()
            if self._mode is SwitchMode.ONE:
                self._steps.start()
        else:
            self._show(told=False)

    def _shown_page(self) -> QWidget:
        return self._cover() or self._frame().page

    def _cover(self) -> Cover | None:
        return next((each for each in self._window.findChildren(Cover) if each.isVisible()), None)

    def _groups(self) -> Targets:
        """What can be chosen, in the order of scanning: the page, the keyboard's rows, the footer, the header."""
        if (cover := self._cover()) is not None:
            return [[each] for each in self._of_cover(cover) if each.isVisible()]
        frame = self._frame()
        keys = sorted(_targets(frame.keyboard), key=lambda key: (key.y(), key.x()))
        rows = [list(row) for _y, row in groupby(keys, key=lambda key: key.y())]
        header = _targets(frame.header)
        return [*self._of_page(), *rows, *([each] for each in _targets(frame.footer)), *([header] if header else [])]

    def _of_cover(self, cover: Cover) -> list[TouchButton]:
        """What keeps the visit comes first. One switch does nothing else there: who is startled by the question presses
        wherever the mark happens to stand. From the page itself they end it, and are asked before."""
        keeps: list[TouchButton] = [cover.stay, cover.more]
        return [*keeps, cover.leave] if self._mode is SwitchMode.TWO else keeps

    def _of_page(self) -> Targets:
        found = _targets(self._frame().page)
        size = 1 if len(found) <= _ONE_BY_ONE else _ONE_BY_ONE
        return [found[at : at + size] for at in range(0, len(found), size)]

    def _show(self, *, told: bool) -> None:
        now = self.marked
        if not now:
            self._ring.hide()
            return
        if told:
            for each in (now[-1], now[0]):
                _into_sight(each)
            announce(self._window, ", ".join(each.accessibleName() for each in now))
        around = QRect()
        for each in now:
            around = around.united(QRect(each.mapTo(self._window, QPoint(0, 0)), each.size()))
        self._ring.put(around)


def _targets(inside: QWidget) -> list[QWidget]:
    """What can be pressed or typed into, in the order of reading."""
    if not inside.isVisible():
        return []
    found = (each for each in reading_order(inside) if isinstance(each, QAbstractButton | QLineEdit))
    return [each for each in found if each.isVisible() and each.isEnabled()]


def _into_sight(target: QWidget) -> None:
    parent = target.parentWidget()
    while parent is not None and not isinstance(parent, PagedScroll):
        parent = parent.parentWidget()
    if parent is not None and not parent.turners.isAncestorOf(target):
        parent.follow(target)
