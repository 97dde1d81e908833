"""Watches whether anybody is there: any key or touch starts the time anew; asks before it ends a visit."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_SIGNS_OF_LIFE = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate)
)


class IdleWatch(QObject):
    """Emits `idle` once, when nothing was touched for the time that was set; 0 seconds never ends."""

    idle = Signal()

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        app.installEventFilter(self)

    def watch(self, limit_s: float) -> None:
        """Start the time anew with this limit."""
        self._timer.stop()
        if limit_s > 0:
            self._timer.start(round(limit_s * 1000))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any sign of life starts the time anew."""
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)
