"""A page within the staff's part: content with the facts by which the screen around it draws heading and footer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme


class StaffPage(QWidget):
    """Build the content into `column`. The screen around it shows one such page at a time and destroys it with what it
    showed."""

    changed = Signal()
    """Heading, hint or `busy_text` is different now."""
    turned = Signal()
    """Something is new at its top: bring that into sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.heading = ""
        self.hint = ""
        self.busy_text = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.metrics.gap_px)

    def enter(self) -> None:
        """The page is shown, for the first time or again."""

    def leave(self) -> None:
        """The page is gone, or another one is over it: stop what runs, hide what is nobody else's."""

    def orient(self) -> None:
        """Another text size."""

    def first_focus(self) -> QWidget | None:
        """Where typing starts, None for the heading."""
        return None
