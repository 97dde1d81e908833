"""Reading a page aloud in the real window: its controls, what makes it fall silent, and what it leaves behind."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_stage import OFFICE
from commands.gallery_visit import Walker
from kiosk.config import TimeSettings
from kiosk.visit import Place, Step, Visit
from kiosk.visit_events import WentBack
from tests.ui.conftest import LOW, settle
from tests.ui.hand_queue import HandQueue
from tests.ui.hand_voice import HandVoice
from tests.ui.window_steps import begin, press
from ui.context import Context
from ui.cover import Cover
from ui.idle import IdleWatch
from ui.read_aloud import Reading
from ui.reading_mark import ReadingMark
from ui.staff_screen import StaffScreen
from ui.theme import Theme
from ui.tokens import TextSize
from ui.trouble_screen import TroubleScreen
from ui.window import KioskWindow


@pytest.fixture
def voice() -> HandVoice:
    return HandVoice()


@pytest.fixture
def window(qapp: QApplication, context: Context, voice: HandVoice, qtbot: QtBot) -> Iterator[KioskWindow]:
    times = TimeSettings(idle_warning_s=3600, idle_cover_s=3600, goodbye_s=3600)
    shown = KioskWindow(qapp, replace(context, times=times, voice=voice, queue=HandQueue()))
    shown.resize(1920, 1080)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    qtbot.waitUntil(read_button(shown).isVisible)
    yield shown
    shown.replace_with(lambda: TroubleScreen(context.theme, OFFICE))
    shown.close()
    shown.deleteLater()
    settle()


def read_button(window: KioskWindow) -> QPushButton:
    return window.frame.header.read_button


def state(window: KioskWindow) -> Reading:
    """As a call: what presses change is no constant."""
    return window.reading.state


def speaks(window: KioskWindow) -> bool:
    return window.reading.speaking


def marks(window: KioskWindow) -> list[ReadingMark]:
    settle()
    return [mark for mark in window.findChildren(ReadingMark) if mark.isVisible()]


def test_a_page_is_read_text_after_text_and_marked(window: KioskWindow, voice: HandVoice, qtbot: QtBot) -> None:
    read_button(window).click()
    assert voice.said == ["Xin chào ông/bà"]
    assert speaks(window)
    (mark,) = marks(window)
    heading = window.reading.now
    assert heading is not None
    middle = heading.widget.rect().center()
    qtbot.waitUntil(lambda: mark.geometry().contains(heading.widget.mapTo(window, middle)))
    while speaks(window):
        voice.end()
    assert len(voice.said) > 5
    assert voice.said[-1] == "English"
    assert state(window) is Reading.OVER
    assert marks(window) == []
    press(window, "reading_again")
    assert voice.said[-1] == "Xin chào ông/bà"


def test_it_is_held_repeated_slower_and_faster(window: KioskWindow, voice: HandVoice) -> None:
    told: list[bool] = []
    window.reading.speaking_changed.connect(told.append)
    read_button(window).click()
    voice.end()
    second = voice.said[-1]
    press(window, "reading_hold")
    assert (state(window), voice.acts, speaks(window)) == (Reading.HELD, ["pause"], False)
    press(window, "reading_hold")
    assert (state(window), voice.acts) == (Reading.READS, ["pause", "resume"])
    press(window, "reading_again")  # it has only just begun: the one before it
    assert voice.said[-1] == "Xin chào ông/bà"
    voice.end()
    assert voice.said[-1] == second
    for _press in range(9):
        window.reading.faster()
    assert window.reading.rate == 200
    for _press in range(9):
        window.reading.slower()
    assert window.reading.rate == 50
    assert len(set(voice.rates)) == 8
    window.reading.quit()
    assert told == [True, False, True, False]  # each once: who waits for it may count on that


@pytest.mark.proof
def test_a_voice_that_cannot_hold_says_the_sentence_again(window: KioskWindow, voice: HandVoice) -> None:
    voice.holds = False
    read_button(window).click()
    voice.end()
    window.reading.hold_or_go_on()
    assert not voice.speaks
    window.reading.hold_or_go_on()
    assert voice.said[-1] == voice.said[-2]
    assert voice.speaks


@pytest.mark.proof
def test_keys_do_the_same(window: KioskWindow, voice: HandVoice) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert state(window) is Reading.READS
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert state(window) is Reading.HELD
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert state(window) is Reading.READS
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.reading.rate == 75
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.reading.rate == 100
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert state(window) is Reading.OFF


@pytest.mark.proof
def test_the_next_page_is_read_only_while_it_is_wanted(window: KioskWindow, voice: HandVoice, qtbot: QtBot) -> None:
    read_button(window).click()
    begin(window, Visit(Place(Step.CHOOSE)))
    assert not voice.speaks
    qtbot.waitUntil(lambda: voice.speaks)
    assert window.frame.shown is not None
    assert window.frame.shown.heading in (voice.said[-1], window.reading._queue[1].text)
    press(window, "reading_stop")
    assert (state(window), voice.speaks) == (Reading.OFF, False)
    said = len(voice.said)
    window._happen(WentBack())
    qtbot.waitUntil(lambda: not window.reading._soon.isActive())
    assert len(voice.said) == said


def at(window: KioskWindow, walker: Walker, page: str) -> QWidget:
    window.visit = walker.on_page(page)
    window._show()
    settle()
    assert window.frame.shown is not None
    return window.frame.shown


@pytest.fixture
def typing(window: KioskWindow, context: Context) -> QLineEdit:
    walker = Walker(context.catalog.service("2.000635"), context.areas, {}, card=False)
    field = at(window, walker, "requester_name").findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def test_it_falls_silent_when_somebody_types(window: KioskWindow, voice: HandVoice, typing: QLineEdit) -> None:
    window.reading.begin()
    assert voice.speaks
    QTest.keyClicks(typing, "N")
    assert (voice.speaks, state(window), marks(window)) == (False, Reading.OFF, [])


@pytest.mark.proof
def test_what_was_typed_is_said_by_clips_as_filled_in(window: KioskWindow, voice: HandVoice, typing: QLineEdit) -> None:
    typing.setText("NGUYỄN VĂN MẪU")
    voice.unknown = {"NGUYỄN VĂN MẪU"}
    voice.hangs = False
    window.reading.begin()
    assert "NGUYỄN VĂN MẪU" not in [words.text for words in window.reading._queue]
    assert "Đã điền" in [words.text for words in window.reading._queue]


def test_what_is_wrong_is_read_first(window: KioskWindow, voice: HandVoice, typing: QLineEdit, qtbot: QtBot) -> None:
    window.reading.begin()
    window.frame.footer.next_button.click()
    assert not voice.speaks
    qtbot.waitUntil(lambda: voice.speaks)
    assert voice.said[-1] == "Ông/bà chưa trả lời câu này."


def test_the_cover_silences_the_page_and_is_read_itself(
    window: KioskWindow, voice: HandVoice, typing: QLineEdit
) -> None:
    window.reading.begin()
    voice.end()
    for watch in window.findChildren(IdleWatch):
        watch.idle.emit()
    cover = window.findChild(Cover)
    assert isinstance(cover, Cover)
    assert voice.said[-1] == "Ông/bà còn đó không?"
    assert all(cover.isAncestorOf(words.widget) for words in window.reading._queue)
    cover.stayed.emit()
    assert not voice.speaks


def test_a_page_that_turned_under_the_cover_begins_when_it_is_seen(
    window: KioskWindow, voice: HandVoice, walker: Walker, qtbot: QtBot
) -> None:
    begin(window, walker.at(Step.CARD))
    window.reading.begin()
    for watch in window.findChildren(IdleWatch):
        watch.idle.emit()
    (cover,) = (each for each in window.findChildren(Cover) if each.isVisible())
    window.visit = walker.after(window.visit)  # the card was read
    window._show()
    qtbot.waitUntil(lambda: not window.reading._soon.isActive())
    assert (voice.said[-1], voice.speaks) == ("Ông/bà còn đó không?", True)
    assert not read_button(window).isHidden()  # it is there with the page
    cover.stayed.emit()
    settle()
    assert QApplication.focusWidget() is window.frame.page
    qtbot.waitUntil(lambda: voice.speaks)
    assert voice.said[-1] != "Ông/bà còn đó không?"


def test_the_staffs_pages_are_not_read_unasked(window: KioskWindow, voice: HandVoice, qtbot: QtBot) -> None:
    read_button(window).click()
    window.show_staff()
    assert isinstance(window.frame.shown, StaffScreen)
    qtbot.waitUntil(lambda: not window.reading._soon.isActive())
    assert not voice.speaks


def test_nothing_of_the_last_person_is_left(window: KioskWindow, voice: HandVoice, typing: QLineEdit) -> None:
    typing.setText("NGUYỄN VĂN MẪU")
    window.reading.begin()
    window.reading.faster()
    window._leave()
    assert not voice.speaks
    assert window.reading._queue == ()
    assert (state(window), window.reading.rate) == (Reading.OFF, 100)
    window.reading._soon.stop()
    window.reading._arrive()
    assert not voice.speaks  # off for the next visit


@pytest.mark.proof
def test_no_button_where_the_page_is_not_covered_whole(window: KioskWindow, voice: HandVoice, qtbot: QtBot) -> None:
    voice.unknown = {"Quay lại"}
    begin(window, Visit(Place(Step.CHOOSE)))
    qtbot.waitUntil(lambda: not read_button(window).isVisible())
    window.reading.begin()
    assert voice.said == []


def test_a_voice_that_fails_is_given_up_without_a_word(window: KioskWindow, voice: HandVoice) -> None:
    read_button(window).click()
    voice.unknown = {"Xin chào ông/bà"}  # as a voice that hung says of everything
    voice.end(well=False)
    assert state(window) is Reading.OFF
    assert not read_button(window).isVisible()
    assert window.frame.shown is not None


@pytest.mark.proof
def test_a_long_page_follows_the_voice(window: KioskWindow, voice: HandVoice, theme: Theme, context: Context) -> None:
    theme.set_panel(LOW)
    theme.set_look(TextSize.LARGEST, theme.contrast)
    window.resize(LOW.width_px, LOW.height_px)
    window.visit = Walker(context.catalog.service("2.000635"), context.areas).at(Step.REVIEW)
    window._show()
    settle()
    window.reading.begin()
    while speaks(window):
        settle()
        words = window.reading.now
        assert words is not None
        assert not words.widget.visibleRegion().isEmpty(), words.text
        voice.end()
    assert len(voice.said) > 40


@pytest.mark.proof
def test_another_language_reads_on_in_its_own_frame(window: KioskWindow, voice: HandVoice, qtbot: QtBot) -> None:
    read_button(window).click()
    window.frame.speak("en")
    assert not voice.speaks
    qtbot.waitUntil(lambda: voice.speaks)
    assert voice.said[-1] == "Welcome"
