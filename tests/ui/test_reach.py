"""On a page with every brick: fingers hit, eyes read, keys get everywhere, screen readers have a name for all."""

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from tests.ui.conftest import DESK, LOW, UPRIGHT, OpenFrame, settle
from tests.ui.sample_screens import BricksScreen, QuestionScreen, SearchScreen
from ui.buttons import TouchButton
from ui.frame import Frame
from ui.plates import text_height, widest_word
from ui.screen import Screen
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize

SCREENS: list[Callable[[Theme], Screen]] = [QuestionScreen, BricksScreen, SearchScreen]
PANELS = [DESK, LOW, UPRIGHT]


@pytest.fixture(params=PANELS, ids=str)
def panel(request: pytest.FixtureRequest) -> Panel:
    return request.param  # type: ignore[no-any-return]  # pytest's params have no type


@pytest.fixture(params=TextSize)
def text_size(request: pytest.FixtureRequest) -> TextSize:
    return request.param  # type: ignore[no-any-return]  # pytest's params have no type


@pytest.fixture(params=SCREENS, ids=lambda screen: screen.__name__)
def frame(
    request: pytest.FixtureRequest, open_frame: OpenFrame, theme: Theme, panel: Panel, text_size: TextSize
) -> Frame:
    theme.set_panel(panel)
    theme.set_look(text_size, Contrast.LIGHT)
    return open_frame(request.param)


def targets(frame: Frame) -> list[QWidget]:
    return [
        widget
        for widget in frame.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit) and widget.isVisible()
    ]


def whole(frame: Frame, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(frame, QPoint(0, 0)), widget.size())


def gap_px(one: QRect, other: QRect) -> int:
    """Distance of two rectangles along the axis on which they are further apart."""
    across = max(other.left() - one.right(), one.left() - other.right()) - 1
    along = max(other.top() - one.bottom(), one.top() - other.bottom()) - 1
    return max(across, along)


def test_every_target_is_large_enough_and_apart_from_the_next(frame: Frame, panel: Panel) -> None:
    rects = {widget: whole(frame, widget) for widget in targets(frame)}
    least_px, gap_least_px = 12.7 * panel.px_per_mm - 1, 2.54 * panel.px_per_mm - 1
    small = [widget.accessibleName() for widget, rect in rects.items() if min(rect.width(), rect.height()) < least_px]
    assert small == []
    # Outside the scrolled part, what is out of sight cannot be touched.
    seen = {widget: rect for widget, rect in rects.items() if not widget.visibleRegion().isEmpty()}
    close = [
        (one.accessibleName(), other.accessibleName(), gap_px(seen[one], seen[other]))
        for one, other in combinations(seen, 2)
        if gap_px(seen[one], seen[other]) < gap_least_px and same_surface(one, other)
    ]
    assert close == []


def same_surface(one: QWidget, other: QWidget) -> bool:
    """Whether both are wholly seen: a scrolled page passes under the bars of the frame."""
    return all(widget.visibleRegion().boundingRect().size() == widget.size() for widget in (one, other))


def test_no_words_are_cut(frame: Frame) -> None:
    cut = []
    for label in frame.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            if label.height() < needed or label.width() < widest_word(label.font(), label.text()) - 2:
                cut.append(label.text())
    for button in frame.findChildren(TouchButton):
        if button.isVisible():
            room = button.width() - 2 * button.padding()
            if text_height(button.words_font(), button.text(), room) > button.height() + 2:
                cut.append(button.text())
    assert cut == []


def test_the_frame_fits_its_panel(frame: Frame, panel: Panel) -> None:
    settle()
    assert (frame.width(), frame.height()) == (panel.width_px, panel.height_px)
    for part in (frame.header, frame.footer):
        outside = [child for child in targets(frame) if part.isAncestorOf(child)]
        assert outside
        assert all(frame.rect().contains(whole(frame, child)) for child in outside)


def test_everything_that_takes_the_focus_has_a_name(open_frame: OpenFrame) -> None:
    for screen in SCREENS:
        frame = open_frame(screen)
        nameless = [
            type(widget).__name__
            for widget in frame.findChildren(QWidget)
            if (widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton))
            and not widget.accessibleName()
        ]
        assert nameless == []


def test_tab_reaches_everything_and_comes_round(open_frame: OpenFrame) -> None:
    frame = open_frame(BricksScreen)
    expected = {
        widget
        for widget in targets(frame)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and widget.objectName() not in ("choice_desk", "scroll_down")  # Tab itself has turned the page by then
    }
    reached: set[QWidget] = set()
    for _press in range(2 * len(expected)):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {widget.accessibleName() for widget in expected - reached} == set()
