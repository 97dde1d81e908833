"""The switch for who wants more time: for the rest of the visit all limits of silence are longer."""

from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.texts import _
from ui.choice_rows import TickRow
from ui.labels import Label
from ui.theme import Theme
from ui.tokens import Role


class GiveTime(Protocol):
    """What the switch does."""

    def __call__(self, *, wanted: bool) -> None:
        """Longer limits from now on, or the usual ones."""
        ...


class TimeChoice(QWidget):
    """Stands on the panel of size and colours, and takes effect at once, as they do."""

    def __init__(self, theme: Theme, give: GiveTime, *, chosen: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.px(3))
        column.addWidget(Label(_("Thời gian"), Role.STRONG))
        self.tick = TickRow(theme, _("Cần thêm thời gian: máy chờ lâu hơn rồi mới che màn hình"))
        self.tick.setObjectName("more_time")
        self.tick.setChecked(chosen)
        self.tick.clicked.connect(lambda checked: give(wanted=checked))
        column.addWidget(self.tick)
