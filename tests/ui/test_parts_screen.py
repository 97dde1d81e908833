"""The papers: what is there, what is missing, and that only what is required stops."""

from dataclasses import replace

from commands.gallery_capture_scenes import AUTHORISED
from commands.gallery_captures import demo_papers
from commands.gallery_visit import Walker
from kiosk.visit import Step
from kiosk.visit_events import PartOpened, WentOn
from tests.ui.conftest import ShowPage


def test_papers_that_are_not_required_may_be_left_out(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(walker.at(Step.PARTS))
    assert "Không bắt buộc" in page.texts()
    page.press("part:old_copy")
    page.go_on()
    assert page.events == [PartOpened("old_copy"), WentOn()]


def test_a_required_paper_stops_and_its_link_leads_to_its_row(show_page: ShowPage, walker: Walker) -> None:
    page = show_page(replace(walker, answers=AUTHORISED).at(Step.PARTS))
    page.go_on()
    assert page.events == []
    [problem] = page.screen.problems
    assert problem.text == "Chưa có giấy tờ: Giấy ủy quyền có chứng thực"
    assert problem.field is page.find("part:authorisation")


def test_captured_papers_are_counted(show_page: ShowPage, walker: Walker) -> None:
    scanned = replace(walker, pages=demo_papers())
    visit = scanned.at(Step.REVIEW).back_to(Step.PARTS)
    page = show_page(visit)
    assert page.find("part:old_copy").accessibleName().endswith("Đã có 2 trang")
