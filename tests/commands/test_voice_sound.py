"""Listening to recorded clips: each of the made-up sounds is judged as what it is."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from commands.voice_sound import Damage, can_hear, damage_of, loudness_damage, without_chatter

SOUNDS = Path(__file__).parent.parent / "fixtures" / "voice"
NO_MULTIMEDIA = "Qt's multimedia does not load here. As an administrator of Debian or Ubuntu: apt-get install libpulse0"


@pytest.mark.parametrize(
    ("name", "damage"),
    [("tone", None), ("silent", Damage.SILENT), ("quiet", Damage.QUIET), ("clipped", Damage.CLIPPED)],
)
def test_a_sound_is_judged_by_listening(name: str, damage: Damage | None, qapp: QApplication) -> None:
    if not can_hear():
        pytest.skip(NO_MULTIMEDIA)
    with without_chatter():
        assert damage_of(SOUNDS / f"{name}.opus", "Tiếp tục", hears=True) is damage


def test_a_file_is_judged_without_listening(tmp_path: Path) -> None:
    whole = (SOUNDS / "tone.opus").read_bytes()
    long = bytearray(whole)
    last = whole.rindex(b"OggS")
    long[last + 6 : last + 14] = (48_000 * 60).to_bytes(8, "little")
    for name, content, damage in (
        ("cut", whole[:-30], Damage.FORMAT),
        ("other", b"RIFF", Damage.FORMAT),
        ("long", bytes(long), Damage.LONG),
        ("good", whole, None),
    ):
        path = tmp_path / f"{name}.opus"
        path.write_bytes(content)
        assert damage_of(path, "Tiếp tục", hears=False) is damage
    assert damage_of(tmp_path / "missing.opus", "Tiếp tục", hears=False) is Damage.FORMAT


def test_pauses_do_not_make_a_clip_quiet() -> None:
    speech = np.sin(np.arange(4800) / 5).astype(np.float32) * 0.2
    assert loudness_damage(np.concatenate([np.zeros(48_000, np.float32), speech])) is None
