"""Answers to choose from, as full-width rows: one of several (ChoiceRows) or a single yes (TickRow)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from kiosk.texts import _
from ui.icons import icon
from ui.plates import draw_plate
from ui.row_painter import RowPainter
from ui.second_tap import SecondTap
from ui.speaking import Speaker
from ui.spoken import sentences
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: the key that is stored, the words, and a smaller second line if they need one."""

    key: str
    label: str
    detail: str = ""


class ChoiceRow(Speaker, QRadioButton):
    """One answer among several: a plate across the column with a round mark."""

    stepped = Signal(int)
    """An arrow key: 1 to the next row in the order of reading, -1 to the one before."""

    def __init__(self, theme: Theme, choice: Choice) -> None:
        super().__init__(choice.label)
        self.choice = choice
        self.setObjectName(f"choice_{choice.key}")
        self._row = RowPainter(theme, self, choice.label, choice.detail)
        self._second_tap = SecondTap()
        self.setAccessibleName(choice.label)
        self.setAccessibleDescription(choice.detail)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def say_again(self) -> None:
        """The language is another one now."""
        super().say_again()
        self.setText(self.choice.label)
        self._row.show_texts(self.choice.label, self.choice.detail)

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Is heard, and remembers when, for the second tap."""
        self._second_tap.pressed()
        self._row.theme.pressed.emit()
        super().mousePressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Remembers when, for the second tap."""
        self._second_tap.shown()
        super().showEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second tap that was meant for the page before chooses nothing here."""
        if self.takes_double_click:
            super().mouseDoubleClickEvent(event)

    @property
    def takes_double_click(self) -> bool:
        """Whether a touch that follows another one at once would choose this row now."""
        return self._second_tap.counts(once=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Space choose, and so does Enter, for who has no other key. On the chosen row Enter is left to the
        frame, where it goes on."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and (self.isChecked() or event.isAutoRepeat()):
            event.ignore()
            return
        if (enters or event.key() == Qt.Key.Key_Space) and not event.isAutoRepeat():
            self._row.theme.pressed.emit()
        if enters:
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self.stepped.emit(1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self.stepped.emit(-1)
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


class TickRow(Speaker, QCheckBox):
    """One sentence to agree to: a plate across the column with a square mark."""

    def __init__(self, theme: Theme, text: str, detail: str = "") -> None:
        super().__init__(text)
        self._texts = (text, detail)
        self._row = RowPainter(theme, self, text, detail)
        self._second_tap = SecondTap()
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def say_again(self) -> None:
        """The language is another one now."""
        super().say_again()
        self.setText(self._texts[0])
        self._row.show_texts(*self._texts)

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Is heard, and remembers when, for the second tap."""
        self._second_tap.pressed()
        self._row.theme.pressed.emit()
        super().mousePressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Remembers when, for the second tap."""
        self._second_tap.shown()
        super().showEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A trembling second tap does not take the tick back."""
        if self.takes_double_click:
            super().mouseDoubleClickEvent(event)

    @property
    def takes_double_click(self) -> bool:
        """Whether a touch that follows another one at once would tick this row now."""
        return self._second_tap.counts(once=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and takes the tick back. Enter ticks; with the tick given it is left to the frame, where it
        goes on."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and (self.isChecked() or event.isAutoRepeat()):
            event.ignore()
            return
        if (enters or event.key() == Qt.Key.Key_Space) and not event.isAutoRepeat():
            self._row.theme.pressed.emit()
        if enters:
            self.click()
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


class ChoiceRows(Speaker, QWidget):
    """A column of choice rows of which at most one is chosen. Arrow keys choose the next one; Tab stops at each, and
    goes past none: not everybody has arrow keys. Short answers may stand side by side (`columns`)."""

    chosen = Signal(str)
    """The key of the row that a person has just chosen."""

    def __init__(self, theme: Theme, choices: Sequence[Choice], *, value: str | None = None, columns: int = 1) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.rows = [ChoiceRow(theme, choice) for choice in choices]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.metrics.px(3))
        self.set_columns(columns)
        for row in self.rows:
            row.stepped.connect(partial(self._step, row))
            self._group.addButton(row)
            row.setChecked(row.choice.key == value)
        for number, row in enumerate(self.rows, 1):
            place = _("{number} trong {count}").format(number=number, count=len(self.rows))
            row.setAccessibleDescription(sentences((row.choice.detail, place)))
        if self.rows:
            self.setFocusProxy(self.rows[0])
        self._group.buttonClicked.connect(lambda row: self.chosen.emit(row.choice.key))

    def _step(self, row: ChoiceRow, by: int) -> None:
        """Where answers stand side by side, too, every arrow leads to a next one: Qt's own would look for one that lies
        in that direction. What is chosen moves along, as among all radio buttons."""
        place = self.rows.index(row) + by
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
            if row.isChecked():
                self.rows[place].click()

    def set_columns(self, columns: int) -> None:
        """So many side by side, in the order of reading."""
        for place, row in enumerate(self.rows):
            self._grid.addWidget(row, *divmod(place, columns))

    def choose(self, key: str) -> None:
        """Mark the row of that key, as if it had been touched before; none for a key that no row has."""
        self.clear()
        for row in self.rows:
            row.setChecked(row.choice.key == key)

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
