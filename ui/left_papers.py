"""The guard of the first page: whoever finds somebody else's paper here can say so, and need not read it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.texts import _
from ui.buttons import SecondaryButton
from ui.labels import Label
from ui.theme import Theme
from ui.tokens import Role


class LeftPapers(QWidget):
    """A quiet line with a button that calls the staff."""

    found = Signal()
    """Somebody found a paper that is not theirs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.metrics.gap_px)
        line.addWidget(Label(_("Nếu thấy giấy tờ của người khác ở máy này, xin ông/bà đừng đọc."), Role.PROGRESS), 1)
        self.button = SecondaryButton(theme, _("Báo cán bộ"), icon_name="file-text")
        self.button.setObjectName("left_papers")
        self.button.clicked.connect(self.found)
        line.addWidget(self.button)
