"""Tells the second tap of a trembling finger from a press that is meant."""

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication


class SecondTap:
    """Belongs to one thing that can be pressed, and is told when that is shown and pressed.

    Qt calls a second touch within the system's time for it a double click, however far from the first one it is. What
    was shown no longer ago than that cannot have been aimed at: the touch was meant for the page before.
    """

    def __init__(self) -> None:
        self._since_shown = QElapsedTimer()
        self._since_pressed = QElapsedTimer()

    def shown(self) -> None:
        """It is there from now on."""
        self._since_shown.start()

    def pressed(self) -> None:
        """It was pressed."""
        self._since_pressed.start()

    def counts(self, *, once: bool) -> bool:
        """Whether a double click now is a press of its own. `once`: one that follows a press of the same thing is not,
        because twice would be too much or would take the first one back."""
        since = [self._since_shown, *([self._since_pressed] if once else [])]
        return not any(_is_short(each) for each in since)


def _is_short(timer: QElapsedTimer) -> bool:
    return timer.isValid() and timer.elapsed() <= QApplication.doubleClickInterval()
