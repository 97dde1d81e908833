"""Everything is checked before filing: each row leads to its page, secrets show only for a while, gaps stop."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from commands.gallery_capture_scenes import AUTHORISED
from commands.gallery_captures import demo_papers
from commands.gallery_visit import HELPER, Walker
from kiosk.catalog import Deadline, Route
from kiosk.visit import Step, Visit
from kiosk.visit_events import EditAsked, WentOn
from tests.ui.conftest import ShowPage
from tests.ui.counter import Page
from ui.labels import SectionTitle
from ui.reveals import Reveals


def rows(page: Page) -> dict[str, str]:
    """What each row says, by its object name."""
    buttons = page.screen.findChildren(QAbstractButton)
    return {each.objectName(): each.accessibleName() for each in buttons if each.objectName().startswith("edit:")}


def shown(page: Page) -> str:
    return "\n".join(rows(page).values())


def at_review(walker: Walker) -> Visit:
    """At the review, whatever is still missing."""
    visit = walker.at(Step.PARTS)
    return visit.at(replace(visit.place, step=Step.REVIEW))


def test_each_row_leads_to_its_page(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, pages=demo_papers()).at(Step.REVIEW))
    page.press("edit:for_whom")
    page.press("edit:old_copy")
    assert page.events == [EditAsked(page_id="for_whom"), EditAsked(part_code="old_copy")]
    assert "2 trang" in rows(page)["edit:old_copy"]
    page.go_on()
    assert page.events[-1] == WentOn()


def test_every_section_of_the_form_has_its_title(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.REVIEW))
    titles = [title.text() for title in page.labels() if isinstance(title.parentWidget(), SectionTitle)]
    assert titles == ["Giấy tờ cần xin", "Người yêu cầu", "Lần đăng ký trước", "Nhận kết quả", "Giấy tờ"]


def test_each_secret_shows_by_itself_and_only_for_a_while(show_page: ShowPage, walker: Walker, qtbot: QtBot) -> None:
    page = show_page(walker.at(Step.REVIEW))
    number, phone = "001058000123", "0912345678"
    hidden = "\n".join(rows(page).values())
    assert number not in hidden
    assert phone not in hidden
    assert "•" not in hidden  # a screen reader says that it is kept back
    assert "đã che 123" in hidden
    buttons = {each.accessibleName().partition(": ")[2]: each for each in page.buttons("show")}
    assert all(each.focusPolicy() is Qt.FocusPolicy.TabFocus for each in buttons.values())
    of_number = next(each for name, each in buttons.items() if "định danh" in name)
    of_phone = next(each for name, each in buttons.items() if "điện thoại" in name)
    of_number.click()
    assert number in shown(page)
    assert phone not in shown(page)
    of_phone.click()  # one at a time
    assert number not in shown(page)
    assert phone in shown(page)
    assert of_phone.text() == "Che lại"
    of_phone.click()
    assert shown(page) == hidden
    page.screen.findChildren(Reveals)[0].again.setInterval(1)
    of_phone.click()
    qtbot.waitUntil(lambda: shown(page) == hidden)


def test_leaving_the_page_masks_at_once(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.REVIEW))
    hidden = shown(page)
    page.buttons("show")[0].click()
    assert shown(page) != hidden
    page.screen.leave()
    assert shown(page) == hidden


def test_who_typed_is_said_row_by_row(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, helper=HELPER).at(Step.REVIEW))
    notes = [getattr(each, "_note", "") for each in page.screen.findChildren(QAbstractButton)]
    assert "lấy từ mã trên thẻ, chưa xác minh" in notes
    assert "người hỗ trợ gõ" in notes


def test_what_is_missing_stops_and_leads_to_its_row(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(at_review(replace(walker, answers=AUTHORISED)))
    page.go_on()
    assert page.events == []
    [problem] = page.screen.problems
    assert problem.text == "Chưa có giấy tờ: Giấy ủy quyền có chứng thực"
    assert problem.field is page.find("edit:authorisation")


def test_the_page_begins_with_reading(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.REVIEW))
    assert page.screen.first_focus() is None
    assert not page.frame.keyboard.isVisible()


def test_a_term_that_is_over_is_said_before_anything_is_filed(show_page: ShowPage, walker: Walker) -> None:
    term = Deadline("requester_birth_date", 60, "Trong 60 ngày", "Phải nộp lệ phí", walker.service.result)
    for step in (Step.REVIEW, Step.FILE):
        visit = walker.at(step)
        late = replace(visit, service=replace(visit.chosen(), deadlines=(term,)))
        assert "Phải nộp lệ phí." not in show_page(visit).texts()
        assert "Phải nộp lệ phí." in show_page(late).texts()


def test_what_is_only_prepared_is_not_looked_through_for_filing(show_page: ShowPage, walker: Walker) -> None:
    prepares = replace(walker, service=replace(walker.service, route=Route.PREPARE))
    assert show_page(prepares.at(Step.REVIEW)).screen.heading == "Ông/bà xem lại trước khi in"
    assert show_page(walker.at(Step.REVIEW)).screen.heading == "Ông/bà xem lại trước khi nộp"
