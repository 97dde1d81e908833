"""Prepared is not filed: the page says so, makes the papers once, and keeps and sends nothing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.catalog import Route
from kiosk.filing import NotReady
from kiosk.visit import Step
from kiosk.visit_events import WentOn
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands, Page
from ui.context import Context
from ui.prepare_screen import Prepared, PrepareScreen


@pytest.fixture
def page(show_page: ShowPage, walker: Walker) -> Page:
    service = replace(walker.service, route=Route.PREPARE)
    return show_page(replace(walker, service=service).at(Step.FILE))


def prepared_of(page: Page) -> list[Prepared]:
    prepared: list[Prepared] = []
    assert isinstance(page.screen, PrepareScreen)
    page.screen.prepared.connect(prepared.append)
    return prepared


def test_two_quick_presses_prepare_once_and_nothing_is_sealed(page: Page, hands: Hands, qtbot: QtBot) -> None:
    prepared = prepared_of(page)
    assert "không phải là nộp" in page.texts()
    button = page.find("next")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.events == [WentOn()])
    assert [made.declaration_pdf[:5] for made in prepared] == [b"%PDF-"]
    assert hands.office.tried == []


def test_what_stops_it_is_said_and_it_can_be_tried_again(page: Page, hands: Hands, qtbot: QtBot) -> None:
    hands.office.not_ready = NotReady.DISK_FULL
    page.go_on()
    qtbot.waitUntil(lambda: "Ổ đĩa của máy đã đầy" in page.texts())
    hands.office.not_ready = None
    page.go_on()
    qtbot.waitUntil(lambda: page.events == [WentOn()])


def test_what_will_be_printed_is_told(page: Page) -> None:
    assert "Tờ khai đã điền, trên giấy A4" in page.texts()


def test_a_data_sheet_is_not_called_a_declaration(show_page: ShowPage, walker: Walker) -> None:
    service = replace(walker.service, route=Route.PREPARE, declaration="data_sheet")
    text = show_page(replace(walker, service=service).at(Step.FILE)).texts()
    assert "Phiếu thông tin đã điền, trên giấy A4" in text
    assert "tờ khai" not in text.lower()


def test_without_a_page_printer_nothing_is_promised(show_page: ShowPage, walker: Walker, context: Context) -> None:
    service = replace(walker.service, route=Route.PREPARE)
    own = replace(context, equipment=replace(context.equipment, page_printer=None))
    text = show_page(replace(walker, service=service).at(Step.FILE), None, own).texts()
    assert "không in được giấy A4" in text
    assert "Tờ khai đã điền" not in text
