"""The dossiers that are not done, for the staff: counts, alarms, and what needs somebody first, a page at a time."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ids import format_slip_code
from kiosk.outbox import OutboxEntry, State
from kiosk.problem_advice import entry_advice
from kiosk.staff_queue import QueueNews, StaffQueue
from kiosk.texts import _, composed
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.labels import Card, Label, Picture, Points
from ui.queue_words import alarm_lines, news_lines, service_name, standing_words
from ui.sentences import problem_sentence
from ui.staff_page import StaffPage
from ui.tasks import Lane
from ui.theme import Theme
from ui.tokens import Role

ROWS = 6
"""Dossiers on a page: three lines of two on the desk's panel."""


class QueueRow(Card):
    """One dossier, by its code: nothing here says whose it is."""

    opened = Signal()

    def __init__(self, theme: Theme, entry: OutboxEntry, service: str) -> None:
        needs_staff = entry.state is State.PARKED and entry.withdrawal_asked_at is None
        super().__init__(theme, "warning" if needs_staff else "card")
        code = format_slip_code(entry.slip_code)
        words = QVBoxLayout()
        words.setSpacing(theme.metrics.px(0.5))
        words.addWidget(Label(code, Role.STRONG))
        words.addWidget(Label(service))
        words.addWidget(Label(standing_words(entry), Role.SMALL))
        if advice := entry_advice(entry):
            words.addWidget(Label(composed("{}.", advice.problem), Role.STRONG))
            words.addWidget(Label(advice.todo))
        words.addStretch(1)
        look = SecondaryButton(theme, _("Xem"))
        look.setObjectName(f"look:{entry.slip_code}")
        look.setAccessibleName(composed("{}: {}", look.words, code))
        look.clicked.connect(self.opened)
        row = QHBoxLayout()
        row.setSpacing(theme.metrics.px(4))
        row.addLayout(words, 1)
        row.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)


class QueueListPage(StaffPage):
    """Asks again each time it is shown."""

    opened = Signal(object)
    """The OutboxEntry that was touched."""
    export_asked = Signal()

    def __init__(self, context: Context, queue: StaffQueue) -> None:
        super().__init__(context.theme)
        self._context = context
        self._queue = queue
        self._offset = 0
        self._rows: list[QueueRow] = []
        self.heading = _("Hồ sơ chờ gửi")
        self.hint = _("Trang dành cho cán bộ. Chỉ hiện mã phiếu, không hiện tên người nộp.")
        self._counts = Label("", Role.STRONG)
        self._line = Label("")
        self._alarms = Card(self.theme, "warning")
        self._alarms.hide()
        self._points: QWidget | None = None
        self._nothing = Label(_("Không còn hồ sơ nào chờ."), Role.STRONG)
        self._nothing.hide()
        self._trouble = Label("", Role.PROBLEM)
        self._trouble.hide()
        self._grid = QGridLayout()
        self._grid.setSpacing(self.theme.metrics.gap_px)
        self._acts, self._turns = (QBoxLayout(QBoxLayout.Direction.LeftToRight) for _row in range(2))
        for row in (self._acts, self._turns):
            row.setSpacing(self.theme.metrics.gap_px)
        self.export = self._act(self._acts, "export", _("Chép hồ sơ ra USB"), "usb", self.export_asked.emit)
        self.refresh = self._act(self._acts, "ask_again", _("Cập nhật"), "refresh-cw", self._ask)
        self.before = self._act(self._turns, "page_before", _("Trang trước"), "chevron-up", lambda: self._turn(-1))
        self.after = self._act(self._turns, "page_after", _("Trang sau"), "chevron-down", lambda: self._turn(1))
        for widget in (self._alarms, self._counts, self._line, self._trouble, self._nothing):
            self.column.addWidget(widget)
        for layout in (self._acts, self._grid, self._turns):
            self.column.addLayout(layout)
        self.column.addStretch(1)
        self._show_acts(0)
        self.orient()

    def enter(self) -> None:
        """As it is now: an item that was open may have changed."""
        self._ask()

    def orient(self) -> None:
        """One column, and the acts below each other, where the text needs the width."""
        narrow = self.theme.metrics.stacks
        for row in (self._acts, self._turns):
            row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._arrange()

    def _act(
        self, row: QBoxLayout, name: str, words: str, icon_name: str, does: Callable[[], object]
    ) -> SecondaryButton:
        button = SecondaryButton(self.theme, words, icon_name=icon_name)
        button.setObjectName(name)
        button.clicked.connect(does)
        row.addWidget(button)
        return button

    def _turn(self, step: int) -> None:
        self._offset = max(0, self._offset + step * ROWS)
        self._ask()
        self.turned.emit()

    def _ask(self) -> None:
        queue, offset = self._queue, self._offset

        def ask() -> tuple[QueueNews, tuple[OutboxEntry, ...]]:
            return queue.news(), queue.unsettled(offset, ROWS)

        self._context.tasks.run(Lane.STORE, ask, owner=self, done=lambda told: self._show(*told), failed=self._failed)

    def _show(self, news: QueueNews, entries: tuple[OutboxEntry, ...]) -> None:
        if not entries and self._offset:  # the last page has emptied meanwhile
            self._turn(-1)
            return
        self._trouble.show_text("")
        self._show_alarms(alarm_lines(news))
        counts, line = news_lines(news)
        self._counts.setText(counts)
        self._line.setText(line)
        self._nothing.setVisible(not entries)
        for row in self._rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(entry) for entry in entries]
        self._arrange()
        self._show_acts(news.health.tally.unsettled)
        self.changed.emit()

    def _show_acts(self, unsettled: int) -> None:
        self.export.setVisible(unsettled > 0)
        self.before.setVisible(self._offset > 0)
        self.after.setVisible(self._offset + ROWS < unsettled)

    def _show_alarms(self, lines: tuple[str, ...]) -> None:
        if self._points is not None:
            self._points.hide()
            self._points.deleteLater()
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.theme.metrics.px(4))
        layout.addWidget(Picture(self.theme, "bell", "warning", 10), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(Points(self.theme, lines), 1)
        self._points = row
        self._alarms.column.addWidget(row)
        self._alarms.setVisible(bool(lines))

    def _row(self, entry: OutboxEntry) -> QueueRow:
        row = QueueRow(self.theme, entry, service_name(self._context.catalog, entry.service_code))
        row.opened.connect(lambda: self.opened.emit(entry))
        return row

    def _arrange(self) -> None:
        columns = 1 if self.theme.metrics.stacks else 2
        for index, row in enumerate(self._rows):
            self._grid.addWidget(row, index // columns, index % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _failed(self, error: Exception) -> None:
        self._trouble.show_text(problem_sentence(error))
