"""One of several answers by touch and by arrow keys; a sentence to agree to."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.choice_rows import Choice, ChoiceRows, TickRow
from ui.theme import Theme

CHOICES = [Choice("desk", "Nhận tại quầy"), Choice("post", "Qua bưu điện", "30.000 ₫"), Choice("file", "Bản điện tử")]


def test_a_touch_anywhere_on_the_row_chooses_it(theme: Theme, qtbot: QtBot) -> None:
    rows = ChoiceRows(theme, CHOICES)
    qtbot.addWidget(rows)
    rows.resize(900, 400)
    rows.show()
    unchosen = rows.value
    assert unchosen is None
    with qtbot.waitSignal(rows.chosen) as chosen:
        row = rows.rows[1]
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 3, row.height() - 3))
    assert chosen.args == ["post"]
    assert rows.value == "post"
    QTest.mouseClick(rows.rows[2], Qt.MouseButton.LeftButton)
    assert [row.isChecked() for row in rows.rows] == [False, False, True]


def test_arrows_choose_among_the_rows(theme: Theme, qtbot: QtBot) -> None:
    rows = ChoiceRows(theme, CHOICES, value="desk")
    qtbot.addWidget(rows)
    rows.show()
    rows.activateWindow()
    rows.rows[0].setFocus()
    qtbot.waitUntil(rows.rows[0].hasFocus)
    QTest.keyClick(rows.rows[0], Qt.Key.Key_Down)
    assert rows.value == "post"
    focused = QApplication.focusWidget()
    assert focused is rows.rows[1]
    assert focused.accessibleDescription() == "30.000 ₫. 2 trong 3."


def test_rows_are_tall_and_grow_with_their_words(theme: Theme, qtbot: QtBot) -> None:
    rows = ChoiceRows(theme, [Choice("a", "Ngắn"), Choice("b", "Một câu trả lời rất dài " * 6)])
    qtbot.addWidget(rows)
    short, long = rows.rows
    assert short.heightForWidth(900) >= theme.metrics.px(19)
    assert long.heightForWidth(900) > 2 * short.heightForWidth(900) * 0.8


def test_a_tick_is_given_and_taken_back(theme: Theme, qtbot: QtBot) -> None:
    tick = TickRow(theme, "Tôi cam đoan lời khai là đúng")
    qtbot.addWidget(tick)
    tick.show()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert tick.isChecked()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert not tick.isChecked()
