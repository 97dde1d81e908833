"""The page of devices: true states, each in its own lane; trials that stop and leave nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.capture import MAX_FILE_PAGES, FileKind, StickFile, StickListing
from kiosk.counter_devices import CounterDevices, DeviceKind
from kiosk.ports import DeviceReason, DeviceStatus, PageImage, Ready, Unavailable
from tests.ui.conftest import OpenFrame, settle
from tests.ui.counter import Hands
from ui.context import Context
from ui.device_trial_page import DeviceTrialPage
from ui.devices_screen import DevicesScreen
from ui.frame import Frame
from ui.page_view import PageView
from ui.staff_devices import StaffDevices

CARD = "001058000123|012345678|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hà Nội|15082021"


class Reader:
    """A hand-held reader that sends a card's code."""

    name = "reader"

    def status(self) -> DeviceStatus:
        return Ready()

    def watch(self, on_text: Callable[[str], None], _stopped: Callable[[], bool]) -> None:
        on_text(CARD)


class NoReader:
    """A reader of print that is not installed."""

    name = "trueocr"

    def status(self) -> DeviceStatus:
        return Unavailable(DeviceReason.NO_DRIVER)


class Stick:
    """A stick with a file that has a person's name."""

    name = "stick"

    def status(self) -> DeviceStatus:
        return Ready()

    def files(self) -> StickListing:
        return StickListing((StickFile("k", "đơn của ông A.pdf", FileKind.PDF, 10),), 2)

    def pages(
        self,
        file: StickFile,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        max_pages: int = MAX_FILE_PAGES,
    ) -> None:
        raise AssertionError("no file is opened")


@dataclass
class Shown:
    """The page in its frame, and what it says."""

    frame: Frame
    screen: DevicesScreen
    hands: Hands
    asked_pages: list[bytes] = field(default_factory=list)

    def find(self, name: str) -> QWidget:
        found = [each for each in self.frame.findChildren(QWidget, name) if each.isVisible()]
        assert found, name
        return found[0]

    def press(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        settle()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.frame.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def shown(open_frame: OpenFrame, context: Context, hands: Hands) -> Shown:
    devices = CounterDevices(
        camera=hands.camera,
        scanner=hands.scanner,
        printer=hands.printer,
        page_printer=hands.page_printer,
        code_scanner=Reader(),
        files=Stick(),
    )
    readers = {DeviceKind.PRINT_READER: NoReader()}
    staff = StaffDevices(devices, hands.codes, lambda: b"%PDF-", readers)
    frame = open_frame(lambda _theme: DevicesScreen(context, staff))
    screen = frame.shown
    assert isinstance(screen, DevicesScreen)
    return Shown(frame, screen, hands)


def test_every_device_says_how_it_is(shown: Shown, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown.texts().count("Dùng được") == 6)
    assert "Chưa cài" in shown.texts()
    assert "Hỏi các thiết bị lúc 08:00 ngày 16/11/2026" in shown.texts()


def test_asked_again_the_page_says_what_to_do_now(shown: Shown, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown.texts().count("Dùng được") == 6)
    shown.hands.scanner.trouble = DeviceReason.JAM
    shown.hands.clock.advance(3600)
    shown.press("ask_again")
    qtbot.waitUntil(lambda: "Gỡ giấy ra." in shown.texts())
    assert "lúc 09:00" in shown.texts()


def test_one_that_hangs_hides_no_other(
    open_frame: OpenFrame, context: Context, hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.camera.gate.clear()

    def hang() -> DeviceStatus:
        hands.camera.gate.wait(10)
        return Ready()

    monkeypatch.setattr(hands.camera, "status", hang)
    devices = CounterDevices(hands.camera, hands.scanner, hands.printer)
    frame = open_frame(lambda _theme: DevicesScreen(context, StaffDevices(devices, hands.codes, bytes)))

    def words() -> str:
        return "\n".join(label.text() for label in frame.findChildren(QLabel))

    qtbot.waitUntil(lambda: words().count("Dùng được") == 2)
    assert words().count("Đang hỏi thiết bị…") == 1


def test_the_camera_shows_its_picture_and_stops_when_it_is_left(shown: Shown, qtbot: QtBot) -> None:
    camera = shown.hands.camera
    shown.press("try:camera")
    assert camera.watched == 0
    shown.press("trial_start")
    view = shown.screen.findChild(PageView)
    assert isinstance(view, PageView)
    qtbot.waitUntil(lambda: view.accessibleName() == "Hình từ thiết bị")
    assert "Đang thử…" in shown.texts()
    shown.press("back")
    assert shown.screen.findChildren(DeviceTrialPage) == []
    qtbot.waitUntil(lambda: "Máy ảnh đọc thẻ" in shown.texts())


def test_a_card_is_counted_and_its_text_never_shown(shown: Shown, qtbot: QtBot) -> None:
    shown.hands.codes.texts.extend([CARD] * 3)
    shown.press("try:camera")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: shown.hands.codes.frames > 5)
    shown.press("trial_stop")
    qtbot.waitUntil(lambda: "Đọc được mã thẻ trong 3 trên" in shown.texts())
    assert "NGUYỄN" not in shown.texts()
    assert "Thiết bị làm được" in shown.texts()


def test_a_scanned_sheet_is_shown_and_forgotten(shown: Shown, qtbot: QtBot) -> None:
    shown.press("try:scanner")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: "Thiết bị làm được" in shown.texts())
    assert "1 trang, 495 × 700 điểm ảnh, 60 dpi" in shown.texts()
    shown.press("back")
    assert shown.screen.findChildren(PageView) == []
    assert "Đã thử lúc 08:00 ngày 16/11/2026: 1 trang" in shown.texts()


def test_a_scanner_that_jams_says_what_to_do_in_the_trial_and_on_the_list(shown: Shown, qtbot: QtBot) -> None:
    shown.hands.scanner.trouble = DeviceReason.JAM
    shown.press("try:scanner")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: "Thiết bị chưa làm được" in shown.texts())
    assert "Gỡ giấy ra." in shown.texts()
    shown.press("back")
    assert "Chưa được. Đã thử lúc 08:00" in shown.texts()


def test_the_printers_print_what_is_nobodys(shown: Shown, qtbot: QtBot) -> None:
    shown.press("try:printer")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: "Đã in phiếu thử" in shown.texts())
    [slip] = shown.hands.printer.slips
    assert slip.marks
    shown.press("back")
    shown.press("try:page_printer")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: "dài đúng 150 mm" in shown.texts())
    assert shown.hands.page_printer.jobs == [(b"%PDF-", "Tờ chuẩn")]


def test_reader_and_stick_tell_numbers_and_no_names(shown: Shown, qtbot: QtBot) -> None:
    shown.press("try:code_scanner")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: f"Đã nhận một mã dài {len(CARD)} ký tự." in shown.texts())
    shown.press("back")
    shown.press("try:files")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: "1 tệp dùng được, 2 tệp không dùng được." in shown.texts())
    assert "ông A" not in shown.texts()


def test_leaving_the_page_stops_what_is_being_tried(shown: Shown, qtbot: QtBot, context: Context) -> None:
    shown.press("try:camera")
    shown.press("trial_start")
    qtbot.waitUntil(lambda: shown.hands.codes.frames > 0)
    shown.screen.leave()
    shown.hands.camera.gate.clear()
    frames = shown.hands.codes.frames
    shown.hands.camera.gate.set()
    with qtbot.waitSignal(shown.screen.findChildren(DeviceTrialPage)[0].ended):
        pass
    assert shown.hands.codes.frames <= frames + 2
