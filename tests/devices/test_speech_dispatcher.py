"""The driver of speech-dispatcher against its protocol on a real socket: voices, texts, and daemons that hang."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import devices.speech_dispatcher as driver
from devices.speech_dispatcher import SpeechDispatcher, ssip_rate
from kiosk.speech import SpeechProblem
from tests.devices.fake_speechd import FakeSpeechd

Start = Callable[..., FakeSpeechd]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setattr(driver, "ANSWER_S", 0.3)
    started: list[FakeSpeechd] = []

    def make(mood: str = "well", modules: dict[str, list[str]] | None = None) -> FakeSpeechd:
        started.append(FakeSpeechd(tmp_path, mood, modules))
        return started[-1]

    yield make
    for each in started:
        each.close()


def engine(daemon: FakeSpeechd) -> SpeechDispatcher:
    return SpeechDispatcher(daemon.path, starts=False)


def test_a_text_is_said_by_a_voice_that_people_understand(start: Start) -> None:
    daemon = start()
    speech = engine(daemon)
    assert speech.languages() == {"vi", "en"}
    assert speech.speak(".Xin chào\nông/bà", "vi", 75, 5.0)
    assert daemon.texts == ["..Xin chào\nông/bà"]
    assert "SET self OUTPUT_MODULE vendor" in daemon.commands
    assert "SET self SYNTHESIS_VOICE Mai" in daemon.commands
    assert "SET self RATE -50" in daemon.commands


def test_the_placeholder_is_no_vietnamese_voice(start: Start) -> None:
    assert engine(start(modules={"espeak-ng": ["Vietnamese\tvi\tnone"]})).languages() == frozenset()


@pytest.mark.parametrize("mood", ["silent", "refuses", "gone", "endless"])
def test_a_daemon_that_hangs_is_left_behind(mood: str, start: Start) -> None:
    daemon = start()
    speech = engine(daemon)
    speech.languages()
    daemon.mood = mood
    with pytest.raises(SpeechProblem):
        speech.speak("NGUYỄN VĂN MẪU", "vi", 100, 0.3)


def test_a_daemon_that_never_answers_has_no_voice(start: Start, tmp_path: Path) -> None:
    assert engine(start("silent")).languages() == frozenset()
    assert SpeechDispatcher(tmp_path / "nothing", starts=False).languages() == frozenset()


def test_it_is_silent_when_it_is_told_so(start: Start) -> None:
    daemon = start("endless")
    speech = engine(daemon)
    speech.languages()
    said: list[bool] = []
    worker = threading.Thread(target=lambda: said.append(speech.speak("Xin chào", "vi", 100, 10.0)))
    worker.start()
    while not daemon.texts:
        worker.join(0.01)
    speech.stop()
    worker.join(3)
    assert said == [False]


@pytest.mark.parametrize(("percent", "rate"), [(50, -100), (75, -50), (100, 0), (150, 50), (200, 100)])
def test_the_pace_in_the_protocols_own_steps(percent: int, rate: int) -> None:
    assert ssip_rate(percent) == rate
