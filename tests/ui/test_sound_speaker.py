"""Tests of ui/sound_speaker.py and ui/sound_waves.py: what is heard, how loud, and that silence is no fault."""

import itertools
from array import array
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.config import SoundSettings
from ui.sound_speaker import SoundSpeaker, make_sounds
from ui.sound_waves import NOTES, RATE_HZ, samples
from ui.sounds import Silence, Sound


def crossings_hz(wave: "array[int]") -> float:
    ups = sum(before < 0 <= after for before, after in itertools.pairwise(wave))
    return ups * RATE_HZ / len(wave)


@pytest.mark.parametrize("sound", Sound)
def test_every_sound_is_between_500_and_1000_hz_and_begins_softly(sound: Sound) -> None:
    for note in NOTES[sound]:
        if note.hz:
            assert 500 <= note.hz <= 1000
            wave = array("h", samples([note], 1.0))
            assert abs(crossings_hz(wave) - note.hz) < 1.5 / note.seconds
            assert abs(wave[0]) < 500
            assert abs(wave[-1]) < 3000
    assert len(NOTES[sound]) == 1 or len({(note.hz, note.seconds) for note in NOTES[sound]}) > 1


def test_half_the_volume_is_half_as_high() -> None:
    full, half = (array("h", samples(NOTES[Sound.CALL], volume)) for volume in (1.0, 0.5))
    assert abs(max(full) - 2 * max(half)) <= 2
    assert not any(array("h", samples(NOTES[Sound.CALL], 0.0)))


def test_a_machine_without_sound_server_is_silent_and_no_more(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nor is anything said of it in the log."""
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    player = make_sounds(SoundSettings())
    for sound in Sound:
        player.play(sound)
        player.play(sound)
    if isinstance(player, SoundSpeaker):
        player.deleteLater()


def test_the_settings_decide(qapp: QApplication) -> None:
    assert isinstance(make_sounds(SoundSettings(heard="nothing")), Silence)
    assert isinstance(make_sounds(SoundSettings(volume_percent=0)), Silence)
