"""Facts side by side; on an upright panel below each other."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import UPRIGHT, settle
from ui.fact_rows import FactRows
from ui.theme import Theme

FACTS = [("Phí, lệ phí", "8.000 đồng một bản sao"), ("Làm trên máy này", "khoảng 10 phút")]


def where(inside: QWidget, text: str) -> QPoint:
    [label] = [label for label in inside.findChildren(QLabel) if label.text() == text]
    return label.mapTo(inside, QPoint(0, 0))


def shown(theme: Theme, qtbot: QtBot) -> FactRows:
    rows = FactRows(theme, FACTS)
    qtbot.addWidget(rows)
    rows.resize(600, 400)
    rows.show()
    settle()
    return rows


def test_facts_stand_side_by_side_in_two_columns(theme: Theme, qtbot: QtBot) -> None:
    rows = shown(theme, qtbot)
    for label, text in FACTS:
        assert where(rows, text).x() > where(rows, label).x()
    assert len({where(rows, text).x() for _label, text in FACTS}) == 1


def test_on_an_upright_panel_they_stand_below_each_other(theme: Theme, qtbot: QtBot) -> None:
    theme.set_panel(UPRIGHT)
    rows = shown(theme, qtbot)
    for label, text in FACTS:
        assert where(rows, text).x() == where(rows, label).x()
        assert where(rows, text).y() > where(rows, label).y()
