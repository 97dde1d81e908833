"""A page of the form with a table: all its rows, or one of them at a time; Continue and Back end that row first."""

from PySide6.QtWidgets import QWidget

from kiosk.form import Answer, Field, FieldType, Source
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Noted
from ui.context import Context
from ui.editor import Editor
from ui.form_screen import FormScreen
from ui.table_editor import TableEditor, numbered


class TableScreen(FormScreen):
    """Every row that is finished is noted in the visit at once: going back loses none."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.wide = True
        self._go_on_words = self.next_label
        self._warned = False
        self._row_by = ""
        self._table = next(editor for editor in self._editors if isinstance(editor, TableEditor))
        self._table.opened.connect(self._show_row)
        self._table.closed.connect(self._show_rows)
        self._table.rows_changed.connect(self._note)

    def _editor(self, field: Field, label: str) -> Editor:
        if field.type is not FieldType.TABLE:
            return super()._editor(field, label)
        editor = TableEditor(self.theme, field, label)
        editor.restore(self.visit.answers.get(field.id))
        return editor

    def first_focus(self) -> QWidget | None:
        """Nowhere: rows, and the fields of a row, are looked at before anything is typed."""
        return self._questions if self._questions.isVisibleTo(self) else None

    def check(self) -> None:
        """The row that is filled in, else the whole page."""
        self._warned = False
        if self._table.filling_in:
            self._leaves = False
            self.problems = self._table.finish_row(self._answers(), self.context.equipment.clock.now())
        else:
            super().check()

    def step_back(self) -> bool:
        """From a row to all rows. What is not finished cannot be noted: that is said before the page is left."""
        if self._table.filling_in:
            self._table.leave_row(self._answers(), self.context.equipment.clock.now())
            return True
        return not self._may_leave(_("Có dòng chưa điền xong. Ông/bà quay lại lần nữa thì phần chưa xong đó sẽ mất."))

    def settle(self) -> bool:
        """The row that is filled in is taken over if it fits; of one that does not, it is said before it is lost."""
        if self._table.filling_in:
            self._table.leave_row(self._answers(), self.context.equipment.clock.now())
        return self._may_leave(_("Có dòng chưa điền xong. Ông/bà bấm lần nữa thì phần chưa xong đó sẽ mất."))

    def _may_leave(self, warning: str) -> bool:
        if self._warned or not self._table.has_unfinished:
            return True
        self._warned = True
        self.problems = ()
        self.refuse(warning)
        self.turned.emit(None)
        return False

    def _show_row(self) -> None:
        self.heading = numbered(self._table.field, self._table.filling_in)
        self.hint = _("Điền xong, ông/bà bấm “Xong”.")
        self._turn(_("Xong"), others=False, wanted=None)

    def _show_rows(self, wanted: QWidget) -> None:
        self.heading, self.hint = _(self.page.title), _(self.page.hint)
        self._turn(self._go_on_words, others=True, wanted=wanted)

    def _turn(self, next_label: str | None, *, others: bool, wanted: QWidget | None) -> None:
        self.next_label = next_label
        self.problems = ()
        self._questions.show_texts(())
        for editor in self._editors:
            if editor is not self._table:
                editor.setVisible(others)
        self._table.show_problem("")
        self.turned.emit(wanted)

    def go_on_with(self, visit: Visit) -> None:
        """A row that a helper has begun is the helper's, whoever finishes it."""
        if self.visit.author is Source.HELPER and self._table.has_begun:
            self._row_by = self.visit.helper.mark
        super().go_on_with(visit)

    def _note(self) -> None:
        field, rows = self._table.field, self._table.rows
        now = self.context.equipment.clock.now()
        helper = self._row_by
        if not self._table.has_unfinished:
            self._row_by = ""
        answer = Answer(rows, Source.HELPER if helper else self.author, now, helper=helper)
        self.happened.emit(Noted(field.id, answer if rows else None))
