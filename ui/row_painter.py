"""The plate and the words of a row to choose or to tick, and its size; the mark on its left is the row's own."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.plates import Measures, draw_focus, draw_plate, draw_text
from ui.theme import Theme
from ui.tokens import Role


class RowPainter:
    """Size and plate of a row with a mark on its left."""

    def __init__(self, theme: Theme, row: QAbstractButton, label: str, detail: str) -> None:
        self.theme = theme
        self._row = row
        self._label = label
        self._detail = detail
        self._measures = Measures()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)

    def show_texts(self, label: str, detail: str) -> None:
        """The same in another language."""
        self._label, self._detail = label, detail

    def size_hint(self) -> QSize:
        """The words on one line."""
        measures = self._measures
        body, hint = self._font(Role.BODY), self._font(Role.HINT)
        words = max(measures.width(body, self._label), measures.width(hint, self._detail))
        return QSize(words + self._lead() + self._edge(), self.theme.metrics.primary_px)

    def minimum_size_hint(self) -> QSize:
        """The longest word; the rest wraps."""
        words = self._measures.word(self._font(Role.BODY), f"{self._label} {self._detail}")
        return QSize(words + self._lead() + self._edge(), self.theme.metrics.primary_px)

    def height_for(self, width: int) -> int:
        """Height in px when the words wrap into `width`."""
        heights = self._text_heights(width)
        return max(self.theme.metrics.primary_px, sum(heights) + self.theme.metrics.px(3))

    def hit(self, pos: QPoint) -> bool:
        """Whether a touch there means the row: all of it, and a little around it for a finger that slides."""
        slide = self.theme.metrics.slide_px
        return self._row.rect().adjusted(-slide, -slide, slide, slide).contains(pos)

    def draw(self, painter: QPainter) -> QRect:
        """Draw all but the mark; the answer is where the mark goes."""
        metrics, colours, row = self.theme.metrics, self.theme.colours, self._row
        chosen = row.isChecked() or row.isDown()
        fill = colours.chosen_fill if chosen else colours.control
        edge = colours.primary if row.isChecked() else colours.card_edge
        line = metrics.line_px * 2 if row.isChecked() else metrics.line_px
        draw_plate(painter, row.rect(), fill, edge, line, metrics.radius_px)
        heights = self._text_heights(row.width())
        top = (row.height() - sum(heights)) // 2
        for text, role, height in zip((self._label, self._detail), (Role.BODY, Role.HINT), heights, strict=True):
            ink = colours.quiet_text if role is Role.HINT and not chosen else colours.text
            rect = QRect(self._lead(), top, row.width() - self._lead() - self._edge(), height)
            draw_text(painter, rect, text, self._font(role), ink)
            top += height
        if row.hasFocus():
            draw_focus(painter, row.rect(), self.theme)
        mark = metrics.px(8.5)
        return QRect(self._edge(), (row.height() - mark) // 2, mark, mark)

    def _font(self, role: Role) -> QFont:
        return self.theme.font(role)

    def _edge(self) -> int:
        return self.theme.metrics.px(5)

    def _lead(self) -> int:
        return self._edge() + self.theme.metrics.px(8.5) + self.theme.metrics.px(4)

    def _text_heights(self, width: int) -> tuple[int, int]:
        room = width - self._lead() - self._edge()
        return (
            self._measures.height(self._font(Role.BODY), self._label, room),
            self._measures.height(self._font(Role.HINT), self._detail, room),
        )
