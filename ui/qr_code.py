"""A QR code on the screen, to be photographed: what the slip would have carried, when no slip comes out."""

import segno
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.texts import _
from ui.speaking import Speaker
from ui.theme import Theme

_QUIET_MODULES = 4  # ISO/IEC 18004: the empty border that a reader needs
_SIZE_MM = 52
_DARK, _LIGHT = QColor("#000000"), QColor("#ffffff")  # in every contrast: a reader expects dark on light


class QrCode(Speaker, QWidget):
    """Dark modules on white, each a whole number of pixels."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._modules = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
        across = len(self._modules) + 2 * _QUIET_MODULES
        self._module_px = max(1, theme.metrics.px(_SIZE_MM) // across)
        self.setFixedSize(across * self._module_px, across * self._module_px)
        self.setAccessibleName(_("Mã vuông của phiếu"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The code in its quiet border."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _LIGHT)
        px, edge = self._module_px, _QUIET_MODULES * self._module_px
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRect(edge + x * px, edge + y * px, px, px), _DARK)
