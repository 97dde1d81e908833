"""Whom to call: the number in figures that are read from a step away, or the place where there is no number."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.config import OfficeSettings
from ui.call_card import CallCard
from ui.theme import Theme


def texts(qtbot: QtBot, theme: Theme, office: OfficeSettings) -> list[str]:
    card = CallCard(theme, office)
    qtbot.addWidget(card)
    return [label.text() for label in card.findChildren(QLabel)]


def test_the_number_and_the_hours(theme: Theme, qtbot: QtBot) -> None:
    office = OfficeSettings(name="Bộ phận Một cửa xã Mẫu", phone="024 3000 0000", hours="7:30–11:30")
    assert texts(qtbot, theme, office) == ["Gọi Bộ phận Một cửa xã Mẫu", "024 3000 0000", "Giờ làm việc: 7:30–11:30"]


def test_the_place_where_there_is_no_number(theme: Theme, qtbot: QtBot) -> None:
    assert texts(qtbot, theme, OfficeSettings(name="Bộ phận Một cửa")) == ["Hỏi tại: Bộ phận Một cửa"]
