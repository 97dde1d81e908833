"""Reads aloud by a speech engine outside this program; it may be slow, hang or go away, and the page does not wait."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from kiosk.clips import spoken_line
from kiosk.speech import SpeechEngine, SpeechSynthesizer
from ui.clip_player import ClipPlayer
from ui.tasks import Lane, Tasks
from ui.voice import USUAL_RATE

LEAST_S = 10.0
S_A_CHARACTER = 0.4
"""The longest that a text may take at the usual rate: three times what slow reading takes."""


def time_limit_s(text: str, rate: int) -> float:
    """After so many seconds an engine that has not said the text hangs."""
    return LEAST_S + S_A_CHARACTER * len(text) * USUAL_RATE / min(rate, USUAL_RATE)


class EngineVoice(QObject):
    """A `ui.voice.Voice` of an engine that makes itself heard, such as speech-dispatcher. It cannot hold in the middle
    of a sentence. An engine that failed once is not used again until the kiosk starts anew."""

    def __init__(self, engine: SpeechEngine, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._tasks = tasks
        self._languages: frozenset[str] = frozenset()
        self._turn = 0
        self._dog = QTimer(self)
        self._dog.setSingleShot(True)
        self._dog.timeout.connect(self._give_up)
        self._done: Callable[[bool], None] | None = None
        tasks.run(Lane.VOICE, engine.languages, owner=self, done=self._learn, failed=lambda _error: None)

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Every text in a language that the engine has a voice for; until that is known, none."""
        return language in self._languages

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """In the engine's own lane."""
        self.stop()
        self._turn += 1
        turn, line, self._done = self._turn, spoken_line(text, language), done
        limit_s = time_limit_s(line, rate)
        self._dog.start(round(limit_s * 1000))

        def work() -> bool:
            # Stopped while it waited for its turn: nothing of it is said.
            return turn == self._turn and self._engine.speak(line, language, rate, limit_s)

        self._tasks.run(
            Lane.VOICE,
            work,
            owner=self,
            done=lambda _said: self._end(turn, well=True),
            failed=lambda _error: self._give_up(turn),
        )

    def set_rate(self, rate: int) -> None:
        """From the next text on."""

    def pause(self) -> bool:
        """It stops; the sentence is said again."""
        self.stop()
        return False

    def resume(self) -> None:
        """Nothing is held."""

    def stop(self) -> None:
        """At once, as far as the engine obeys."""
        self._turn += 1
        self._dog.stop()
        if self._done is not None:
            self._done = None
            self._engine.stop()

    def _learn(self, languages: frozenset[str]) -> None:
        self._languages = languages

    def _give_up(self, turn: int | None = None) -> None:
        if turn is None or turn == self._turn:
            self._languages = frozenset()
            self._engine.stop()
            self._end(self._turn, well=False)

    def _end(self, turn: int, *, well: bool) -> None:
        done = self._done
        if turn == self._turn and done is not None:
            self._done = None
            self._dog.stop()
            done(well)


class SynthesizedVoice(QObject):
    """A `ui.voice.Voice` of a program that turns a text into a sound; the player plays it from memory."""

    def __init__(
        self, synthesizer: SpeechSynthesizer, player: ClipPlayer, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._synthesizer = synthesizer
        self._player = player
        self._tasks = tasks
        self._works = True
        self._turn = 0
        self._held = False

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Every text in a language that the program has."""
        return self._works and language in self._synthesizer.languages and self._player.can_play

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """Made in a lane, then played."""
        self.stop()
        turn = self._turn
        line = spoken_line(text, language)

        def play(wave: bytes) -> None:
            if turn == self._turn:
                self._player.play((wave,), rate / USUAL_RATE, done)
                if self._held:
                    self._player.pause()

        def fail(_error: Exception) -> None:
            if turn == self._turn:
                self._works = False
                done(False)  # noqa: FBT003 - the answer of a callback

        self._tasks.run(Lane.VOICE, lambda: self._synthesizer.wave(line, language), owner=self, done=play, failed=fail)

    def set_rate(self, rate: int) -> None:
        """At once; the pitch stays."""
        self._player.set_rate(rate / USUAL_RATE)

    def pause(self) -> bool:
        """In the middle of a word."""
        self._held = True
        self._player.pause()
        return True

    def resume(self) -> None:
        """With the rest of the word."""
        self._held = False
        self._player.resume()

    def stop(self) -> None:
        """At once; what is being made is thrown away."""
        self._turn += 1
        self._held = False
        self._player.stop()
