"""A stand-in for the voice of the gallery: begins to say a text and never ends."""

from collections.abc import Callable, Sequence


class StillVoice:
    """A `ui.voice.Voice` that is heard by nobody; `speaks` tells whether there is one at all."""

    def __init__(self) -> None:
        self.speaks = False
        self.said: list[str] = []

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Everything, or nothing."""
        return self.speaks

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """It never comes to the end."""
        self.said.append(text)

    def set_rate(self, rate: int) -> None:
        """Nothing changes."""

    def pause(self) -> bool:
        """It holds."""
        return True

    def resume(self) -> None:
        """It goes on."""

    def stop(self) -> None:
        """It is silent."""
