"""A table on a page of the form: rows are added, changed and taken out, by hand and by keys, and nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from commands.composition import Shipped
from commands.gallery_stand_ins import NOW
from commands.gallery_visit import Walker
from kiosk.form import Answer, Source, TableRow
from kiosk.visit import Visit
from kiosk.visit_events import Answered, Event, Noted
from tests.sample_table import row, with_sample_form
from tests.ui.conftest import ShowPage, settle
from tests.ui.counter import Page
from ui.theme import Theme
from ui.tokens import Contrast, TextSize

OLD = row("2006-09", "2012-02", "XÃ MẪU")
NEW = row("2012-03", "", "PHƯỜNG MẪU")


@pytest.fixture
def visit(shipped: Shipped) -> Visit:
    """Somebody without a card, on the page of the table."""
    service = with_sample_form(shipped.catalog.service("2.000635"))
    return Walker(service, shipped.areas, card=False).on_page("residences")


@pytest.fixture
def show_rows(show_page: ShowPage, visit: Visit) -> Callable[..., Page]:
    """Shows the table with these rows given before."""

    def show(*rows: TableRow) -> Page:
        answers = {"residences": Answer(rows, Source.CITIZEN, NOW)} if rows else {}
        return show_page(replace(visit, answers=MappingProxyType(answers)))

    return show


def fill(page: Page, start: str, end: str, place: str) -> None:
    for name, text in (("start", start), ("end", end)):
        month, _slash, year = text.partition("/")
        page.type(f"field:residences:{name}:month", month)
        page.type(f"field:residences:{name}:year", year)
    page.type("field:residences:place", place)


def noted(page: Page) -> tuple[TableRow, ...]:
    """The rows that the visit has by now."""
    last = next(event for event in reversed(page.events) if isinstance(event, Noted))
    value = last.answer.value if last.answer is not None else ()
    assert isinstance(value, tuple)
    return value


def back(page: Page) -> list[Event]:
    """Press Back; what it led to outside the page."""
    left: list[Event] = []
    page.frame.back.connect(lambda: left.append(Noted("left", None)))
    page.press("back")
    settle()
    return left


def test_rows_are_added_one_by_one_and_stand_in_the_order_of_time(show_rows: Callable[..., Page]) -> None:
    page = show_rows()
    page.press("add:residences")
    assert page.screen.heading == "Nơi ở thứ 1"
    assert page.frame.footer.next_button.text() == "Xong"
    fill(page, "3/2012", "", "PHƯỜNG MẪU")
    page.press("unknown:residences:end")
    page.go_on()
    assert noted(page) == (NEW,)
    assert "03/2012 – đến nay" in page.texts()
    page.press("add:residences")
    fill(page, "9/2006", "2/2012", "XÃ MẪU")
    page.go_on()
    assert noted(page) == (OLD, NEW)
    page.go_on()
    last = page.events[-1]
    assert isinstance(last, Answered)
    assert last.answers["residences"].value == (OLD, NEW)


def test_continue_finishes_a_row_only_when_it_fits(show_rows: Callable[..., Page]) -> None:
    page = show_rows()
    page.press("add:residences")
    fill(page, "3/2012", "2/2010", "")
    page.go_on()
    assert [problem.text for problem in page.screen.problems] == [
        "Đến: Tháng đi không thể trước tháng đến.",
        "Ở đâu: Ông/bà chưa trả lời câu này.",
    ]
    assert page.events == []
    assert page.find("field:residences:place")


def test_an_empty_table_says_what_to_press(show_rows: Callable[..., Page]) -> None:
    page = show_rows()
    page.go_on()
    assert page.screen.problem == "Ông/bà bấm “Thêm nơi ở” để ghi ít nhất một dòng."
    assert page.events == []


def test_a_row_is_taken_out_by_a_second_touch_at_another_place(show_rows: Callable[..., Page]) -> None:
    page = show_rows(OLD, NEW)
    page.press("drop:residences:1")
    assert page.events == []
    page.press("drop:residences:1:no")
    page.press("drop:residences:1")
    page.press("drop:residences:1:yes")
    settle()
    assert noted(page) == (NEW,)
    page.press("drop:residences:1")
    page.press("drop:residences:1:yes")
    assert isinstance(page.events[-1], Noted)
    assert page.events[-1].answer is None


def test_what_is_changed_in_a_row_can_be_dropped(show_rows: Callable[..., Page]) -> None:
    page = show_rows(OLD)
    page.press("edit:residences:1")
    page.type("field:residences:place", "SAI")
    page.press("drop:residences")
    page.press("drop:residences:yes")
    settle()
    assert noted(page) == (OLD,)
    page.press("add:residences")
    page.press("drop:residences")  # nothing was typed: nothing is asked
    assert page.shows("add:residences")
    assert noted(page) == (OLD,)


def test_back_leaves_the_row_and_takes_over_what_fits(show_rows: Callable[..., Page]) -> None:
    page = show_rows(OLD)
    page.press("edit:residences:1")
    page.type("field:residences:place", "XÃ MẪU SƠN")
    assert back(page) == []
    assert noted(page) == (row("2006-09", "2012-02", "XÃ MẪU SƠN"),)
    page.press("add:residences")
    assert back(page) == []
    assert len(noted(page)) == 1


def test_a_row_left_half_way_is_kept_as_it_was_typed(show_rows: Callable[..., Page]) -> None:
    page = show_rows()
    page.press("add:residences")
    page.type("field:residences:start:month", "99")
    page.type("field:residences:place", "XÃ MẪU")
    assert back(page) == []
    assert "Chưa điền xong" in page.texts()
    page.go_on()
    assert page.screen.problem is not None
    assert page.screen.problem.startswith("Có dòng chưa điền xong.")
    page.press("edit:residences:1")
    field = page.find("field:residences:start:month")
    assert isinstance(field, QLineEdit)
    assert field.text() == "99"
    assert back(page) == []
    assert back(page) == []  # it is said that the row would be lost
    assert page.screen.problem.endswith("phần chưa xong đó sẽ mất.")
    assert len(back(page)) == 1


def test_a_gap_is_asked_about_once_and_then_taken(show_rows: Callable[..., Page]) -> None:
    page = show_rows(row("2001-01", "2003-01", "XÃ MẪU"), NEW)
    page.go_on()
    assert page.events == []
    assert page.screen.problems == ()
    assert "Từ 02/2003 đến 02/2012 chưa có nơi ở nào." in page.texts()
    assert QApplication.focusWidget() is page.find("questions")
    page.go_on()
    assert isinstance(page.events[-1], Answered)


def test_another_answer_is_asked_about_anew(show_rows: Callable[..., Page]) -> None:
    page = show_rows(row("2001-01", "2003-01", "XÃ MẪU"), NEW)
    page.go_on()
    page.press("edit:residences:1")
    assert not page.shows("questions")
    page.type("field:residences:end:year", "2004")
    page.go_on()
    page.go_on()
    assert "Từ 02/2004 đến 02/2012 chưa có nơi ở nào." in page.texts()
    assert not any(isinstance(event, Answered) for event in page.events)


def test_a_full_table_says_so_and_takes_no_more(show_rows: Callable[..., Page]) -> None:
    page = show_rows(OLD, NEW)
    assert page.shows("add:residences")
    page = show_rows(OLD, OLD, NEW)
    assert not page.shows("add:residences")
    assert "nhiều nhất 3 dòng" in page.texts()


def test_another_text_size_keeps_a_row_that_is_being_filled_in(show_rows: Callable[..., Page], theme: Theme) -> None:
    page = show_rows(OLD)
    page.press("add:residences")
    fill(page, "3/2012", "4/2012", "PHƯỜNG MẪU")
    for size in (TextSize.LARGEST, TextSize.NORMAL):
        theme.set_look(size, Contrast.WHITE_ON_BLACK)
        settle()
    page.go_on()
    assert noted(page) == (OLD, row("2012-03", "2012-04", "PHƯỜNG MẪU"))


def test_a_table_needs_no_touch(show_rows: Callable[..., Page]) -> None:
    page = show_rows(OLD)
    tab_to("add:residences")
    press_key(Qt.Key.Key_Return)
    for name, text in (("start:month", "3"), ("start:year", "2012"), ("end", ""), ("place", "PHUONG MAU")):
        tab_to(f"unknown:residences:{name}" if name == "end" else f"field:residences:{name}")
        if text:
            QTest.keyClicks(focused(), text)
        else:
            press_key(Qt.Key.Key_Space)
    press_key(Qt.Key.Key_Return)
    assert noted(page) == (OLD, row("2012-03", "", "PHUONG MAU"))
    tab_to("drop:residences:2")
    press_key(Qt.Key.Key_Return)
    tab_to("drop:residences:2:yes")
    press_key(Qt.Key.Key_Return)
    assert noted(page) == (OLD,)
    tab_to("edit:residences:1")
    press_key(Qt.Key.Key_Return)
    press_key(Qt.Key.Key_Escape)
    assert page.shows("add:residences")


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tab_to(name: str) -> None:
    for _press in range(40):
        if focused().objectName() == name:
            return
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {name}")


def press_key(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)
    settle()
