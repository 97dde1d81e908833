"""However a visit ends, no object of Python or Qt still holds anything of it (the long proof: tests/journeys)."""

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from commands.gallery_visit import Walker
from kiosk.card import CardRead
from kiosk.form import Answer
from kiosk.switch_scan import SwitchMode
from kiosk.vietnamese import spelling
from kiosk.visit import Step, Visit
from tests.ui.conftest import settle
from tests.ui.hand_drafts import HandDrafts
from tests.ui.window_steps import begin, press
from ui.cover import Cover
from ui.idle import IdleWatch
from ui.stopped_screen import StoppedScreen
from ui.switch_access import SwitchAccess
from ui.trouble_screen import TroubleScreen
from ui.window import KioskWindow

CANARY = "HOÀNG YẾN"


def begin_with_canary(window: KioskWindow, walker: Walker) -> None:
    """A visit whose name and card say it, opened at the review; nothing here keeps it."""
    visit = walker.at(Step.REVIEW)
    assert visit.card is not None
    answers = {**visit.answers, "requester_name": replace(visit.answers["requester_name"], value=CANARY + " MẪU")}
    card = replace(visit.card, name=CANARY + " MẪU")
    begin(window, replace(visit, answers=MappingProxyType(answers), card=card))


def held() -> list[str]:
    """What still holds it: values of a visit, widgets' texts and names, and what was set on any object of Qt."""
    found: list[str] = []
    for each in gc.get_objects():
        if isinstance(each, Visit | CardRead | Answer) and CANARY in str(each):
            found.append(type(each).__name__)
    for widget in QApplication.allWidgets():
        words = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            words.append(widget.text())
        for child in (widget, *widget.findChildren(QObject)):
            for name in child.dynamicPropertyNames():
                with suppress(RuntimeError):  # a value of Qt's own that Python cannot hold
                    words.append(str(child.property(bytes(name.data()).decode())))
        found += [f"{type(widget).__name__}: {word}" for word in words if CANARY in word]
    if CANARY in QGuiApplication.clipboard().text():
        found.append("clipboard")
    return found


def leave(window: KioskWindow) -> None:
    press(window, "header_log-out")
    press(window, "leave_and_wipe")


def leave_by_switches(window: KioskWindow) -> None:
    window.findChildren(SwitchAccess)[0].set_mode(SwitchMode.TWO)
    leave(window)


def save(window: KioskWindow) -> None:
    press(window, "header_log-out")
    press(window, "save_and_stop")


def walk_away(window: KioskWindow) -> None:
    window.findChildren(IdleWatch)[0].idle.emit()
    window.findChildren(Cover)[0].ended.emit()


def wipe_from_the_cover(window: KioskWindow) -> None:
    window.findChildren(IdleWatch)[0].idle.emit()
    window.findChildren(Cover)[0].wiped.emit()


def sleep(window: KioskWindow) -> None:
    window.findChildren(IdleWatch)[0].slept.emit()


def fail(window: KioskWindow) -> None:
    """As after an exception in a slot, which the binding keeps with all its frames."""
    visit = window.visit
    try:
        raise ValueError(visit.place)
    except ValueError as error:
        sys.last_value, sys.last_traceback = error, error.__traceback__
    window.trouble()
    assert isinstance(window.frame.shown, TroubleScreen)


@pytest.mark.parametrize(
    "end",
    [
        leave,
        leave_by_switches,
        walk_away,
        *(pytest.param(end, marks=pytest.mark.proof) for end in (save, wipe_from_the_cover, sleep, fail)),
    ],
)
def test_nothing_of_a_visit_is_held(
    window: KioskWindow, drafts: HandDrafts, walker: Walker, qtbot: QtBot, end: Callable[[KioskWindow], None]
) -> None:
    begin_with_canary(window, walker)
    assert held()
    assert spelling(CANARY)
    QGuiApplication.clipboard().setText(CANARY)
    with qtbot.waitSignal(window.emptied):
        end(window)
        if end is save:
            qtbot.waitUntil(lambda: isinstance(window.frame.shown, StoppedScreen))
    settle()
    drafts.kept.clear()  # sealed on disk in a kiosk; here a dictionary
    assert window.visit == Visit()
    assert held() == []
    assert spelling.cache_info().currsize == 0
    assert not hasattr(sys, "last_traceback")


def test_the_systems_keys_close_nothing_where_citizens_stand(window: KioskWindow, walker: Walker) -> None:
    begin(window, walker.at(Step.REVIEW))
    window.locked = True
    assert not window.close()  # as Alt+F4 does
    assert window.isVisible()
    window.locked = False
    assert window.close()


def test_no_menu_opens_and_nothing_can_be_selected(window: KioskWindow, walker: Walker) -> None:
    begin(window, replace(walker, card=False).on_page("requester_name"))
    for widget in window.frame.findChildren(QWidget):
        if widget.isVisible():
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, widget.rect().center(), QPoint())
            QApplication.sendEvent(widget, event)
            assert not widget.toolTip()
    assert QApplication.activePopupWidget() is None
    labels = window.frame.findChildren(QLabel)
    assert not any(each.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse for each in labels)


def test_who_finds_a_paper_of_somebody_else_calls_for_help_from_the_first_page(window: KioskWindow) -> None:
    called: list[None] = []
    window.frame.header.help_asked.connect(lambda: called.append(None))
    press(window, "left_papers")
    assert called == [None]
    QTest.keyClick(window, Qt.Key.Key_Escape)
