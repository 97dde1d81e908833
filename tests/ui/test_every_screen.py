"""On every screen of the gallery, in every state: fingers hit, eyes read, and screen readers have a name for all."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from commands.composition import Shipped
from commands.gallery_scenes import SCENES
from commands.gallery_stage import Props, Stage, make_props
from tests.ui.conftest import DESK, LOW, UPRIGHT
from ui.buttons import TouchButton
from ui.cover import Cover
from ui.fitting_text import FittingText
from ui.plates import text_height, widest_word
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize

LEAST_MM, LEAST_GAP_MM = 12.7, 2.54  # VVSG 2.0: touch areas and the gaps between them
LEAST_LETTER_MM = 5.9  # the em square of a capital of 4.4 mm
LOOKS = [
    (DESK, TextSize.NORMAL),
    pytest.param((DESK, TextSize.LARGEST), marks=pytest.mark.proof),  # what fits the low panel fits the desk's
    (LOW, TextSize.LARGEST),
    pytest.param((UPRIGHT, TextSize.LARGEST), marks=pytest.mark.proof),
]
MAY_SCROLL = (
    "capture-files",
    "before",
    "review",
    "form-choice-refused",
    "form-three-refused",
    "form-table-full",
    "form-row",
    "form-email",
    "done-prepared-page_paper_out",
    "devices-unwell",
    "queue-list",
)  # at the normal size on the desk's panel


@pytest.fixture(scope="module")
def props(qapp: QApplication, shipped: Shipped) -> Props:
    return make_props(shipped, "2.000635")


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0].width_px}x{look[0].height_px}-{look[1]}")
def stage(request: pytest.FixtureRequest, theme: Theme, props: Props) -> Iterator[Stage]:
    panel, text = request.param
    theme.set_panel(panel)
    theme.set_look(text, Contrast.LIGHT)
    stage = Stage(theme, props)
    yield stage
    stage.close()


@pytest.fixture(params=SCENES)
def scene(request: pytest.FixtureRequest, stage: Stage) -> Iterator[str]:
    name: str = request.param
    SCENES[name](stage)
    yield name
    stage.clear()


def targets(stage: Stage) -> list[QWidget]:
    """What can be touched: of a covered page nothing but the cover's own."""
    surface: QWidget = next(iter(stage.frame.findChildren(Cover)), stage.frame)
    found = surface.findChildren(QWidget)
    return [each for each in found if isinstance(each, QAbstractButton | QLineEdit) and each.isVisible()]


def whole(stage: Stage, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(stage.frame, QPoint(0, 0)), widget.size())


def wholly_seen(widget: QWidget) -> bool:
    """A scrolled page passes under the bars of the frame: what is partly hidden there is not near them."""
    return widget.visibleRegion().boundingRect().size() == widget.size()


def gap_px(one: QRect, other: QRect) -> int:
    across = max(other.left() - one.right(), one.left() - other.right()) - 1
    along = max(other.top() - one.bottom(), one.top() - other.bottom()) - 1
    return max(across, along)


def test_every_screen_is_for_fingers_and_for_eyes(stage: Stage, scene: str) -> None:
    panel = stage.theme.metrics.panel
    assert too_small(stage, panel) == []
    assert too_close(stage, panel) == []
    assert cut_texts(stage) == []
    assert small_letters(stage, panel) == []
    assert nameless(stage) == []
    assert hidden_field(stage) is None
    if (panel, stage.theme.metrics.text_size) == (DESK, TextSize.NORMAL) and not scene.startswith(MAY_SCROLL):
        assert not any(scroll.overflows for scroll in stage.frame.findChildren(PagedScroll) if scroll.isVisible())


def too_small(stage: Stage, panel: Panel) -> list[str]:
    least = LEAST_MM * panel.px_per_mm - 1
    return [each.accessibleName() for each in targets(stage) if min(each.width(), each.height()) < least]


def too_close(stage: Stage, panel: Panel) -> list[tuple[str, str]]:
    least = LEAST_GAP_MM * panel.px_per_mm - 1
    seen = {each: whole(stage, each) for each in targets(stage) if wholly_seen(each)}
    close = ((one, other) for one, other in combinations(seen, 2) if gap_px(seen[one], seen[other]) < least)
    return [(one.accessibleName(), other.accessibleName()) for one, other in close]


def cut_texts(stage: Stage) -> list[str]:
    """Texts that have less room than they need, and names in bars of which not even the shortest form fits."""
    cut = []
    for label in stage.frame.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            if label.height() < needed or label.width() < widest_word(label.font(), label.text()) - 2:
                cut.append(label.text())
    for button in stage.frame.findChildren(TouchButton):
        room = button.width() - 2 * button.padding()
        if button.isVisible() and text_height(button.words_font(), button.text(), room) > button.height() + 2:
            cut.append(button.text())
    for fitting in stage.frame.findChildren(FittingText):
        form = fitting.shown() if fitting.isVisible() else None
        cut += [form.text] if form is not None and form.text.endswith("…") else []
    return cut


def small_letters(stage: Stage, panel: Panel) -> list[str]:
    least = round(LEAST_LETTER_MM * panel.px_per_mm)
    labels = stage.frame.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.font().pixelSize() < least]


def nameless(stage: Stage) -> list[str]:
    """What can have the focus, and has no name to be called by."""
    return [
        type(each).__name__
        for each in stage.frame.findChildren(QWidget)
        if each.isVisible()
        and (each.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(each, QAbstractButton))
        and not each.accessibleName()
    ]


def hidden_field(stage: Stage) -> str | None:
    """The field that is being typed into, where not all of it can be seen (WCAG 2.2, 2.4.11)."""
    field = QApplication.focusWidget()
    if not isinstance(field, QLineEdit) or not stage.frame.isAncestorOf(field):
        return None
    return None if wholly_seen(field) else field.accessibleName()
