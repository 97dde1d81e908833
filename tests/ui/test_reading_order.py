"""What is read of each page: all that it says, in order, and nothing that it keeps back."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

import ui
from commands.composition import Shipped
from commands.gallery_scenes import SCENES
from commands.gallery_stage import OFFICE, Props, Stage, make_props
from kiosk.form import FieldType
from kiosk.spoken_privacy import kept_back
from kiosk.spoken_secrets import secrets_of
from kiosk.visit import Visit
from tests.ui.conftest import DESK
from ui.choice_rows import ChoiceRow
from ui.cover import Cover
from ui.fitting_text import FittingText
from ui.header import Header
from ui.helper_band import HelperBand
from ui.kept_answer import KeptAnswer
from ui.keyboard import Keyboard
from ui.pin_pad import PinPad
from ui.reading_bar import ReadingBar
from ui.reading_order import has_rule, reading_order
from ui.reveals import RevealButton, Reveals
from ui.scroll_area import Turners
from ui.spoken_value import keep_unspoken
from ui.summary_row import SummaryRow
from ui.text_field import TextField
from ui.theme import Theme
from ui.tokens import Contrast, TextSize

MASK = "đã che"
NOT_OF_THE_PAGE = (Header, HelperBand, Keyboard, Turners, ReadingBar, PinPad)
MADE_UP = ("001058000", "012345678", "0912345678", "Thôn Mẫu", "Số 12", "Mẫu Đơn", "vidu.vn")
"""Pieces of the made-up citizens' numbers and addresses in the gallery."""
CODES = ("stopped",)
"""Scenes with a code that opens something: it is shown, and not said."""


@pytest.fixture(scope="module")
def props(qapp: QApplication, shipped: Shipped) -> Props:
    return make_props(shipped, "2.000635")


@pytest.fixture
def stage(theme: Theme, props: Props, monkeypatch: pytest.MonkeyPatch) -> Iterator["WatchedStage"]:
    theme.set_panel(DESK)
    theme.set_look(TextSize.NORMAL, Contrast.LIGHT)
    stage = WatchedStage(theme, props)
    yield stage
    stage.close()


class WatchedStage(Stage):
    """Remembers whose visit is shown."""

    visit = Visit()

    def show(self, visit: Visit, **kwargs: object) -> object:  # type: ignore[override]
        self.visit = visit
        return super().show(visit, **kwargs)  # type: ignore[arg-type]

    def surface(self) -> QWidget:
        return next(iter(self.frame.findChildren(Cover)), self.frame)

    def heard(self) -> list[str]:
        secrets = secrets_of(self.visit)
        words = reading_order(self.surface(), lambda text: kept_back(text, MASK, (OFFICE.phone,), secrets))
        return [each.text for each in words]


FEW: tuple[str, ...] = ("confirm", "form-address-line", "form-table", "review-table", "done-kept", "cover", "stopped")


@pytest.mark.parametrize(
    "scenes", [FEW, pytest.param(tuple(SCENES), marks=pytest.mark.proof)], ids=["a few scenes", "all scenes"]
)
def test_every_scene_is_read_whole_and_keeps_its_secrets(stage: WatchedStage, scenes: tuple[str, ...]) -> None:
    for name in scenes:
        SCENES[name](stage)
        heard = stage.heard()
        said = "\n".join(heard)
        missed = [text for text in seen(stage) if text not in said and not name.startswith(CODES)]
        assert (name, missed) == (name, [])
        assert "•" not in said, name
        own = said.replace("ví dụ 0912 345 678", "")
        assert [each for each in MADE_UP if each in own.replace(" ", "") or each in own] == [], name
        stage.clear()
        stage.visit = Visit()


def seen(stage: WatchedStage) -> Iterator[str]:
    """What stands on the glass, found another way: the texts of all visible widgets that hold one."""
    secrets = secrets_of(stage.visit)
    for widget in stage.surface().findChildren(QWidget):
        if not widget.isVisible() or any(belongs(widget, kind) for kind in NOT_OF_THE_PAGE):
            continue
        match widget:
            case QLabel() | QAbstractButton():
                text = widget.accessibleName() if isinstance(widget, QAbstractButton) else widget.text()
            case FittingText():
                text = widget.accessibleName()
            case QLineEdit():
                text = widget.text()
            case _:
                continue
        if widget.property("unspoken") or hasattr(widget, "spoken") or is_box_of_date(widget):
            continue
        if text.strip(" •"):
            yield kept_back(text, MASK, (OFFICE.phone,), secrets)


def belongs(widget: QWidget, kind: type[QWidget]) -> bool:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, kind):
        above = above.parentWidget()
    return above is not None


def is_box_of_date(widget: QWidget) -> bool:
    """Part of a date, which is said as one, or the word above it."""
    return type(widget.parentWidget()).__name__ == "DateField"


def kinds(base: type[QWidget]) -> Iterator[type[QWidget]]:
    for kind in base.__subclasses__():
        if kind.__module__.startswith(f"{ui.__name__}."):
            yield kind
        yield from kinds(kind)


def paints_words(kind: type[QWidget]) -> bool:
    """Whether it may show words that no child widget of it holds."""
    return issubclass(kind, QAbstractButton | QLabel | QLineEdit) or "paintEvent" in vars(kind)


NO_WORDS = {"_Dots", "ReadingMark", "OpeningScreen"}
"""They paint no words: the dots of a PIN, the mark itself, and a page that only wants to know when it was painted."""


def test_every_kind_of_widget_with_words_has_a_rule() -> None:
    found = {kind for kind in kinds(QWidget) if paints_words(kind)}
    assert len(found) > 25
    assert {kind.__name__ for kind in found if not has_rule(kind)} - NO_WORDS == set()


def test_a_new_kind_without_a_rule_would_be_found() -> None:
    class Gauge(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None: ...

    assert paints_words(Gauge)
    assert not has_rule(Gauge)


def test_a_widget_says_itself_what_is_spoken(qapp: QApplication) -> None:
    class Says(QWidget):
        def spoken(self) -> tuple[str, ...]:
            return ("Trang", "", "Một")

    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(Says())
    page.show()
    assert [words.text for words in reading_order(page, str.upper)] == ["TRANG", "MỘT"]
    page.close()
    page.deleteLater()


def test_progress_heading_and_hint_come_first_and_buttons_last(stage: WatchedStage) -> None:
    SCENES["form-three-refused"](stage)
    heard = stage.heard()
    assert heard[1] == "Trên giấy tờ đó ghi số, ngày cấp và nơi cấp thế nào?"
    assert heard[2] == "Có 3 chỗ cần xem lại"
    assert heard[-2:] == ["Quay lại", "Tiếp tục"]


def test_what_is_typed_into_a_private_field_is_hidden_from_the_first_digit(stage: WatchedStage) -> None:
    stage.show(stage.walker(card=False).on_page("contact_phone"))
    assert "Ô chưa điền" in stage.heard()
    field = stage.frame.findChild(TextField)
    assert isinstance(field, TextField)
    field.setText("09")
    assert "Ô chưa điền" not in stage.heard()
    assert "09" not in stage.heard()
    assert MASK in stage.heard()
    kinds_kept = {FieldType.PHONE, FieldType.ID_NUMBER, FieldType.ADDRESS}
    fields = [field for page in stage.props.service.form.pages for field in page.fields]
    assert kinds_kept <= {field.type for field in fields}


def test_a_shown_number_on_the_review_is_still_not_said(stage: WatchedStage) -> None:
    SCENES["review"](stage)
    before = stage.heard()
    assert before.count(MASK) >= 3
    buttons = [each for each in stage.frame.findChildren(RevealButton) if each.isVisible()]
    assert len(buttons) >= 3
    for button in buttons:
        masked = _values(stage)
        button.click()
        assert _values(stage) != masked, "nothing was shown"
        assert [words.replace("Che lại", "Hiện") for words in stage.heard()] == before


def test_choices_say_which_is_chosen(stage: WatchedStage) -> None:
    SCENES["form-choice"](stage)
    assert "Đang chọn" not in stage.heard()
    choice = next(each for each in stage.frame.findChildren(QAbstractButton) if each.text() == "Của con tôi")
    choice.click()
    heard = stage.heard()
    assert heard[heard.index("Của con tôi") :][:3] == ["Của con tôi", "Con đẻ hoặc con nuôi", "Đang chọn"]


def test_of_a_private_question_it_is_not_said_what_was_chosen(stage: WatchedStage) -> None:
    """A marital status is nobody's business in the room; that it can be chosen is no secret."""
    SCENES["form-choice"](stage)
    rows = [each for each in stage.frame.findChildren(ChoiceRow) if each.isVisible()]
    keep_unspoken(*rows)
    rows[1].click()
    assert rows[1].choice.label in stage.heard()
    assert "Đang chọn" not in stage.heard()


def test_an_answer_that_was_kept_back_is_not_said_while_it_is_shown(stage: WatchedStage) -> None:
    page = QWidget()
    kept = KeptAnswer(stage.theme, "birth", ("••/••/1958", "27/03/1958"), Reveals(page))
    QVBoxLayout(page).addWidget(kept)
    page.show()
    kept.findChildren(QAbstractButton, "show")[0].click()
    heard = [words.text for words in reading_order(page, str)]
    assert any("Che lại" in text for text in heard)
    assert not any(letter.isdigit() for text in heard for letter in text)
    page.close()
    page.deleteLater()


def _values(stage: WatchedStage) -> list[str]:
    return [row.accessibleName() for row in stage.frame.findChildren(SummaryRow)]
