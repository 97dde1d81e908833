"""Find one of many by typing: a field, the rows that match, and two big buttons to turn their pages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.texts import _
from ui.announcements import announce
from ui.buttons import Look, TouchButton
from ui.labels import Label
from ui.plates import draw_text, fitted
from ui.scroll_area import Turners
from ui.speaking import Speaker
from ui.text_field import TextField
from ui.theme import Theme
from ui.tokens import Role

Found = Sequence[tuple[str, str]]
"""(key, label) of each match, best first."""

_ROW_EMS = 20
_LEAST_TEXT_MM = 6
_TELL_AFTER_MS = 1_000
"""Who types on is not interrupted at each letter by how many rows there are."""


class SearchList(Speaker, QWidget):
    """Type, then touch a row. Needs a screen with `scrolls = False`: it turns its own pages.

    `search` is asked at every keystroke with what was typed and should answer within a few milliseconds.
    """

    picked = Signal(str)
    """The key of the row that was touched."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        search: Callable[[str], Found],
        *,
        between: QWidget | None = None,
        row_prefix: str = "",
    ) -> None:
        """`name` says what is looked for: "Tên xã, phường". `between` stands under the field. The rows are named "row",
        or by `row_prefix` and their key."""
        super().__init__()
        self._between = between
        self._search = search
        self._found: Found = ()
        self._first = 0
        self.field = TextField(name)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleDescription(_("Gõ vài chữ, rồi chọn một dòng ở dưới."))
        self.setFocusProxy(self.field)
        self._tells = QTimer(self)
        self._tells.setSingleShot(True)
        self._tells.setInterval(_TELL_AFTER_MS)
        self._tells.timeout.connect(self._tell_count)
        self.nothing = Label(_("Không tìm thấy. Ông/bà thử gõ ít chữ hơn."), Role.HINT)
        self._rows = _Rows(theme, row_prefix)
        self.turners = Turners(theme)
        self._lay_out(theme)
        self.turners.turned.connect(self._turn)
        self.field.textChanged.connect(self._look_up)
        self._rows.resized.connect(self._show)
        self._rows.picked.connect(self.picked)
        self._look_up(self.field.text())

    def _lay_out(self, theme: Theme) -> None:
        metrics = theme.metrics
        lower = QHBoxLayout()
        lower.setSpacing(metrics.gap_px)
        lower.addWidget(self._rows, 1)
        lower.addWidget(self.turners)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap_px)
        column.addWidget(self.field)
        if self._between is not None:
            column.addWidget(self._between)
        column.addWidget(self.nothing)
        column.addLayout(lower, 1)

    def look_again(self) -> None:
        """What is searched has changed."""
        self._look_up(self.field.text())

    def say_again(self) -> None:
        """The language is another one now: the same rows in it, and as far turned as they were."""
        super().say_again()
        first = self._first
        self._look_up(self.field.text())
        self._first = first if first < len(self._found) else 0
        self._show()

    def keys(self) -> tuple[str, ...]:
        """The keys of all that was found, best first."""
        return tuple(key for key, _label in self._found)

    def first_row(self) -> QWidget | None:
        """The best match on the screen."""
        return self._rows.first_row()

    def _look_up(self, text: str) -> None:
        self._found = self._search(text)
        self._first = 0
        self._show()

        if text:
            self._tells.start()

    def _tell_count(self) -> None:
        count = len(self._found)
        announce(self, _("Tìm thấy {count} dòng.").format(count=count) if count else self.nothing.text())

    def _turn(self, direction: int) -> None:
        self._first = max(0, self._first + direction * self._rows.capacity)
        self._show()

    def _show(self) -> None:
        self.turners.fit(self._rows.height())
        last = self._first + self._rows.capacity
        self._rows.show_found(self._found[self._first : last])
        self.nothing.setVisible(not self._found)
        self._rows.setVisible(bool(self._found))
        self.turners.setVisible(len(self._found) > self._rows.capacity)
        self.turners.allow(back=self._first > 0, on=last < len(self._found))


class _Row(TouchButton):
    """One match, left-aligned across the list."""

    role = Role.BODY
    key = ""

    def least_height(self) -> int:
        """As tall as a choice row."""
        return self.theme.metrics.control_px

    def words_font(self) -> QFont:
        """Smaller for a name that would not fit: the rows of a list are all of one height."""
        room = self.width() - 2 * self.padding()
        least = self.theme.metrics.px(_LEAST_TEXT_MM)
        return fitted(super().words_font(), self.text(), room, self.height(), least)

    def _draw_content(self, painter: QPainter, look: Look) -> None:
        rect = QRect(self.padding(), 0, self.width() - 2 * self.padding(), self.height())
        draw_text(painter, rect, self.text(), self.words_font(), look.ink)


class _Rows(QWidget):
    """As many rows as the height holds; they are made once and filled again and again."""

    picked = Signal(str)
    resized = Signal()

    def __init__(self, theme: Theme, prefix: str) -> None:
        super().__init__()
        self._theme = theme
        self._prefix = prefix
        self._rows: list[_Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def capacity(self) -> int:
        """Rows that fit, at least one."""
        gap = self._theme.metrics.px(3)
        return self._columns() * max(1, (self.height() + gap) // (self._row_px() + gap))

    def show_found(self, found: Found) -> None:
        """Fill the rows from the top."""
        gap, height, columns = self._theme.metrics.px(3), self._row_px(), self._columns()
        width = (self.width() - (columns - 1) * gap) // columns
        while len(self._rows) < len(found):
            self._rows.append(self._make_row())
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(found))
            if index < len(found):
                row.key, label = found[index]
                row.setText(label)
                row.setObjectName(f"{self._prefix}{row.key}" if self._prefix else "row")
                line, column = divmod(index, columns)
                row.setGeometry(column * (width + gap), line * (height + gap), width, height)

    def first_row(self) -> QWidget | None:
        """The first that is shown."""
        return next((row for row in self._rows if row.isVisible()), None)

    def sizeHint(self) -> QSize:
        """Three rows."""
        return QSize(self._theme.metrics.px(100), 3 * self._row_px())

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(self._theme.metrics.px(60), self._row_px())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another number of rows may fit."""
        super().resizeEvent(event)
        self.resized.emit()

    def _make_row(self) -> _Row:
        row = _Row(self._theme, "")
        row.setParent(self)
        row.clicked.connect(lambda: self.picked.emit(row.key))
        return row

    def _columns(self) -> int:
        """Side by side where each still holds some forty letters."""
        return max(1, self.width() // (_ROW_EMS * self._theme.metrics.text_px(Role.BODY)))

    def _row_px(self) -> int:
        return self._theme.metrics.primary_px
