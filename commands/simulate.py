"""`kiosk devices --simulate NAME=WORD`: flips a simulated device while the kiosk that uses it runs."""

from pathlib import Path

from devices.simulation import READY, Manner, write_state
from kiosk.config import DeviceSettings, Settings
from kiosk.errors import ConfigProblem
from kiosk.ports import DeviceReason

_ANY = (READY, *(reason.value for reason in (DeviceReason.NOT_CONNECTED, DeviceReason.BUSY, DeviceReason.TIMEOUT)))
_PAPER = tuple(
    reason.value
    for reason in (DeviceReason.JAM, DeviceReason.COVER_OPEN, DeviceReason.PAPER_OUT, DeviceReason.PAPER_LOW)
)
WORDS: dict[str, tuple[str, ...]] = {
    "camera": (*_ANY, DeviceReason.NO_PICTURE.value, *(manner.value for manner in Manner)),
    "paper_camera": (*_ANY, DeviceReason.NO_PICTURE.value, *(manner.value for manner in Manner)),
    "scanner": (*_ANY, DeviceReason.JAM.value, DeviceReason.COVER_OPEN.value, DeviceReason.FEEDER_EMPTY.value),
    "code_scanner": (READY, DeviceReason.NOT_CONNECTED.value, DeviceReason.BUSY.value),
    "files": (READY, DeviceReason.NOT_CONNECTED.value, DeviceReason.FAILED.value),
    "printer": (*_ANY, *_PAPER),
    "page_printer": (*_ANY, *_PAPER, DeviceReason.INK_OUT.value, DeviceReason.INK_LOW.value),
}
"""The states that each device can be put into."""
_SIMULATED = frozenset(("folder", "simulated"))


def simulate(settings: Settings, flip: str) -> Path:
    """Write the state file that "camera=no_picture" or "scanner=jam:2" (after two pages) asks for; its path.

    Raises ConfigProblem for a device or a word that there is not, and for a device that is no simulation.
    """
    device, _equals, rest = flip.partition("=")
    word, _colon, after = rest.partition(":")
    if device not in WORDS:
        raise ConfigProblem(f"--simulate: there is no device {device!r}; there are {', '.join(WORDS)}")
    if word not in WORDS[device]:
        raise ConfigProblem(f"--simulate: {device} has no state {word!r}; it has {', '.join(WORDS[device])}")
    if after and not after.isdecimal():
        raise ConfigProblem(f"--simulate: {after!r} is no number of pages")
    folder = _folder(device, getattr(settings, device))
    try:
        return write_state(folder, word, int(after or 0))
    except OSError as error:
        raise ConfigProblem(f"--simulate: {folder}: {error.strerror}") from error


def _folder(device: str, settings: DeviceSettings | None) -> Path:
    name = "" if settings is None else settings.option("source") or settings.option("folder")
    if settings is None or settings.driver not in _SIMULATED or not name or Path(name).is_file():
        raise ConfigProblem(f"--simulate: {device} is not simulated by a folder in these settings")
    return Path(name)
