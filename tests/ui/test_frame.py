"""The frame shows a screen, owns it, and turns touches and keys into what the person wants."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LOW, OpenFrame, settle
from tests.ui.sample_screens import QuestionScreen
from ui.buttons import LinkLikeButton
from ui.fitting_text import FittingText
from ui.frame import Frame
from ui.help_panel import HelpPanel
from ui.labels import Label
from ui.look_choice import LookChoice
from ui.panels import ExitPanel, LookPanel
from ui.screen import Screen
from ui.theme import Theme
from ui.tokens import Contrast, TextSize


class WordsScreen(Screen):
    """Nothing to answer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = "Trước khi bắt đầu"
        QVBoxLayout(self).addWidget(Label("Cần thẻ căn cước."))


class TurningScreen(Screen):
    """Two pages of its own, the second one long."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = "Các dòng"
        self.page = 1
        self.lines = [Label(f"Dòng {number}") for number in range(60)]
        column = QVBoxLayout(self)
        for line in self.lines:
            column.addWidget(line)

    def step_back(self) -> bool:
        was_inside = self.page == 2
        self.page = 1
        return was_inside


def question(frame: Frame) -> QuestionScreen:
    screen = frame.shown
    assert isinstance(screen, QuestionScreen)
    return screen


def visible_texts(frame: Frame) -> list[str]:
    return [label.text() for label in frame.findChildren(Label) if label.isVisible()]


def problem_links(frame: Frame) -> list[str]:
    return [link.text() for link in frame.findChildren(LinkLikeButton) if link.isVisible()]


def test_the_screens_facts_are_drawn(open_frame: OpenFrame) -> None:
    frame = open_frame(QuestionScreen)
    screen = question(frame)
    texts = visible_texts(frame)
    assert {screen.heading, screen.hint, screen.progress, "Lấy từ thẻ căn cước"} <= set(texts)
    assert screen.calls == ["enter"]


def test_continue_on_a_wrong_page_says_what_is_missing_and_stays(open_frame: OpenFrame, qtbot: QtBot) -> None:
    frame = open_frame(QuestionScreen)
    went_on: list[None] = []
    frame.next.connect(lambda: went_on.append(None))
    QTest.mouseClick(frame.footer.next_button, Qt.MouseButton.LeftButton)
    assert problem_links(frame) == ["Chưa có tên, ông/bà gõ tên vào ô"]
    assert QApplication.focusWidget() is question(frame).field
    assert question(frame).problem == "Chưa có tên, ông/bà gõ tên vào ô"
    assert went_on == []
    question(frame).field.setText("MẪU")
    with qtbot.waitSignal(frame.next):
        QTest.keyClick(frame.footer.next_button, Qt.Key.Key_Return)
    assert problem_links(frame) == []


def test_enter_goes_on_escape_goes_back_f1_helps(open_frame: OpenFrame, qtbot: QtBot) -> None:
    frame = open_frame(QuestionScreen)
    field = question(frame).field
    QTest.keyClicks(field, "MAU")
    with qtbot.waitSignal(frame.next):
        QTest.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(frame.back):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.keyClick(field, Qt.Key.Key_F1)
    assert frame.findChildren(HelpPanel)


def test_nothing_happens_while_the_screen_is_busy(open_frame: OpenFrame) -> None:
    frame = open_frame(QuestionScreen)
    screen = question(frame)
    screen.field.setText("MẪU")
    screen.busy, screen.busy_text = True, "Đang lưu hồ sơ"
    screen.changed.emit()
    wanted: list[None] = []
    frame.next.connect(lambda: wanted.append(None))
    frame.back.connect(lambda: wanted.append(None))
    QTest.mouseClick(frame.footer.next_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(frame.footer.back_button, Qt.MouseButton.LeftButton)
    assert wanted == []
    assert "Đang lưu hồ sơ" in visible_texts(frame)


def test_a_double_tap_goes_on_once(open_frame: OpenFrame) -> None:
    frame = open_frame(QuestionScreen)
    question(frame).field.setText("MẪU")
    went_on: list[None] = []
    frame.next.connect(lambda: went_on.append(None))
    QTest.mouseClick(frame.footer.next_button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(frame.footer.next_button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(frame.footer.next_button, Qt.MouseButton.LeftButton)
    assert len(went_on) == 1


def test_the_next_screen_wipes_the_one_before(open_frame: OpenFrame, theme: Theme) -> None:
    frame = open_frame(QuestionScreen)
    screen = question(frame)
    calls = screen.calls
    screen.field.setText("NGUYỄN VĂN MẪU")
    frame.set_screen(WordsScreen(theme))
    settle()
    assert calls == ["enter", "leave"]
    left = [widget.text() for widget in QApplication.allWidgets() if isinstance(widget, QLineEdit)]
    assert "NGUYỄN VĂN MẪU" not in left


def test_the_keyboard_is_open_on_pages_that_are_typed_into(open_frame: OpenFrame, theme: Theme) -> None:
    frame = open_frame(QuestionScreen)
    assert frame.keyboard.isVisible()
    frame.set_screen(WordsScreen(theme))
    settle()
    assert not frame.keyboard.isVisible()


@pytest.mark.parametrize("text_size", TextSize)
def test_the_field_is_never_under_the_keyboard(open_frame: OpenFrame, theme: Theme, text_size: TextSize) -> None:
    theme.set_panel(LOW)
    theme.set_look(text_size, Contrast.LIGHT)
    frame = open_frame(QuestionScreen)
    field = question(frame).field
    assert frame.keyboard.isVisible()
    assert field.visibleRegion().boundingRect().height() == field.height()
    assert question(frame).hint not in visible_texts(frame)


def test_size_and_contrast_change_everything_at_once(open_frame: OpenFrame) -> None:
    frame = open_frame(WordsScreen)
    before = {label: label.font().pixelSize() for label in frame.findChildren(Label) if label.isVisible()}
    QTest.mouseClick(frame.header.look_button, Qt.MouseButton.LeftButton)
    assert not frame.footer.isVisible()
    tiles = {tile.text(): tile for tile in frame.findChildren(LookChoice)}
    QTest.mouseClick(tiles["Chữ rất lớn"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(tiles["Trắng trên đen"], Qt.MouseButton.LeftButton)
    QTest.keyClick(frame.findChildren(LookPanel)[0], Qt.Key.Key_Escape)
    settle()
    assert frame.footer.isVisible()
    assert all(label.font().pixelSize() > size for label, size in before.items())
    assert frame.grab().toImage().pixelColor(5, frame.height() - 5).name() == "#000000"


def test_leaving_needs_a_second_yes(open_frame: OpenFrame) -> None:
    frame = open_frame(QuestionScreen)
    left: list[None] = []
    frame.panels.exit_confirmed.connect(lambda: left.append(None))
    QTest.mouseClick(frame.header.exit_button, Qt.MouseButton.LeftButton)
    (panel,) = frame.findChildren(ExitPanel)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert left == []
    gap = panel.leave_button.x() - panel.stay_button.geometry().right()
    assert gap >= panel.width() / 2
    QTest.mouseClick(panel.leave_button, Qt.MouseButton.LeftButton)
    assert len(left) == 1


def test_calling_for_help_shows_the_number_and_the_hint(open_frame: OpenFrame) -> None:
    frame = open_frame(QuestionScreen)
    QTest.mouseClick(frame.header.help_button, Qt.MouseButton.LeftButton)
    texts = "\n".join(visible_texts(frame))
    assert "0236 3 000 000" in texts
    assert question(frame).hint in texts
    assert frame.findChildren(HelpPanel)


def test_the_helper_is_named_until_gone(open_frame: OpenFrame) -> None:
    frame = open_frame(WordsScreen)
    frame.set_helper("Trần Thị Mẫu – Đoàn xã Mẫu")
    settle()
    named = [text.accessibleName() for text in frame.band.findChildren(FittingText)]
    assert frame.band.isVisible()
    assert any("Trần Thị Mẫu – Đoàn xã Mẫu" in name for name in named)
    frame.set_helper(None)
    assert not frame.band.isVisible()


def test_back_is_the_screens_own_while_it_can_go_back_within_itself(open_frame: OpenFrame) -> None:
    frame = open_frame(TurningScreen)
    screen = frame.shown
    assert isinstance(screen, TurningScreen)
    backs: list[None] = []
    frame.back.connect(lambda: backs.append(None))
    screen.page = 2
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert (screen.page, backs) == (1, [])
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert len(backs) == 1


def test_a_page_of_the_screens_own_begins_at_its_top_or_where_it_says(open_frame: OpenFrame) -> None:
    frame = open_frame(TurningScreen)
    screen = frame.shown
    assert isinstance(screen, TurningScreen)
    first, last = screen.lines[0], screen.lines[-1]
    screen.heading = "Một dòng"
    screen.turned.emit(last)
    settle()
    assert (first.visibleRegion().isEmpty(), last.visibleRegion().isEmpty()) == (True, False)
    assert "Một dòng" in visible_texts(frame)
    screen.turned.emit(None)
    settle()
    assert (first.visibleRegion().isEmpty(), last.visibleRegion().isEmpty()) == (False, True)
