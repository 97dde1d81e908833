"""What does not fit is reached with two big buttons, without a scroll bar or a gesture."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from ui.labels import Label
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.tile import PrimaryTile


def paged(theme: Theme, qtbot: QtBot, lines: int) -> tuple[PagedScroll, list[Label]]:
    content = QWidget()
    content.setObjectName("content")
    column = QVBoxLayout(content)
    labels = [Label(f"Dòng {line}") for line in range(lines)]
    for label in labels:
        column.addWidget(label)
    scroll = PagedScroll(theme, content)
    qtbot.addWidget(scroll)
    scroll.resize(900, 400)
    scroll.show()
    settle()
    return scroll, labels


def test_without_need_there_are_no_buttons(theme: Theme, qtbot: QtBot) -> None:
    scroll, labels = paged(theme, qtbot, 3)
    assert not scroll.turners.isVisible()
    assert labels[0].width() > 800


def test_a_press_moves_by_three_quarters_of_the_view(theme: Theme, qtbot: QtBot) -> None:
    scroll, labels = paged(theme, qtbot, 30)
    assert scroll.turners.isVisible()
    assert not scroll.turners.up.isEnabled()
    QTest.mouseClick(scroll.turners.down, Qt.MouseButton.LeftButton)
    assert labels[0].mapTo(scroll, labels[0].rect().topLeft()).y() < -280
    assert scroll.findChildren(QWidget, "content")[0].y() == -300
    assert scroll.turners.up.isEnabled()
    for _press in range(20):
        QTest.mouseClick(scroll.turners.down, Qt.MouseButton.LeftButton)
    assert not labels[-1].visibleRegion().isEmpty()
    assert not scroll.turners.down.isEnabled()


def test_lines_that_come_later_bring_the_buttons(theme: Theme, qtbot: QtBot) -> None:
    scroll, _labels = paged(theme, qtbot, 3)
    layout = scroll.findChildren(QWidget, "content")[0].layout()
    assert layout is not None
    for line in range(30):
        layout.addWidget(Label(f"Thêm {line}"))
    settle()
    assert scroll.turners.isVisible()


def test_a_widget_is_revealed_whole_and_no_further_than_needed(theme: Theme, qtbot: QtBot) -> None:
    scroll, labels = paged(theme, qtbot, 30)
    scroll.reveal(labels[12])
    assert labels[12].visibleRegion().boundingRect().height() == labels[12].height()
    assert labels[13].visibleRegion().boundingRect().height() < labels[13].height()
    scroll.reveal(labels[1])
    assert not labels[0].visibleRegion().isEmpty()


def test_content_that_wants_all_the_room_gets_it_and_no_more(theme: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    long = Label("Một câu rất dài mà trong khung hẹp thì phải xuống dòng nhiều lần mới hiện hết được. " * 2)
    filling = PrimaryTile(theme, "Nộp hồ sơ", icon_name="file-plus")
    column.addWidget(long)
    column.addWidget(filling, 1)
    scroll = PagedScroll(theme, content)
    qtbot.addWidget(scroll)
    scroll.resize(1600, 600)
    scroll.show()
    settle()
    assert not scroll.overflows
    assert content.height() == scroll.height()
    assert filling.height() > 300
