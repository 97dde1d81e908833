"""How it ended, in true words; the slip prints by itself, and where it does not, the screen stands in for it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from commands.gallery_stand_ins import DESK, NOW
from commands.gallery_visit import Walker
from kiosk.catalog import Route
from kiosk.consent_texts import declaration_text
from kiosk.dossier import Dossier, Identifiers
from kiosk.ids import format_slip_code
from kiosk.ports import DeviceReason
from kiosk.receipt import Receipt
from kiosk.slip import SlipKind
from kiosk.visit import ConsentGiven, ConsentKind, Place, Step, Visit
from kiosk.visit_events import AnotherWanted, WentOn
from tests.ui.conftest import DESK as PANEL
from tests.ui.conftest import ShowPage
from tests.ui.counter import Hands, Page
from ui.navigator import Filed
from ui.prepare_screen import Prepared
from ui.qr_code import QrCode
from ui.scroll_area import PagedScroll
from ui.sealing import Sealed

CODE = "H26.00.00-261201-0042"


def receipt_of(dossier: Dossier) -> Receipt:
    return Receipt(
        client_ref=dossier.client_ref,
        kiosk_id=DESK.kiosk_id,
        manifest_sha256="0" * 64,
        documents=(),
        remote_id="remote",
        national_code=CODE,
        received_at=datetime(2026, 12, 1, 2, 41, tzinfo=UTC),
    )


@pytest.fixture
def ended(walker: Walker) -> tuple[Visit, Sealed]:
    """A visit at its last page, and what it sealed."""
    visit, dossier = walker.sealed()
    accepted = ConsentGiven(ConsentKind.DECLARATION, declaration_text(visit.chosen()), NOW)
    return replace(visit, place=Place(Step.DONE)), Sealed(dossier, DESK, accepted, b"")


def show(show_page: ShowPage, ended: tuple[Visit, Sealed], *, filed: bool) -> Page:
    visit, sealed = ended
    return show_page(visit, Filed(sealed, receipt_of(sealed.dossier) if filed else None))


def test_filed_says_filed_with_the_portals_code(
    show_page: ShowPage, ended: tuple[Visit, Sealed], hands: Hands, qtbot: QtBot
) -> None:
    page = show(show_page, ended, filed=True)
    assert "Đã nộp hồ sơ" in page.texts()
    assert CODE in page.texts()
    qtbot.waitUntil(lambda: "Đã in phiếu" in page.texts())
    [slip] = hands.printer.slips
    assert (slip.kind, slip.national_code) == (SlipKind.FILED, CODE)


def test_kept_never_says_filed(show_page: ShowPage, ended: tuple[Visit, Sealed], hands: Hands, qtbot: QtBot) -> None:
    page = show(show_page, ended, filed=False)
    assert "Đã lưu hồ sơ – chưa nộp" in page.texts()
    assert "Đã nộp hồ sơ" not in page.texts()
    assert format_slip_code(ended[1].dossier.slip_code) in page.texts()
    qtbot.waitUntil(lambda: [slip.kind for slip in hands.printer.slips] == [SlipKind.KEPT])


def test_without_paper_the_screen_stands_in_for_the_slip(
    show_page: ShowPage, ended: tuple[Visit, Sealed], hands: Hands, qtbot: QtBot
) -> None:
    hands.printer.trouble = DeviceReason.PAPER_OUT
    page = show(show_page, ended, filed=False)
    qtbot.waitUntil(lambda: "Máy in hết giấy" in page.texts())
    assert page.frame.findChildren(QrCode)
    assert "phiếu vừa in" not in page.texts()
    hands.printer.trouble = None
    page.press("print_again")
    qtbot.waitUntil(lambda: "Đã in phiếu" in page.texts())
    assert [slip.marks for slip in hands.printer.slips] == [()]


def test_two_quick_presses_print_once_and_a_reprint_says_so(
    show_page: ShowPage, ended: tuple[Visit, Sealed], hands: Hands, qtbot: QtBot
) -> None:
    page = show(show_page, ended, filed=True)
    qtbot.waitUntil(lambda: len(hands.printer.slips) == 1 and "Đã in phiếu" in page.texts())
    hands.printer.gate.clear()
    page.press("print_again")
    page.press("print_again")
    hands.printer.gate.set()
    qtbot.waitUntil(lambda: len(hands.printer.slips) == 2 and "Đã in phiếu" in page.texts())
    assert hands.printer.slips[1].marks == ("Bản in lại số 2",)


def test_a_receipt_that_comes_late_is_told_on_paper_and_screen_alike(
    show_page: ShowPage, ended: tuple[Visit, Sealed], hands: Hands, qtbot: QtBot
) -> None:
    page = show(show_page, ended, filed=False)
    qtbot.waitUntil(lambda: "Đã in phiếu" in page.texts())
    hands.office.came = receipt_of(ended[1].dossier)
    page.press("print_again")
    qtbot.waitUntil(lambda: "Đã nộp hồ sơ" in page.texts())
    assert CODE in page.texts()
    assert "chưa nộp" not in page.texts().lower()
    assert hands.printer.slips[-1].kind is SlipKind.FILED


def test_another_dossier_or_home(show_page: ShowPage, ended: tuple[Visit, Sealed]) -> None:
    page = show(show_page, ended, filed=True)
    page.press("another")
    page.go_on()
    assert page.events == [AnotherWanted(), WentOn()]
    assert not page.shows("back")


@pytest.mark.parametrize("trouble", [None, DeviceReason.PAPER_OUT])
@pytest.mark.parametrize("filed", [True, False])
def test_everything_is_seen_without_scrolling(
    show_page: ShowPage,
    ended: tuple[Visit, Sealed],
    hands: Hands,
    qtbot: QtBot,
    filed: bool,
    trouble: DeviceReason | None,
) -> None:
    hands.printer.trouble = trouble
    page = show(show_page, ended, filed=filed)
    qtbot.waitUntil(lambda: "Đang in phiếu" not in page.texts())
    assert page.frame.width() == PANEL.width_px
    assert not any(scroll.overflows for scroll in page.frame.findChildren(PagedScroll))


@pytest.fixture
def prepared(walker: Walker) -> tuple[Visit, Prepared]:
    """A visit that files nothing here, at its last page, and what was made for it."""
    visit = replace(walker, service=replace(walker.service, route=Route.PREPARE)).at(Step.FILE)
    return replace(visit, place=Place(Step.DONE)), Prepared(Identifiers.new(NOW), DESK, b"%PDF-1.7 made up")


def test_what_was_prepared_comes_out_as_slip_and_page(
    show_page: ShowPage, prepared: tuple[Visit, Prepared], hands: Hands, qtbot: QtBot
) -> None:
    page = show_page(*prepared)
    qtbot.waitUntil(lambda: "Đã in tờ khai" in page.texts() and "Đã in phiếu" in page.texts())
    assert [pdf for pdf, _title in hands.page_printer.jobs] == [b"%PDF-1.7 made up"]
    assert [slip.kind for slip in hands.printer.slips] == [SlipKind.PREPARED]


def test_nobody_leaves_while_the_page_with_their_name_is_printing(
    show_page: ShowPage, prepared: tuple[Visit, Prepared], hands: Hands, qtbot: QtBot
) -> None:
    hands.page_printer.gate.clear()
    page = show_page(*prepared)
    assert page.screen.busy
    assert not page.find("another").isEnabled()  # not before the paper with the name is out
    hands.page_printer.gate.set()
    qtbot.waitUntil(lambda: not page.screen.busy)
    page.go_on()
    assert page.events[-1] == WentOn()


def test_a_page_that_does_not_come_out_is_printed_again(
    show_page: ShowPage, prepared: tuple[Visit, Prepared], hands: Hands, qtbot: QtBot
) -> None:
    hands.page_printer.trouble = DeviceReason.PAPER_OUT
    page = show_page(*prepared)
    qtbot.waitUntil(lambda: "Máy in A4 hết giấy" in page.texts() and not page.screen.busy)
    hands.page_printer.trouble = None
    page.press("print_pages")
    qtbot.waitUntil(lambda: len(hands.page_printer.jobs) == 1 and not page.screen.busy)


def test_what_was_filed_prints_no_page(
    show_page: ShowPage, ended: tuple[Visit, Sealed], hands: Hands, qtbot: QtBot
) -> None:
    page = show(show_page, ended, filed=True)
    qtbot.waitUntil(lambda: "Đã in phiếu" in page.texts())
    assert hands.page_printer.jobs == []
    assert not page.shows("print_pages")


def test_a_page_that_never_comes_keeps_nobody_here(
    show_page: ShowPage, prepared: tuple[Visit, Prepared], hands: Hands, qtbot: QtBot
) -> None:
    hands.page_printer.trouble = DeviceReason.JAM
    page = show_page(*prepared)
    qtbot.waitUntil(lambda: "bị kẹt giấy" in page.texts() and not page.screen.busy)
    page.go_on()
    assert page.events == [WentOn()]


def test_a_data_sheet_is_called_by_its_name(
    show_page: ShowPage, prepared: tuple[Visit, Prepared], hands: Hands, qtbot: QtBot
) -> None:
    visit, made = prepared
    sheet = replace(visit, service=replace(visit.chosen(), declaration="data_sheet"))
    page = show_page(sheet, made)
    qtbot.waitUntil(lambda: "Đã in phiếu thông tin" in page.texts() and not page.screen.busy)
    assert "In lại phiếu thông tin" in page.texts()
    assert "tờ khai" not in page.texts().lower()


def test_what_has_to_be_done_now_is_told_on_the_last_page(show_page: ShowPage, ended: tuple[Visit, Sealed]) -> None:
    visit, sealed = ended
    part = replace(visit.chosen().parts[0], code="shown", when=None, required=True, shown_only=True, name="Sổ cũ")
    fact = replace(visit.chosen().result, text="Cả hai cùng đến ký")
    service = replace(visit.chosen(), parts=(*visit.chosen().parts, part), after_filing=(fact,))
    for filed in (True, False):
        text = show(show_page, (replace(visit, service=service), sealed), filed=filed).texts()
        assert "Đưa bản chính cho cán bộ ở quầy ngay bây giờ: Sổ cũ." in text
        assert "Cả hai cùng đến ký." in text
