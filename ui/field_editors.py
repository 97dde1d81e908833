"""One editor a field type: how an answer of that type is shown, typed or chosen, and taken."""

from PySide6.QtWidgets import QWidget

from kiosk.dates import parse_iso
from kiosk.field_rules import normalise
from kiosk.form import AnswerValue, Field, FieldProblem, FieldType, RuleKind
from kiosk.form_rules import screen_text
from kiosk.spoken_privacy import unspoken
from kiosk.texts import _
from kiosk.vietnamese import fold
from ui.choice_rows import Choice, ChoiceRows
from ui.date_field import DateField
from ui.editor import Editor
from ui.frequent_choice import FrequentChoiceEditor
from ui.key_layouts import KeyboardKind
from ui.labels import Label
from ui.number_editor import NumberEditor, is_small_number
from ui.search_list import SearchList
from ui.spoken_value import keep_unspoken
from ui.text_field import Capitals, TextField
from ui.theme import Theme
from ui.tokens import Role

ROWS_AT_MOST = 6  # a longer list is searched, not read (GOV.UK Design System: radios)

_KEYBOARDS = {
    FieldType.ID_NUMBER: KeyboardKind.DIGITS,
    FieldType.NUMBER: KeyboardKind.DIGITS,
    FieldType.PHONE: KeyboardKind.DIGITS,
    FieldType.EMAIL: KeyboardKind.EMAIL,
    FieldType.DATE: KeyboardKind.DATE,
    FieldType.TEXT: KeyboardKind.LETTERS,
    FieldType.NAME: KeyboardKind.LETTERS,
}


def keyboard_for(field: Field) -> KeyboardKind:
    """The keyboard that the field is answered with."""
    return _KEYBOARDS.get(field.type, KeyboardKind.NONE)


class TextEditor(Editor):
    """Names, numbers and free text on one line."""

    def __init__(self, theme: Theme, field: Field, label: str) -> None:
        self._edit = TextField(_(field.label), keyboard=keyboard_for(field), capitals=_capitals(field))
        self._edit.setObjectName(f"field:{field.id}")
        self._edit.setAccessibleDescription(_(field.hint))
        if unspoken(field):
            keep_unspoken(self._edit)
        super().__init__(theme, field, label, self._edit)
        self._edit.textEdited.connect(self.given)

    def clear(self) -> None:
        self._edit.setText("")

    @property
    def target(self) -> QWidget:
        return self._edit

    def take(self) -> AnswerValue | FieldProblem | None:
        return normalise(self.field, self._edit.value) if self._edit.value else None

    def put(self, value: AnswerValue) -> None:
        self._edit.setText(str(value))

    def show_problem(self, text: str) -> None:
        super().show_problem(text)
        self._edit.set_problem(bool(text))
        self._edit.setAccessibleDescription(text or _(self.field.hint))


class DateEditor(Editor):
    """Three boxes; the year alone is enough where the form allows it."""

    def __init__(self, theme: Theme, field: Field, label: str) -> None:
        self._boxes = DateField(theme, _(field.label))
        if _is_month_of_period(field):
            self._boxes.leave_out_day()
        for name in ("day", "month", "year"):
            getattr(self._boxes, name).setObjectName(f"field:{field.id}:{name}")
        if unspoken(field):
            keep_unspoken(self._boxes)
        super().__init__(theme, field, label, self._boxes)
        self._boxes.edited.connect(self.given)

    def clear(self) -> None:
        self._boxes.set_value("", "", "")

    @property
    def target(self) -> QWidget:
        return self._boxes.first

    def take(self) -> AnswerValue | FieldProblem | None:
        day, month, year = self._boxes.value
        if not (day or month or year):
            return None
        if (day and not month) or not year:
            return FieldProblem(self.field.id, _("Nhập đủ ngày, tháng, năm, ví dụ 27 3 1958."))
        return normalise(self.field, " ".join(part for part in (day, month, year) if part))

    def put(self, value: AnswerValue) -> None:
        found = parse_iso(str(value))
        if found is not None:
            self._boxes.set_value(str(found.day or ""), str(found.month or ""), str(found.year))

    def show_problem(self, text: str) -> None:
        super().show_problem(text)
        self._boxes.set_problem(bool(text))
        self._boxes.first.setAccessibleDescription(text)


class ChoiceEditor(Editor):
    """Rows to choose from; yes and no are two rows."""

    def __init__(self, theme: Theme, field: Field, label: str) -> None:
        self._rows = ChoiceRows(theme, _rows_of(field))
        for row in self._rows.rows:
            row.setObjectName(f"choice:{field.id}:{row.choice.key}")
        if unspoken(field):
            keep_unspoken(*self._rows.rows)
        self._rows.setAccessibleName(_(field.label))
        super().__init__(theme, field, label, self._rows)
        self._rows.chosen.connect(self.given)

    def clear(self) -> None:
        self._rows.clear()

    @property
    def target(self) -> QWidget:
        return self._rows.rows[0]

    def take(self) -> AnswerValue | FieldProblem | None:
        key = self._rows.value
        return normalise(self.field, key) if key is not None else None

    def put(self, value: AnswerValue) -> None:
        key = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for row in self._rows.rows:
            row.setChecked(row.choice.key == key)


class SearchEditor(Editor):
    """A long list, searched by typing without accents."""

    turns_pages = True

    def __init__(self, theme: Theme, field: Field, label: str) -> None:
        self._names = {choice.code: screen_text(field, choice.code) for choice in field.choices}
        self._chosen = ""
        self._list = SearchList(theme, _(field.label), self._find)
        self._list.setObjectName(f"field:{field.id}")
        self._list.field.setPlaceholderText(_("Gõ vài chữ để tìm, không cần dấu"))
        self._list.picked.connect(self.put)
        self._list.picked.connect(self.given)
        self._list.picked.connect(lambda _key: self.turned.emit())
        self._current = Label("", Role.STRONG)
        super().__init__(theme, field, label, self._list)
        self._column.insertWidget(0, self._current)
        self._current.hide()

    def _find(self, typed: str) -> list[tuple[str, str]]:
        wanted = fold(typed)
        return [(code, name) for code, name in self._names.items() if wanted in fold(name)]

    @property
    def target(self) -> QWidget:
        return self._list

    def clear(self) -> None:
        self._chosen = ""
        self._current.show_text("")

    def fold(self, *, folded: bool) -> None:
        super().fold(folded=folded)
        self._current.setVisible(bool(self._chosen) and not folded)

    def take(self) -> AnswerValue | FieldProblem | None:
        """What was typed after a row was picked must still be that row: what is read is what is filed."""
        typed = fold(self._list.field.value)
        if typed and typed not in fold(self._names.get(self._chosen, "")):
            return FieldProblem(self.field.id, _("Ông/bà chạm vào một dòng trong danh sách."))
        return self._chosen or None

    def put(self, value: AnswerValue) -> None:
        self._chosen = str(value)
        self._current.show_text(_("Đã chọn: {name}").format(name=self._names[self._chosen]))


def _is_month_of_period(field: Field) -> bool:
    """A table's column of months: its boxes are fewer, for nobody knows the day of every move."""
    in_table = field.id.endswith((":start", ":end"))
    return in_table and any(rule.kind is RuleKind.MONTH_KNOWN for rule in field.rules)


def _capitals(field: Field) -> Capitals:
    if field.type is FieldType.EMAIL:
        return Capitals.AS_TYPED
    if field.uppercase:
        return Capitals.ALL
    return Capitals.WORDS if field.type is FieldType.NAME else Capitals.FIRST


def make_editor(theme: Theme, field: Field, label: str) -> Editor:
    """The editor of a field of any type but the address (ui.address_editor) and the table (ui.table_editor)."""
    match field.type:
        case FieldType.DATE:
            return DateEditor(theme, field, label)
        case FieldType.YES_NO:
            return ChoiceEditor(theme, field, label)
        case FieldType.CHOICE:
            few = len(field.choices) <= ROWS_AT_MOST
            if field.common and not few:
                return FrequentChoiceEditor(theme, field, label)
            return ChoiceEditor(theme, field, label) if few else SearchEditor(theme, field, label)
        case FieldType.NUMBER if is_small_number(field):
            return NumberEditor(theme, field, label)
        case _:
            return TextEditor(theme, field, label)


def _rows_of(field: Field) -> list[Choice]:
    if field.type is FieldType.YES_NO:
        return [Choice("yes", _("Có")), Choice("no", _("Không"))]
    return [Choice(choice.code, screen_text(field, choice.code), _(choice.hint)) for choice in field.choices]
