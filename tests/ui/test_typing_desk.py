"""Real keys type Vietnamese, with a line that shows how; a reader's keys, numbers and codes are left alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from kiosk.config import TypingSettings
from kiosk.typed_word import Method
from tests.ui.conftest import LOW, UPRIGHT, OpenFrame, settle
from ui.fitting_text import FittingText
from ui.frame import Frame
from ui.key_layouts import KeyboardKind
from ui.keyboard import KeyCap
from ui.screen import Screen
from ui.text_field import Capitals, TextField
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize
from ui.typed_text import replace_before_cursor
from ui.typing_choice import TypingChoice

SLOW_MS = 120


class TypedScreen(Screen):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.name = TextField("Họ và tên")
        self.capitals = TextField("Họ và tên", capitals=Capitals.ALL)
        self.mail = TextField("Thư điện tử", keyboard=KeyboardKind.EMAIL)
        self.number = TextField("Số", keyboard=KeyboardKind.DIGITS)
        self.code = TextField("Mã", composes=False)
        self.note = QPlainTextEdit()
        self.keyboard = KeyboardKind.LETTERS
        column = QVBoxLayout(self)
        for field in (self.name, self.capitals, self.mail, self.number, self.code, self.note):
            column.addWidget(field)


def screen_of(frame: Frame) -> TypedScreen:
    assert isinstance(frame.shown, TypedScreen)
    return frame.shown


@pytest.fixture
def frame(open_frame: OpenFrame, monkeypatch: pytest.MonkeyPatch) -> Frame:
    """Keys come as far apart as a person's: the time between them is the test's own."""
    frame = open_frame(TypedScreen)
    now = [0]
    composing = frame.typing.composing

    def later() -> int:
        now[0] += SLOW_MS
        return now[0]

    monkeypatch.setattr(composing, "_now_ms", later)
    return frame


def keys(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)


def button(frame: Frame, name: str) -> QAbstractButton:
    return next(each for each in frame.findChildren(QAbstractButton, name) if each.isVisible())


def tap(frame: Frame, name: str) -> None:
    QTest.mouseClick(button(frame, name), Qt.MouseButton.LeftButton)


def echo(frame: Frame) -> str:
    return " ".join(text.accessibleName() for text in frame.typing.line.findChildren(FittingText) if text.isVisible())


def test_words_are_composed_where_words_are_typed(frame: Frame) -> None:
    screen = screen_of(frame)
    changes: list[str] = []
    screen.name.textEdited.connect(changes.append)
    keys(screen.name, "Nguyeenx Wang Law ")
    keys(screen.capitals, "thij hoafng")
    keys(screen.note, "soos nhaf")
    assert screen.name.value == "Nguyễn Wang Law"
    assert changes[-1] == "Nguyễn Wang Law "
    assert (screen.capitals.value, screen.note.toPlainText()) == ("THỊ HOÀNG", "số nhà")


def test_numbers_mail_and_codes_are_left_alone(frame: Frame) -> None:
    screen = screen_of(frame)
    for field in (screen.mail, screen.number, screen.code):
        keys(field, "aas")
        assert field.value == "aas"
        assert ("Telex" in echo(frame)) is False
    assert button(frame, "show_keyboard")


def test_the_line_shows_the_word_and_the_other_way_to_write_it(frame: Frame) -> None:
    screen = screen_of(frame)
    assert not frame.typing.line.isVisible()
    keys(screen.name, "lisa")
    assert frame.typing.line.isVisible()
    assert "lisa thành lía" in echo(frame)
    assert "“lisa”" in button(frame, "flip_word").text()
    tap(frame, "flip_word")
    assert screen.name.value == "lisa"
    QTest.keyClick(screen.name, Qt.Key.Key_F10)
    assert screen.name.value == "lía"
    QTest.keyClick(screen.name, Qt.Key.Key_Backspace)
    assert screen.name.value == "lí"


def test_the_switch_holds_for_the_visit(frame: Frame) -> None:
    screen = screen_of(frame)
    keys(screen.name, "a")
    tap(frame, "typing:vni")
    assert QApplication.focusWidget() is screen.name
    keys(screen.name, "n nguye64n aas")
    assert screen.name.value == "an nguyễn aas"
    frame.set_screen(TypedScreen(screen.theme))
    settle()
    assert frame.typing.line.isVisible()
    tap(frame, "typing:off")
    keys(screen_of(frame).name, "nguye64n")
    assert screen_of(frame).name.value == "nguye64n"
    frame.typing.reset()
    assert button(frame, "typing:telex").isChecked()


def test_a_words_end_comes_with_continue_too(frame: Frame) -> None:
    screen = screen_of(frame)
    keys(screen.name, "Law")
    assert screen.name.value == "Lă"
    tap(frame, "next")
    assert screen.name.value == "Law"
    keys(screen.capitals, "tee")
    screen.code.setFocus()
    assert screen.capitals.value == "TÊ"


def test_back_too_keeps_whole_words(frame: Frame) -> None:
    """What stands on the page when it is left is kept as it stands."""
    screen = screen_of(frame)
    keys(screen.name, "Anna Law")
    frame.back.connect(lambda: left.append(screen.name.value))
    left: list[str] = []
    tap(frame, "back")
    assert left == ["Anna Law"]


def test_what_is_selected_is_replaced_wherever_the_cursor_stands(frame: Frame) -> None:
    name = screen_of(frame).name
    for begin, length in ((5, 3), (8, -3)):
        name.setText("NGUYEXYZ")
        name.setFocus()
        name.setSelection(begin, length)
        replace_before_cursor(name, 1, "Ê")
        assert name.text() == "NGUYÊ"


def test_no_letter_is_held_for_the_next_person(frame: Frame) -> None:
    keys(screen_of(frame).name, "mnmnmn")
    frame.typing.reset()
    composing = frame.typing.composing
    held = [value for name in ("_burst", "_composer") for value in vars(getattr(composing, name)).values()]
    assert not any("mnmn" in str(value) for value in held)


def test_a_reader_is_never_composed(open_frame: OpenFrame) -> None:
    """With the keys' own times: as fast as a reader's."""
    screen = screen_of(open_frame(TypedScreen))
    keys(screen.name, "aasdd owws||Nguyeenx Vawn Maaux|||ddoor")
    assert screen.name.text() == "aasdd owws||Nguyeenx Vawn Maaux|||ddoor"


def test_a_readers_letters_with_accents_are_of_the_same_text(open_frame: OpenFrame) -> None:
    screen, none = screen_of(open_frame(TypedScreen)), Qt.KeyboardModifier.NoModifier
    for letter in "LÊ THỊ MẪU ddoor":
        QTest.sendKeyEvent(QTest.KeyAction.Press, screen.name, Qt.Key.Key_unknown, letter, none)
    assert screen.name.text() == "LÊ THỊ MẪU ddoor"


def test_ours_gives_way_to_the_machines_own(frame: Frame) -> None:
    screen = screen_of(frame)
    keys(screen.name, "a")
    QApplication.sendEvent(screen.name, QInputMethodEvent("ngu", []))
    assert "đã tắt" in echo(frame)
    assert button(frame, "typing:off").isChecked()
    tap(frame, "typing:telex")
    assert "đã tắt" not in echo(frame)
    none = Qt.KeyboardModifier.NoModifier
    QTest.sendKeyEvent(QTest.KeyAction.Press, screen.name, Qt.Key.Key_unknown, "ế", none)
    assert button(frame, "typing:off").isChecked()


def test_the_keyboard_comes_back_with_a_touch(frame: Frame) -> None:
    keys(screen_of(frame).name, "a")
    assert not frame.keyboard.isVisible()
    tap(frame, "show_keyboard")
    assert frame.keyboard.isVisible()
    assert not frame.typing.line.isVisible()
    tap(frame, "key_hide")
    tap(frame, "other_letters")
    tap(frame, "key_Č")
    tap(frame, "key_Ê\u0306")
    tap(frame, "key_letters")
    tap(frame, "key_'")
    assert screen_of(frame).name.value == "ačê\u0306'"


def test_the_next_person_is_shown_the_keyboard(frame: Frame) -> None:
    keys(screen_of(frame).name, "a")
    frame.typing.reset()
    frame.set_screen(TypedScreen(screen_of(frame).theme))
    assert frame.keyboard.isVisible()


@pytest.mark.parametrize("panel", [Panel(), LOW, UPRIGHT, Panel(3840, 2160, 32)], ids=str)
def test_the_line_has_room_for_fingers(open_frame: OpenFrame, theme: Theme, panel: Panel) -> None:
    theme.set_panel(panel)
    theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
    frame = open_frame(TypedScreen)
    keys(screen_of(frame).name, "lisa")
    settle()
    shown = [each for each in frame.typing.line.findChildren(QAbstractButton) if each.isVisible()]
    assert len(shown) == 6
    for each in shown:
        assert each.height() >= theme.metrics.touch_px
        assert each.width() >= each.sizeHint().width()
        assert frame.typing.line.rect().contains(each.geometry())
    for one in shown:
        for other in shown:
            assert one is other or not one.geometry().intersects(other.geometry())


def test_the_office_sets_what_a_visit_begins_with() -> None:
    choice = TypingChoice(TypingSettings(method=Method.VNI, tones="older"))
    choice.choose(Method.OFF)
    choice.reset()
    assert (choice.method, choice.older) == (Method.VNI, True)


def test_pads_have_keys_of_25_mm_where_there_is_room(open_frame: OpenFrame, theme: Theme) -> None:
    frame = open_frame(TypedScreen)
    frame.keyboard.set_kind(KeyboardKind.DIGITS)
    settle()
    caps = [cap for cap in frame.keyboard.findChildren(KeyCap) if cap.isVisible()]
    assert min(min(cap.width(), cap.height()) for cap in caps) >= theme.metrics.px(25)
