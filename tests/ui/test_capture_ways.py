"""The other ways by which papers come in: camera, stick, and papers of the dossier that are used again."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from commands.gallery_captures import demo_papers
from commands.gallery_visit import Walker
from kiosk.capture import FileKind, FileProblem, PaperHint, PaperLook, StickFile, StickListing
from kiosk.documents import CopyKind, Document, Origin, Page
from kiosk.ports import DeviceReason
from kiosk.visit import Step, Visit
from kiosk.visit_events import PagesChanged, PartOpened
from kiosk.visit_steps import advance
from tests.ui.conftest import ShowPage, settle
from tests.ui.counter import Hands
from tests.ui.counter import Page as Shown
from ui.context import Context
from ui.paper_preview import PaperPreview

WHOLE = ((4.0, 4.0), (60.0, 4.0), (60.0, 44.0), (4.0, 44.0))
STICK = StickListing((StickFile("1", "giay uy quyen.pdf", FileKind.PDF, 120_000),), left_out=2)


@pytest.fixture
def visit(walker: Walker) -> Visit:
    return advance(walker.at(Step.PARTS), PartOpened("old_copy"))


def document(page: Shown) -> Document:
    changes = [event for event in page.events if isinstance(event, PagesChanged)]
    return changes[-1].document if changes else Document("old_copy", Origin.SCANNER, CopyKind.ORIGINAL)


def test_a_sheet_that_lies_still_is_taken_by_itself(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    hands.papers.seen, hands.papers.shoot = PaperLook(WHOLE, PaperHint.READY), True
    page = show_page(visit)
    page.press("shoot")
    qtbot.waitUntil(lambda: len(document(page).pages) == 1)
    assert document(page).pages[0].origin is Origin.CAMERA
    qtbot.waitUntil(lambda: "Đã có 1 trang" in page.texts())
    assert hands.papers.shots == 1
    page.press("end_shooting")
    qtbot.waitUntil(lambda: page.shows("next"))
    assert page.find("page:again").accessibleName() == "Chụp lại"


def test_a_press_takes_what_there_is(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    page.press("shoot")
    qtbot.waitUntil(lambda: "Đặt tờ giấy vào giữa hình" in page.texts())
    page.press("take")
    qtbot.waitUntil(lambda: len(document(page).pages) == 1)


def test_leaving_the_camera_lets_it_go(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    page.press("shoot")
    [preview] = page.frame.findChildren(PaperPreview)
    qtbot.waitUntil(lambda: preview.shows)
    assert page.screen.step_back()
    settle()
    assert not preview.shows
    assert page.shows("scan")
    assert not page.screen.step_back()


def test_a_lost_camera_keeps_the_pages_and_can_be_tried_again(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    hands.papers.shoot = True
    hands.camera.trouble, hands.camera.frames_left = DeviceReason.NOT_CONNECTED, 3
    page = show_page(visit)
    page.press("shoot")
    qtbot.waitUntil(lambda: "Máy ảnh chưa dùng được" in page.texts() and len(document(page).pages) == 1)
    hands.camera.trouble, hands.camera.frames_left = None, None
    page.press("camera_again")
    qtbot.waitUntil(lambda: "Đặt tờ giấy" in page.texts())


def test_a_retaken_photograph_takes_the_place_of_the_old_one(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    hands.papers.shoot = True
    page = show_page(visit)
    page.press("shoot")
    qtbot.waitUntil(lambda: len(document(page).pages) == 1)
    page.press("end_shooting")
    qtbot.waitUntil(lambda: page.shows("next"))
    first = document(page).pages[0]
    page.press("page:again")
    page.press("take")
    qtbot.waitUntil(lambda: hands.papers.shots == 2)
    page.press("end_shooting")
    qtbot.waitUntil(lambda: page.shows("next"))
    assert [each.key for each in document(page).pages] == [first.key]


def test_a_file_of_a_stick(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    hands.sticks.given = demo_papers()
    page = show_page(visit)
    page.press("files")
    hands.sticks.listing = STICK
    qtbot.waitUntil(lambda: page.shows("file"), timeout=5000)
    page.press("file")
    qtbot.waitUntil(lambda: page.shows("next"))
    assert [each.origin for each in document(page).pages] == [Origin.FILE, Origin.FILE]
    assert document(page).origin is Origin.FILE


def test_a_refused_file_says_why_and_keeps_what_came(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    hands.sticks.listing, hands.sticks.refuses = STICK, FileProblem.ENCRYPTED
    page = show_page(visit)
    page.press("files")
    qtbot.waitUntil(lambda: page.shows("file"))
    page.press("file")
    qtbot.waitUntil(lambda: "mật khẩu" in page.texts())
    assert len(document(page).pages) == 1
    assert page.shows("file")


def test_a_file_can_be_stopped(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    hands.sticks.listing = STICK
    hands.sticks.gate.clear()
    page = show_page(visit)
    page.press("files")
    qtbot.waitUntil(lambda: page.shows("file"))
    page.press("file")
    page.press("stop_reading")
    hands.sticks.gate.set()
    qtbot.waitUntil(lambda: "Đã dừng" in page.texts())


def test_a_paper_of_the_dossier_is_used_again(show_page: ShowPage, visit: Visit, qtbot: QtBot) -> None:
    [other] = [part.code for part in visit.chosen().parts if part.code == "authorisation"]
    paper = Document(other, Origin.SCANNER, CopyKind.ORIGINAL, (Page(4, demo_papers()[0]), Page(5, demo_papers()[1])))
    page = show_page(visit.with_document(paper))
    page.press("reuse")
    page.press(f"reuse:{other}")
    qtbot.waitUntil(lambda: page.shows("next"))
    assert [each.image for each in document(page).pages] == [each.image for each in paper.pages]
    assert document(page).part_code == "old_copy"


def test_without_other_papers_there_is_nothing_to_use_again(show_page: ShowPage, visit: Visit) -> None:
    page = show_page(visit)
    assert [page.shows(way) for way in ("scan", "shoot", "files", "reuse")] == [True, True, True, False]


def test_an_office_without_a_scanner_is_not_offered_one(show_page: ShowPage, visit: Visit, context: Context) -> None:
    without = replace(context, equipment=replace(context.equipment, has_scanner=False))
    page = show_page(visit, own_context=without)
    assert [page.shows(way) for way in ("scan", "shoot", "files")] == [False, True, True]


def test_a_scanner_is_offered_where_nothing_else_is(show_page: ShowPage, visit: Visit, context: Context) -> None:
    nothing = replace(context.equipment, has_scanner=False, paper_camera=None, files=None)
    assert show_page(visit, own_context=replace(context, equipment=nothing)).shows("scan")
