"""Before anything is typed: the fee, the days, the papers, by which way, what nobody has verified; and all on paper."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.catalog import Confidence, Linked, Route, Service
from kiosk.ports import DeviceReason
from kiosk.visit import Step, Visit
from kiosk.visit_events import ServiceChosen, WentOn
from tests.ui.conftest import DESK, LOW, ShowPage
from tests.ui.counter import Hands
from ui.context import Context
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.tokens import Contrast, TextSize


@pytest.fixture
def visit(walker: Walker) -> Visit:
    return walker.at(Step.BEFORE)


def information_only(service: Service) -> Service:
    return replace(service, named=replace(service.named, confidence=Confidence.UNVERIFIED))


def with_link(context: Context, visit: Visit) -> tuple[Context, Visit, Service]:
    service = visit.chosen()
    other = replace(service, code="3.000722", everyday_names=("Liên thông mẫu",))
    first = replace(service, linked_first=Linked(other.code, replace(service.result, text="Khai một lần")))
    catalog = replace(context.catalog, services=(first, other))
    return replace(context, catalog=catalog), replace(visit, service=first), other


def test_everything_a_person_would_be_sent_home_for(show_page: ShowPage, visit: Visit) -> None:
    page = show_page(visit)
    for words in ("8.000 đồng", "Trong ngày làm việc", "khoảng 10 phút", "Thẻ căn cước", "Một cửa", "Luật Hộ tịch"):
        assert words in page.texts()
    page.go_on()
    assert page.events == [WentOn()]


def test_whom_to_ask_and_the_usual_day_are_told(show_page: ShowPage, visit: Visit, context: Context) -> None:
    text = show_page(visit).texts()
    assert context.office.phone in text
    assert "Tiếp nhận bây giờ thì thường có" in text


def test_what_was_not_verified_says_so(show_page: ShowPage, visit: Visit) -> None:
    doubtful = replace(visit.chosen().processing_time, confidence=Confidence.UNVERIFIED)
    service = replace(visit.chosen(), processing_time=doubtful)
    sure, unsure = show_page(visit).texts(), show_page(replace(visit, service=service)).texts()
    assert unsure.count("(cần hỏi lại quầy)") == sure.count("(cần hỏi lại quầy)") + 1


def test_fee_days_and_papers_are_seen_without_scrolling(show_page: ShowPage, visit: Visit) -> None:
    page = show_page(visit)
    assert page.frame.width() == DESK.width_px
    scroll = page.frame.findChildren(PagedScroll)[0]
    for label in ("Phí, lệ phí", "Thời gian giải quyết", "Cách nộp", "Giấy tờ mang theo"):
        [shown] = [each for each in page.labels() if each.text() == label]
        assert scroll.rect().contains(shown.mapTo(scroll, shown.rect().bottomRight()))


def test_the_guide_is_printed_without_consent_or_card(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    page = show_page(visit)
    page.press("print_guide")
    qtbot.waitUntil(lambda: "Đã in hướng dẫn" in page.texts())
    [(pdf, title)] = hands.page_printer.jobs
    assert pdf.startswith(b"%PDF-")
    assert title == "2.000635"
    assert (visit.consents, page.events) == ((), [])


def test_two_quick_presses_print_once(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    hands.page_printer.gate.clear()
    page = show_page(visit)
    page.press("print_guide")
    page.press("print_guide")
    assert "Đang in hướng dẫn" in page.texts()
    page.go_on()
    assert page.screen.busy
    hands.page_printer.gate.set()
    qtbot.waitUntil(lambda: "Đã in hướng dẫn" in page.texts())
    assert len(hands.page_printer.jobs) == 1


def test_without_paper_the_sentence_says_what_to_do_and_both_ways_are_open(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    hands.page_printer.trouble = DeviceReason.PAPER_OUT
    page = show_page(visit)
    assert not page.shows("print_strip")
    page.press("print_guide")
    qtbot.waitUntil(lambda: "Máy in A4 hết giấy" in page.texts())
    page.press("print_strip")
    qtbot.waitUntil(lambda: len(hands.printer.guides) == 1 and "Đã in hướng dẫn" in page.texts())
    hands.page_printer.trouble = None
    page.press("print_guide")
    qtbot.waitUntil(lambda: len(hands.page_printer.jobs) == 1 and not page.screen.busy)


def test_the_sentence_is_seen_however_far_the_page_was_turned(
    show_page: ShowPage, visit: Visit, hands: Hands, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_panel(LOW)
    theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
    hands.page_printer.trouble = DeviceReason.JAM
    page = show_page(replace(visit, service=information_only(visit.chosen())))
    scroll = page.frame.findChildren(PagedScroll)[0]
    while scroll.turners.down.isEnabled():
        scroll.turners.down.click()
    page.go_on()
    qtbot.waitUntil(lambda: "bị kẹt giấy" in page.texts())
    [told] = [each for each in page.labels() if "bị kẹt giấy" in each.text()]
    qtbot.waitUntil(lambda: not told.visibleRegion().isEmpty())


def test_without_a_page_printer_the_guide_comes_out_as_a_slip(
    show_page: ShowPage, visit: Visit, hands: Hands, context: Context, qtbot: QtBot
) -> None:
    own = replace(context, equipment=replace(context.equipment, page_printer=None))
    page = show_page(visit, None, own)
    assert not page.shows("print_blank")
    assert not page.shows("only_print")
    page.press("print_guide")
    qtbot.waitUntil(lambda: [guide.code for guide in hands.printer.guides] == ["2.000635"])


def test_the_blank_declaration_has_no_answers(show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot) -> None:
    page = show_page(visit)
    page.press("print_blank")
    qtbot.waitUntil(lambda: "Đã in tờ khai (mẫu trống)" in page.texts())
    assert len(hands.page_printer.jobs) == 1


def test_what_has_no_declaration_has_no_blank_one(show_page: ShowPage, visit: Visit) -> None:
    assert not show_page(replace(visit, service=replace(visit.chosen(), declaration=""))).shows("print_blank")


def test_a_generic_sheet_is_no_declaration_and_can_be_had_of_every_service(show_page: ShowPage, visit: Visit) -> None:
    sheet = replace(visit.chosen(), declaration="data_sheet")
    for service in (sheet, information_only(sheet)):
        assert "In phiếu thông tin (mẫu trống)" in show_page(replace(visit, service=service)).texts()


def test_filling_and_printing_without_filing_is_offered(show_page: ShowPage, visit: Visit) -> None:
    page = show_page(visit)
    page.press("only_print")
    [event] = page.events
    assert isinstance(event, ServiceChosen)
    assert (event.service, event.route) == (visit.chosen(), Route.PREPARE)
    assert not show_page(replace(visit, route=Route.PREPARE)).shows("only_print")


def test_what_is_information_only_cannot_be_begun(
    show_page: ShowPage, visit: Visit, hands: Hands, qtbot: QtBot
) -> None:
    page = show_page(replace(visit, service=information_only(visit.chosen())))
    assert "Máy chưa nhận hồ sơ thủ tục này" in page.texts()
    assert "Bắt đầu làm" not in page.texts()
    page.go_on()
    qtbot.waitUntil(lambda: len(hands.page_printer.jobs) == 1 and "Đã in hướng dẫn" in page.texts())
    assert page.events == []


def test_the_linked_service_is_offered_first_and_one_way_is_picked(
    show_page: ShowPage, visit: Visit, context: Context
) -> None:
    own, linked, other = with_link(context, visit)
    page = show_page(linked, None, own)
    assert "Khai một lần" in page.texts()
    page.go_on()
    assert "chọn một trong hai" in page.texts()
    page.press("choice_together")
    page.go_on()
    [event] = [each for each in page.events if isinstance(each, ServiceChosen)]
    assert (event.service, event.route) == (other, other.route)


def test_the_linked_service_can_be_left(show_page: ShowPage, visit: Visit, context: Context) -> None:
    own, linked, _other = with_link(context, visit)
    page = show_page(linked, None, own)
    page.press("choice_alone")
    page.go_on()
    assert page.events == [WentOn()]
