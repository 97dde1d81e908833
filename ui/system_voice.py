"""Reads aloud with the voices of Windows through Qt, where one of them speaks the language of the page."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer

from kiosk.clips import spoken_line
from ui.engine_voice import time_limit_s
from ui.voice import USUAL_RATE

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

ENGINES = ("winrt", "sapi")
_LOCALES = {"vi": QLocale.Language.Vietnamese, "en": QLocale.Language.English}


class SystemVoice(QObject):
    """A `ui.voice.Voice`. Nobody waits for the engine to be ready: until it names a voice, and once it hung, there is
    none."""

    def __init__(self, engine: str = "", parent: QObject | None = None) -> None:
        """`engine` names one of Qt's; empty takes the best of Windows that there is."""
        super().__init__(parent)
        self._engine = _make(engine, self)
        self._failed = self._engine is None
        self._done: Callable[[bool], None] | None = None
        self._began = False
        self._dog = QTimer(self)
        self._dog.setSingleShot(True)
        self._dog.timeout.connect(self._give_up)
        if self._engine is not None:
            self._engine.stateChanged.connect(self._look)
            self._engine.errorOccurred.connect(lambda _reason, _text: self._give_up())

    def covers(self, texts: Sequence[str], language: str) -> bool:
        """Every text in a language that a voice speaks."""
        return self._locale(language) is not None

    def say(self, text: str, language: str, rate: int, done: Callable[[bool], None]) -> None:
        """At once; a text before it is cut off."""
        self.stop()
        locale = self._locale(language)
        if self._engine is None or locale is None:
            QTimer.singleShot(0, self, lambda: done(False))  # noqa: FBT003 - the answer of a callback
            return
        line = spoken_line(text, language)
        self._engine.setLocale(locale)
        self._engine.setRate(qt_rate(rate))
        self._done, self._began = done, False
        self._dog.start(round(time_limit_s(line, rate) * 1000))
        self._engine.say(line)

    def set_rate(self, rate: int) -> None:
        """From the next text on."""

    def pause(self) -> bool:
        """It stops; the sentence is said again: not every voice of Windows can be held."""
        self.stop()
        return False

    def resume(self) -> None:
        """Nothing is held."""

    def stop(self) -> None:
        """At once."""
        self._dog.stop()
        self._done = None
        if self._engine is not None and not self._failed:
            self._engine.stop()

    def _locale(self, language: str) -> QLocale | None:
        if self._engine is None or self._failed:
            return None
        wanted = _LOCALES[language]
        return next((each for each in self._engine.availableLocales() if each.language() is wanted), None)

    def _look(self) -> None:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - loaded by now

        state = self._engine.state() if self._engine is not None else None
        if state is QTextToSpeech.State.Speaking:
            self._began = True
        elif state is QTextToSpeech.State.Ready and self._began and self._done is not None:
            done, self._done = self._done, None
            self._dog.stop()
            QTimer.singleShot(0, self, lambda: done(True))  # noqa: FBT003 - the answer of a callback

    def _give_up(self) -> None:
        done, self._done = self._done, None
        self._failed = True
        self._dog.stop()
        if done is not None:
            done(False)  # noqa: FBT003 - the answer of a callback


def qt_rate(rate: int) -> float:
    """Per cent as Qt has it: -1.0 is the slowest, 0.0 the usual, 1.0 the fastest."""
    return max(-1.0, (rate - USUAL_RATE) / 50) if rate < USUAL_RATE else min(1.0, (rate - USUAL_RATE) / 100)


def _make(name: str, parent: QObject) -> "QTextToSpeech | None":
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - it needs Qt's multimedia, which may be missing
    except ImportError:
        return None
    there = QTextToSpeech.availableEngines()
    engine = next((each for each in ((name,) if name else ENGINES) if each in there), "")
    return QTextToSpeech(engine, parent) if engine else None
