"""The short sounds as samples: sines between 500 and 1000 Hz, which older people hear best, with soft edges."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from ui.sounds import Sound

RATE_HZ = 22050
_FADE_S = 0.008  # without it a speaker clicks
_FULL = 32767


@dataclass(frozen=True, slots=True)
class Note:
    """A sine of `hz` for `seconds`, 0 Hz for a pause; `loud` from 0 to 1."""

    hz: float
    seconds: float
    loud: float = 0.8


# Success and failure differ in direction, not in loudness; the warning and the call are to be noticed across a room.
NOTES: dict[Sound, tuple[Note, ...]] = {
    Sound.PRESS: (Note(800, 0.03, 0.3),),
    Sound.DONE: (Note(660, 0.12), Note(880, 0.25)),
    Sound.PROBLEM: (Note(660, 0.12), Note(500, 0.25)),
    Sound.WARNING: (Note(880, 0.2), Note(0, 0.1), Note(880, 0.2)),
    Sound.CALL: (Note(880, 0.25, 1.0), Note(660, 0.35, 1.0), Note(0, 0.2)) * 3,
}


def samples(notes: Sequence[Note], volume: float) -> bytes:
    """Signed 16-bit samples of one channel at RATE_HZ, in the machine's byte order; `volume` from 0 to 1."""
    wave = array("h")
    fade = int(_FADE_S * RATE_HZ)
    for note in notes:
        count = int(note.seconds * RATE_HZ)
        step, peak = 2 * math.pi * note.hz / RATE_HZ, _FULL * note.loud * volume
        for index in range(count):
            edge = min(1.0, index / fade, (count - index) / fade)
            wave.append(int(peak * edge * math.sin(step * index)))
    return wave.tobytes()
