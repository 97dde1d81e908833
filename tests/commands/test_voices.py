"""The voices of a kiosk put together: without a sound server, in a rehearsal, and with all clips."""

import shutil
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commands.composition import load_shipped
from commands.gallery_scenes import SCENES
from commands.gallery_stage import OFFICE, Stage, make_props
from commands.voice_texts import clips_to_record
from commands.voices import make_voice
from devices.espeak import PROGRAM, Espeak
from kiosk.clips import Composer, clip_id
from kiosk.config import VoiceSettings
from kiosk.resources import resource_path
from kiosk.spoken_messages import messages
from kiosk.spoken_privacy import kept_back
from tests.ui.test_clip_player import Ear, needs_sound
from ui.clip_player import ClipPlayer
from ui.engine_voice import SynthesizedVoice
from ui.reading_order import reading_order
from ui.sound_server import has_sound_server
from ui.tasks import Tasks
from ui.theme import Theme
from ui.tokens import Panel


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks(lambda _error: None)
    yield made
    assert made.shutdown(5.0)


def test_without_a_sound_server_nothing_is_loaded_and_nothing_read(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not has_sound_server()
    voice = make_voice(VoiceSettings(machine=False), tasks, demo=True)
    assert not voice.covers(["Xong"], "vi")
    monkeypatch.setenv("PULSE_SERVER", "unix:/somewhere")
    assert has_sound_server()


@needs_sound
@pytest.mark.skipif(
    shutil.which(PROGRAM) is None, reason="no espeak-ng. As an administrator: apt-get install espeak-ng"
)
def test_the_placeholder_is_heard_from_memory(tasks: Tasks, qtbot: QtBot) -> None:
    ear = Ear()
    voice = SynthesizedVoice(Espeak(), ClipPlayer(ear, tasks), tasks, tasks)
    assert voice.covers(["Xong"], "vi")
    ends: list[bool] = []
    voice.say("Xong", "vi", 200, ends.append)
    qtbot.waitUntil(lambda: ends == [True])
    assert ear.frames > 2000
    voice.say("Ông/bà còn đó không?", "vi", 50, ends.append)
    voice.stop()
    assert ends == [True]


@pytest.mark.proof
def test_what_the_script_asks_for_covers_whole_pages(qapp: QApplication) -> None:
    shipped = load_shipped()
    names = (OFFICE.name, OFFICE.place)
    recorded = {clip.id for clip in clips_to_record(resource_path("locale"), shipped.catalog.services, "vi", names)}
    composer = Composer(messages(resource_path("locale"), "vi"), lambda text: clip_id(text) in recorded)
    stage = Stage(Theme(qapp, Panel()), make_props(shipped, "2.000635"))
    silent: dict[str, list[str]] = {}
    for name in (
        "home",
        "before",
        "form-choice",
        "parts",
        "capture",
        "originals",
        "sending",
        "done-kept",
        "exit",
        "help",
    ):
        SCENES[name](stage)
        words = reading_order(stage.frame, lambda text: kept_back(text, "đã che", (OFFICE.phone,)))
        silent[name] = [each.text for each in words if composer.compose(each.text) is None]
        stage.clear()
    stage.close()
    assert {name: texts for name, texts in silent.items() if texts} == {}
