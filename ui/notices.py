"""Boxes that tell something: what is wrong on the page, how something ended, what to know."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.texts import _, joined
from ui.buttons import LinkLikeButton
from ui.labels import Card, Label, Picture, Points
from ui.screen import Problem
from ui.theme import Theme
from ui.tokens import Role


class Outcome(StrEnum):
    """Green: it is done. Amber: it is kept, something is still to come."""

    SUCCESS = "success"
    WARNING = "warning"


class ErrorSummary(Card):
    """On top of the page after Continue: how many things to look at again, each a link to its field. One alone is
    not counted: its own words say all, and the page below it keeps its room."""

    picked = Signal(object)
    """The field (QWidget) of the problem that was touched."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "problem")
        self._theme = theme
        self._title = Label("", Role.STRONG)
        self._lines = QVBoxLayout()
        self._lines.addWidget(self._title)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.metrics.px(4))
        self._picture = Picture(theme, "triangle-alert", "problem", 10)
        self._row.addWidget(self._picture)
        self._row.addLayout(self._lines, 1)
        self.column.addLayout(self._row)
        edge = theme.metrics.px(3)
        self.column.setContentsMargins(theme.metrics.px(4), edge, theme.metrics.px(4), edge)
        self._links: list[QWidget] = []
        self.hide()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show and take the focus, or hide when nothing is wrong."""
        for link in self._links:
            link.deleteLater()
        self._links = [self._link(problem) for problem in problems]
        title = _("Có {count} chỗ cần xem lại").format(count=len(problems))
        several = len(problems) > 1
        self._title.show_text(title if several else "")
        side = Qt.AlignmentFlag.AlignTop if several else Qt.AlignmentFlag.AlignVCenter
        self._row.setAlignment(self._picture, side)
        self.setAccessibleName(joined(". ", (title, *(problem.text for problem in problems))))
        self.setVisible(bool(problems))
        if problems:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _link(self, problem: Problem) -> QWidget:
        field = problem.field
        if field is None:
            line: QWidget = Label(problem.text, Role.PROBLEM)
        else:
            line = LinkLikeButton(self._theme, problem.text)
            line.clicked.connect(lambda: self.picked.emit(field))
        self._lines.addWidget(line)
        return line


class StatusPanel(Card):
    """How the visit ended, in one colour, one icon, one title and a few lines."""

    def __init__(self, theme: Theme, outcome: Outcome, title: str, lines: tuple[str, ...] = ()) -> None:
        super().__init__(theme, outcome.value)
        self.setAccessibleName(joined(". ", (title, *lines)))
        picture = "circle-check" if outcome is Outcome.SUCCESS else "hourglass"
        row = QHBoxLayout()
        row.setSpacing(theme.metrics.px(5))
        row.addWidget(Picture(theme, picture, outcome.value, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.metrics.px(1))
        words.addWidget(Label(title, Role.HEADING, ground=outcome.value))
        for line in lines:
            words.addWidget(Label(line))
        row.addLayout(words, 1)
        self.column.addLayout(row)


class Notice(Card):
    """One thing to know, beside an icon."""

    def __init__(self, theme: Theme, text: str, *, icon_name: str = "info") -> None:
        super().__init__(theme)
        row = QHBoxLayout()
        row.setSpacing(theme.metrics.px(4))
        row.addWidget(Picture(theme, icon_name, "link", 10), 0, Qt.AlignmentFlag.AlignTop)
        self._words = Label(text)
        row.addWidget(self._words, 1)
        self.column.addLayout(row)

    def show_text(self, text: str) -> None:
        """Tell something else."""
        self._words.setText(text)


class Questions(Card):
    """What seems odd and may well be right: it is asked about once, and Continue stays with it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "warning")
        self._theme = theme
        self._points: QWidget | None = None
        self._words = QVBoxLayout()
        self._words.setSpacing(theme.metrics.px(1.5))
        tail = _("Nếu đã đúng, ông/bà bấm “Tiếp tục” lần nữa.")
        self._words.addWidget(Label(tail, Role.STRONG))
        row = QHBoxLayout()
        row.setSpacing(theme.metrics.px(4))
        row.addWidget(Picture(theme, "info", "warning", 10), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
        self.column.addLayout(row)
        edge = theme.metrics.px(3)
        self.column.setContentsMargins(theme.metrics.px(4), edge, theme.metrics.px(4), edge)
        self.hide()

    def show_texts(self, texts: Sequence[str]) -> None:
        """Ask these; hide when there is nothing to ask."""
        if self._points is not None:
            self._points.hide()
            self._points.deleteLater()
        self._points = Points(self._theme, texts) if len(texts) > 1 else Label(joined("", texts))
        self._words.insertWidget(0, self._points)
        self.setAccessibleName(joined(" ", texts))
        self.setVisible(bool(texts))
