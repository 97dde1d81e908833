"""The voices of the system through Qt, played through its stand-in engine, which speaks English and no Vietnamese."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.test_clip_player import needs_sound
from ui.system_voice import SystemVoice, qt_rate


@needs_sound
def test_a_text_is_said_to_its_end_and_can_be_stopped(qtbot: QtBot) -> None:
    voice = SystemVoice("mock")
    assert voice.covers(["Hello"], "en")
    assert not voice.covers(["Xin chào"], "vi")
    ends: list[bool] = []
    voice.say("Hi", "en", 200, ends.append)
    qtbot.waitUntil(lambda: ends == [True])
    voice.say("Hi again", "en", 200, ends.append)
    assert voice.pause() is False
    voice.resume()
    voice.say("Xin chào", "vi", 100, ends.append)
    qtbot.waitUntil(lambda: ends == [True, False])
    voice.deleteLater()


@needs_sound
def test_an_engine_that_hangs_is_given_up(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.system_voice.time_limit_s", lambda _text, _rate: 0.01)
    voice = SystemVoice("mock")
    ends: list[bool] = []
    voice.say("a long text that takes the engine longer than it is given", "en", 50, ends.append)
    qtbot.waitUntil(lambda: ends == [False])
    assert not voice.covers(["Hello"], "en")
    voice.deleteLater()


def test_where_no_engine_is_there_is_no_voice(qtbot: QtBot) -> None:
    owner = QObject()
    voice = SystemVoice("no such engine", owner)
    assert not voice.covers(["Hello"], "en")
    voice.stop()


@pytest.mark.parametrize(("percent", "rate"), [(50, -1.0), (75, -0.5), (100, 0.0), (150, 0.5), (200, 1.0)])
def test_the_pace_as_qt_has_it(percent: int, rate: float) -> None:
    assert qt_rate(percent) == rate
