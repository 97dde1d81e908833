"""Whether there is anything on this machine through which Qt could play sounds."""

import os
import sys
from pathlib import Path


def has_sound_server() -> bool:
    """Whether Qt would find one; asked without it, it loads much and warns. On Linux it plays through PulseAudio, or
    through PipeWire, which takes its place."""
    if not sys.platform.startswith("linux") or os.environ.get("PULSE_SERVER"):
        return True
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    places = (folder / "pulse" / "native", folder / "pipewire-0", Path("/run/pulse/native"))
    return any(place.exists() for place in places)
