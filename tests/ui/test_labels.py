"""Texts and what they stand on: short sentences behind dots, titles of groups."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from ui.labels import Points, SectionTitle
from ui.theme import Theme


def show(qtbot: QtBot, widget: QWidget) -> dict[str, QLabel]:
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.show()
    settle()
    return {label.text(): label for label in widget.findChildren(QLabel)}


def test_the_second_line_of_a_point_stands_below_its_first(theme: Theme, qtbot: QtBot) -> None:
    long = "Làm thay người khác thì có thể cần thêm giấy, máy sẽ hỏi từng bước, xin ông/bà xem kỹ"
    points = Points(theme, [long, "Thẻ căn cước"])
    labels = show(qtbot, points)
    assert labels[long].height() > 1.8 * labels[long].fontMetrics().height()
    assert labels[long].x() == labels["Thẻ căn cước"].x() > labels["•"].x()


def test_a_title_says_its_words(theme: Theme, qtbot: QtBot) -> None:
    title = SectionTitle(theme, "Người yêu cầu")
    assert list(show(qtbot, title)) == ["Người yêu cầu"]
