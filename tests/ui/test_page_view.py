"""A page is shown whole: not cut, not stretched, whatever the room."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ui.page_view import PageView
from ui.theme import Theme

RED = QColor("#c8102e")


def red_part(image: QImage) -> QRect:
    """Where the page is."""
    points = [
        (x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2) if image.pixelColor(x, y) == RED
    ]
    across, down = zip(*points, strict=True)
    return QRect(min(across), min(down), max(across) - min(across), max(down) - min(down))


@pytest.mark.parametrize("room", [(800, 400), (400, 800)])
def test_a_page_keeps_its_shape(theme: Theme, qtbot: QtBot, room: tuple[int, int]) -> None:
    view = PageView(theme)
    qtbot.addWidget(view)
    view.resize(*room)
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    image.fill(RED)
    view.show_page(image, "Trang 1")
    shown = red_part(view.grab().toImage())
    assert shown.width() / shown.height() == pytest.approx(210 / 297, rel=0.03)
    assert max(shown.width() / room[0], shown.height() / room[1]) > 0.85
    assert view.accessibleName() == "Trang 1"


def test_an_empty_view_names_nothing(theme: Theme, qtbot: QtBot) -> None:
    view = PageView(theme)
    qtbot.addWidget(view)
    view.show_page(None, "")
    assert view.accessibleName() == ""
