"""A question with several rows for its answer: those given so far, each to be changed or taken out, and a new one."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.form import Answers, AnswerValue, Field, FieldProblem, TableRow
from kiosk.form_rules import PERIOD, masked, private_columns, screen_text
from kiosk.texts import _, composed, joined
from kiosk.vietnamese import in_a_sentence
from ui.buttons import SecondaryButton
from ui.editor import Editor
from ui.labels import Label
from ui.reveals import Reveals
from ui.row_card import RowCard
from ui.row_form import Cells, RowForm
from ui.screen import Problem
from ui.spoken_value import keep_unspoken
from ui.theme import Theme
from ui.tokens import Role

LINES_AT_MOST = 2  # more cells than these follow each other, so that several rows can be seen at once


class TableEditor(Editor):
    """Shows all rows, or the one that is being filled in. A row that was left half-way is kept as it was typed, and
    has to be finished or dropped before the table is an answer."""

    opened = Signal()
    """A row is filled in from now on."""
    closed = Signal(object)
    """All rows are shown again; the widget (QWidget) where the one that was just filled in stands."""
    rows_changed = Signal()

    def __init__(self, theme: Theme, field: Field, label: str) -> None:
        self._theme = theme
        self._rows: list[TableRow | RowForm] = []
        self._form: RowForm | None = None
        self._at = 0
        self._holder = QWidget()
        self._stage = QVBoxLayout(self._holder)
        self._stage.setContentsMargins(0, 0, 0, 0)
        self._stage.setSpacing(theme.metrics.gap_px)
        self._list = QWidget()
        self._cards = QVBoxLayout(self._list)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.metrics.gap_px)
        self._full = Label("", Role.HINT)
        words = _("Thêm {row}").format(row=in_a_sentence(_(field.row_label)))
        self.add_button = SecondaryButton(theme, words, icon_name="plus")
        self.add_button.setObjectName(f"add:{field.id}")
        self.add_button.clicked.connect(self._add)
        for widget in (self._list, self._full, self.add_button):
            self._stage.addWidget(widget)
        super().__init__(theme, field, label, self._holder)
        self._reveals = Reveals(self)
        self._show_list()

    @property
    def target(self) -> QWidget:
        return self.add_button

    @property
    def filling_in(self) -> int:
        """The number of the row that is being filled in, from 1; 0 while all rows are shown."""
        return 0 if self._form is None else self._at + 1

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows that are finished."""
        return tuple(row for row in self._rows if isinstance(row, TableRow))

    @property
    def has_unfinished(self) -> bool:
        """Whether a row was left half-way."""
        return len(self.rows) < len(self._rows)

    @property
    def has_begun(self) -> bool:
        """Whether something was typed into a row that is not finished."""
        return self.has_unfinished or (self._form is not None and self._form.touched)

    def take(self) -> AnswerValue | FieldProblem | None:
        if self.has_unfinished:
            return FieldProblem(self.field.id, _("Có dòng chưa điền xong. Ông/bà bấm “Sửa” ở dòng đó để điền tiếp."))
        if not self.rows and self.field.required:
            wanted = _("Ông/bà bấm “{add}” để ghi ít nhất một dòng.").format(add=self.add_button.words)
            return FieldProblem(self.field.id, wanted)
        return self.rows or None

    def put(self, value: AnswerValue) -> None:
        assert isinstance(value, tuple)  # the field's type says so, and the form was checked
        self._rows = list(value)
        self._show_list()

    def clear(self) -> None:
        self.put(())
        self.rows_changed.emit()

    def finish_row(self, answers: Answers, now: datetime) -> tuple[Problem, ...]:
        """Take over the row that is filled in, once it fits; else what is wrong with it."""
        assert self._form is not None  # asked only then
        found = self._form.finish(answers, now)
        if not isinstance(found, TableRow):
            return found
        self._close(found)
        return ()

    def leave_row(self, answers: Answers, now: datetime) -> None:
        """Back to all rows: what was changed is taken over if it fits, and else kept as it was typed."""
        form = self._form
        assert form is not None  # asked only then
        if not form.touched:
            self._close(form.before)
        elif self.finish_row(answers, now):
            self._close(form)

    def _add(self) -> None:
        self._at = len(self._rows)
        self._open(RowForm(self._theme, self.field, None))

    def _edit(self, at: int) -> None:
        self._at = at
        row = self._rows[at]
        self._open(row if isinstance(row, RowForm) else RowForm(self._theme, self.field, row))

    def _open(self, form: RowForm) -> None:
        if form.parent() is None:
            self._stage.addWidget(form)
            form.dropped.connect(lambda: self._close(form.before))
        self._form = form
        for widget in (self._list, self._full, self.add_button):
            widget.hide()
        form.show()
        self.given()
        self.opened.emit()

    def _close(self, row: TableRow | RowForm | None) -> None:
        """All rows again, with this one in the open one's place; None takes it out."""
        form, self._form = self._form, None
        assert form is not None  # what closes it is one of its own buttons, or the frame's
        form.hide()
        if form is not row:
            form.deleteLater()
        self._rows[self._at : self._at + 1] = [] if row is None else [row]
        self._rows.sort(key=_start)
        self._show_list()
        at = next((at for at, each in enumerate(self._rows) if each is row), len(self._rows))
        self.closed.emit(self._place_of(at))
        self.rows_changed.emit()

    def _place_of(self, at: int) -> QWidget:
        """Where the row of that index stands; after the last one comes what can be done next."""
        card = self._cards.itemAt(at) if at < len(self._rows) - 1 else None
        if card is not None and (widget := card.widget()) is not None:
            return widget
        return self._full if self.add_button.isHidden() else self.add_button

    def _drop(self, at: int) -> None:
        row = self._rows.pop(at)
        if isinstance(row, RowForm):
            row.deleteLater()
        self._show_list()
        self.closed.emit(self._place_of(at))
        self.rows_changed.emit()

    def _show_list(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, row in enumerate(self._rows):
            self._cards.addWidget(self._card(at, row))
        full = len(self._rows) >= self.field.rows_max
        self._list.setVisible(bool(self._rows))
        self.add_button.setVisible(not full)
        most = _("Bảng này ghi được nhiều nhất {count} dòng. Còn nữa, mời ông/bà hỏi quầy.")
        self._full.show_text(most.format(count=self.field.rows_max) if full else "")

    def _card(self, at: int, row: TableRow | RowForm) -> RowCard:
        finished = isinstance(row, TableRow)
        lines = row_lines(self.field, _cells(row), at + 1, finished=finished, hides=True)
        card = RowCard(self._theme, f"{self.field.id}:{at + 1}", lines, finished=finished)
        whole = row_lines(self.field, _cells(row), at + 1, finished=finished)
        if whole != lines:
            card.add_reveal(self._reveals, whole)
        keep_unspoken(*card.details)
        card.edit.connect(lambda: self._edit(at))
        card.drop.connect(lambda: self._drop(at))
        return card


def row_lines(table: Field, cells: Cells, number: int, *, finished: bool = True, hides: bool = False) -> list[str]:
    """A row in words, its name first: the period, where it has one, else what its first column says; `hides` masks
    what others must not read."""
    columns = {column.id: column for column in table.columns}
    texts = {key: screen_text(columns[key], value) for key, value in cells.items() if key in columns}
    if hides:
        texts |= {each.id: masked(each, texts[each.id]) for each in private_columns(table) if each.id in texts}
    if columns.keys() >= set(PERIOD):
        open_end = columns["end"].unknown_label
        until = texts.pop("end", in_a_sentence(_(open_end)) if finished else "")
        title = joined(" – ", (text for text in (texts.pop("start", ""), until) if text))
    else:
        title = texts.pop(table.columns[0].id, "")
    rest = [composed("{}: {}", _(column.label), texts[key]) for key, column in columns.items() if key in texts]
    lines = rest if len(rest) <= LINES_AT_MOST else [joined(" · ", rest)]
    return [title or numbered(table, number), *lines]


def numbered(table: Field, number: int) -> str:
    """What a row is called by its number, from 1: "Nơi ở thứ 2"."""
    return _("{row} thứ {number}").format(row=_(table.row_label), number=number)


def _start(row: TableRow | RowForm) -> tuple[bool, str]:
    """Periods stand in their order, the newest last; other rows as they were given."""
    cells = _cells(row)
    return "start" not in cells, str(cells.get("start", ""))


def _cells(row: TableRow | RowForm) -> Cells:
    return row.cells if isinstance(row, TableRow) else row.cells()
