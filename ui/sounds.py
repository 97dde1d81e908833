"""The short sounds that go with what is seen; nothing is ever told by a sound alone."""

from enum import StrEnum
from typing import Protocol


class Sound(StrEnum):
    """What a sound says. The frequencies that older people hear well lie between 500 and 1000 Hz."""

    PRESS = "press"
    DONE = "done"
    PROBLEM = "problem"
    WARNING = "warning"
    CALL = "call"


class Sounds(Protocol):
    """Where sounds come out; returns at once."""

    def play(self, sound: Sound) -> None:
        """Begin the sound; one that is heard already is begun anew."""
        ...


class Silence:
    """A counter without loudspeaker."""

    def play(self, sound: Sound) -> None:
        """Nothing is heard, and nothing is missed."""
