"""Marks what is being read aloud: a broken frame with a bar at its left, so by form and not by colour alone."""

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.theme import Theme

_BAR_MM = 1.6
_GAP_MM = 1.2
_LINE_MM = 0.5
_FOLLOW_MS = 60


class ReadingMark(QWidget):
    """Lies over the whole window's pages, lets every touch through, and follows the words when the page scrolls: what
    moves is one of many things around them, so it looks where they are. Make one for each text."""

    def __init__(self, theme: Theme, target: QWidget) -> None:
        super().__init__(target.window())
        self._theme = theme
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit()
        self.show()
        self.raise_()
        follow = QTimer(self)
        follow.timeout.connect(self._fit)
        follow.start(_FOLLOW_MS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame and bar, in the colour of the words."""
        painter = QPainter(self)
        metrics, ink = self._theme.metrics, QColor(self._theme.colours.text)
        line = max(2, metrics.px(_LINE_MM))
        painter.setPen(QPen(ink, line, Qt.PenStyle.DashLine))
        inset = line // 2 + 1
        painter.drawRect(self.rect().adjusted(inset, inset, -inset, -inset))
        painter.fillRect(QRect(0, 0, metrics.px(_BAR_MM), self.height()), ink)

    def _fit(self) -> None:
        """Around as much of the words as is in sight."""
        if not isValid(self._target) or not self._target.isVisible():
            self.hide()
            return
        seen = self._target.visibleRegion().boundingRect() or self._target.rect()
        metrics = self._theme.metrics
        left, gap = metrics.px(_BAR_MM + _GAP_MM), metrics.px(_GAP_MM) // 2
        place = seen.translated(self._target.mapTo(self._target.window(), QPoint(0, 0)))
        place = place.adjusted(-left, -gap, gap, gap)
        if place != self.geometry():
            self.setGeometry(place)
