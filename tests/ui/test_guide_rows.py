"""The rows of a guide: beside each other where there is room, below each other where there is not; nothing cut."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.guide import Need
from tests.devices.guides import extract_guide
from tests.ui.conftest import DESK, LOW, UPRIGHT
from ui.guide_rows import GuideFacts, PaperCard
from ui.labels import Picture
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_papers_are_told_by_how_sure_they_are(theme: Theme, qtbot: QtBot) -> None:
    guide = extract_guide()
    card = PaperCard(theme, guide)
    qtbot.addWidget(card)
    told = texts(card)
    assert told.index("Giấy tờ mang theo") < told.index("Tùy trường hợp")
    assert told[-1].startswith("Nơi này tự tra cứu")
    brought = [paper for paper in guide.papers if paper.need is not Need.LOOKED_UP]
    assert len(card.findChildren(Picture)) == len(brought)


@pytest.mark.parametrize(
    ("panel", "size", "beside"),
    [
        (DESK, TextSize.NORMAL, True),
        (DESK, TextSize.LARGEST, False),
        (LOW, TextSize.NORMAL, False),
        (UPRIGHT, TextSize.NORMAL, False),
    ],
)
def test_labels_stand_beside_the_texts_where_there_is_room(
    theme: Theme, qtbot: QtBot, panel: Panel, size: TextSize, beside: bool
) -> None:
    theme.set_panel(panel)
    theme.set_look(size, Contrast.LIGHT)
    facts = GuideFacts(theme, extract_guide().rows)
    qtbot.addWidget(facts)
    facts.resize(theme.metrics.column_px, 2000)
    facts.show()
    label, text = (
        next(each for each in facts.findChildren(QLabel) if words in each.text()) for words in ("Phí, lệ", "8.000")
    )
    assert (label.geometry().right() < text.geometry().left()) is beside
