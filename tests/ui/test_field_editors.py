"""Each type of field: what is typed becomes a value, what is wrong is kept and said, what was given comes back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from commands.gallery_stand_ins import NOW
from commands.gallery_visit import Walker
from kiosk.form import Answer, AnswerValue, Field, FieldProblem, Source
from ui.choice_rows import ChoiceRow
from ui.editor import Editor
from ui.field_editors import ChoiceEditor, DateEditor, SearchEditor, TextEditor, keyboard_for, make_editor
from ui.frequent_choice import FrequentChoiceEditor
from ui.key_layouts import KeyboardKind
from ui.number_editor import NumberEditor
from ui.search_list import SearchList
from ui.text_field import TextField
from ui.theme import Theme


@pytest.fixture
def fields(walker: Walker) -> dict[str, Field]:
    """The fields of the real form by id."""
    found = {field.id: field for page in walker.service.form.pages for field in page.fields}
    return {**found, "long_list": replace(found["requester_nationality"], id="long_list", common=())}


def editor_of(theme: Theme, qtbot: QtBot, field: Field) -> Editor:
    editor = make_editor(theme, field, field.label)
    qtbot.addWidget(editor)
    return editor


@pytest.mark.parametrize(
    ("field_id", "kind", "keyboard"),
    [
        ("requester_name", TextEditor, KeyboardKind.LETTERS),
        ("registered_at", TextEditor, KeyboardKind.LETTERS),
        ("requester_id_number", TextEditor, KeyboardKind.DIGITS),
        ("contact_phone", TextEditor, KeyboardKind.DIGITS),
        ("copies", NumberEditor, KeyboardKind.DIGITS),
        ("requester_birth_date", DateEditor, KeyboardKind.DATE),
        ("for_whom", ChoiceEditor, KeyboardKind.NONE),
        ("has_old_copy", ChoiceEditor, KeyboardKind.NONE),
        ("requester_ethnic_group", FrequentChoiceEditor, KeyboardKind.NONE),
        ("long_list", SearchEditor, KeyboardKind.NONE),
    ],
)
def test_each_type_has_its_editor_and_keyboard(
    theme: Theme, qtbot: QtBot, fields: dict[str, Field], field_id: str, kind: type[Editor], keyboard: KeyboardKind
) -> None:
    editor = editor_of(theme, qtbot, fields[field_id])
    assert type(editor) is kind
    assert keyboard_for(fields[field_id]) is keyboard
    assert editor.take() is None


@pytest.mark.parametrize(
    ("field_id", "typed", "value"),
    [
        ("requester_name", "nguyễn văn mẫu", "NGUYỄN VĂN MẪU"),
        ("requester_id_number", "001 058 000123", "001058000123"),
        ("contact_phone", "+84 912 345 678", "0912345678"),
        ("copies", "2", 2),
    ],
)
def test_typed_text_becomes_a_value(
    theme: Theme, qtbot: QtBot, fields: dict[str, Field], field_id: str, typed: str, value: AnswerValue
) -> None:
    editor = editor_of(theme, qtbot, fields[field_id])
    editor.findChildren(TextField)[0].setText(typed)
    assert editor.take() == value


def test_a_date_wants_its_year(theme: Theme, qtbot: QtBot, fields: dict[str, Field]) -> None:
    editor = editor_of(theme, qtbot, fields["requester_birth_date"])
    day, month, year = editor.findChildren(TextField)
    day.setText("27")
    wrong = editor.take()
    assert isinstance(wrong, FieldProblem)
    month.setText("3")
    year.setText("1958")
    assert editor.take() == "1958-03-27"
    day.clear()
    assert editor.take() == "1958-03"
    month.clear()
    assert editor.take() == "1958"


@pytest.mark.parametrize(
    ("field_id", "value"),
    [
        ("requester_name", "NGUYỄN VĂN MẪU"),
        ("requester_birth_date", "1958-03-27"),
        ("registered_on", "1958"),
        ("for_whom", "kin"),
        ("has_old_copy", True),
        ("has_old_copy", False),
        ("copies", 2),
        ("requester_nationality", "VN"),
    ],
)
def test_an_answer_comes_back_as_it_was_given(
    theme: Theme, qtbot: QtBot, fields: dict[str, Field], field_id: str, value: AnswerValue
) -> None:
    field = fields[field_id]
    if field_id == "requester_nationality":
        value = next(choice.code for choice in field.choices if choice.label == "Việt Nam")
    editor = editor_of(theme, qtbot, field)
    editor.restore(Answer(value, Source.CITIZEN, NOW))
    assert editor.take() == value
    assert not editor.says_unknown


def test_not_knowing_comes_back_too(theme: Theme, qtbot: QtBot, fields: dict[str, Field]) -> None:
    editor = editor_of(theme, qtbot, fields["registered_on"])
    editor.restore(Answer("", Source.CITIZEN, NOW, unknown=True))
    assert editor.says_unknown


def test_a_long_list_is_found_without_accents(theme: Theme, qtbot: QtBot, fields: dict[str, Field]) -> None:
    editor = editor_of(theme, qtbot, fields["long_list"])
    editor.resize(900, 600)
    editor.show()
    [found] = editor.findChildren(SearchList)
    found.field.setText("viet nam")
    [row] = [row for row in found.findChildren(QAbstractButton, "row") if row.isVisible()]
    row.click()
    assert editor.take() is not None
    assert "Đã chọn: Việt Nam" in [label.text() for label in editor.findChildren(type(editor.problem_label))]


def test_a_problem_is_said_and_taken_back(theme: Theme, qtbot: QtBot, fields: dict[str, Field]) -> None:
    for field_id in ("requester_name", "requester_birth_date"):
        editor = editor_of(theme, qtbot, fields[field_id])
        editor.show_problem("Xem lại giúp.")
        assert editor.problem_label.text() == "Xem lại giúp."
        assert editor.target.accessibleDescription() == "Xem lại giúp."
        editor.show_problem("")
        assert not editor.problem_label.isVisibleTo(editor)


def test_yes_and_no_are_two_rows(theme: Theme, qtbot: QtBot, fields: dict[str, Field]) -> None:
    editor = editor_of(theme, qtbot, fields["has_old_copy"])
    assert [row.choice.label for row in editor.findChildren(ChoiceRow)] == ["Có", "Không"]
