"""One row of a table while it is filled in: its columns as ordinary editors, one under another."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.dates import vietnam_day
from kiosk.form import Address, Answer, Answers, AnswerValue, Field, FieldProblem, Source, TableRow
from kiosk.form_rules import PERIOD
from kiosk.texts import _, composed
from ui.ask_twice import AskTwice
from ui.editor import Editor
from ui.field_editors import make_editor
from ui.screen import Problem
from ui.spoken_value import keep_unspoken
from ui.theme import Theme

Cells = Mapping[str, str | int | bool | Address]
"""What a row says, by column: columns are of simple types."""


class RowForm(QWidget):
    """Lives until its row is finished or dropped, out of sight or not: what was typed into it stays."""

    dropped = Signal()
    """What was typed here is not wanted."""

    def __init__(self, theme: Theme, table: Field, before: TableRow | None) -> None:
        """`before` is the row as it was given earlier, None for a new one."""
        super().__init__()
        self.before = before
        self._theme = theme
        self._editors: list[tuple[Field, Editor]] = [
            (column, _editor(theme, table, column)) for column in table.columns
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.metrics.px(5))
        self._period = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._period.setSpacing(theme.metrics.px(5))
        layout.addLayout(self._period)
        for column, editor in self._editors:
            if column.id in PERIOD:
                self._period.addWidget(editor, 1, Qt.AlignmentFlag.AlignTop)
            else:
                layout.addWidget(editor)
        self._drop = AskTwice(theme, (_("Bỏ"), _("Bỏ hẳn"), _("Điền tiếp")), "x", lambda: self.touched)
        self._drop.name(f"drop:{table.id}", _(table.row_label))
        self._drop.confirmed.connect(self.dropped)
        layout.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignLeft)
        if before is not None:
            self._restore(before)
        self._at_first = self._state()
        self._orient()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()

    def _orient(self) -> None:
        """From when and until when stand side by side where there is room."""
        narrow = self._theme.metrics.stacks or self._theme.metrics.portrait
        self._period.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _restore(self, row: TableRow) -> None:
        """A finished row says of a cell that it has not: unknown, where the column can say so."""
        for column, editor in self._editors:
            if column.id in row.cells:
                editor.put(row.cells[column.id])
            elif editor.unknown is not None:
                editor.unknown.setChecked(True)

    @property
    def touched(self) -> bool:
        """Whether anything was changed here."""
        return self._state() != self._at_first

    def cells(self) -> Cells:
        """What can be read of it so far."""
        found = ((column.id, editor.take()) for column, editor in self._editors if not editor.says_unknown)
        return {key: value for key, value in found if isinstance(value, str | int)}

    def finish(self, answers: Answers, now: datetime) -> TableRow | tuple[Problem, ...]:
        """The row once every column fits, else what is wrong, which is said beside each column too. A rule of a column
        may compare it with an earlier one of its row, or with another answer of the form."""
        row: dict[str, Answer] = {}
        problems: list[Problem] = []
        for column, editor in self._editors:
            value = editor.checked({**answers, **row}, vietnam_day(now))
            message = value.message if isinstance(value, FieldProblem) else ""
            editor.show_problem(message)
            if message:
                problems.append(Problem(composed("{}: {}", _(column.label), message), editor.target))
            elif value is not None and not isinstance(value, FieldProblem):
                row[column.id] = Answer(value, Source.CITIZEN, now)
        return tuple(problems) or TableRow(self.cells())

    def _state(self) -> list[tuple[str, AnswerValue | FieldProblem | None]]:
        return [(column.id, editor.says_unknown or editor.take()) for column, editor in self._editors]


def _editor(theme: Theme, table: Field, column: Field) -> Editor:
    """Named by table and column: two tables may have columns of one name."""
    label = _(column.label)
    label = label if column.required else _("{label} (không bắt buộc)").format(label=label)
    editor = make_editor(theme, replace(column, id=f"{table.id}:{column.id}"), label)
    keep_unspoken(*editor.findChildren(QLineEdit))
    return editor
