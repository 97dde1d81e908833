"""The first page: one way in, and the devices' health in words that say what still works."""

from pytestqt.qtbot import QtBot

from kiosk.outbox import QueueCondition
from kiosk.ports import DeviceReason
from kiosk.visit import Visit
from kiosk.visit_events import Begun
from tests.ui.conftest import LOW, ShowPage, settle
from tests.ui.counter import Hands
from ui.theme import Theme
from ui.tokens import Contrast, TextSize


def test_the_tile_begins_a_visit(show_page: ShowPage) -> None:
    page = show_page(Visit())
    page.press("begin")
    assert page.events == [Begun()]
    assert not page.shows("next")
    assert not page.shows("back")


def test_a_healthy_counter_says_nothing_of_devices(show_page: ShowPage, qtbot: QtBot, hands: Hands) -> None:
    page = show_page(Visit())
    qtbot.waitUntil(lambda: "7:30–11:30" in page.texts())
    assert "chưa dùng được" not in page.texts()
    assert "cổng" not in page.texts()


def test_what_is_not_well_is_said_with_what_still_works(show_page: ShowPage, qtbot: QtBot, hands: Hands) -> None:
    hands.camera.trouble = DeviceReason.NOT_CONNECTED
    hands.scanner.trouble = DeviceReason.NO_DRIVER
    hands.printer.trouble = DeviceReason.PAPER_OUT
    hands.office.line = QueueCondition.OFFLINE
    page = show_page(Visit())
    qtbot.waitUntil(lambda: "Máy ảnh chưa dùng được" in page.texts())
    for words in ("tự gõ thông tin", "nhờ cán bộ", "vẫn nộp được", "tự gửi sau"):
        assert words in page.texts()
    page.press("begin")
    assert page.events == [Begun()]


def test_the_other_entries_lead_where_they_say(show_page: ShowPage, qtbot: QtBot) -> None:
    page = show_page(Visit())
    page.press("look_up")
    assert page.events == [Begun()]
    with qtbot.waitSignal(page.screen.help_asked, timeout=1000):  # type: ignore[attr-defined]
        page.press("call")


def test_where_there_is_room_for_the_tiles_only_how_it_goes_is_left_out(show_page: ShowPage, theme: Theme) -> None:
    page = show_page(Visit())
    assert "Nhận phiếu" in page.texts()
    theme.set_panel(LOW)
    theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
    settle()
    assert "Nhận phiếu" not in page.texts()
