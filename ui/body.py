"""The middle of the frame: heading and content in a reading column, and what is already known in a card beside it."""

from enum import IntEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ui.labels import Label, Surface
from ui.notices import ErrorSummary
from ui.page_words import page_texts
from ui.screen import Problem, Screen
from ui.scroll_area import PagedScroll
from ui.spoken import sentences
from ui.theme import Theme
from ui.tokens import Role

_NEARLY_ALL = 1000
"""Stretch of the column beside that of the gap (1): the gap gets what the column may not take."""
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX, which takes a fixed width back


class Room(IntEnum):
    """How much height the keyboard leaves a page."""

    AMPLE = 0
    SHORT = 1
    SHORTEST = 2


class Body(Surface):
    """Draws one screen: progress, heading, hint, what is wrong, then the screen itself. Made anew for each screen."""

    def __init__(self, theme: Theme, screen: Screen, parent: QWidget | None = None) -> None:
        """Parents are made before their children: Qt styles all that hangs on a widget anew when it gets a parent."""
        super().__init__("page", parent)
        self._theme = theme
        self._screen = screen
        self._progress = Label("", Role.PROGRESS)
        self._heading = Label("", Role.HEADING)
        self._hint = Label("", Role.HINT)
        self._summary = ErrorSummary(theme)
        self._summary.picked.connect(self._go_to)
        self._told: tuple[Problem, ...] = ()
        self._room = Room.AMPLE
        self._columns = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._columns)
        self._content = QWidget(self._columns)
        self._scroll = self._lay_out()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (self._summary, self._progress, self._heading, self._hint):
            self._column.addWidget(widget)
        self._gap = QSpacerItem(0, theme.metrics.px(2.5))
        self._column.addItem(self._gap)
        self._column.addWidget(screen, 1)
        self._orient()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.refresh()

    @property
    def drawn(self) -> Screen:
        """The screen that it draws."""
        return self._screen

    @property
    def head(self) -> tuple[QWidget, ...]:
        """What stands above the screen: progress, heading, hint, and what is wrong."""
        return self._progress, self._heading, self._hint, self._summary

    def refresh(self) -> None:
        """Draw the screen's facts as they are now."""
        screen = self._screen
        folded = self._room is not Room.AMPLE
        # A list that turns its own pages may have no other room to give up; its field says what is looked for.
        shortest = self._room is Room.SHORTEST
        self._heading.show_text("" if shortest and not screen.scrolls else screen.heading)
        self.setAccessibleName(screen.heading or screen.accessibleName())
        self._progress.show_text("" if folded else screen.progress)
        self._hint.show_text("" if folded else screen.hint)
        if screen.problems != self._told:  # a problem that came of itself, not of pressing Continue
            self.show_problems()
        self._summary.setVisible(bool(self._told) and not (shortest and self._said_beside()))

    def words(self) -> str:
        """All that the page says, for who does not see it; what can be pressed is told when it gets the focus."""
        return sentences(page_texts(self))

    def fold(self, room: Room) -> None:
        """Short of room, leave out progress and hint, which Help shows; in the end what the field says itself, and the
        heading above a list."""
        if room is not self._room:
            self._room = room
            self._screen.fold(folded=room is not Room.AMPLE)
            self._gap.changeSize(0, self._theme.metrics.px(0.5 if room is Room.SHORTEST else 2.5))
            self._column.invalidate()
            self._margins()
            self.refresh()

    @property
    def overflows(self) -> bool:
        """Whether not all of the page can be seen at once; of a list, a few rows are enough."""
        if self._scroll is not None:
            return self._scroll.overflows
        return self._row.totalHeightForWidth(self._columns.width()) > self._columns.height()

    def show_problems(self) -> None:
        """Put what is wrong on top and the focus on it; where it is one field to type into, in that field."""
        problems = self._told = self._screen.problems
        self._summary.show_problems(problems)
        if self._scroll is not None and problems:
            self._scroll.to_top()
        if len(problems) == 1 and isinstance(problems[0].field, QLineEdit):
            problems[0].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said_beside(self) -> bool:
        """Whether the field says the one problem itself, so that nothing is lost without the words on top."""
        field = self._told[0].field if len(self._told) == 1 else None
        return isinstance(field, QLineEdit) and field.accessibleDescription() == self._told[0].text

    def reveal(self, widget: QWidget) -> None:
        """Bring a field into sight."""
        if self._scroll is not None:
            self._scroll.reveal(widget)

    def place(self) -> QWidget | None:
        """What stands at the upper edge of a page that was turned further down."""
        return self._scroll.place() if self._scroll is not None else None

    def go_to(self, widget: QWidget) -> None:
        """Bring what stood at the upper edge back there."""
        if self._scroll is not None:
            self._scroll.go_to(widget)

    def begin_at(self, widget: QWidget | None) -> None:
        """Show the top, or so much further down that all of the widget is in sight."""
        if widget is not None:
            self.reveal(widget)
        elif self._scroll is not None:
            self._scroll.to_top()

    def _go_to(self, field: QWidget) -> None:
        """Into the field, and the field into sight."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(field)

    def take_focus(self) -> None:
        """Focus the first field, else the page itself, from where Tab reaches the first control."""
        (self._screen.first_focus() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def hasHeightForWidth(self) -> bool:
        """Never: the body takes what the frame leaves it, and scrolls."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre column and card; on a narrow panel they take what there is."""
        super().resizeEvent(event)
        self._margins()

    def _margins(self) -> None:
        metrics, side, width = self._theme.metrics, self._screen.side, self.width()
        edge = metrics.margin_px if metrics.compact or metrics.portrait else metrics.px(16)
        if metrics.stacks:
            self._limit(_ANY_WIDTH)
        elif side is not None or not self._screen.wide:
            card_px = metrics.wide_card_px if self._screen.wide else metrics.card_px
            both = metrics.column_px + metrics.px(27) + card_px
            edge = max(edge, (width - both) // 2)
            self._limit(metrics.column_px if side is None else both)
        above = metrics.px(0.6) if self._room is Room.SHORTEST else metrics.px(2 if metrics.compact else 3.5)
        self._outer.setContentsMargins(edge, above, edge, 0 if self._room is Room.SHORTEST else metrics.px(1))

    def _limit(self, widest_px: int) -> None:
        """Lines of text must not get longer than this; the buttons that scroll may stand beside it."""
        if self._scroll is not None:
            self._scroll.limit_width(widest_px)
        else:
            self._columns.setMaximumWidth(widest_px)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: there may be room for two columns no longer, or again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()

    def _orient(self) -> None:
        """The side card stands beside the column, or below it."""
        metrics, side = self._theme.metrics, self._screen.side
        beside = QBoxLayout.Direction.LeftToRight
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if metrics.stacks else beside)
        below = metrics.stacks and side is not None and self._screen.scrolls
        self._row.setStretchFactor(self._content, 0 if below else _NEARLY_ALL)
        self._row.setStretch(self._row.count() - 1, 1 if below else 0)
        if side is not None:
            self._row.setStretch(1, 0 if metrics.stacks else 1)
            self._content.setMaximumWidth(_ANY_WIDTH if metrics.stacks else metrics.column_px)
            card_px = metrics.wide_card_px if self._screen.wide else metrics.card_px
            side.setMinimumWidth(0 if metrics.stacks else card_px)
            side.setMaximumWidth(_ANY_WIDTH if metrics.stacks else card_px)

    def _lay_out(self) -> PagedScroll | None:
        side, metrics, row = self._screen.side, self._theme.metrics, self._row
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.px(4 if metrics.compact else 6))
        row.addWidget(self._content)
        if side is not None:
            row.addStretch(0)
            row.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)  # takes the room below a side card that stands below
        self._outer = QVBoxLayout(self)
        if not self._screen.scrolls:
            self._outer.addWidget(self._columns)
            return None
        scroll = PagedScroll(self._theme, self._columns, self)
        self._outer.addWidget(scroll)
        return scroll
