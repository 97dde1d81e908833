"""The one act: only with the pledge, never twice, and after a failure the same dossier again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.catalog import Route
from kiosk.errors import DiskFull, KioskError, StoreProblem
from kiosk.filing import NotReady
from kiosk.visit import Step
from kiosk.visit_events import DossierSealed
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands, Page
from ui.file_screen import FileScreen
from ui.sealing import Sealed


@pytest.fixture
def page(show_page: ShowPage, walker: Walker) -> Page:
    return show_page(walker.at(Step.FILE))


def sealed_of(page: Page) -> list[Sealed]:
    """What the page says it has sealed."""
    sealed: list[Sealed] = []
    assert isinstance(page.screen, FileScreen)
    page.screen.sealed.connect(sealed.append)
    return sealed


def test_without_the_pledge_nothing_is_filed(page: Page, hands: Hands) -> None:
    page.go_on()
    assert page.screen.problem == "Ông/bà chạm vào ô vuông để cam đoan, rồi bấm nộp."
    assert hands.office.tried == []


def test_it_says_what_is_filed_and_what_it_costs(page: Page) -> None:
    for words in ("Cấp bản sao Trích lục hộ tịch", "16.000 đồng", "cam đoan"):
        assert words in page.texts()


def test_two_quick_presses_file_once(page: Page, hands: Hands, qtbot: QtBot) -> None:
    sealed = sealed_of(page)
    hands.office.gate.clear()
    page.press("accept")
    button = page.find("next")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(page.frame, Qt.Key.Key_Return)
    page.screen.next_event()
    assert "Đang lưu hồ sơ an toàn" in page.texts()
    hands.office.gate.set()
    qtbot.waitUntil(lambda: len(page.events) > 0)
    [dossier] = hands.office.sealed
    assert page.events == [DossierSealed(dossier.client_ref, sealed[0].declaration)]
    assert [each.dossier for each in sealed] == [dossier]


def test_while_it_is_sealed_there_is_no_way_out(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hands.office.gate.clear()
    page.press("accept")
    page.go_on()
    backs: list[None] = []
    page.frame.back.connect(lambda: backs.append(None))
    page.press("back")
    QTest.keyClick(page.frame, Qt.Key.Key_Escape)
    page.press("header_log-out")
    assert backs == []
    assert page.shows("next")
    hands.office.gate.set()
    qtbot.waitUntil(lambda: len(page.events) > 0)


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (DiskFull("full"), "Ổ đĩa của máy đã đầy"),
        (StoreProblem("read-only"), "Máy chưa làm được việc này"),
        (KioskError("?"), "Máy chưa làm được việc này"),
    ],
    ids=["disk full", "store", "unknown"],
)
def test_after_a_failure_the_same_dossier_is_filed(
    page: Page, hands: Hands, qtbot: QtBot, fails: KioskError, said: str
) -> None:
    hands.office.fails = fails
    page.press("accept")
    page.go_on()
    qtbot.waitUntil(lambda: said in page.texts())
    assert page.events == []
    assert page.screen.can_leave
    hands.office.fails = None
    page.go_on()
    qtbot.waitUntil(lambda: len(page.events) == 1)
    assert hands.office.tried[0] == hands.office.tried[1] == hands.office.sealed[0].client_ref
    assert said not in page.texts()


def test_a_kiosk_that_cannot_file_says_why(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hands.office.not_ready = NotReady.NO_KEYS
    page.press("accept")
    page.go_on()
    qtbot.waitUntil(lambda: "Kho khóa của máy chưa mở được" in page.texts())
    assert hands.office.tried == []


def test_the_fee_is_that_of_the_offices_province(show_page: ShowPage, walker: Walker) -> None:
    visit = walker.at(Step.FILE)
    service = visit.chosen()
    own = replace(service.fees[-1], amount_vnd=5000, provinces=("01",))
    here = replace(visit, service=replace(service, fees=(own, service.fees[-1])))
    assert "10.000 đồng" in show_page(replace(here, province="01")).texts()
    assert "16.000 đồng" in show_page(replace(here, province="31")).texts()


def test_what_no_row_of_the_fees_tells_is_asked_at_the_counter(show_page: ShowPage, walker: Walker) -> None:
    elsewhere = tuple(replace(rule, provinces=("92",)) for rule in walker.service.fees)
    for route in (Route.DESK, Route.PREPARE):
        service = replace(walker.service, fees=elsewhere, route=route)
        text = show_page(replace(walker, service=service).at(Step.FILE)).texts()
        assert "Hỏi quầy" in text
        assert "Không thu" not in text
