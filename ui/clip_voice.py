"""Reads aloud from recorded clips: the text is found by its hash, and values are put together from single words."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.clips import ClipShelf, Composer
from ui.clip_player import ClipPlayer
from ui.voice import USUAL_RATE


class ClipVoice:
    """A `ui.voice.Voice`. One shelf and one composer a language."""

    def __init__(self, player: ClipPlayer, shelves: Mapping[str, tuple[ClipShelf, Composer]]) -> None:
        self._player = player
        self._shelves = {language: pair for language, pair in shelves.items() if len(pair[0])}

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Whether clips were recorded for all of it, and can be heard here."""
        found = all(self._sounds(text, language) is not None for text in texts)
        return found and self._player.can_play

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """Clip after clip."""
        self._player.play(self._sounds(text, language) or (), rate / USUAL_RATE, done)

    def set_rate(self, rate: int) -> None:
        """At once; the pitch stays."""
        self._player.set_rate(rate / USUAL_RATE)

    def pause(self) -> bool:
        """In the middle of a word."""
        self._player.pause()
        return True

    def resume(self) -> None:
        """With the rest of the word."""
        self._player.resume()

    def stop(self) -> None:
        """At once."""
        self._player.stop()

    def _sounds(self, text: str, language: str) -> tuple[Path, ...] | None:
        if language not in self._shelves:
            return None
        shelf, composer = self._shelves[language]
        words = composer.compose(text)
        return None if words is None else tuple(path for word in words if (path := shelf.find(word)) is not None)
