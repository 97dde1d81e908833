"""Tests of ui.wedge on real widgets: keys as the window gets them, at times that are told, never waited for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.strokes import CARD, by_alt_codes, scanned, typed
from ui.scanned_keys import Stroke
from ui.text_field import Capitals, TextField
from ui.wedge import Wedge

QUIET_TIMEOUT_MS = 5000


class Page(QWidget):
    """A field and a button, and a wedge that is started."""

    def __init__(self) -> None:
        super().__init__()
        self.field = TextField("Mã")
        self.button = QPushButton("Tự gõ thông tin")
        self.button.setAutoDefault(True)
        self.pressed = 0
        self.button.clicked.connect(self._count)
        self.name = TextField("Tên", capitals=Capitals.ALL)
        column = QVBoxLayout(self)
        for widget in (self.field, self.button, self.name):
            column.addWidget(widget)
        self.texts: list[str] = []
        self.wedge = Wedge(self)
        self.wedge.scanned.connect(self.texts.append)

    def _count(self) -> None:
        self.pressed += 1

    def send(self, strokes: list[Stroke]) -> None:
        """As the platform gives keys to the window."""
        window = self.windowHandle()
        assert isinstance(window, QWindow)
        for stroke in strokes:
            kind = QEvent.Type.KeyPress if stroke.down else QEvent.Type.KeyRelease
            event = QKeyEvent(kind, stroke.key, stroke.modifiers, stroke.text, stroke.repeated)
            event.setTimestamp(stroke.at_ms)
            QApplication.sendEvent(window, event)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    shown = Page()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.field.setFocus()
    shown.wedge.start()
    yield shown
    shown.wedge.stop()


@pytest.mark.parametrize("end", ["\r", "\t", "\r\t\r"])
def test_a_scan_is_given_once_and_types_and_presses_nothing(page: Page, end: str) -> None:
    for focused in (page.field, page.button):
        focused.setFocus()
        page.send(scanned(CARD + end))
        page.wedge.stop()
        page.wedge.start()
    assert page.texts == [CARD, CARD]
    assert (page.field.text(), page.pressed) == ("", 0)


def test_without_an_end_silence_ends_a_scan(page: Page, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.wedge.scanned, timeout=QUIET_TIMEOUT_MS):
        page.send(scanned(CARD))
    assert (page.texts, page.field.text()) == ([CARD], "")


def test_what_a_person_types_arrives_in_its_order(page: Page, qtbot: QtBot) -> None:
    page.send(typed("nguyễn văn mẫu", [5, 120, 20, 90, 3, 3, 80]))
    qtbot.waitUntil(lambda: page.field.text() == "nguyễn văn mẫu", timeout=QUIET_TIMEOUT_MS)
    assert page.texts == []


def test_a_field_that_writes_capitals_still_does(page: Page, qtbot: QtBot) -> None:
    page.name.setFocus()
    page.send(typed("lê thị b", [90]))
    qtbot.waitUntil(lambda: page.name.text() == "LÊ THỊ B", timeout=QUIET_TIMEOUT_MS)


def test_keys_of_a_person_work_buttons_and_move_between_fields(page: Page, qtbot: QtBot) -> None:
    page.send(typed("a\t", [200]))
    assert page.field.text() == "a"
    qtbot.waitUntil(page.button.hasFocus, timeout=QUIET_TIMEOUT_MS)
    page.send(typed("\r ", [200], start_ms=3000))
    qtbot.waitUntil(lambda: page.pressed == 1, timeout=QUIET_TIMEOUT_MS)  # the space; Enter is no press outside dialogs


def test_typing_then_a_scan_keeps_the_typed_and_takes_the_scanned(page: Page) -> None:
    page.send([*typed("abc", [100]), *scanned(CARD + "\r", start_ms=2000)])
    assert (page.field.text(), page.texts) == ("abc", [CARD])


def test_keys_that_waited_while_the_window_was_busy_are_told_apart_by_their_own_times(page: Page) -> None:
    """Forty keys of a person arrive in one go, as after a long paint; their times say that nobody scanned."""
    page.send([*typed("x" * 40, [90]), *typed("\r", [0], start_ms=9000)])
    assert (page.field.text(), page.texts) == ("x" * 40, [])


def test_the_on_screen_keyboard_is_not_held_back(page: Page) -> None:
    for letter in "abc":
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                page.field, QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            )
    assert page.field.text() == "abc"


def test_a_paste_is_left_alone(page: Page) -> None:
    QApplication.clipboard().clear()  # other tests leave something there
    page.field.paste()
    page.field.insert("dán vào một lúc, hơn hai mươi chữ")
    assert page.field.text() == "dán vào một lúc, hơn hai mươi chữ"
    assert page.texts == []


def test_what_an_input_method_composes_is_left_alone(page: Page) -> None:
    composing = QInputMethodEvent("nguyê", [])
    QApplication.sendEvent(page.field, composing)
    done = QInputMethodEvent()
    done.setCommitString("nguyễn")
    QApplication.sendEvent(page.field, done)
    assert page.field.text() == "nguyễn"


def test_no_input_method_stands_between_while_it_runs(page: Page) -> None:
    method = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not page.field.testAttribute(method)
    page.button.setFocus()
    assert page.field.testAttribute(method)
    page.field.setFocus()
    assert not page.field.testAttribute(method)
    page.wedge.stop()
    assert page.field.testAttribute(method)


def test_a_field_that_is_gone_needs_no_input_method_back(page: Page) -> None:
    other = QLineEdit(page)
    other.show()
    other.setFocus()
    other.deleteLater()
    QApplication.sendPostedEvents(other, QEvent.Type.DeferredDelete)
    page.wedge.stop()


def test_alt_codes_reach_no_field(page: Page) -> None:
    codes = [str(ord(letter)).zfill(4) for letter in CARD]
    page.send([*by_alt_codes(codes), *scanned("\r", start_ms=1000 + 15 * len(CARD))])
    assert (page.texts, page.field.text()) == ([CARD], "")


def test_what_is_held_back_does_not_survive_the_page(page: Page, qtbot: QtBot) -> None:
    page.send(scanned(CARD[:15]))
    page.wedge.stop()
    assert CARD[:5] not in repr(vars(page.wedge))
    page.wedge.start()
    page.send(scanned(CARD + "\r", start_ms=9000))
    assert page.texts == [CARD]
    assert page.field.text() == ""


def test_stopped_it_lets_everything_through(page: Page) -> None:
    page.wedge.stop()
    page.wedge.stop()
    page.send(scanned("0010\r"))
    assert (page.field.text(), page.texts) == ("0010", [])


def test_a_page_may_end_when_its_text_comes(page: Page) -> None:
    page.wedge.scanned.connect(page.wedge.stop)
    page.send(scanned(CARD + "\rabc", 40 // 8))
    assert page.texts == [CARD]
