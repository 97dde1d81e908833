"""Short facts as a table: what it is on the left, what it says on the right; folded under each other where narrow."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.labels import Card, Label
from ui.plates import text_width
from ui.theme import Theme
from ui.tokens import Role

_LABEL_SHARE = 0.42  # of the column, at most: a longer label wraps


class FactRows(Card):
    """Rows of (label, text); nothing in it can be pressed."""

    def __init__(self, theme: Theme, rows: Iterable[tuple[str, str]]) -> None:
        super().__init__(theme)
        metrics = theme.metrics
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.px(5))
        grid.setVerticalSpacing(metrics.px(1 if metrics.portrait else 2.2))
        top = Qt.AlignmentFlag.AlignTop
        pairs = tuple(rows)
        for number, (label, text) in enumerate(pairs):
            if metrics.portrait:
                grid.addWidget(Label(label, Role.PROGRESS), 2 * number, 0)
                grid.addWidget(Label(text, Role.STRONG), 2 * number + 1, 0)
            else:
                grid.addWidget(Label(label, Role.BODY), number, 0, top)
                grid.addWidget(Label(text, Role.STRONG), number, 1, top)
        if not metrics.portrait:
            widest = max((text_width(theme.font(Role.BODY), label) for label, _text in pairs), default=0)
            grid.setColumnMinimumWidth(0, min(widest, round(_LABEL_SHARE * metrics.column_px)))
            grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
