"""Province, commune, then house and street; an old address is a hint, never an answer."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_stand_ins import NOW
from commands.gallery_visit import Walker, made_up_card
from kiosk.form import Address, Answer, Field, FieldProblem, Source
from tests.ui.conftest import settle
from ui.address_editor import AddressEditor
from ui.labels import Label
from ui.search_list import SearchList
from ui.text_field import TextField
from ui.theme import Theme

MakeEditor = Callable[..., AddressEditor]


@pytest.fixture
def make(theme: Theme, walker: Walker, qtbot: QtBot) -> MakeEditor:
    """Makes the editor of a field of the real form, shown in a room of its own."""

    def show(field_id: str = "delivery_address", printed: str = "") -> AddressEditor:
        fields: dict[str, Field] = {field.id: field for page in walker.service.form.pages for field in page.fields}
        editor = AddressEditor(theme, fields[field_id], walker.areas, printed)
        qtbot.addWidget(editor)
        editor.resize(1000, 700)
        editor.show()
        settle()
        return editor

    return show


def search(editor: AddressEditor) -> SearchList | None:
    return next((each for each in editor.findChildren(SearchList) if each.isVisible()), None)


def rows(editor: AddressEditor) -> list[QAbstractButton]:
    found = [each for each in editor.findChildren(QAbstractButton) if each.objectName() == "row" and each.isVisible()]
    return sorted(found, key=lambda row: row.y())


def pick(editor: AddressEditor, typed: str) -> None:
    there = search(editor)
    assert there is not None
    there.field.setText(typed)
    rows(editor)[0].click()
    settle()


def press(editor: AddressEditor, name: str) -> None:
    [button] = [each for each in editor.findChildren(QAbstractButton, name) if each.isVisible()]
    button.click()
    settle()


def line(editor: AddressEditor) -> TextField:
    [field] = [each for each in editor.findChildren(TextField) if each.objectName().endswith(":line")]
    return field


def test_rows_are_there_before_anything_is_typed(make: MakeEditor) -> None:
    editor = make()
    assert len(rows(editor)) >= 4
    assert rows(editor)[0].text() == "Thành phố Hà Nội"


def test_an_address_is_picked_tier_by_tier(make: MakeEditor) -> None:
    editor = make()
    assert isinstance(editor.take(), FieldProblem)
    pick(editor, "ha noi")
    assert isinstance(editor.take(), FieldProblem)
    pick(editor, "thuong tin")
    line(editor).setText("Số 12, Đường Mẫu")
    value = editor.take()
    assert isinstance(value, Address)
    assert str(value) == "Số 12, Đường Mẫu, Xã Thường Tín, Thành phố Hà Nội"
    assert editor.complete


def test_after_the_last_pick_the_line_is_typed(make: MakeEditor, qtbot: QtBot) -> None:
    editor = make()
    pick(editor, "ha noi")
    pick(editor, "thuong tin")
    editor.activateWindow()
    qtbot.waitUntil(line(editor).hasFocus)


def test_a_card_offers_its_province_and_likely_communes(make: MakeEditor) -> None:
    editor = make(printed=made_up_card().address)
    assert [row.text() for row in rows(editor)] == ["Xã Thường Tín"]
    there = search(editor)
    assert there is not None
    there.field.setText("hoa binh")
    assert "Xã Thường Tín (Xã Hòa Bình cũ)" in [row.text() for row in rows(editor)]


def test_an_old_address_answers_nothing_by_itself(make: MakeEditor) -> None:
    editor = make(printed=made_up_card().address)
    assert isinstance(editor.take(), FieldProblem)
    pick(editor, "thuong tin")
    value = editor.take()
    assert isinstance(value, Address)
    assert value.as_printed == ""  # where the post goes is not what the card says of its owner


def test_a_residence_keeps_the_cards_own_text_until_it_is_moved_to_another_province(make: MakeEditor) -> None:
    editor = make("requester_residence", printed=made_up_card().address)
    pick(editor, "thuong tin")
    value = editor.take()
    assert isinstance(value, Address)
    assert value.as_printed == made_up_card().address
    press(editor, "change:requester_residence:commune")
    press(editor, "change:requester_residence:province")
    pick(editor, "da nang")
    pick(editor, "hoa")
    moved = editor.take()
    assert isinstance(moved, Address)
    assert (moved.as_printed, moved.line) == ("", "")


def test_what_was_picked_can_be_changed(make: MakeEditor) -> None:
    editor = make()
    pick(editor, "ha noi")
    press(editor, "change:delivery_address:province")
    pick(editor, "da nang")
    pick(editor, "hoa")
    press(editor, "change:delivery_address:commune")
    assert not editor.complete
    assert search(editor) is not None


def test_a_given_address_comes_back_whole(make: MakeEditor, walker: Walker) -> None:
    editor = make()
    province = walker.areas.provinces[0]
    commune = walker.areas.communes_of(province.code)[0]
    given = Address(province.code, province.full_name, commune.code, commune.full_name, "Thôn Mẫu")
    editor.restore(Answer(given, Source.CITIZEN, NOW))
    assert editor.take() == given


def test_the_line_says_whether_it_may_stay_empty(make: MakeEditor) -> None:
    def labels(editor: AddressEditor) -> list[str]:
        pick(editor, "ha noi")
        pick(editor, "thuong tin")
        return [label.text() for label in editor.findChildren(Label) if label.isVisible()]

    assert "Số nhà, đường, thôn, tổ dân phố (không bắt buộc)" in labels(make("requester_residence"))
    assert "Số nhà, đường, thôn, tổ dân phố" in labels(make("delivery_address"))


def test_while_the_line_is_typed_on_a_low_panel_the_rest_is_left_out(make: MakeEditor) -> None:
    editor = make()
    pick(editor, "ha noi")
    pick(editor, "thuong tin")

    def picked() -> list[QWidget]:
        return [row for row in editor.findChildren(QWidget, "change:delivery_address:commune") if row.isVisible()]

    assert len(picked()) == 1
    editor.fold(folded=True)
    assert picked() == []
    editor.fold(folded=False)
    assert len(picked()) == 1


def test_making_it_opens_no_window_of_its_own(make: MakeEditor) -> None:
    editor = make()
    pick(editor, "ha noi")
    pick(editor, "thuong tin")
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [editor]
