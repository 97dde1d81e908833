"""Voices of engines outside: said in their lane, stopped at once, and given up for good when one hangs."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kiosk.speech import SpeechProblem
from ui.clip_player import ClipPlayer
from ui.engine_voice import EngineVoice, SynthesizedVoice, time_limit_s
from ui.tasks import Tasks
from ui.voice import FirstThatCan, NoVoice

A_WAIT_S = 5.0


class HandEngine:
    """A `kiosk.speech.SpeechEngine` that says a text until the test lets it end."""

    def __init__(self, *languages: str) -> None:
        self._languages = frozenset(languages)
        self.said: list[tuple[str, int]] = []
        self.go = threading.Event()
        self.stopped = 0
        self.breaks = False

    def languages(self) -> frozenset[str]:
        return self._languages

    def speak(self, text: str, language: str, rate: int, timeout_s: float) -> bool:
        self.said.append((text, rate))
        if self.breaks:
            raise SpeechProblem("broken")
        self.go.wait(A_WAIT_S)
        return True

    def stop(self) -> None:
        self.stopped += 1
        self.go.set()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks(lambda _error: None)
    yield made
    assert made.shutdown(A_WAIT_S)


@pytest.fixture
def engine() -> Iterator[HandEngine]:
    made = HandEngine("vi")
    yield made
    made.go.set()


def known(engine: HandEngine, tasks: Tasks, qtbot: QtBot) -> EngineVoice:
    voice = EngineVoice(engine, tasks, tasks)
    assert not voice.covers(["Xin chào"], "vi")  # nobody waits until the engine has told
    qtbot.waitUntil(lambda: voice.covers(["Xin chào"], "vi"))
    assert not voice.covers(["Hello"], "en")
    return voice


def test_a_text_is_said_with_its_values_as_words(engine: HandEngine, tasks: Tasks, qtbot: QtBot) -> None:
    voice = known(engine, tasks, qtbot)
    ends: list[bool] = []
    voice.say("Lệ phí 8.000 đồng", "vi", 150, ends.append)
    engine.go.set()
    qtbot.waitUntil(lambda: ends == [True])
    assert engine.said == [("Lệ phí tám nghìn đồng", 150)]


def test_what_waits_behind_a_stopped_text_is_never_said(engine: HandEngine, tasks: Tasks, qtbot: QtBot) -> None:
    voice = known(engine, tasks, qtbot)
    ends: list[bool] = []
    voice.say("một", "vi", 100, ends.append)
    qtbot.waitUntil(lambda: len(engine.said) == 1)
    engine.stop = lambda: None  # type: ignore[method-assign]  # it does not obey at once
    voice.say("hai", "vi", 100, ends.append)
    assert voice.pause() is False
    engine.go.set()
    done: list[bool] = []
    voice.say("ba", "vi", 100, done.append)
    qtbot.waitUntil(lambda: done == [True])
    assert [text for text, _rate in engine.said] == ["một", "ba"]
    assert ends == []


@pytest.mark.parametrize("how", ["breaks", "hangs"])
def test_an_engine_that_fails_is_not_asked_again(
    how: str, engine: HandEngine, tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.engine_voice.LEAST_S", 0.05)
    monkeypatch.setattr("ui.engine_voice.S_A_CHARACTER", 0.0)
    voice = known(engine, tasks, qtbot)
    engine.breaks = how == "breaks"
    ends: list[bool] = []
    voice.say("Xin chào", "vi", 100, ends.append)
    qtbot.waitUntil(lambda: ends == [False])
    assert not voice.covers(["Xin chào"], "vi")
    assert engine.stopped


class HandSynthesizer:
    """A `kiosk.speech.SpeechSynthesizer` that always fails."""

    languages = frozenset({"vi"})

    def wave(self, text: str, language: str) -> bytes:
        raise SpeechProblem("broken")


def test_a_program_that_makes_no_sound_is_not_asked_again(tasks: Tasks, qtbot: QtBot) -> None:
    player = ClipPlayer(lambda _player: None, tasks)
    player.prepare = lambda: True  # type: ignore[method-assign]  # whatever this machine can play
    voice = SynthesizedVoice(HandSynthesizer(), player, tasks, tasks)
    assert voice.covers(["a"], "vi")
    ends: list[bool] = []
    voice.say("a", "vi", 100, ends.append)
    qtbot.waitUntil(lambda: ends == [False])
    assert not voice.covers(["a"], "vi")


def test_the_first_voice_that_can_says_it(engine: HandEngine, tasks: Tasks, qtbot: QtBot) -> None:
    both = FirstThatCan([NoVoice(), known(engine, tasks, qtbot)])
    assert both.covers(["a", "b"], "vi")
    assert not FirstThatCan([]).covers(["a"], "vi")
    ends: list[bool] = []
    both.say("a", "vi", 100, ends.append)
    engine.go.set()
    qtbot.waitUntil(lambda: ends == [True])
    both.stop()


def test_a_slow_pace_may_take_longer() -> None:
    assert time_limit_s("x" * 100, 50) > time_limit_s("x" * 100, 100) == time_limit_s("x" * 100, 200)
