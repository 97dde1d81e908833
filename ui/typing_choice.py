"""How accents are typed on a real keyboard in this visit: what the person chose, or what the office has set."""

from PySide6.QtCore import QObject, Signal

from kiosk.config import TypingSettings
from kiosk.typed_word import Method


class TypingChoice(QObject):
    """Outlives the pages and the frame; `reset` at the end of a visit."""

    changed = Signal()

    def __init__(self, settings: TypingSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings or TypingSettings()
        self.method = self._settings.method
        self.gave_way = False
        """Whether the machine's own input method was found at work: two at once would compose what is composed."""

    @property
    def older(self) -> bool:
        """Whether tones are placed as before the reform: hòa, khỏe, thúy."""
        return self._settings.tones == "older"

    def choose(self, method: Method) -> None:
        """The person has pressed one of the three; it holds also beside the machine's own method."""
        self.method = method
        self.gave_way = False
        self.changed.emit()

    def give_way(self) -> None:
        """The machine composes by itself."""
        if self.method is not Method.OFF:
            self.method = Method.OFF
            self.gave_way = True
            self.changed.emit()

    def reset(self) -> None:
        """The next person begins with what the office has set."""
        self.method = self._settings.method
        self.gave_way = False
        self.changed.emit()
