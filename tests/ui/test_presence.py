"""Under the cover there is no page: not one pixel, not one name for a screen reader; and what came of asking."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_visit import HELPER, Walker
from kiosk.config import TimeSettings
from kiosk.visit import Step, Visit
from tests.ui.conftest import settle
from tests.ui.window_steps import begin, press
from ui.context import Context
from ui.cover import Cover
from ui.idle import IdleWatch
from ui.sounds import Sound
from ui.window import KioskWindow

NAME, NUMBER = "NGUYỄN VĂN MẪU", "001058000123"


@dataclass
class Heard:
    """A loudspeaker that writes down what it plays."""

    sounds: list[Sound] = field(default_factory=list)

    def play(self, sound: Sound) -> None:
        self.sounds.append(sound)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def window(qapp: QApplication, context: Context, heard: Heard, qtbot: QtBot) -> Iterator[KioskWindow]:
    shown = KioskWindow(qapp, replace(context, sounds=heard, times=TimeSettings()))
    shown.resize(1920, 1080)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.close()
    shown.deleteLater()
    settle()


def cover(window: KioskWindow) -> Cover:
    """Silence, and what stands there then."""
    watch_of(window).idle.emit()
    [made] = [each for each in window.findChildren(Cover) if each.isVisible()]
    settle()
    return made


def watch_of(window: KioskWindow) -> IdleWatch:
    watch = window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    return watch


def limit_s(window: KioskWindow) -> float:
    return watch_of(window)._limit_s


def spoken(top: QAccessibleInterface) -> list[str]:
    """Every name, description and value that a screen reader finds from there, shown or not."""
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)
    found = [top.text(kind) for kind in kinds]
    for index in range(top.childCount()):
        child = top.child(index)
        if child is not None and child.isValid():
            found += spoken(child)
    return found


def heard_from(widget: QWidget) -> str:
    top = QAccessible.queryAccessibleInterface(widget)
    assert top is not None
    return "\n".join(spoken(top))


def application() -> QAccessibleInterface:
    """What an assistive program begins with."""
    program = QApplication.instance()
    assert program is not None
    top = QAccessible.queryAccessibleInterface(program)
    assert top is not None
    return top


def test_nothing_of_the_page_can_be_seen_or_read(window: KioskWindow, walker: Walker) -> None:
    pictures = []
    for step in (Step.CONFIRM, Step.REVIEW):
        begin(window, walker.at(step))
        assert NAME in heard_from(window)
        assert window.windowTitle() == "Điểm Truy Cập"
        made = cover(window)
        assert NAME not in heard_from(window)
        assert NAME not in "\n".join(spoken(application()))
        assert "Tôi vẫn đang làm" in heard_from(window)
        assert not [each for each in window.findChildren(QLineEdit) if each.isVisible()]
        pictures.append(window.grab().toImage())
        made.ended.emit()
        settle()
        assert window.visit == Visit()
    assert pictures[0] == pictures[1]


def test_who_stays_finds_page_and_typing_as_they_were(window: KioskWindow, walker: Walker, heard: Heard) -> None:
    begin(window, replace(walker, card=False).on_page("requester_name"))
    typed_into = QApplication.focusWidget()
    assert isinstance(typed_into, QLineEdit)
    typed_into.setText(NAME)
    before = window.grab().toImage()
    for _time in range(3):  # as often as wanted
        made = cover(window)
        assert not window.frame.isVisible()
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        settle()
        assert (QApplication.focusWidget(), typed_into.text()) == (typed_into, NAME)
    assert window.grab().toImage() == before
    assert heard.sounds == [Sound.WARNING] * 3


def test_the_touch_that_wakes_presses_nothing_that_lies_under_it(
    window: KioskWindow, walker: Walker, qtbot: QtBot
) -> None:
    begin(window, walker.at(Step.REVIEW))
    place = window.visit.place
    made = cover(window)
    QTest.mouseClick(made.stay, Qt.MouseButton.LeftButton)
    press(window, "next")  # the second tap of a hand that trembles
    assert window.visit.place == place
    qtbot.waitUntil(watch_of(window)._deaf.hasExpired)
    press(window, "next")
    assert window.visit.place != place


def test_a_helper_and_more_time_make_the_limit_longer(window: KioskWindow, walker: Walker) -> None:
    begin(window, walker.at(Step.REVIEW))
    assert limit_s(window) == 150
    cover(window).more_time_asked.emit()
    assert limit_s(window) == 750
    settle()
    second = cover(window)
    more = second.findChild(QWidget, "more_time")
    assert more is not None
    assert more.isHidden()
    second.ended.emit()
    begin(window, replace(walker, helper=HELPER).at(Step.REVIEW))
    assert limit_s(window) == 300
    press(window, "header_a-large-small")
    press(window, "more_time")
    assert limit_s(window) == 750
    press(window, "more_time")
    assert limit_s(window) == 300


def test_a_machine_that_slept_comes_back_to_its_first_page(window: KioskWindow, walker: Walker) -> None:
    begin(window, walker.at(Step.REVIEW))
    watch_of(window).slept.emit()
    settle()
    assert window.visit == Visit()
    assert NAME not in heard_from(window)


def test_what_is_being_sealed_is_finished_behind_the_cover(window: KioskWindow, walker: Walker) -> None:
    begin(window, walker.at(Step.FILE))
    screen = window.frame.shown
    assert screen is not None
    screen.busy = True
    for told in (watch_of(window).slept, cover(window).ended):
        told.emit()
        settle()
        assert not window.frame.isVisible()
        assert window.visit != Visit()
    screen.busy = False
    cover(window).ended.emit()
    settle()
    assert window.visit == Visit()


def test_no_key_reaches_what_lies_under_the_cover(window: KioskWindow, walker: Walker) -> None:
    begin(window, replace(walker, answers=MappingProxyType({})).at(Step.REVIEW))
    visit = window.visit
    cover(window)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Tab):
        QTest.keyClick(window, key)
    assert window.visit == visit
    assert NUMBER not in heard_from(window)
