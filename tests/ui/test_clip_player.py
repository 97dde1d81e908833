"""The player with Qt's real multimedia: clips from files and from memory, their pace, and machines without sound."""

import io
import math
import struct
import sys
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.clips import ClipShelf, Composer, clip_id
from kiosk.spoken_numbers import WORDS
from ui.clip_player import ClipPlayer, NoSound
from ui.clip_voice import ClipVoice

TONE = Path(__file__).parent.parent / "fixtures" / "voice" / "tone.opus"
NO_MULTIMEDIA = "Qt's multimedia does not load here. As an administrator of Debian or Ubuntu: apt-get install libpulse0"


def multimedia_loads() -> bool:
    try:
        import PySide6.QtMultimedia  # noqa: F401, PLC0415 - what is asked
    except ImportError:
        return False
    return True


needs_sound = pytest.mark.skipif(not multimedia_loads(), reason=NO_MULTIMEDIA)


def a_wave(seconds: float) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        samples = (round(9000 * math.sin(i / 3)) for i in range(round(8000 * seconds)))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return content.getvalue()


class Ear:
    """A sink that counts what comes out instead of a loudspeaker."""

    def __init__(self) -> None:
        self.frames = 0
        self.compensates = False

    def __call__(self, player: object) -> None:
        from PySide6.QtMultimedia import QAudioBufferOutput, QMediaPlayer  # noqa: PLC0415 - may be missing

        assert isinstance(player, QMediaPlayer)
        out = QAudioBufferOutput(player)
        out.audioBufferReceived.connect(self._hear)
        player.setAudioBufferOutput(out)
        self.player = player

    def _hear(self, heard: object) -> None:
        self.frames += heard.frameCount()  # type: ignore[attr-defined]


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def player(ear: Ear, qtbot: QtBot) -> Iterator[ClipPlayer]:
    made = ClipPlayer(ear)
    yield made
    made.stop()
    made.deleteLater()


def played(player: ClipPlayer, sounds: list[Path | bytes], qtbot: QtBot, rate: float = 2.0) -> list[bool]:
    ends: list[bool] = []
    player.play(sounds, rate, ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    return ends


@needs_sound
def test_sounds_are_played_in_order_to_their_end(player: ClipPlayer, ear: Ear, qtbot: QtBot) -> None:
    assert played(player, [TONE, a_wave(0.2), TONE], qtbot) == [True]
    assert ear.frames > 0.8 * (2 * 0.3 * 48_000 + 0.2 * 8_000)
    assert ear.player.pitchCompensation()
    assert ear.player.playbackRate() == 2.0
    player.set_rate(0.5)
    assert ear.player.playbackRate() == 0.5


@needs_sound
def test_what_cannot_be_played_is_told(player: ClipPlayer, qtbot: QtBot, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.opus"
    damaged.write_bytes(TONE.read_bytes()[:60])
    assert played(player, [damaged], qtbot) == [False]
    assert played(player, [tmp_path / "missing.opus", TONE], qtbot) == [False]


@needs_sound
def test_it_is_silent_at_once_and_tells_nobody(player: ClipPlayer, ear: Ear, qtbot: QtBot) -> None:
    ends: list[bool] = []
    player.play([a_wave(3.0)], 1.0, ends.append)
    qtbot.waitUntil(lambda: ear.frames > 0)
    player.pause()
    player.resume()
    player.stop()
    assert played(player, [TONE], qtbot) == [True]
    assert ends == []
    assert not player._buffer.data()


@needs_sound
def test_clips_are_heard_one_after_the_other(player: ClipPlayer, qtbot: QtBot, tmp_path: Path) -> None:
    for text in ("Có", "hai", "chỗ"):
        (tmp_path / f"{clip_id(text)}.opus").write_bytes(TONE.read_bytes())
    shelf = ClipShelf((tmp_path,))
    composer = Composer(("Có {count} chỗ",), lambda text: shelf.find(text) is not None)
    voice = ClipVoice(player, {"vi": (shelf, composer), "en": (ClipShelf(()), Composer((), set(WORDS).__contains__))})
    assert voice.covers(["Có 2 chỗ"], "vi")
    assert not voice.covers(["Có 3 chỗ"], "vi")
    assert not voice.covers(["Có 2 chỗ"], "en")
    ends: list[bool] = []
    voice.say("Có 2 chỗ", "vi", 200, ends.append)
    qtbot.waitUntil(lambda: ends == [True])


def no_loudspeaker(_player: object) -> None:
    raise NoSound("no sound device")


@pytest.mark.parametrize("lacks", ["library", "loudspeaker"])
def test_a_machine_without_sound_says_so_and_goes_on(
    lacks: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ear: Callable[[object], None]
) -> None:
    if lacks == "library":  # as Python finds it where libpulse0 is missing
        monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    elif not multimedia_loads():
        pytest.skip(NO_MULTIMEDIA)
    player = ClipPlayer(ear if lacks == "library" else no_loudspeaker)
    assert not player.prepare()
    assert not player.can_play
    assert played(player, [TONE], qtbot) == [False]
    player.pause()
    player.resume()
    player.stop()
    player.deleteLater()
