"""Watches whether anybody is there: any key or touch begins the time anew, and what a machine does stops it a while."""

import time
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEventPoint, QKeyEvent, QTouchEvent
from PySide6.QtWidgets import QApplication

from ui.app_watch import watch_application

_SIGNS_OF_LIFE = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate)
)
_PRESSES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
    )
)
_REFUSED = frozenset(
    (
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
        QEvent.Type.ToolTip,
        QEvent.Type.WhatsThis,
    )
)
"""What no page has: Qt's own menus are in English and offer to copy, and nothing is dragged in or out."""
_TICK_MS = 250
_SLEPT_S = 30.0  # the window never stands still for longer than a blink: who missed so much was asleep


class Pause(StrEnum):
    """Why nobody has to touch anything just now."""

    NONE = "none"
    MACHINE = "machine"
    """A camera looks, a scanner or printer runs, a dossier is sealed or sent."""
    VOICE = "voice"
    """The page is being read aloud."""


PAUSED_AT_MOST_S = {Pause.MACHINE: 180.0, Pause.VOICE: 600.0}
"""For so long in all on one page: a device that hangs must not keep somebody's page open for ever. No page takes ten
minutes to be read aloud."""


def slept_through_s() -> float:
    """A clock that only goes forward, and also while the machine sleeps: no time server and no hand moves it."""
    if hasattr(time, "CLOCK_BOOTTIME"):  # Linux: the monotonic clock stands still while the machine is suspended
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()  # Windows: counts the sleep too


class IdleWatch(QObject):
    """Emits `idle` once, when nothing was touched for the time that was set; 0 seconds never ends."""

    idle = Signal()
    slept = Signal()
    """The machine was suspended, or stood still, for longer than a person would wait."""

    def __init__(
        self,
        app: QApplication,
        parent: QObject,
        pause: Callable[[], Pause] = lambda: Pause.NONE,
        now_s: Callable[[], float] = slept_through_s,
    ) -> None:
        """`pause` is asked at every tick; `now_s` is a clock that goes on while the machine sleeps."""
        super().__init__(parent)
        self._pause = pause
        self._now_s = now_s
        self._limit_s = 0.0
        self._quiet_s = 0.0
        self._paused_s = dict.fromkeys(PAUSED_AT_MOST_S, 0.0)
        self._seen_s = now_s()
        self._deaf = QDeadlineTimer()
        self._key_is_held = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        watch_application(app, self)

    def watch(self, limit_s: float) -> None:
        """Another page: start the time anew with this limit, and what may pause it too."""
        self._paused_s = dict.fromkeys(PAUSED_AT_MOST_S, 0.0)
        self.go_on(limit_s)

    def go_on(self, limit_s: float) -> None:
        """The same page: start the time anew with this limit."""
        self._limit_s, self._quiet_s, self._seen_s = limit_s, 0.0, self._now_s()
        self._timer.setInterval(min(_TICK_MS, max(1, round(limit_s * 250))))
        self._timer.start()

    def tick(self) -> None:
        """Some time has passed; how much, the clock says."""
        now_s = self._now_s()
        passed_s, self._seen_s = now_s - self._seen_s, now_s
        if passed_s > _SLEPT_S:
            self.slept.emit()
            return
        pause = self._pause()
        if pause is not Pause.NONE and self._paused_s[pause] < PAUSED_AT_MOST_S[pause]:
            self._paused_s[pause] += passed_s
            return
        before_s = self._quiet_s
        self._quiet_s += passed_s
        if before_s < self._limit_s <= self._quiet_s:
            self.idle.emit()

    def be_deaf(self, for_ms: int) -> None:
        """The page has just come back under a finger or a key: until then, and while that key is held, nothing that is
        pressed reaches it."""
        self._deaf.setRemainingTime(for_ms)
        self._key_is_held = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any sign of life starts the time anew; menus, dragging and hints by hovering are nobody's."""
        kind = event.type()
        if kind in _PRESSES or kind in _SIGNS_OF_LIFE:
            if self._quiet_s < self._limit_s and not _only_lies_there(event):
                self._quiet_s = 0.0
            return kind in _PRESSES and self._is_deaf_to(event)
        return kind in _REFUSED

    def _is_deaf_to(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._key_is_held and event.isAutoRepeat():
            return True
        if self._deaf.hasExpired():
            self._key_is_held = False
            return False
        return True


def _only_lies_there(event: QEvent) -> bool:
    """A bag on the keyboard or on the glass presses once, and is nobody after that: a key that repeats itself, a touch
    that goes on without another finger."""
    if isinstance(event, QKeyEvent):
        return event.isAutoRepeat()
    if event.type() == QEvent.Type.TouchUpdate and isinstance(event, QTouchEvent):
        return not any(point.state() == QEventPoint.State.Pressed for point in event.points())
    return False
