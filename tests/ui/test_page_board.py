"""What seems wrong with a page is said above it and marked on the small one; only what can be done is offered."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from commands.gallery_captures import demo_papers
from commands.gallery_visit import Walker
from kiosk.documents import CopyKind, Document, Origin, Page
from kiosk.ports import PageFault, PageReport
from kiosk.visit import Step, Visit
from kiosk.visit_events import PagesChanged, PartOpened
from kiosk.visit_steps import advance
from tests.ui.conftest import ShowPage
from tests.ui.counter import Page as Shown


@pytest.fixture
def visit(walker: Walker) -> Visit:
    return advance(walker.at(Step.PARTS), PartOpened("old_copy"))


def shown(show_page: ShowPage, visit: Visit, qtbot: QtBot, *reports: PageReport) -> Shown:
    papers = demo_papers()
    pages = tuple(Page(key, papers[key % 2], report=report) for key, report in enumerate(reports, 1))
    page = show_page(visit.with_document(Document("old_copy", Origin.SCANNER, CopyKind.ORIGINAL, pages)))
    qtbot.waitUntil(lambda: page.shows(f"page:{len(reports)}"))
    return page


def keys(page: Shown) -> list[int]:
    changes = [event for event in page.events if isinstance(event, PagesChanged)]
    return [each.key for each in changes[-1].document.pages]


def test_a_fault_is_said_with_its_reason(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    page = shown(show_page, visit, qtbot, PageReport(), PageReport((PageFault.BLURRED, PageFault.DARK)))
    assert "hơi mờ" in page.texts()
    assert "hơi tối" in page.texts()
    assert "nên xem lại" in page.find("page:2").accessibleDescription()
    page.press("page:1")
    qtbot.waitUntil(lambda: "hơi mờ" not in page.texts())
    assert page.shows("next")  # it warns and never blocks


def test_blank_pages_are_offered_for_removal(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    blank = PageReport(blank=True)
    page = shown(show_page, visit, qtbot, PageReport(), blank, PageReport(), blank)
    assert page.find("drop_blank").accessibleName() == "Bỏ 2 trang trắng"
    page.press("drop_blank")
    assert keys(page) == [1, 3]
    assert not page.shows("drop_blank")


def test_the_same_sheet_twice_is_noticed(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    first, second = demo_papers()
    pages = (Page(1, first, report=PageReport()), Page(2, second, report=PageReport(), same_as=frozenset({1})))
    page = show_page(visit.with_document(Document("old_copy", Origin.SCANNER, CopyKind.ORIGINAL, pages)))
    assert "giống trang 1" in page.texts()


def test_a_page_is_moved_by_arrows(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    page = shown(show_page, visit, qtbot, PageReport(), PageReport(), PageReport())
    assert (page.shows("page:earlier"), page.shows("page:later")) == (True, False)
    page.press("page:earlier")
    assert keys(page) == [1, 3, 2]
    page.press("page:earlier")
    assert keys(page) == [3, 1, 2]
    assert (page.shows("page:earlier"), page.shows("page:later")) == (False, True)


def test_only_two_sides_of_a_card_can_be_joined(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    page = shown(show_page, visit, qtbot, PageReport(), PageReport())
    assert not page.shows("page:join")
    side = replace(demo_papers()[0], width_px=506, height_px=319, dpi=150)
    pages = tuple(Page(key, side, Origin.CAMERA) for key in (1, 2))
    again = show_page(visit.with_document(Document("old_copy", Origin.CAMERA, CopyKind.ORIGINAL, pages)))
    assert again.shows("page:join")
