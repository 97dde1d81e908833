"""Base of the pages that lead back to a visit that was saved: each asks one thing and says what was given."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screen import Problem, Screen
from ui.theme import Theme


class ResumePage(Screen):
    """Fill it through `column`. Continue calls `go_on`, once `check` found nothing wrong."""

    given = Signal(object)
    """What was given on this page; what it is, each page says."""
    staff_wanted = Signal()
    """There is no code: the staff are to help."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.metrics.gap_px)

    def go_on(self) -> None:
        """Continue was pressed, and nothing is wrong."""

    def refuse(self, text: str, field: QWidget | None = None) -> None:
        """Say what is wrong with what was given, or what came of it; another may be given."""
        self.busy = False
        self.problems = (*self.problems, Problem(text, field))
        self.changed.emit()

    def wait(self) -> None:
        """What was given is being looked at."""
        self.problems = ()
        self.busy = True
        self.changed.emit()
