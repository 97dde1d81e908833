"""Pages are with the visit at once; nothing that happens to the scanner afterwards takes them away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commands.gallery_captures import demo_papers
from commands.gallery_visit import Walker
from kiosk.documents import Document
from kiosk.ports import DeviceReason
from kiosk.visit import Step, Visit
from kiosk.visit_events import PagesChanged, PartOpened, WentOn
from kiosk.visit_steps import advance
from tests.ui.conftest import ShowPage, settle
from tests.ui.counter import Hands, Page
from ui.page_view import PageView
from ui.theme import Theme
from ui.tokens import Contrast, TextSize


@pytest.fixture
def visit(walker: Walker) -> Visit:
    """About to capture the old copy."""
    return advance(walker.at(Step.PARTS), PartOpened("old_copy"))


def document(page: Page) -> Document:
    """The pages as the visit has them."""
    changes = [event for event in page.events if isinstance(event, PagesChanged)]
    return changes[-1].document


def scan(page: Page, qtbot: QtBot, count: int) -> None:
    page.press("scan")
    qtbot.waitUntil(lambda: page.shows(f"page:{count}") and page.shows("scan"))


def test_one_thing_to_do_at_a_time(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    assert (page.shows("scan"), page.shows("next"), page.shows("page:turn")) == (True, False, False)
    hands.scanner.gate.clear()
    page.press("scan")
    qtbot.waitUntil(lambda: page.shows("page:1"))
    assert (page.shows("scan"), page.shows("stop_scan"), page.shows("next")) == (False, True, False)
    hands.scanner.gate.set()
    qtbot.waitUntil(lambda: page.shows("next"))
    assert (page.shows("scan"), page.shows("stop_scan"), page.shows("page:turn")) == (True, False, True)
    page.go_on()
    assert page.events[-1] == WentOn()


def test_a_jam_keeps_the_pages(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    hands.scanner.pages, hands.scanner.trouble = demo_papers(), DeviceReason.JAM
    page.press("scan")
    qtbot.waitUntil(lambda: "bị kẹt giấy" in page.texts() and page.shows("page:2"))
    assert len(document(page).pages) == 2
    hands.scanner.trouble, hands.scanner.pages = None, demo_papers()[:1]
    scan(page, qtbot, 3)
    assert "bị kẹt giấy" not in page.texts()
    assert len(document(page).pages) == 3


def test_two_quick_presses_scan_once(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    button = page.find("scan")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.shows("next"))
    assert hands.scanner.scans == 1


def test_stopping_keeps_what_is_there(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    hands.scanner.gate.clear()
    page.press("scan")
    qtbot.waitUntil(lambda: page.shows("page:1"))
    page.press("stop_scan")
    hands.scanner.gate.set()
    qtbot.waitUntil(lambda: "Đã dừng quét" in page.texts())
    assert len(document(page).pages) == 1


def test_a_page_is_turned_scanned_again_and_removed(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    page = show_page(visit)
    scan(page, qtbot, 1)
    first = document(page).pages[0].image
    page.press("page:turn")
    qtbot.waitUntil(lambda: document(page).pages[0].image.width_px == first.height_px)
    hands.scanner.pages = demo_papers()[1:]
    page.press("page:again")
    qtbot.waitUntil(lambda: document(page).pages[0].image == demo_papers()[1])
    assert len(document(page).pages) == 1
    page.press("page:remove")
    assert document(page).pages == ()
    assert not page.shows("next")


def test_quick_turns_add_up(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    page = show_page(visit)
    scan(page, qtbot, 1)
    before = document(page).pages[0].image
    turns_so_far = len(page.events)
    for _press in range(4):
        page.press("page:turn")
    qtbot.waitUntil(lambda: len(page.events) > turns_so_far)
    size = (before.width_px, before.height_px)
    qtbot.waitUntil(
        lambda: (
            (document(page).pages[0].image.width_px, document(page).pages[0].image.height_px) == size
            and len(page.events) > turns_so_far + 1
        )
    )


def test_the_chosen_page_is_shown_large(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    hands.scanner.pages = demo_papers()
    scan(page, qtbot, 2)
    [view] = page.frame.findChildren(PageView)
    qtbot.waitUntil(lambda: view.accessibleName() == "Trang 2")
    page.press("page:1")
    settle()
    assert view.accessibleName() == "Trang 1"
    assert page.find("page:1").accessibleDescription() == "đang chọn"
    assert view.height() > 2 * page.find("page:1").height()


def test_there_is_an_end_to_what_one_part_takes(
    show_page: ShowPage, visit: Visit, hands: Hands, walker: Walker, qtbot: QtBot
) -> None:
    [part] = [part for part in walker.service.parts if part.code == "old_copy"]
    page = show_page(visit)
    hands.scanner.pages = demo_papers() * part.max_pages
    page.press("scan")
    qtbot.waitUntil(lambda: f"Đã đủ {part.max_pages} trang" in page.texts())
    assert len(document(page).pages) == part.max_pages
    assert not page.shows("scan")
    qtbot.waitUntil(lambda: page.shows("next"))


def test_who_comes_back_sees_the_pages(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    page = show_page(visit)
    scan(page, qtbot, 1)
    again = show_page(visit.with_document(document(page)))
    qtbot.waitUntil(lambda: again.shows("page:1"))
    assert again.shows("page:turn")
    assert again.shows("next")


def test_another_text_size_keeps_pages_and_choice(
    show_page: ShowPage, visit: Visit, hands: Hands, theme: Theme, qtbot: QtBot
) -> None:
    page = show_page(visit)
    hands.scanner.pages = demo_papers()
    scan(page, qtbot, 2)
    page.press("page:1")
    theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
    settle()
    assert page.shows("page:2")
    assert page.find("page:1").accessibleDescription() == "đang chọn"
