"""The middle of the frame: problems come on top by themselves, a side card finds its place, and typing has room."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.conftest import DESK, LOW, UPRIGHT, OpenFrame, settle
from tests.ui.sample_screens import QuestionScreen
from ui.buttons import LinkLikeButton
from ui.frame import Frame
from ui.labels import Label
from ui.screen import Problem, Screen
from ui.text_field import LabelledField, TextField
from ui.theme import Theme
from ui.tokens import Contrast, TextSize


class TwoFieldsScreen(Screen):
    """A page of two fields, which say themselves what is wrong with them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = "Trên bản cũ ghi số và quyển số nào?"
        self.hint = "Bản cũ không ghi thì để trống."
        self.progress = "Bước 4 trong 7"
        self.boxes = [LabelledField(theme, name, TextField(name)) for name in ("Số", "Quyển số")]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes:
            column.addWidget(box)
        column.addStretch(1)

    def first_focus(self) -> QWidget | None:
        return None

    def check(self) -> None:
        self.boxes[0].show_problem("Số này dài quá.")
        self.problems = (Problem("Số này dài quá.", self.boxes[0].field),)


def two_fields(frame: Frame) -> TwoFieldsScreen:
    screen = frame.shown
    assert isinstance(screen, TwoFieldsScreen)
    return screen


def shows(frame: Frame, text: str) -> bool:
    return any(label.isVisible() and label.text() == text for label in frame.findChildren(Label))


def links(frame: Frame) -> list[str]:
    return [link.text() for link in frame.findChildren(LinkLikeButton) if link.isVisible()]


def test_a_problem_that_comes_of_itself_is_shown(open_frame: OpenFrame) -> None:
    frame = open_frame(QuestionScreen)
    screen = frame.shown
    assert screen is not None
    screen.problems = (Problem("Ổ đĩa của máy đã đầy"),)
    screen.changed.emit()
    assert shows(frame, "Ổ đĩa của máy đã đầy")
    screen.problems = ()
    screen.changed.emit()
    settle()
    assert not shows(frame, "Ổ đĩa của máy đã đầy")


def test_a_link_leads_into_its_field_and_brings_it_into_sight(open_frame: OpenFrame, theme: Theme) -> None:
    theme.set_panel(LOW)
    theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
    frame = open_frame(TwoFieldsScreen)
    screen = two_fields(frame)
    last = screen.boxes[1].field
    screen.problems = (Problem("Thiếu số"), Problem("Thiếu quyển số", last))
    screen.changed.emit()
    settle()
    [link] = [each for each in frame.findChildren(LinkLikeButton) if each.isVisible()]
    link.click()
    settle()
    assert QApplication.focusWidget() is last
    assert last.visibleRegion().boundingRect().size() == last.size()


def test_what_would_not_fit_beside_the_keyboard_is_left_out(open_frame: OpenFrame) -> None:
    frame = open_frame(TwoFieldsScreen)
    screen = two_fields(frame)
    assert shows(frame, screen.hint)
    screen.boxes[0].field.setFocus()
    settle()
    assert frame.keyboard.isVisible()
    assert not shows(frame, screen.hint)
    assert shows(frame, screen.heading)
    fields = [box.field for box in screen.boxes]
    assert all(field.visibleRegion().boundingRect().size() == field.size() for field in fields)


def test_what_fits_beside_the_keyboard_stays(open_frame: OpenFrame) -> None:
    frame = open_frame(QuestionScreen)
    screen = frame.shown
    assert screen is not None
    assert frame.keyboard.isVisible()
    assert shows(frame, screen.hint)


def test_what_the_field_says_is_not_said_twice_where_room_is_short(open_frame: OpenFrame) -> None:
    frame = open_frame(TwoFieldsScreen)
    frame.footer.next_button.click()
    settle()
    assert QApplication.focusWidget() is two_fields(frame).boxes[0].field
    assert shows(frame, "Số này dài quá.")
    assert links(frame) == []
    frame.keyboard.hide_asked.emit()
    settle()
    assert links(frame) == ["Số này dài quá."]


def test_the_side_card_goes_below_where_letters_are_too_large_for_two_columns(
    open_frame: OpenFrame, theme: Theme
) -> None:
    frame = open_frame(QuestionScreen)
    screen = frame.shown
    assert screen is not None
    card = screen.side
    assert card is not None
    beside = card.mapTo(frame, card.rect().topLeft()).x()
    assert beside > DESK.width_px / 2
    theme.set_panel(UPRIGHT)
    frame.resize(UPRIGHT.width_px, UPRIGHT.height_px)
    settle()
    assert card.mapTo(frame, card.rect().topLeft()).x() < UPRIGHT.width_px / 4
    theme.set_panel(DESK)
    frame.resize(DESK.width_px, DESK.height_px)
    settle()
    assert card.mapTo(frame, card.rect().topLeft()).x() == beside
