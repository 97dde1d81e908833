"""Another language on a page that is in use: all is said in it, and what the person was doing goes on."""

import re
from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from commands.composition import Shipped
from commands.gallery_scenes import SCENES
from commands.gallery_stage import OFFICE, Stage, make_props
from commands.gallery_visit import Walker
from kiosk.resources import resource_path
from kiosk.texts import FIRST_LANGUAGE, _
from kiosk.visit import Step
from tests.ui.conftest import LOW, ShowPage, settle
from tests.ui.counter import Hands
from ui.labels import Label
from ui.panels import LookPanel
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.tokens import Contrast, TextSize

VIETNAMESE = re.compile("[à-öø-ỹÀ-ÖØ-Ỹ₫]")
# What stays as it is in every language: names of people, places and papers of the made-up visits, and what no
# language has a word for. Areas and official lists are added from the shipped data.
SAME = (
    *("Tiếng Việt", "Điểm Truy Cập", "đồng", "NĐ-CP", "thừa phát lại", OFFICE.name, "Đoàn xã Mẫu", "Trần Thị Mẫu"),
    *("NGUYỄN VĂN MẪU", "NGUYỄN THỊ MẪU", "NGUYỄN VĂN CỔ", "TRẦN THỊ MẪU", "LÊ THỊ CỔ", "NGUYỄN"),
    *("Giấy ủy quyền.pdf", "Bản sao giấy khai sinh có chứng thực của UBND xã Mẫu năm 2019.pdf", "Giấy tờ/Nhà đất"),
    *("Thị trấn Thường Tín", "Thường Tín", "Hà Nội", "Hà Tây", "Mẫu Sơn", "UBND XÃ HÒA BÌNH - THƯỜNG TÍN"),
)
TYPED = re.compile(
    "Mẫu|Số \\d+|Buôn bán nhỏ|Công nhân|Học sinh|Nhà máy|Nghỉ hưu|Bằng tốt nghiệp|Bảng điểm|Trường|đại học"
)
"""A row of a table, or a line of an address, as the made-up citizen typed it."""


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    _.switch(FIRST_LANGUAGE, resource_path("locale"))


def words_of(widget: QWidget) -> Iterator[str]:
    """What is read of it, and what a screen reader is told."""
    yield from (widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()


def still_vietnamese(page: QWidget, same: Iterable[str]) -> set[str]:
    shown = (each for each in page.findChildren(QWidget) if each.isVisible())
    found = set()
    for text in {text for each in shown for text in words_of(each) if VIETNAMESE.search(text) and len(text) > 1}:
        rest = text
        for name in same:
            rest = rest.replace(name, "")
        if VIETNAMESE.search(rest) and not TYPED.search(text):
            found.add(text)
    return found


def names_of(shipped: Shipped) -> list[str]:
    """Names that are data: areas, and what official lists have, the longest first."""
    areas = [unit.full_name for unit in shipped.areas.provinces]
    areas += [unit.full_name for each in shipped.areas.provinces for unit in shipped.areas.communes_of(each.code)]
    fields = (field for each in shipped.catalog.services for page in each.form.pages for field in page.fields)
    lists = [choice.label for field in fields if field.code_list for choice in field.choices]
    tones = [f"{name}  {letter}" for name, letter in zip(["sắc", "huyền", "hỏi", "ngã", "nặng"], "áàảãạ", strict=True)]
    return sorted({*SAME, *areas, *lists, *tones}, key=len, reverse=True)


def left_in(theme: Theme, shipped: Shipped, scenes: Iterable[str]) -> dict[str, set[str]]:
    """Scene -> what stays Vietnamese of a page that was made in Vietnamese and is switched while it is shown."""
    stage, same, found = Stage(theme, make_props(shipped, "2.000635")), names_of(shipped), {}
    for name in scenes:
        _.switch(FIRST_LANGUAGE, resource_path("locale"))
        SCENES[name](stage)
        stage.frame.speak("en")
        stage.settle()
        if texts := still_vietnamese(stage.frame, same):
            found[name] = texts
        stage.clear()
    stage.close()
    return found


def test_a_page_in_use_is_said_in_english(theme: Theme, shipped: Shipped) -> None:
    assert left_in(theme, shipped, [*SCENES][::45]) == {}


@pytest.mark.proof  # all scenes: 25 s
def test_every_page_in_use_is_said_in_english(theme: Theme, shipped: Shipped) -> None:
    assert left_in(theme, shipped, SCENES) == {}


def test_what_is_typed_stays_and_so_does_the_focus(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(Walker(walker.service, walker.areas, card=False).on_page("requester_name"))
    [field] = (each for each in page.frame.findChildren(QLineEdit) if each.isVisible())
    field.insert("NGUYEN THI A")
    field.setCursorPosition(3)
    choose_language(page.frame.findChildren(QAbstractButton), "en")
    assert page.frame.findChild(LookPanel) is not None
    close_panel(page.frame)
    assert (field.text(), field.cursorPosition(), QApplication.focusWidget()) == ("NGUYEN THI A", 3, field)
    assert page.frame.keyboard.isVisible()
    assert "What is your full name?" in {label.text() for label in page.frame.findChildren(Label)}
    page.frame.speak("vi")
    assert "Họ và tên đầy đủ của ông/bà là gì?" in {label.text() for label in page.frame.findChildren(Label)}


def test_a_page_that_was_turned_is_returned_to_in_any_size(show_page: ShowPage, walker: Walker, theme: Theme) -> None:
    theme.set_panel(LOW)
    page = show_page(walker.at(Step.REVIEW))
    [scroll] = (each for each in page.frame.findChildren(PagedScroll) if each.isVisible())
    scroll.turners.down.click()
    scroll.turners.down.click()
    settle()
    top = scroll.place()
    assert top is not None
    choose_language(page.frame.findChildren(QAbstractButton), "en")
    theme.set_look(TextSize.LARGEST, Contrast.WHITE_ON_BLACK)
    close_panel(page.frame)
    settle()
    assert scroll.place() is top


def test_a_camera_that_runs_goes_on(show_page: ShowPage, walker: Walker, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(walker.at(Step.CARD))
    qtbot.waitUntil(lambda: hands.camera.watched == 1)
    page.frame.speak("en")
    settle()
    assert (hands.camera.watched, hands.cards.closed) == (1, 0)
    assert "Show your ID card to the camera" in {label.text() for label in page.frame.findChildren(Label)}


def choose_language(buttons: Iterable[QAbstractButton], code: str) -> None:
    """By touch: the button in the header that names the other language, then its tile."""
    [look] = (each for each in buttons if each.objectName() == "header_a-large-small")
    assert look.text().endswith("English")
    window = look.window()
    look.click()
    settle()
    [tile] = (each for each in window.findChildren(QAbstractButton) if each.objectName() == f"speak:{code}")
    tile.click()
    assert _.language == code


def close_panel(frame: QWidget) -> None:
    [panel] = (each for each in frame.findChildren(LookPanel) if each.isVisible())
    panel.done_button.click()
    settle()
