"""One tile of the size and contrast panel: it shows what it does in its own letters and colours."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.buttons import TouchButton
from ui.colours import COLOURS
from ui.icons import icon
from ui.plates import draw_focus, draw_plate, draw_text, text_height
from ui.theme import Theme
from ui.tokens import Contrast, Metrics, Role, TextSize


class LookChoice(TouchButton):
    """A checkable tile for one text size, drawn in `contrast`."""

    role = Role.ACTION

    def __init__(self, theme: Theme, name: str, text_size: TextSize | None, contrast: Contrast | None) -> None:
        """None stands for what is in use at the moment."""
        super().__init__(theme, name)
        self._text_size = text_size
        self._contrast = contrast
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """A third of a column."""
        width = self.theme.metrics.px(80)
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """Sample and name below each other."""
        name = text_height(self.words_font(), self.text(), self._room(width))
        return self._sample_height() + name + 2 * self.theme.metrics.px(3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sample letters, the name, and a tick when chosen."""
        painter = QPainter(self)
        metrics = self.theme.metrics
        colours = COLOURS[self._contrast or self.theme.contrast]
        marked = self.isChecked() or self.isDown()
        edge = self.theme.colours.primary if marked else self.theme.colours.control_edge
        line = metrics.line_px * (5 if self.isDown() else 3 if self.isChecked() else 1)
        draw_plate(painter, self.rect(), colours.page, edge, line, metrics.radius_px)
        pad, top = self.padding(), metrics.px(3)
        sample = QRect(pad, top, self._room(self.width()), self._sample_height())
        draw_text(painter, sample, "Aa Ễ", self._sample_font(), colours.text, centred=True)
        below = top + self._sample_height()
        name = QRect(pad, below, self._room(self.width()), self.height() - below - top)
        draw_text(painter, name, self.text(), self.words_font(), colours.text, centred=True)
        if self.isChecked():
            px = metrics.px(9)
            painter.drawPixmap(pad, top + pad // 2, icon("circle-check", colours.text, px))
        if self.hasFocus():
            draw_focus(painter, self.rect(), self.theme)

    def _sample_font(self) -> QFont:
        font = self.theme.font(Role.BODY)
        metrics = Metrics(self.theme.metrics.panel, self._text_size or self.theme.metrics.text_size)
        font.setPixelSize(round(metrics.text_px(Role.BODY) * 1.3))
        return font

    def _sample_height(self) -> int:
        largest = Metrics(self.theme.metrics.panel, TextSize.LARGEST)
        return round(largest.text_px(Role.BODY) * 2)

    def _room(self, width: int) -> int:
        return width - 2 * self.padding()
