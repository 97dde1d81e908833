"""Tells screen readers what no focus tells: another page, what is wrong, how long work is getting on."""

import re

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ui.labels import Label
from ui.spoken import spoken
from ui.tokens import Role

QUIET_MS = 3_000
"""A line that changes sooner is told when it has stood so long: a voice needs about that for a short sentence."""
SAME_WORDS_MS = 10_000
"""A line of which only the numbers change, such as the percents of a scan, is told no oftener."""


def announce(source: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have it said, after what is being said or, when urgent, at once. Nothing happens where no screen reader runs."""
    words = spoken(text)
    if words and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(source, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        send(event)


def send(event: QAccessibleAnnouncementEvent) -> None:
    """To the bridge of the system."""
    QAccessible.updateAccessibility(event)


class LiveLabel(Label):
    """A line of news: what it says is announced when it changes, but not faster than a voice can follow."""

    def __init__(self, text: str = "", role: Role = Role.BODY, *, wrap: bool = True) -> None:
        self._is_made = False
        super().__init__(text, role, wrap=wrap)
        self._is_made = True
        self._told = ""
        self._since_told = QElapsedTimer()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._announce)

    def setText(self, text: str) -> None:
        """Show it, and tell it soon. The first text belongs to the page, which is announced as a whole."""
        if text == self.text():
            return
        super().setText(text)
        if text and self._is_made:
            passed_ms = self._since_told.elapsed() if self._told else self._wait_ms(text)
            self._soon.start(max(0, self._wait_ms(text) - passed_ms))

    def _wait_ms(self, text: str) -> int:
        return SAME_WORDS_MS if _without_numbers(text) == _without_numbers(self._told) else QUIET_MS

    def _announce(self) -> None:
        if self.isVisible() and self.text() and self.text() != self._told:
            self._told = self.text()
            self._since_told.start()
            announce(self, self._told)


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "", text)
