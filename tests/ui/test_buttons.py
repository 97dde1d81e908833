"""Buttons forgive fingers: a touch is one click, a slide still presses, a far slide does not."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.buttons import PrimaryButton, SecondaryButton
from ui.theme import Theme
from ui.tokens import Role


def test_a_touch_is_exactly_one_click(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = SecondaryButton(theme, "Quét giấy")
    QVBoxLayout(window).addWidget(button)
    window.show()
    qtbot.waitExposed(window)
    clicks: list[None] = []
    button.clicked.connect(lambda: clicks.append(None))
    device = QTest.createTouchDevice()
    point = button.mapTo(window, button.rect().center())
    QTest.touchEvent(window, device).press(0, point, window).commit()
    QTest.touchEvent(window, device).release(0, point, window).commit()
    assert len(clicks) == 1


def drag(button: SecondaryButton, to: QPoint) -> int:
    clicks: list[None] = []
    button.clicked.connect(lambda: clicks.append(None))
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseMove(button, to)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=to)
    return len(clicks)


def test_a_finger_may_slide_a_little(theme: Theme, qtbot: QtBot) -> None:
    button = SecondaryButton(theme, "Quét giấy")
    qtbot.addWidget(button)
    button.show()
    near = QPoint(button.width() + theme.metrics.slide_px - 2, 10)
    far = QPoint(button.width() + theme.metrics.slide_px + 2, 10)
    assert theme.metrics.slide_px == 30
    assert drag(button, near) == 1
    assert drag(button, far) == 0


def test_words_wrap_rather_than_being_cut(theme: Theme, qtbot: QtBot) -> None:
    button = PrimaryButton(theme, "Lưu lại và làm tiếp vào một ngày khác", icon_name="save")
    qtbot.addWidget(button)
    narrow = button.minimumSizeHint().width()
    assert narrow < button.sizeHint().width() / 2
    assert button.heightForWidth(narrow) > 2 * theme.metrics.text_px(Role.ACTION)
    assert button.heightForWidth(button.sizeHint().width()) == button.least_height()


def test_a_touch_leaves_the_focus_where_it_was(theme: Theme, qtbot: QtBot) -> None:
    button = SecondaryButton(theme, "Quét giấy")
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus
    qtbot.addWidget(button)


def test_the_focus_ring_is_dark_and_thick(theme: Theme, qtbot: QtBot) -> None:
    button = SecondaryButton(theme, "Quét giấy")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    image = button.grab().toImage()
    middle = button.width() // 2
    ring = [image.pixelColor(middle, y).name() for y in range(theme.metrics.ring_px)]
    assert len(ring) >= 4
    assert set(ring) == {theme.colours.focus_ring}
