"""Three boxes that hold what was typed and never move on by themselves."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.date_field import DateField
from ui.key_layouts import KeyboardKind
from ui.theme import Theme


def test_typing_stays_in_its_box(theme: Theme, qtbot: QtBot) -> None:
    date = DateField(theme, "Ngày sinh")
    qtbot.addWidget(date)
    date.show()
    date.activateWindow()
    date.day.setFocus()
    qtbot.waitUntil(date.day.hasFocus)
    QTest.keyClicks(date.day, "2703")
    assert date.value == ("27", "", "")
    assert QApplication.focusWidget() is date.day
    assert date.day.accessibleName() == "Ngày sinh, Ngày"
    assert date.day.keyboard_kind is KeyboardKind.DATE


def test_what_is_known_is_filled_in(theme: Theme, qtbot: QtBot) -> None:
    date = DateField(theme, "Ngày sinh")
    qtbot.addWidget(date)
    date.set_value("", "", "1958")
    assert date.value == ("", "", "1958")
    date.set_problem(True)
    assert date.year.property("problem") is True
