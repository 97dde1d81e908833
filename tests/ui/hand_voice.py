"""A voice in the hands of a test: it says what it is given to say until the test lets it end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer


class HandVoice(QObject):
    """A `ui.voice.Voice` that covers everything but the texts in `unknown`."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown: set[str] = set()
        self.said: list[str] = []
        self.rates: list[int] = []
        self.acts: list[str] = []
        self.holds = True
        self.hangs = True
        self._done: Callable[[bool], None] | None = None

    def covers(self, texts: Sequence[str], language: str) -> bool:
        return not self.unknown & set(texts)

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        self.said.append(text)
        self.rates.append(rate)
        self._done = done
        if not self.hangs:
            QTimer.singleShot(0, self, self.end)

    def end(self, *, well: bool = True) -> None:
        """What is being said is over."""
        done, self._done = self._done, None
        if done is not None:
            done(well)

    @property
    def speaks(self) -> bool:
        return self._done is not None

    def set_rate(self, rate: int) -> None:
        self.rates.append(rate)

    def pause(self) -> bool:
        self.acts.append("pause")
        if not self.holds:
            self.stop()
        return self.holds

    def resume(self) -> None:
        self.acts.append("resume")

    def stop(self) -> None:
        self._done = None
