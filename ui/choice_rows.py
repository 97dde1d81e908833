"""Answers to choose from, as full-width rows: one of several (ChoiceRows) or a single yes (TickRow)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import icon
from ui.plates import draw_focus, draw_plate, draw_text, text_height, text_width, widest_word
from ui.theme import Theme
from ui.tokens import Role


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: the key that is stored, the words, and a smaller second line if they need one."""

    key: str
    label: str
    detail: str = ""


class ChoiceRow(QRadioButton):
    """One answer among several: a plate across the column with a round mark."""

    def __init__(self, theme: Theme, choice: Choice) -> None:
        super().__init__(choice.label)
        self.choice = choice
        self.setObjectName(f"choice_{choice.key}")
        self._row = _RowPainter(theme, self, choice.label, choice.detail)
        self.setAccessibleName(choice.label)
        self.setAccessibleDescription(choice.detail)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def sizeHint(self) -> QSize:
        """The words on one line."""
        return self._row.size_hint()

    def minimumSizeHint(self) -> QSize:
        """The longest word; the rest wraps."""
        return self._row.minimum_size_hint()

    def heightForWidth(self, width: int) -> int:
        """Height when the words wrap into `width`."""
        return self._row.height_for(width)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row, and a little around it for a finger that slides."""
        return self._row.hit(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Space choose; Enter is left to the frame, where it goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plate, round mark, words."""
        painter = QPainter(self)
        rect = self._row.draw(painter)
        theme = self._row.theme
        line = theme.metrics.line_px
        painter.setPen(QPen(QColor(theme.colours.text), 1.5 * line))
        painter.setBrush(QBrush(QColor(theme.colours.control)))
        painter.drawEllipse(rect)
        if self.isChecked():
            painter.setBrush(QBrush(QColor(theme.colours.text)))
            inset = round(rect.width() * 0.25)
            painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))


class TickRow(QCheckBox):
    """One sentence to agree to: a plate across the column with a square mark."""

    def __init__(self, theme: Theme, text: str, detail: str = "") -> None:
        super().__init__(text)
        self._row = _RowPainter(theme, self, text, detail)
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def sizeHint(self) -> QSize:
        """The words on one line."""
        return self._row.size_hint()

    def minimumSizeHint(self) -> QSize:
        """The longest word; the rest wraps."""
        return self._row.minimum_size_hint()

    def heightForWidth(self, width: int) -> int:
        """Height when the words wrap into `width`."""
        return self._row.height_for(width)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row, and a little around it for a finger that slides."""
        return self._row.hit(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter is left to the frame, where it goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plate, square mark, words."""
        painter = QPainter(self)
        rect = self._row.draw(painter)
        theme = self._row.theme
        draw_plate(painter, rect, theme.colours.control, theme.colours.text, theme.metrics.line_px, 4)
        if self.isChecked():
            painter.drawPixmap(rect.topLeft(), icon("check", theme.colours.text, rect.width()))


class ChoiceRows(QWidget):
    """A column of choice rows of which at most one is chosen. Arrow keys move, Tab goes past the whole group."""

    chosen = Signal(str)
    """The key of the row that a person has just chosen."""

    def __init__(self, theme: Theme, choices: Sequence[Choice], *, value: str | None = None) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.rows = [ChoiceRow(theme, choice) for choice in choices]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.px(3))
        for row in self.rows:
            column.addWidget(row)
            self._group.addButton(row)
            row.setChecked(row.choice.key == value)
            # Tab goes to the chosen row only. Qt sees to that after the first touch, but not for a preset answer.
            if value is not None and not row.isChecked():
                row.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._group.buttonClicked.connect(lambda row: self.chosen.emit(row.choice.key))

    def clear(self) -> None:
        """Nothing is chosen any more."""
        self._group.setExclusive(False)
        for row in self.rows:
            row.setChecked(False)
        self._group.setExclusive(True)

    @property
    def value(self) -> str | None:
        """Key of the chosen row."""
        return next((row.choice.key for row in self.rows if row.isChecked()), None)


class _RowPainter:
    """Size and plate of a row with a mark on its left."""

    def __init__(self, theme: Theme, row: QAbstractButton, label: str, detail: str) -> None:
        self.theme = theme
        self._row = row
        self._label = label
        self._detail = detail
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)

    def size_hint(self) -> QSize:
        words = max(text_width(self._font(Role.BODY), self._label), text_width(self._font(Role.HINT), self._detail))
        return QSize(words + self._lead() + self._edge(), self.theme.metrics.primary_px)

    def minimum_size_hint(self) -> QSize:
        words = widest_word(self._font(Role.BODY), f"{self._label} {self._detail}")
        return QSize(words + self._lead() + self._edge(), self.theme.metrics.primary_px)

    def height_for(self, width: int) -> int:
        heights = self._text_heights(width)
        return max(self.theme.metrics.primary_px, sum(heights) + self.theme.metrics.px(3))

    def hit(self, pos: QPoint) -> bool:
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
            text_height(self._font(Role.BODY), self._label, room),
            text_height(self._font(Role.HINT), self._detail, room),
        )
