"""The line that tells how the printing goes."""

import pytest
from pytestqt.qtbot import QtBot

from kiosk.ports import DeviceReason
from tests.devices.guides import extract_guide
from tests.ui.counter import Hands
from ui.context import Context
from ui.paper_printing import PaperPrinting


@pytest.fixture
def printing(context: Context, qtbot: QtBot) -> PaperPrinting:
    line = PaperPrinting(context)
    qtbot.addWidget(line)
    return line


def test_it_says_nothing_before_the_first_print(printing: PaperPrinting) -> None:
    assert printing.text() == ""
    assert printing.isHidden()


def test_pages_are_made_off_the_windows_thread_and_printed(printing: PaperPrinting, hands: Hands, qtbot: QtBot) -> None:
    with qtbot.waitSignal(printing.ended):
        printing.print_pages(hands.page_printer, "hướng dẫn", lambda: b"%PDF-", "guide")
        assert printing.running
    assert hands.page_printer.jobs == [(b"%PDF-", "guide")]
    assert "Đã in hướng dẫn" in printing.text()
    assert (printing.running, printing.trouble) == (False, False)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (DeviceReason.PAPER_OUT, "hết giấy"),
        (DeviceReason.INK_OUT, "hết mực"),
        (DeviceReason.NOT_CONNECTED, "hỏi quầy"),
    ],
)
def test_trouble_is_told_and_the_next_try_forgets_it(
    printing: PaperPrinting, hands: Hands, qtbot: QtBot, reason: DeviceReason, words: str
) -> None:
    hands.page_printer.trouble = reason
    with qtbot.waitSignal(printing.ended):
        printing.print_pages(hands.page_printer, "tờ khai", lambda: b"%PDF-", "guide")
    assert words in printing.text()
    assert printing.trouble
    hands.page_printer.trouble = None
    with qtbot.waitSignal(printing.ended):
        printing.print_pages(hands.page_printer, "tờ khai", lambda: b"%PDF-", "guide")
    assert not printing.trouble


def test_a_paper_that_cannot_be_made_is_told_too(printing: PaperPrinting, hands: Hands, qtbot: QtBot) -> None:
    def make() -> bytes:
        raise RuntimeError("no paper")

    with qtbot.waitSignal(printing.ended):
        printing.print_pages(hands.page_printer, "tờ khai", make, "guide")
    assert "Máy gặp lỗi" in printing.text()
    assert hands.page_printer.jobs == []


def test_a_guide_goes_to_the_printer_of_slips(printing: PaperPrinting, hands: Hands, qtbot: QtBot) -> None:
    guide = extract_guide()
    with qtbot.waitSignal(printing.ended):
        printing.print_strip(guide, "hướng dẫn")
    assert hands.printer.guides == [guide]
    hands.printer.trouble = DeviceReason.PAPER_OUT
    with qtbot.waitSignal(printing.ended):
        printing.print_strip(guide, "hướng dẫn")
    assert "Hồ sơ" not in printing.text()
