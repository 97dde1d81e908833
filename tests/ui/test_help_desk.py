"""Tests of ui/help_desk.py and ui/help_panel.py in the real window: calling somebody, and what is said of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.filing import NotReady
from kiosk.help_call import LASTS_S, CallNews, HelpCall, OfficeNews
from kiosk.visit import Step
from tests.ui.conftest import settle
from tests.ui.counter import Hands
from ui.context import Context
from ui.help_desk import LOOK_MS, PATIENCE_S, RING_EVERY_S, RINGS
from ui.help_panel import HelpPanel, call_words
from ui.help_words import page_words
from ui.out_of_service_screen import OutOfServiceScreen
from ui.sounds import Sound
from ui.window import KioskWindow


class HandLine:
    """A line whose other end is the test."""

    def __init__(self) -> None:
        self.calls: list[HelpCall] = []
        self.ends = 0
        self.now = CallNews(OfficeNews.TELLING)

    def ring(self, call: HelpCall) -> None:
        self.calls.append(call)

    def end(self) -> None:
        self.ends += 1

    def news(self) -> CallNews:
        return self.now


class Heard:
    """Sounds that are counted."""

    def __init__(self) -> None:
        self.sounds: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.sounds.append(sound)


@pytest.fixture
def line() -> HandLine:
    return HandLine()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def window(qapp: QApplication, context: Context, line: HandLine, heard: Heard, qtbot: QtBot) -> Iterator[KioskWindow]:
    shown = KioskWindow(qapp, replace(context, help_line=line, sounds=heard))
    shown.resize(1920, 1080)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.close()
    shown.deleteLater()
    settle()


def panel(window: KioskWindow) -> HelpPanel:
    return window.findChildren(HelpPanel)[-1]


def press_help(window: KioskWindow) -> None:
    window.frame.header.help_button.click()
    settle()


def test_one_press_calls_and_the_call_lasts_while_the_person_goes_on(
    window: KioskWindow, line: HandLine, heard: Heard
) -> None:
    press_help(window)
    assert [call.page for call in line.calls] == ["Trang đầu"]
    assert heard.sounds == [Sound.CALL]
    panel(window).closed.emit()
    settle()
    assert window.frame.header.help_button.text() == "Đã gọi"
    press_help(window)
    assert len(line.calls) == 1
    assert line.ends == 0
    panel(window).cancel_button.click()
    settle()
    assert line.ends == 1
    assert window.frame.header.help_button.text() == "Gọi hỗ trợ"
    assert not window.frame.findChildren(HelpPanel)


def test_what_became_of_the_call_is_said_as_it_happens(window: KioskWindow, line: HandLine, qtbot: QtBot) -> None:
    press_help(window)
    for news in (
        CallNews(OfficeNews.NOT_TOLD),
        CallNews(OfficeNews.NOT_TOLD, lamp=True),
        CallNews(OfficeNews.TOLD, lamp=True),
        CallNews(OfficeNews.SEEN, lamp=True),
    ):
        line.now = news
        qtbot.waitUntil(lambda: call_words(line.now) in _texts(window), timeout=10 * LOOK_MS)


def test_the_bell_rings_a_few_times_and_not_for_somebody_who_comes(
    window: KioskWindow, line: HandLine, heard: Heard
) -> None:
    press_help(window)
    looks = RING_EVERY_S * 1000 // LOOK_MS
    for _look in range(looks * (RINGS + 2)):
        window._calls._on_look()
    assert heard.sounds == [Sound.CALL] * RINGS
    window._calls.end()
    press_help(window)
    line.now = CallNews(OfficeNews.SEEN)
    for _look in range(looks):
        window._calls._on_look()
    assert heard.sounds == [Sound.CALL] * (RINGS + 1)


def test_the_end_of_the_visit_ends_the_call(window: KioskWindow, line: HandLine) -> None:
    next(button for button in window.findChildren(QAbstractButton) if button.objectName() == "begin").click()
    settle()
    assert window.visit.place.step is Step.CHOOSE
    press_help(window)
    panel(window).closed.emit()
    settle()
    assert line.ends == 0
    window.frame.panels.exit_confirmed.emit()
    settle()
    assert line.ends == 1


def test_a_call_from_the_first_page_is_over_once_nobody_waits_there(
    window: KioskWindow, line: HandLine, hands: Hands
) -> None:
    press_help(window)
    window._idle._ask()
    settle()
    assert line.ends == 0, "somebody is on the way, and who called waits"
    assert window.frame.header.help_button.text() == "Đã gọi"
    hands.clock.advance(PATIENCE_S + 1)
    window._idle._ask()
    settle()
    assert line.ends == 1
    assert window.frame.header.help_button.text() == "Gọi hỗ trợ"
    press_help(window)
    assert len(line.calls) == 2, "the next person rings"


@pytest.mark.proof
def test_a_call_from_a_page_of_trouble_ends_with_it_and_one_out_of_service_after_half_an_hour(
    window: KioskWindow, context: Context, line: HandLine, hands: Hands
) -> None:
    window.trouble()
    press_help(window)
    panel(window).closed.emit()
    window.frame.next.emit()
    settle()
    assert line.ends == 1
    window.replace_with(lambda: OutOfServiceScreen(context.theme, context.office, NotReady.NOT_ENROLLED))
    press_help(window)
    hands.clock.advance(LASTS_S - 1)
    window._idle._ask()
    window._calls._on_look()
    assert line.ends == 1, "nobody else can go on here"
    hands.clock.advance(2)
    window._calls._on_look()
    settle()
    assert line.ends == 2
    assert window.frame.header.help_button.text() == "Gọi hỗ trợ"


def test_a_counter_without_lamp_and_line_says_whom_to_ask(qapp: QApplication, context: Context, qtbot: QtBot) -> None:
    shown = KioskWindow(qapp, context)
    shown.show()
    press_help(shown)
    assert "hỏi cán bộ tại quầy" in _texts(shown)
    assert not panel(shown).cancel_button.isVisible()
    assert shown.frame.header.help_button.text() == "Gọi hỗ trợ"
    shown.close()
    shown.deleteLater()
    settle()


def test_every_step_has_words_for_who_comes() -> None:
    assert all(page_words(step) and len(page_words(step)) <= 80 for step in Step)


def _texts(window: KioskWindow) -> str:
    return " ".join(label.text() for label in panel(window).findChildren(QLabel))
