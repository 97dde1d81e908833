"""How this program starts itself: as a worker, as the embedded portal; the same from source and from a bundle."""

import sys
from pathlib import Path

MAIN = Path(__file__).resolve().parent.parent / "main.py"


def self_command(name: str) -> tuple[str, ...]:
    """The argument list that starts the command `name` of this very program in a process of its own."""
    if getattr(sys, "frozen", False):
        return (sys.executable, name)
    return (sys.executable, str(MAIN), name)
