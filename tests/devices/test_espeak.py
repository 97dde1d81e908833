"""espeak-ng as a real program where it is installed, and programs in its place that fail in its ways."""

import io
import shutil
import wave
from pathlib import Path

import pytest

from devices.espeak import PROGRAM, Espeak
from kiosk.speech import SpeechProblem

needs_espeak = pytest.mark.skipif(
    shutil.which(PROGRAM) is None, reason="no espeak-ng on this machine. As an administrator: apt-get install espeak-ng"
)


def program(folder: Path, script: str) -> str:
    path = folder / "espeak"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@needs_espeak
@pytest.mark.parametrize(("text", "language"), [("Mời ông/bà chọn việc cần làm", "vi"), ("Please choose", "en")])
def test_the_real_program_gives_a_sound_through_a_pipe(text: str, language: str) -> None:
    voice = Espeak()
    assert language in voice.languages
    content = voice.wave(text, language)
    with wave.open(io.BytesIO(content)) as sound:
        assert 0.5 < sound.getnframes() / sound.getframerate() < 5


@pytest.mark.parametrize("script", ["exit 3", "echo no sound", "printf 'RIFF0000WAVEfmt '", "exec sleep 5"])
def test_a_program_that_fails_or_hangs_is_given_up(script: str, tmp_path: Path) -> None:
    voice = Espeak(program(tmp_path, script), timeout_s=0.3)
    assert voice.languages == {"vi", "en"}
    with pytest.raises(SpeechProblem) as caught:
        voice.wave("NGUYỄN VĂN MẪU", "vi")
    assert "MẪU" not in str(caught.value)


def test_what_is_said_is_no_argument(tmp_path: Path) -> None:
    voice = Espeak(program(tmp_path, f'echo "$@" > {tmp_path}/arguments; exit 1'))
    with pytest.raises(SpeechProblem):
        voice.wave("NGUYỄN VĂN MẪU", "vi")
    assert "MẪU" not in (tmp_path / "arguments").read_text(encoding="utf-8")


def test_no_program_no_language() -> None:
    voice = Espeak("no-such-program")
    assert voice.languages == frozenset()
    with pytest.raises(SpeechProblem):
        voice.wave("x", "vi")
