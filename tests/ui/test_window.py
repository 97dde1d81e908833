"""The window: silence ends a visit, and nothing of a visit outlives it: no word, no look, no language, no camera."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_stage import OFFICE
from commands.gallery_visit import Walker
from kiosk.catalog import Route
from kiosk.config import TimeSettings
from kiosk.errors import StoreProblem
from kiosk.filing import NotReady
from kiosk.texts import _
from kiosk.visit import Place, Step, Visit
from kiosk.visit_events import Begun, WentOn
from tests.ui.conftest import settle
from tests.ui.counter import Hands
from ui.context import Context
from ui.cover import Cover
from ui.idle import IdleWatch
from ui.out_of_service_screen import OutOfServiceScreen
from ui.review_screen import ReviewScreen
from ui.tasks import Lane
from ui.tokens import Contrast, TextSize
from ui.trouble_screen import TroubleScreen
from ui.window import KioskWindow

NAME, NUMBER, PHONE = "NGUYỄN VĂN MẪU", "001058000123", "0912345678"
LONG_S = 3600.0
SOMEWHERE = Place(Step.PARTS, page_id="from here there is a way back")

OpenWindow = Callable[..., KioskWindow]
"""(**times) -> a window at its first page."""


@pytest.fixture
def open_window(qapp: QApplication, context: Context, qtbot: QtBot) -> Iterator[OpenWindow]:
    windows: list[KioskWindow] = []

    def show(**times: float) -> KioskWindow:
        chosen = TimeSettings(
            **{"idle_warning_s": LONG_S, "idle_cover_s": LONG_S, "goodbye_s": LONG_S, "home_s": LONG_S} | times
        )
        window = KioskWindow(qapp, replace(context, times=chosen))
        windows.append(window)
        window.resize(1920, 1080)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show
    for window in windows:
        window.replace_with(lambda: TroubleScreen(context.theme, OFFICE))  # leaves the page that is shown
        window.close()
        window.deleteLater()
    settle()


def go_to(window: KioskWindow, visit: Visit) -> None:
    """Show the page of a visit that has come so far."""
    window.visit = visit.at(SOMEWHERE)
    window.frame.back.emit()
    assert window.visit.place == visit.place
    settle()


def press(window: KioskWindow, name: str) -> None:
    [button] = [each for each in window.findChildren(QWidget, name) if each.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def leave(window: KioskWindow) -> None:
    """ "Dừng lại", and yes."""
    press(window, "header_log-out")
    [yes] = [each for each in window.findChildren(QAbstractButton) if each.text() == "Rời máy, xóa hết"]
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    settle()


def every_word() -> str:
    """All texts and names of all widgets there are, seen or not; first those of earlier tests are cleared away."""
    gc.collect()
    settle()
    words: list[str] = []
    for widget in QApplication.allWidgets():
        words += [widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            words.append(widget.text())
    return "\n".join(words)


def cover_of(window: KioskWindow) -> Cover | None:
    return next((each for each in window.findChildren(Cover) if each.isVisible()), None)


def test_continue_moves_the_visit_by_the_step_table(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.frame.shown is not None
    window.frame.shown.happened.emit(Begun())  # type: ignore[attr-defined]  # the first page's own signal
    assert window.visit.place == Place(Step.CHOOSE)
    press(window, "back")
    assert window.visit == Visit()


def test_another_way_for_the_same_service_is_another_page(open_window: OpenWindow, walker: Walker) -> None:
    window = open_window()
    go_to(window, walker.at(Step.BEFORE))
    before = window.frame.shown
    press(window, "only_print")
    assert window.visit.route is Route.PREPARE
    assert window.visit.place == Place(Step.BEFORE)
    assert window.frame.shown is not before
    assert "ông/bà tự làm qua VNeID" in every_word()


def test_after_leaving_no_word_of_the_visit_is_anywhere(open_window: OpenWindow, walker: Walker) -> None:
    window = open_window()
    go_to(window, walker.at(Step.REVIEW))
    secrets = (NAME, NUMBER, PHONE)
    seen = ""
    for button in window.findChildren(QAbstractButton, "show"):
        button.click()
        seen += every_word()
    assert all(secret in seen for secret in secrets)
    QGuiApplication.clipboard().setText(NAME)
    leave(window)
    assert window.visit == Visit()
    assert [secret for secret in secrets if secret in every_word()] == []
    assert QGuiApplication.clipboard().text() == ""


def test_what_was_typed_does_not_come_back(open_window: OpenWindow, walker: Walker) -> None:
    window = open_window()
    go_to(window, replace(walker, card=False).on_page("requester_name"))
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    focused.setText(NAME)
    leave(window)
    assert NAME not in every_word()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert NAME not in every_word()


def test_silence_covers_the_page_then_ends_the_visit(open_window: OpenWindow, walker: Walker, qtbot: QtBot) -> None:
    window = open_window(idle_warning_s=0.05, idle_cover_s=1.0)
    go_to(window, walker.at(Step.REVIEW))
    qtbot.waitUntil(lambda: cover_of(window) is not None)
    qtbot.waitUntil(lambda: window.visit == Visit())
    settle()
    assert cover_of(window) is None
    assert NAME not in every_word()


def test_who_is_still_there_goes_on_where_they_were(open_window: OpenWindow, walker: Walker) -> None:
    window = open_window()
    visit = replace(walker, card=False).on_page("requester_name")
    go_to(window, visit)
    before = QApplication.focusWidget()
    window.findChildren(IdleWatch)[0].idle.emit()
    cover = cover_of(window)
    assert cover is not None
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Tab):
        QTest.keyClick(window, key)
    assert window.visit == visit
    assert not window.frame.isVisible()
    QTest.mouseClick(cover.stay, Qt.MouseButton.LeftButton)
    settle()
    assert cover_of(window) is None
    assert window.frame.isVisible()
    assert QApplication.focusWidget() is before


def test_a_silent_first_page_is_made_anew_in_the_usual_look(
    open_window: OpenWindow, context: Context, qtbot: QtBot
) -> None:
    window = open_window(home_s=0.05)
    context.theme.set_look(TextSize.LARGEST, Contrast.WHITE_ON_BLACK)
    qtbot.waitUntil(lambda: context.theme.metrics.text_size is TextSize.NORMAL)
    assert context.theme.contrast is Contrast.LIGHT
    assert cover_of(window) is None


def test_the_next_person_finds_vietnamese_and_normal_letters(
    open_window: OpenWindow, walker: Walker, context: Context
) -> None:
    window = open_window()
    press(window, "language")
    assert _.language == "en"
    [button] = [each for each in window.findChildren(QAbstractButton, "language") if each.isVisible()]
    assert button.text() == "Tiếng Việt"
    context.theme.set_look(TextSize.LARGE, Contrast.BLACK_ON_WHITE)
    go_to(window, walker.at(Step.CONSENT))
    window.trouble()
    settle()
    assert _.language == "vi"
    assert (context.theme.metrics.text_size, context.theme.contrast) == (TextSize.NORMAL, Contrast.LIGHT)


def test_the_language_button_switches_to_and_fro(open_window: OpenWindow) -> None:
    window = open_window()
    vietnamese = "Xin chào ông/bà"
    assert vietnamese in every_word()
    press(window, "language")
    press(window, "language")
    assert _.language == "vi"
    assert vietnamese in every_word()


def test_leaving_in_another_language_stops_the_camera_too(
    open_window: OpenWindow, walker: Walker, hands: Hands, context: Context, qtbot: QtBot
) -> None:
    window = open_window()
    press(window, "language")
    go_to(window, walker.at(Step.CARD))
    qtbot.waitUntil(lambda: hands.cards.frames > 0)
    window.trouble()
    free: list[None] = []
    context.tasks.run(Lane.CAMERA, lambda: None, owner=window, done=free.append)
    qtbot.waitUntil(lambda: free == [None])
    assert window.visit == Visit()


def test_closing_the_window_stops_the_camera(
    open_window: OpenWindow, walker: Walker, hands: Hands, context: Context, qtbot: QtBot
) -> None:
    window = open_window()
    go_to(window, walker.at(Step.CARD))
    qtbot.waitUntil(lambda: hands.cards.frames > 0)
    window.close()
    free: list[None] = []
    context.tasks.run(Lane.CAMERA, lambda: None, owner=window, done=free.append)
    qtbot.waitUntil(lambda: free == [None])


def test_out_of_service_is_where_every_visit_ends(open_window: OpenWindow, context: Context) -> None:
    window = open_window()
    window.replace_with(lambda: OutOfServiceScreen(context.theme, OFFICE, NotReady.NO_KEYS))
    leave(window)
    assert isinstance(window.frame.shown, OutOfServiceScreen)


def test_a_fault_ends_the_visit_cleanly(open_window: OpenWindow, walker: Walker) -> None:
    window = open_window()
    go_to(window, walker.at(Step.REVIEW))
    assert isinstance(window.frame.shown, ReviewScreen)
    window.trouble()
    settle()
    assert isinstance(window.frame.shown, TroubleScreen)
    assert NAME not in every_word()
    press(window, "next")
    assert window.visit == Visit()
    assert "Xin chào ông/bà" in every_word()


def test_an_event_that_comes_late_changes_nothing(open_window: OpenWindow, walker: Walker) -> None:
    window = open_window()
    go_to(window, walker.at(Step.CONSENT))
    shown = window.frame.shown
    assert shown is not None
    shown.happened.emit(WentOn())  # type: ignore[attr-defined]  # no row of the step table
    assert window.frame.shown is shown


def test_a_dossier_that_the_store_refuses_does_not_hold_the_page(
    open_window: OpenWindow, walker: Walker, hands: Hands, qtbot: QtBot
) -> None:
    window = open_window()
    go_to(window, walker.at(Step.FILE))
    hands.office.fails = StoreProblem("a read-only disk")
    press(window, "accept")
    press(window, "next")
    qtbot.waitUntil(lambda: window.frame.shown is not None and not window.frame.shown.busy)
    window.findChildren(IdleWatch)[0].idle.emit()
    cover = cover_of(window)
    assert cover is not None
    cover.ended.emit()
    settle()
    assert window.visit == Visit()
    assert NAME not in every_word()
