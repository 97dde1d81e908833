"""A guide on the screen: papers and facts, each behind its picture."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk.guide import Guide, GuidePaper, GuideRow, Need
from kiosk.guide_look import paper_titles, picture_of_paper, picture_of_topic
from kiosk.texts import composed, joined
from ui.labels import Card, Label, Picture
from ui.plates import text_width
from ui.theme import Theme
from ui.tokens import Role

_PICTURE_EM = 1.3  # as high as a line of text, so that picture and words stand on one line
_WIDE_EM = 32
_TURNERS_MM = 40
_LABEL_SHARE = 0.34  # of the column, at most: a longer label wraps


class PaperCard(Card):
    """What to have at hand, by how sure it is; what the office looks up itself comes last and small."""

    def __init__(self, theme: Theme, guide: Guide) -> None:
        super().__init__(theme)
        for need, title in paper_titles().items():
            papers = guide.papers_that(need)
            if not papers:
                continue
            if need is Need.LOOKED_UP:
                names = joined("; ", (paper.name for paper in papers))
                self.column.addWidget(Label(composed("{}: {}", title, names), Role.SMALL))
            else:
                self.column.addWidget(Label(title, Role.STRONG))
                self.column.addWidget(_Papers(theme, papers, told=need is Need.PERHAPS))
            self.column.addSpacing(theme.metrics.px(2))


class _Papers(QWidget):
    """Papers below each other; with what each is for, where that is not sure."""

    def __init__(self, theme: Theme, papers: Iterable[GuidePaper], *, told: bool) -> None:
        super().__init__()
        grid = _grid(theme, self)
        for number, paper in enumerate(papers):
            small = [paper.kind, *(paper.notes if told else ())]
            words = [Label(paper.name), *(Label(text, Role.SMALL) for text in small if text)]
            grid.addWidget(_picture(theme, picture_of_paper(paper.picture)), number, 0, _TOP)
            grid.addLayout(_column(words), number, 1)
        grid.setColumnStretch(1, 1)


class GuideFacts(Card):
    """Fee, days, way and the rest; the label stands beside the text, or above it where the page is narrow."""

    def __init__(self, theme: Theme, rows: Iterable[GuideRow]) -> None:
        super().__init__(theme)
        rows, metrics = tuple(rows), theme.metrics
        folded = _is_narrow(theme)
        grid = _grid(theme)
        for number, row in enumerate(rows):
            label = Label(row.label, Role.PROGRESS if folded else Role.BODY)
            texts = [Label(row.text, Role.STRONG), *(Label(text, Role.SMALL) for text in row.more)]
            grid.addWidget(_picture(theme, picture_of_topic(row.topic)), number, 0, _TOP)
            if folded:
                grid.addLayout(_column([label, *texts]), number, 1)
            else:
                grid.addWidget(label, number, 1, _TOP)
                grid.addLayout(_column(texts), number, 2)
        if not folded:
            widest = max((text_width(theme.font(Role.BODY), row.label) for row in rows), default=0)
            grid.setColumnMinimumWidth(1, min(widest, round(_LABEL_SHARE * metrics.column_px)))
        grid.setColumnStretch(1 if folded else 2, 1)
        self.column.addLayout(grid)


def _is_narrow(theme: Theme) -> bool:
    """Whether the reading column is too narrow for labels beside the texts."""
    metrics = theme.metrics
    room = metrics.panel.width_px - metrics.card_px - 4 * metrics.margin_px - metrics.px(_TURNERS_MM)
    return metrics.stacks or min(room, metrics.column_px) < _WIDE_EM * metrics.text_px(Role.BODY)


_TOP = Qt.AlignmentFlag.AlignTop


def _picture(theme: Theme, name: str) -> Picture:
    return Picture(theme, name, "link", _PICTURE_EM * theme.metrics.text_px(Role.BODY) / theme.metrics.panel.px_per_mm)


def _grid(theme: Theme, parent: QWidget | None = None) -> QGridLayout:
    grid = QGridLayout(parent) if parent is not None else QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.metrics.px(3.5))
    grid.setVerticalSpacing(theme.metrics.px(2))
    return grid


def _column(words: Iterable[Label]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for label in words:
        column.addWidget(label)
    column.addStretch(1)
    return column
