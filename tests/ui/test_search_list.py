"""Type, turn pages, touch a row."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from ui.buttons import TouchButton
from ui.search_list import SearchList
from ui.theme import Theme

NAMES = [(str(number), f"Xã Mẫu {number}") for number in range(40)]


def found(text: str) -> list[tuple[str, str]]:
    return [(key, name) for key, name in NAMES if text.lower() in name.lower()]


def listed(theme: Theme, qtbot: QtBot) -> SearchList:
    made = SearchList(theme, "Tên xã, phường", found)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    settle()
    return made


def rows(search: SearchList) -> list[TouchButton]:
    return [row for row in search.findChildren(TouchButton, "row") if row.isVisible()]


def test_typing_narrows_and_a_touch_picks(theme: Theme, qtbot: QtBot) -> None:
    search = listed(theme, qtbot)
    QTest.keyClicks(search.field, "39")
    assert [row.text() for row in rows(search)] == ["Xã Mẫu 39"]
    assert not search.turners.isVisible()
    with qtbot.waitSignal(search.picked) as picked:
        QTest.mouseClick(rows(search)[0], Qt.MouseButton.LeftButton)
    assert picked.args == ["39"]


def test_pages_turn_without_losing_or_repeating_a_row(theme: Theme, qtbot: QtBot) -> None:
    search = listed(theme, qtbot)
    seen = [row.text() for row in rows(search)]
    assert len(seen) >= 3
    while search.turners.down.isEnabled():
        QTest.mouseClick(search.turners.down, Qt.MouseButton.LeftButton)
        seen += [row.text() for row in rows(search)]
    assert seen == [name for _key, name in NAMES]


def test_nothing_found_is_said(theme: Theme, qtbot: QtBot) -> None:
    search = listed(theme, qtbot)
    search.field.setText("không có")
    assert rows(search) == []
    assert search.nothing.isVisible()
    assert "Không tìm thấy" in search.nothing.text()
