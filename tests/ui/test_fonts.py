"""No widget cuts the marks off capitals: each shows as many rows of ink as painting freely does."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.resources import resource_path
from tests.ui.sample_screens import TALL
from ui.buttons import (
    HeaderButton,
    LinkLikeButton,
    PrimaryButton,
    SecondaryButton,
    TouchButton,
    TurnButton,
)
from ui.choice_rows import Choice, ChoiceRow, TickRow
from ui.fitting_text import FittingText, Form
from ui.fonts import FAMILY, with_room_for_marks
from ui.key_layouts import Key
from ui.keyboard import KeyCap
from ui.labels import Label
from ui.look_choice import LookChoice
from ui.search_list import SearchList
from ui.summary_row import SummaryRow
from ui.text_field import TextField
from ui.theme import Theme
from ui.thumbnail import Thumbnail
from ui.tile import Tile
from ui.tokens import Contrast, Role, TextSize

BLANK = "\u00a0"
"""As tall as a line of text, without ink."""
WIDE_PX = 1400
"""Room for the text of every role on one line."""
SEEN = 60
"""Difference of brightness that counts as ink; fainter edges depend on where a letter falls between pixels."""


def field(_theme: Theme, text: str) -> QWidget:
    made = TextField("Tên")
    made.setText(text)
    return made


def fitting(theme: Theme, text: str) -> QWidget:
    made = FittingText(theme, "text")
    made.set_forms([Form(text, Role.TITLE)])
    return made


def thumbnail(theme: Theme, text: str) -> QWidget:
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    image.fill(0xFFCCCCDD)
    return Thumbnail(theme, text, image)


def search_row(theme: Theme, text: str) -> QWidget:
    found = SearchList(theme, "Tìm", lambda _typed: [("one", text)])
    row = found.findChild(TouchButton, "row")
    assert isinstance(row, TouchButton)
    row.setParent(None)
    return row


def label(role: Role) -> Callable[[Theme, str], QWidget]:
    return lambda _theme, text: Label(text, role, wrap=False)


BRICKS: dict[str, tuple[Role, Callable[[Theme, str], QWidget]]] = {
    "TextField": (Role.FIELD, field),
    "FittingText": (Role.TITLE, fitting),
    "Thumbnail": (Role.LABEL, thumbnail),
    "PrimaryButton": (Role.ACTION, PrimaryButton),
    "SecondaryButton": (Role.ACTION, SecondaryButton),
    "LinkLikeButton": (Role.ACTION, LinkLikeButton),
    "HeaderButton": (Role.LABEL, HeaderButton),
    "ChoiceRow": (Role.BODY, lambda theme, text: ChoiceRow(theme, Choice("key", text))),
    "TickRow": (Role.BODY, TickRow),
    "SummaryRow": (Role.STRONG, lambda theme, text: SummaryRow(theme, BLANK, text)),
    "Tile": (Role.TILE, lambda theme, text: Tile(theme, text, icon_name="search")),
    "LookChoice": (Role.ACTION, lambda theme, text: LookChoice(theme, text, TextSize.NORMAL, Contrast.LIGHT)),
    "TurnButton": (Role.LABEL, lambda theme, text: TurnButton(theme, text, icon_name="chevron-up")),
    "SearchList": (Role.BODY, search_row),
    "KeyCap": (Role.KEY, lambda theme, text: KeyCap(theme, Key(text, "x"))),
    **{f"Label {role}": (role, label(role)) for role in Role},
}


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def rows_that_differ(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    pairs = (zip(row(one, y), row(other, y), strict=True) for y in range(one.height()))
    return sum(any(abs(first - second) > SEEN for first, second in pair) for pair in pairs)


def row(image: QImage, y: int) -> bytes:
    return bytes(cast("memoryview", image.constScanLine(y)))[: image.width()]


def freely_painted(font: QFont) -> int:
    blank = QImage(2000, 300, QImage.Format.Format_Grayscale8)
    blank.fill(QColor("white"))
    painted = blank.copy()
    painter = QPainter(painted)
    painter.setFont(font)
    painter.drawText(20, 200, TALL)
    painter.end()
    return rows_that_differ(blank, painted)


@pytest.mark.parametrize("text_size", TextSize)
@pytest.mark.parametrize("brick", BRICKS)
def test_marks_are_whole(theme: Theme, qtbot: QtBot, brick: str, text_size: TextSize) -> None:
    theme.set_look(text_size, Contrast.BLACK_ON_WHITE)
    role, make = BRICKS[brick]
    with_text, without = make(theme, TALL), make(theme, BLANK)
    height = with_text.heightForWidth(WIDE_PX) if with_text.hasHeightForWidth() else with_text.sizeHint().height()
    for widget in (with_text, without):
        qtbot.addWidget(widget)
        widget.resize(WIDE_PX, theme.metrics.key_px if brick == "KeyCap" else height)
    font = theme.font(role)
    font.setUnderline(brick == "LinkLikeButton")
    assert rows_that_differ(picture(with_text), picture(without)) >= freely_painted(font)


def test_the_vendored_family_is_used(theme: Theme) -> None:
    assert QFontInfo(theme.font(Role.BODY)).family() == FAMILY
    assert {"Regular", "Medium", "SemiBold", "Bold"} <= set(QFontDatabase.styles(FAMILY))


def test_only_the_two_ascents_change() -> None:
    font = resource_path("fonts", "BeVietnamPro-Bold.ttf").read_bytes()
    raised = with_room_for_marks(font)
    changed = [at for at, pair in enumerate(zip(font, raised, strict=True)) if pair[0] != pair[1]]
    assert len(changed) == 4  # two int16: 1000 (0x03e8) became 1240 (0x04d8) twice
