"""A field keeps nothing and hands nothing on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.key_layouts import KeyboardKind
from ui.text_field import Capitals, LabelledField, TextField
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


def test_nothing_can_be_copied_cut_dragged_or_undone(theme: Theme, qtbot: QtBot) -> None:
    field = TextField("Số định danh", keyboard=KeyboardKind.DIGITS)
    qtbot.addWidget(field)
    QGuiApplication.clipboard().setText("trước")
    QTest.keyClicks(field, "001099000123")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, CTRL)
    QTest.keyClick(field, Qt.Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "trước"
    assert field.text() == "001099000123"
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert not field.dragEnabled()
    assert field.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu


def test_no_keyboard_may_learn_from_it(qtbot: QtBot) -> None:
    field = TextField("Họ và tên")
    qtbot.addWidget(field)
    wanted = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    assert field.inputMethodHints() & wanted == wanted


def test_capitals_are_written_for_the_person(qtbot: QtBot) -> None:
    field = TextField("Họ và tên", capitals=Capitals.ALL)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "nguyen van mau")
    assert field.text() == "NGUYEN VAN MAU"


def test_the_value_is_composed_and_has_no_spaces_around_it(qtbot: QtBot) -> None:
    field = TextField("Họ và tên")
    qtbot.addWidget(field)
    field.setText("  Nguye\u0302\u0303n ")
    assert field.value == "Nguyễn"


def test_what_is_wrong_stands_next_to_the_field(theme: Theme, qtbot: QtBot) -> None:
    block = LabelledField(theme, "Số điện thoại", TextField("Số điện thoại"))
    qtbot.addWidget(block)
    block.show_problem("Thiếu một chữ số")
    assert block.field.property("problem") is True
    assert block.field.accessibleDescription() == "Thiếu một chữ số"
    block.show_problem("")
    assert block.field.property("problem") is False
