"""What the tests of the window do with it: show a visit's page, press what has a name, read what is there."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.visit import Visit
from kiosk.visit_events import Begun
from tests.ui.conftest import settle
from ui.window import KioskWindow


def begin(window: KioskWindow, visit: Visit) -> None:
    """Show the page of a visit that has come so far."""
    assert window.frame.shown is not None
    window.frame.shown.happened.emit(Begun(visit))  # type: ignore[attr-defined]  # the first page's own signal
    assert window.visit == visit
    settle()


def press(window: KioskWindow, name: str) -> None:
    [button] = [each for each in window.findChildren(QWidget, name) if each.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def words(window: KioskWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
