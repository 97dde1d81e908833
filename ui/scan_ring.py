"""The mark of scanning: a thick ring around what the switch would choose now, above everything and deaf to fingers."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Theme


class ScanRing(QWidget):
    """Make it a child of the window; `put` shows it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def put(self, around: QRect) -> None:
        """Around this rectangle of the window, a little wider."""
        edge = 2 * self._theme.metrics.ring_px
        self.setGeometry(around.adjusted(-edge, -edge, edge, edge).intersected(self._window.rect()))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two lines: one of them is seen on every ground."""
        painter, ring = QPainter(self), self._theme.metrics.ring_px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, inset in ((self._theme.colours.focus_ring, ring / 2), (self._theme.colours.focus_halo, 1.5 * ring)):
            painter.setPen(QPen(QColor(colour), ring))
            near = round(inset)
            radius = self._theme.metrics.radius_px
            painter.drawRoundedRect(self.rect().adjusted(near, near, -near, -near), radius, radius)
