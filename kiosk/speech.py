"""What the reading aloud needs of a machine's speech, as small Protocols."""

from typing import Protocol

from kiosk.errors import KioskError


class SpeechProblem(KioskError):
    """The engine did not say it: gone, hanging, or refusing."""

    key = "speech"


class SpeechEngine(Protocol):
    """Makes itself heard. `stop` may be called from any thread."""

    def languages(self) -> frozenset[str]:
        """The languages ("vi", "en") that it has a voice for that people understand. Blocks at most some seconds;
        empty where there is no engine."""
        ...

    def speak(self, text: str, language: str, rate: int, timeout_s: float) -> bool:
        """Say it, `rate` in per cent. Blocks until it was said (True) or stopped (False), at most so long. Raises
        SpeechProblem."""
        ...

    def stop(self) -> None:
        """Be silent at once. Never raises."""
        ...


class SpeechSynthesizer(Protocol):
    """Turns a text into a sound in memory."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it has a voice for."""
        ...

    def wave(self, text: str, language: str) -> bytes:
        """The text as a WAV file, at 120 to 125 words a minute. Blocks for a time that is limited. Raises
        SpeechProblem."""
        ...
