"""A long list of which nearly everybody has one of a few: those as rows, all the others behind a last row."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.field_rules import normalise
from kiosk.form import AnswerValue, Field, FieldProblem
from kiosk.form_rules import screen_text
from kiosk.texts import _
from kiosk.vietnamese import fold
from ui.choice_rows import Choice, ChoiceRows
from ui.editor import Editor
from ui.labels import Label
from ui.search_list import SearchList
from ui.theme import Theme
from ui.tokens import Role

_OTHER = "other"


class FrequentChoiceEditor(Editor):
    """One touch for most people. Who has another one touches the last row, and finds it by typing without accents: the
    list then has the page for itself until something is picked from it."""

    searching = Signal(bool)
    """Whether the whole list is open, and wants the page for itself."""

    def __init__(self, theme: Theme, field: Field, label: str) -> None:
        self._names = {choice.code: screen_text(field, choice.code) for choice in field.choices}
        self._chosen = ""
        self._list = SearchList(theme, _(field.label), self._find)
        self._list.setObjectName(f"field:{field.id}")
        self._list.field.setPlaceholderText(_("Gõ vài chữ để tìm, không cần dấu"))
        self._list.picked.connect(self._pick)
        common = [Choice(code, self._names[code]) for code in field.common]
        self._theme = theme
        self._rows = ChoiceRows(theme, [*common, Choice(_OTHER, _("Khác…"))], columns=self._columns())
        for row in self._rows.rows:
            row.setObjectName(f"choice:{field.id}:{row.choice.key}")
        box = QWidget()
        self._behind = Label("", Role.STRONG)
        stage = QVBoxLayout(box)
        stage.setContentsMargins(0, 0, 0, 0)
        stage.setSpacing(theme.metrics.px(2))
        for widget in (self._behind, self._rows):
            stage.addWidget(widget)
        stage.addWidget(self._list, 1)
        self._behind.hide()
        self._list.hide()
        super().__init__(theme, field, label, box)
        self._rows.chosen.connect(self._touch)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: fewer rows side by side, or more."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._rows.set_columns(self._columns())

    @property
    def target(self) -> QWidget:
        return self._list if self.is_searching else self._rows.rows[0]

    @property
    def is_searching(self) -> bool:
        """Whether the whole list is open."""
        return self._list.isVisibleTo(self)

    def close_list(self) -> None:
        """Back to the rows, with the answer as it was."""
        self._open(wanted=False)
        self._mark()

    def clear(self) -> None:
        self._chosen = ""
        self._mark()

    def take(self) -> AnswerValue | FieldProblem | None:
        """Nothing while the list is open: no row of it was touched yet."""
        if self.is_searching:
            return FieldProblem(self.field.id, _("Ông/bà chạm vào một dòng trong danh sách."))
        return normalise(self.field, self._chosen) if self._chosen else None

    def put(self, value: AnswerValue) -> None:
        self._chosen = str(value)
        self._mark()

    def _find(self, typed: str) -> list[tuple[str, str]]:
        wanted = fold(typed)
        return [(code, name) for code, name in self._names.items() if wanted in fold(name)]

    def _touch(self, key: str) -> None:
        if key == _OTHER:
            self._open(wanted=True)
            return
        self._chosen = key
        self._mark()
        self.given()

    def _pick(self, code: str) -> None:
        self._chosen = code
        self.given()
        self.close_list()

    def _open(self, *, wanted: bool) -> None:
        self._list.setVisible(wanted)
        self._rows.setVisible(not wanted)
        for widget in (self._words, self.unknown):
            if widget is not None:
                widget.setVisible(not wanted)
        self.searching.emit(wanted)

    def _mark(self) -> None:
        """The row of the answer; of one from the list the last row, and its name above all rows."""
        behind = bool(self._chosen) and self._chosen not in self.field.common
        self._rows.choose(_OTHER if behind else self._chosen)
        self._behind.show_text(_("Đã chọn: {name}").format(name=self._names[self._chosen]) if behind else "")

    def _columns(self) -> int:
        return 2 if self._theme.metrics.stacks else 3
