"""The on-screen keyboard types what a person would, without ever taking the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LOW, UPRIGHT, OpenFrame, settle
from ui.frame import Frame
from ui.key_layouts import Act, KeyboardKind, rows_for
from ui.keyboard import KeyCap
from ui.screen import Screen
from ui.text_field import Capitals, TextField
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize


class FieldsScreen(Screen):
    """One field of every kind."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.name = TextField("Họ và tên", capitals=Capitals.ALL)
        self.street = TextField("Đường", capitals=Capitals.WORDS)
        self.note = TextField("Ghi chú")
        self.reason = TextField("Lý do", capitals=Capitals.FIRST)
        self.number = TextField("Số", keyboard=KeyboardKind.DIGITS)
        self.mail = TextField("Thư điện tử", keyboard=KeyboardKind.EMAIL)
        self.plain = QLineEdit()
        self.keyboard = KeyboardKind.LETTERS
        column = QVBoxLayout(self)
        for field in (self.name, self.street, self.note, self.reason, self.number, self.mail, self.plain):
            column.addWidget(field)


def press(frame: Frame, *names: str) -> None:
    for name in names:
        caps = [cap for cap in frame.keyboard.findChildren(KeyCap, f"key_{name}") if cap.isVisible()]
        assert len(caps) == 1, name
        QTest.mouseClick(caps[0], Qt.MouseButton.LeftButton)


def fields(frame: Frame) -> FieldsScreen:
    screen = frame.shown
    assert isinstance(screen, FieldsScreen)
    return screen


def test_a_name_is_typed_with_tone_keys(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    press(frame, *"NGUYÊ", "ngã", "N", " ", "T", "H", "I", "nặng", " ", *"MÂU", "ngã")
    assert fields(frame).name.value == "NGUYỄN THỊ MẪU"
    assert QApplication.focusWidget() is fields(frame).name


def test_the_same_tone_twice_takes_it_off(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    press(frame, "Đ", "Ô", "ngã", "ngã", "sắc")
    assert fields(frame).name.value == "ĐỐ"


def test_tones_work_in_the_middle_of_a_text(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    name = fields(frame).name
    name.setText("NGUYÊN VĂN MẪU")
    name.setCursorPosition(6)
    press(frame, "ngã")
    assert name.value == "NGUYỄN VĂN MẪU"
    assert name.cursorPosition() == 6


def test_capitals_follow_the_field_and_the_key(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    fields(frame).street.setFocus()
    press(frame, *"LÊ", " ", *"LƠI", "nặng")
    assert fields(frame).street.value == "Lê Lợi"


def test_of_free_text_only_the_first_letter_is_a_capital(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    fields(frame).reason.setFocus()
    press(frame, *"GHI SAI")
    assert fields(frame).reason.value == "Ghi sai"
    fields(frame).note.setFocus()
    press(frame, "A", "capitals", "B", "Đ", "capitals", "C")
    assert fields(frame).note.value == "aBĐc"


def test_erasing_and_undoing_are_real_key_presses(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    plain = fields(frame).plain
    plain.setFocus()
    press(frame, "A", "B", "erase")
    assert plain.text() == "a"
    QTest.keyClick(plain, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert plain.text() == "ab"


def test_a_field_gets_the_keys_that_it_wants(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    fields(frame).number.setFocus()
    assert frame.keyboard.kind is KeyboardKind.DIGITS
    press(frame, "0", "9", "erase")
    fields(frame).mail.setFocus()
    press(frame, "m", "a", "u", "@", "gmail.com")
    assert (fields(frame).number.value, fields(frame).mail.value) == ("0", "mau@gmail.com")


def test_real_keys_put_it_away_and_a_touch_brings_it_back(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    QTest.keyClick(fields(frame).name, Qt.Key.Key_A)
    assert not frame.keyboard.isVisible()
    fields(frame).note.setFocus()
    assert not frame.keyboard.isVisible()
    QTest.mouseClick(fields(frame).note, Qt.MouseButton.LeftButton)
    assert frame.keyboard.isVisible()
    press(frame, "hide")
    assert not frame.keyboard.isVisible()


def test_losing_the_focus_does_not_move_the_page(open_frame: OpenFrame) -> None:
    frame = open_frame(FieldsScreen)
    frame.footer.next_button.setFocus()
    assert frame.keyboard.isVisible()


def test_it_types_into_any_widget_that_takes_text(open_frame: OpenFrame, qtbot: QtBot) -> None:
    class NoteScreen(Screen):
        def __init__(self, theme: Theme) -> None:
            super().__init__(theme)
            self.keyboard = KeyboardKind.LETTERS
            self.note = QPlainTextEdit()
            QVBoxLayout(self).addWidget(self.note)

        def first_focus(self) -> QWidget | None:
            return self.note

    frame = open_frame(NoteScreen)
    press(frame, "T", "Ô", "sắc", "T")
    note = frame.findChildren(QPlainTextEdit)[0]
    assert note.toPlainText() == "tốt"


@pytest.mark.parametrize("panel", [Panel(), LOW, UPRIGHT], ids=str)
@pytest.mark.parametrize("kind", [KeyboardKind.LETTERS, KeyboardKind.DIGITS, KeyboardKind.EMAIL])
def test_keys_have_room_for_a_finger(open_frame: OpenFrame, theme: Theme, panel: Panel, kind: KeyboardKind) -> None:
    theme.set_panel(panel)
    theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
    frame = open_frame(FieldsScreen)
    frame.keyboard.set_kind(kind)
    settle()
    caps = [cap for cap in frame.keyboard.findChildren(KeyCap) if cap.isVisible()]
    least_mm = 25 if kind is KeyboardKind.DIGITS else 16
    assert len(caps) == sum(len(row) for row in rows_for(kind))
    assert min(cap.width() for cap in caps) >= round(least_mm * panel.px_per_mm) - 1
    assert max(cap.geometry().right() for cap in caps) < frame.width()
    smallest = theme.metrics.px(4.8)  # 24 px on the desk panel, less a fifth for the longest words
    assert min(cap.words_font().pixelSize() for cap in caps) >= smallest


def test_every_key_is_named_in_words(theme: Theme) -> None:
    for kind in KeyboardKind:
        keys = [key for row in rows_for(kind) for key in row]
        assert len({key.name for key in keys}) == len(keys)
        assert all(key.label.strip() for key in keys)
        assert not keys or {Act.TYPE, Act.ERASE, Act.HIDE} <= {key.act for key in keys}
