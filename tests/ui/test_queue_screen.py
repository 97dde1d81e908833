"""The staff's pages of the queue: codes for all, a name after a PIN and for a minute, and nothing by accident."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.errors import StoreProblem
from kiosk.outbox import State
from kiosk.receipt import ProblemType
from kiosk.staff_queue import CONTACT_SHOWN_S
from tests.ui.conftest import OpenFrame, settle
from tests.ui.hand_queue import CITIZEN, PIN, STAFF, STICK, HandQueue, entry
from ui.context import Context
from ui.frame import Frame
from ui.pin_pad import PinPad
from ui.queue_list_page import ROWS
from ui.queue_screen import QueueScreen

PARKED = entry(7, State.PARKED, ProblemType.INVALID_MANIFEST)
LOOK = f"look:{PARKED.slip_code}"


@dataclass
class Shown:
    """The page in its frame, and what it says."""

    frame: Frame
    queue: HandQueue
    qtbot: QtBot

    def find(self, name: str) -> QWidget | None:
        return next((each for each in self.frame.findChildren(QWidget, name) if each.isVisible()), None)

    def press(self, *names: str) -> None:
        for name in names:
            self.qtbot.waitUntil(partial(self._is_there, name))
            button = self.find(name)
            assert button is not None
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            settle()

    def _is_there(self, name: str) -> bool:
        return self.find(name) is not None

    def type_pin(self, pin: str = PIN) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.frame.focusWidget(), PinPad))
        QTest.keyClicks(self.frame.focusWidget(), f"{pin}\r")
        settle()

    @property
    def busy(self) -> bool:
        return self.frame.shown is not None and self.frame.shown.busy

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.frame.findChildren(QLabel) if label.isVisible())

    def wait_for(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.texts())


ShowQueue = Callable[[HandQueue], Shown]


@pytest.fixture
def show(open_frame: OpenFrame, context: Context, qtbot: QtBot) -> ShowQueue:
    def open_queue(queue: HandQueue) -> Shown:
        return Shown(open_frame(lambda _theme: QueueScreen(context, queue)), queue, qtbot)

    return open_queue


@pytest.fixture
def shown(show: ShowQueue) -> Shown:
    """A refused dossier and one that waits."""
    return show(HandQueue([PARKED, entry(8)]))


def test_the_list_says_what_is_wrong_and_what_to_do_and_names_nobody(shown: Shown) -> None:
    shown.wait_for("1 hồ sơ chưa gửi xong, 1 cần cán bộ xem")
    said = shown.texts()
    assert "1 hồ sơ bị cổng trả lại, cần cán bộ xem." in said
    assert "Cổng không chấp nhận nội dung tờ khai của hồ sơ." in said
    assert "Gọi người quản lý cổng, đọc mã phiếu" in said
    assert "Cấp bản sao Trích lục hộ tịch" in said
    assert CITIZEN not in said


def test_what_does_not_fit_on_a_page_is_on_the_next(show: ShowQueue) -> None:
    shown = show(HandQueue([entry(number) for number in range(1, ROWS + 3)]))
    shown.wait_for("8 hồ sơ chưa gửi xong")
    assert shown.find("page_before") is None
    shown.press("page_after")
    shown.qtbot.waitUntil(lambda: shown.find(f"look:{entry(ROWS + 1).slip_code}") is not None)
    assert shown.find("page_after") is None
    assert shown.find(f"look:{entry(1).slip_code}") is None
    del shown.queue.entries[ROWS:]
    shown.press("ask_again")
    shown.qtbot.waitUntil(lambda: shown.find(f"look:{entry(1).slip_code}") is not None)


def test_an_empty_queue_has_nothing_to_copy(show: ShowQueue) -> None:
    shown = show(HandQueue())
    shown.wait_for("Không còn hồ sơ nào chờ.")
    assert shown.find("export") is None


def test_a_refused_dossier_goes_out_again_without_a_pin(shown: Shown) -> None:
    shown.press(LOOK, "send_again")
    shown.wait_for("Đã đưa hồ sơ trở lại hàng chờ.")
    assert shown.queue.acts == [("send_again", "")]
    shown.qtbot.waitUntil(lambda: shown.find("send_again") is None)
    shown.press("back")
    shown.wait_for("2 hồ sơ chưa gửi xong, 0 cần cán bộ xem")


def test_a_name_is_shown_after_a_pin_and_as_whom(shown: Shown) -> None:
    shown.press(LOOK, "contacts")
    shown.type_pin("100387")
    shown.wait_for("Mã PIN không đúng. Còn 4 lần thử.")
    assert shown.queue.acts == []
    assert CITIZEN not in shown.texts()
    shown.type_pin()
    shown.wait_for(CITIZEN)
    assert "0900 000 001" in shown.texts()
    assert shown.queue.acts == [("contacts", STAFF)]
    assert shown.queue.pins.tries == ["100387", PIN]


@pytest.mark.parametrize("end", ["a minute", "back", "leaving"])
def test_the_name_does_not_stay(shown: Shown, end: str) -> None:
    shown.press(LOOK, "contacts")
    shown.type_pin()
    shown.wait_for(CITIZEN)
    [timer] = [each for each in shown.frame.findChildren(QTimer) if each.interval() == CONTACT_SHOWN_S * 1000]
    assert timer.isActive()
    if end == "a minute":
        timer.timeout.emit()
    elif end == "back":
        shown.press("back")
    else:
        screen = shown.frame.shown
        assert screen is not None
        screen.leave()
    settle()
    assert CITIZEN not in shown.texts()
    assert not [label for label in shown.frame.findChildren(QLabel) if CITIZEN in label.text()]


def test_where_nobody_has_a_pin_the_page_says_how_to_set_one(shown: Shown) -> None:
    shown.queue.pins.there_are = False
    shown.press(LOOK, "contacts")
    shown.wait_for("kiosk staff add TÊN")
    assert not [pad for pad in shown.frame.findChildren(PinPad) if pad.isVisible()]
    assert shown.queue.acts == []


def test_a_dossier_is_withdrawn_after_a_pin_and_a_question(shown: Shown) -> None:
    shown.press(LOOK, "withdraw")
    shown.type_pin()
    shown.press("withdraw:no")
    assert shown.queue.acts == []
    shown.press("withdraw")
    shown.type_pin()
    shown.press("withdraw:yes")
    shown.wait_for("Đã rút.")
    assert shown.queue.acts == [("withdraw", STAFF)]
    assert [shown.find(name) for name in ("send_again", "contacts", "withdraw")] == [None] * 3


def test_what_the_store_cannot_do_is_said(shown: Shown) -> None:
    shown.queue.trouble = StoreProblem("no")
    shown.press(LOOK, "send_again")
    shown.wait_for("Máy chưa làm được việc này.")
    assert shown.find("send_again") is not None


def test_a_copy_to_a_stick_asks_for_a_pin_and_says_how_it_ended(shown: Shown) -> None:
    shown.queue.gate.clear()
    shown.press("export", f"stick:{STICK.name}")
    shown.type_pin()
    shown.wait_for("Đã chép 1 trong 3 hồ sơ. Đừng rút USB.")
    assert shown.busy
    assert shown.find("back") is None
    shown.queue.gate.set()
    shown.wait_for("Đã chép 3 hồ sơ. Rút USB ra")
    assert shown.queue.acts == [("export", STAFF)]
    assert [shown.busy, shown.find("back") is None] == [False, False]


def test_a_copy_can_be_stopped(shown: Shown) -> None:
    shown.queue.gate.clear()
    shown.press("export", f"stick:{STICK.name}")
    shown.type_pin()
    [stop] = shown.frame.findChildren(QAbstractButton, "export_stop")
    assert stop.text() == "Dừng chép"  # "Dừng lại" in the header is another thing
    shown.press("export_stop")
    shown.queue.gate.set()
    shown.wait_for("Đã dừng sau 1 hồ sơ.")


def test_without_a_stick_there_is_a_sentence_and_one_that_comes_is_found(shown: Shown) -> None:
    shown.queue.stick_list.clear()
    shown.press("export")
    shown.wait_for("Chưa thấy USB ghi được.")
    shown.queue.stick_list.append(STICK)
    shown.press("search_sticks", f"stick:{STICK.name}")
    assert shown.queue.acts == []
