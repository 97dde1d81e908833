"""Ogg Opus files: a whole one tells how long it is, everything else is told from it."""

from pathlib import Path

import pytest

from kiosk.opus_file import OpusFile, read_opus

TONE = (Path(__file__).parent.parent / "fixtures" / "voice" / "tone.opus").read_bytes()


def test_a_whole_file_says_how_long_it_is() -> None:
    assert read_opus(TONE) == OpusFile(channels=1, duration_s=0.3)


@pytest.mark.parametrize("content", [b"", b"RIFF1234WAVE", TONE[:-20], TONE[:100], TONE[:20], TONE + b"x"])
def test_what_is_not_whole_is_none(content: bytes) -> None:
    assert read_opus(content) is None


def test_another_sound_in_the_same_wrapper_is_none() -> None:
    assert read_opus(TONE.replace(b"OpusHead", b"\x01vorbis.")) is None
