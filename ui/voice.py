"""What reads aloud, as the screens see it: says one text after the other, can be paused and stopped at any time."""

from collections.abc import Callable, Sequence
from typing import Protocol

RATES = (50, 60, 75, 100, 125, 150, 175, 200)
"""How fast, in per cent: eight steps from half to double (VVSG 2.0, 7.1-K). 100 is 120 to 125 words a minute."""
USUAL_RATE = 100


class Voice(Protocol):
    """A way to say texts. All calls are made on the window's thread and return at once."""

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Whether each of the texts can be said, whole."""
        ...

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """Begin to say it. `done` hears once how it ended, on a later turn of the loop: True when it was said, False
        when it could not be."""
        ...

    def set_rate(self, rate: int) -> None:
        """Faster or slower from here on; what is being said may go on as it was."""
        ...

    def pause(self) -> bool:
        """Hold. False where this voice cannot: then it was stopped, and the text is to be said again."""
        ...

    def resume(self) -> None:
        """Go on where it was held."""
        ...

    def stop(self) -> None:
        """Be silent at once; nobody is told that the text was done, and nothing of it is kept."""
        ...


class NoVoice:
    """A kiosk that reads nothing."""

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Never."""
        return False

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """It cannot."""
        done(False)  # noqa: FBT003 - the answer of a callback

    def set_rate(self, rate: int) -> None:
        """Nothing is said at any rate."""

    def pause(self) -> bool:
        """There is nothing to hold."""
        return False

    def resume(self) -> None:
        """There is nothing to go on with."""

    def stop(self) -> None:
        """It is silent already."""


class FirstThatCan:
    """Several voices as one: each text is said by the first of them that can, recorded people before machines."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self._voices = tuple(voices)
        self._now: Voice = NoVoice()

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Whether there is a voice for each."""
        return all(any(voice.covers((text,), language) for voice in self._voices) for text in texts)

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """By the first that can."""
        self._now.stop()
        self._now = next((voice for voice in self._voices if voice.covers((text,), language)), NoVoice())
        self._now.say(text, language, rate, done)

    def set_rate(self, rate: int) -> None:
        """For what is being said."""
        self._now.set_rate(rate)

    def pause(self) -> bool:
        """What is being said."""
        return self._now.pause()

    def resume(self) -> None:
        """What was being said."""
        self._now.resume()

    def stop(self) -> None:
        """What is being said."""
        self._now.stop()
