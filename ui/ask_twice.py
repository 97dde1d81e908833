"""A button for what cannot be taken back: the first touch asks, and only a second one, at another place, does it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.texts import composed
from ui.buttons import DangerButton, SecondaryButton
from ui.theme import Theme


class AskTwice(QWidget):
    """Shows one button; touched, two in its place: do it, or leave it. The one that leaves it stands where the finger
    is, so that a trembling hand does nothing."""

    confirmed = Signal()
    asking = Signal(bool)
    """Whether it asks now: what stands beside it may make room."""

    def __init__(
        self, theme: Theme, words: tuple[str, str, str], icon_name: str, needed: Callable[[], bool] = lambda: True
    ) -> None:
        """`words`: what is wanted, the words that do it, and those that leave it. While it is not `needed` to ask, the
        first touch does it."""
        super().__init__()
        self._needed = needed
        first, do_it, leave_it = words
        self.first = SecondaryButton(theme, first, icon_name=icon_name)
        self.do_it = DangerButton(theme, do_it, icon_name=icon_name)
        self.leave_it = SecondaryButton(theme, leave_it)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.gap_px)
        for button in (self.do_it, self.leave_it, self.first):
            button.swallows_second_tap = True
            row.addWidget(button)
        self.first.clicked.connect(self._on_first)
        self.leave_it.clicked.connect(lambda: self._ask(asks=False))
        self.do_it.clicked.connect(self.confirmed)
        self._show(asks=False)

    def name(self, name: str, subject: str) -> None:
        """Names for tests and tours, and for screen readers what the buttons are about."""
        for button, suffix in ((self.first, ""), (self.do_it, ":yes"), (self.leave_it, ":no")):
            button.setObjectName(name + suffix)
            button.setAccessibleName(composed("{}: {}", button.words, subject))

    def _on_first(self) -> None:
        if self._needed():
            self._ask(asks=True)
        else:
            self.confirmed.emit()

    def _ask(self, *, asks: bool) -> None:
        by_key = self.first.hasFocus() or self.leave_it.hasFocus()
        self._show(asks=asks)
        if by_key:
            (self.leave_it if asks else self.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, *, asks: bool) -> None:
        self.first.setVisible(not asks)
        self.do_it.setVisible(asks)
        self.leave_it.setVisible(asks)
        self.asking.emit(asks)
