"""The first thing on the screen: the kiosk is being put together, which takes from a second to some ten."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout

from kiosk.texts import _
from ui.notices import Notice
from ui.screen import Screen
from ui.theme import Theme

_PATIENCE_MS = 3000


class OpeningScreen(Screen):
    """Nothing can be done here yet. It needs little of the program, so it is there at once."""

    painted = Signal()
    """It can be seen, or should be by now: what takes long may begin. Comes once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.heading = _("Máy đang mở")
        self.next_label = None
        self.can_go_back = False
        self._told = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Notice(theme, _("Xin ông/bà chờ một chút."), icon_name="hourglass"))
        column.addStretch(1)

    def enter(self) -> None:
        """A window that the system never shows is no reason to keep the kiosk, and what waits to be sent, waiting."""
        QTimer.singleShot(_PATIENCE_MS, self, self._tell)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The signal comes when this painting, and that of the whole window with it, is over."""
        super().paintEvent(event)
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self.painted.emit()
