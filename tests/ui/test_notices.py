"""Boxes say in words, for eyes and for screen readers, what they say in colour."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.buttons import LinkLikeButton
from ui.labels import Label
from ui.notices import ErrorSummary, Notice, Outcome, StatusPanel
from ui.screen import Problem
from ui.summary_row import SummaryRow
from ui.text_field import TextField
from ui.theme import Theme


def test_a_problem_leads_to_its_field(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    summary, field = ErrorSummary(theme), TextField("Họ và tên")
    column = QVBoxLayout(page)
    column.addWidget(summary)
    column.addWidget(field)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    summary.show_problems((Problem("Chưa có tên", field), Problem("Máy quét chưa sẵn sàng")))
    assert summary.hasFocus()
    assert summary.accessibleName() == "Có 2 chỗ cần xem lại. Chưa có tên. Máy quét chưa sẵn sàng"
    (link,) = summary.findChildren(LinkLikeButton)
    with qtbot.waitSignal(summary.picked) as picked:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert picked.args == [field]
    summary.show_problems(())
    assert not summary.isVisible()


def test_an_outcome_is_told_in_words(theme: Theme, qtbot: QtBot) -> None:
    panel = StatusPanel(theme, Outcome.WARNING, "Đã lưu, chưa nộp", ("Sẽ tự gửi khi có mạng.",))
    qtbot.addWidget(panel)
    assert panel.accessibleName() == "Đã lưu, chưa nộp. Sẽ tự gửi khi có mạng."
    assert {"Đã lưu, chưa nộp", "Sẽ tự gửi khi có mạng."} <= {label.text() for label in panel.findChildren(Label)}


def test_words_are_never_read_as_markup(theme: Theme, qtbot: QtBot) -> None:
    notice = Notice(theme, "<b>Đ</b> & <img src='x'>")
    qtbot.addWidget(notice)
    assert [label.textFormat() for label in notice.findChildren(Label)] == [Qt.TextFormat.PlainText]


def test_a_summary_row_is_one_target_and_stacks_when_narrow(theme: Theme, qtbot: QtBot) -> None:
    row = SummaryRow(theme, "Nơi cư trú", "Thôn Mẫu, xã Mẫu", note="lấy từ thẻ")
    qtbot.addWidget(row)
    assert row.accessibleName() == "Sửa: Nơi cư trú, Thôn Mẫu, xã Mẫu"
    assert row.heightForWidth(500) > row.heightForWidth(1080)
    row.resize(1080, row.heightForWidth(1080))
    row.show()
    with qtbot.waitSignal(row.clicked):
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
