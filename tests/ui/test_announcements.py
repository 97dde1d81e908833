"""What is told to a screen reader of its own accord: pages, problems, panels, news; and not too often."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenFrame, settle
from tests.ui.sample_screens import BricksScreen, QuestionScreen
from ui import announcements
from ui.announcements import LiveLabel
from ui.frame import Frame
from ui.scroll_area import PagedScroll

Told = list[tuple[str, bool]]


@pytest.fixture
def told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """(words, whether urgent) of each announcement."""
    heard: Told = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        heard.append((event.message(), event.politeness() is QAccessible.AnnouncementPoliteness.Assertive))

    monkeypatch.setattr(announcements, "send", hear)
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield heard
    QAccessible.setActive(before)


def test_a_page_is_told_whole_and_what_is_wrong_at_once(open_frame: OpenFrame, told: Told) -> None:
    frame = open_frame(QuestionScreen)
    [(page, urgent)] = told
    assert page.startswith("Bước 3 trong 8 · Câu 4 trong 9. Họ, chữ đệm, tên của người được khai sinh. Viết đúng như")
    assert page.endswith("Lấy từ thẻ căn cước. Nguyễn Văn Mẫu.")
    assert not urgent
    QTest.keyClick(frame, Qt.Key.Key_Return)
    assert told[1:] == [("Chưa có tên, ông/bà gõ tên vào ô.", True)]


def test_a_panel_a_new_hint_and_long_work_are_told(open_frame: OpenFrame, told: Told) -> None:
    frame = open_frame(QuestionScreen)
    screen = question(frame)
    QTest.keyClick(frame, Qt.Key.Key_F1)
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert any("0236 3 000 000" in words for words, _urgent in told)
    del told[:]
    for _time in range(2):
        screen.hint = "Đưa thẻ lại gần hơn"
        screen.changed.emit()
        screen.busy, screen.busy_text = True, "Đang lưu hồ sơ"
        screen.changed.emit()
    assert told == [("Đưa thẻ lại gần hơn", False), ("Đang lưu hồ sơ", False)]


def question(frame: Frame) -> QuestionScreen:
    screen = frame.shown
    assert isinstance(screen, QuestionScreen)
    return screen


def test_news_are_told_but_no_faster_than_a_voice_can_follow(told: Told, qtbot: QtBot) -> None:
    label = LiveLabel("Đang mở máy quét…")
    qtbot.addWidget(label)
    label.show()
    settle()
    assert told == []  # it belongs to the page
    for percent in range(10, 100, 10):
        label.setText(f"Đang quét… {percent} %")
        settle()
    assert [words for words, _urgent in told] == ["Đang quét… 10 %"]
    label.setText("")
    label.setText("••• 123")
    assert label.accessibleName() == "đã che 123"


def test_a_held_key_counts_once(open_frame: OpenFrame) -> None:
    frame = open_frame(BricksScreen)
    wanted: list[None] = []
    frame.next.connect(lambda: wanted.append(None))
    for repeated in (False, True, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated)
        QApplication.sendEvent(frame, press)
    assert len(wanted) == 1


def test_page_keys_turn_a_long_page_and_tab_scrolls_to_the_focus(open_frame: OpenFrame) -> None:
    frame = open_frame(BricksScreen)
    (scroll,) = (each for each in frame.findChildren(PagedScroll) if each.isVisible())
    assert not scroll.turners.up.isEnabled()
    QTest.keyClick(frame, Qt.Key.Key_PageDown)
    assert scroll.turners.up.isEnabled()
    QTest.keyClick(frame, Qt.Key.Key_PageUp)
    assert not scroll.turners.up.isEnabled()
    for _stop in range(30):
        QTest.keyClick(frame.focusWidget() or frame, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.visibleRegion().boundingRect().height() == focus.height(), focus.accessibleName()
