"""Which sticks are plugged in and mounted on Linux. The system mounts them; this program never does, and needs no right
to. Another system takes a function beside `mounted_sticks` (on Windows by GetDriveTypeW) and a walk without openat."""

import re
from dataclasses import dataclass
from pathlib import Path

# Where desktops and udev rules mount what people plug in (FHS 3.0, 3.11 and 3.12; udisks).
MEDIA_FOLDERS = (Path("/media"), Path("/run/media"), Path("/mnt"))
_ESCAPED = re.compile(r"\\([0-7]{3})")
_USB_BUS = re.compile(r"usb[0-9]+$")


@dataclass(frozen=True, slots=True)
class Stick:
    """One mounted file system of a stick: `device` is its number as the kernel writes it ("8:17")."""

    device: str
    folder: Path


def mounted_sticks(
    mountinfo: Path = Path("/proc/self/mountinfo"),
    sys_folder: Path = Path("/sys"),
    media: tuple[Path, ...] = MEDIA_FOLDERS,
) -> tuple[Stick, ...]:
    """What is mounted below `media` from a disk that is on USB or calls itself removable, each file system once.

    A disk that holds anything else too, the system that started from a USB disk for example, is no stick.
    """
    mounts = _mounts(mountinfo)
    own = {disk for device, folder in mounts if not _below(folder, media) and (disk := _disk(sys_folder, device))}
    sticks: dict[str, Stick] = {}
    for device, folder in mounts:
        disk = _disk(sys_folder, device)
        if _below(folder, media) and disk and disk not in own and _is_removable(disk):
            sticks.setdefault(device, Stick(device, folder))
    return tuple(sticks.values())


def _mounts(mountinfo: Path) -> list[tuple[str, Path]]:
    """Device number and folder of every mount (proc(5): the third and the fifth field)."""
    try:
        lines = mountinfo.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    fields = [line.split(" ") for line in lines]
    return [(field[2], Path(_plain(field[4]))) for field in fields if len(field) > 5]


def _plain(escaped: str) -> str:
    """Blanks and line ends are written as octal numbers there."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 8)), escaped)


def _below(folder: Path, media: tuple[Path, ...]) -> bool:
    return any(place in (folder, *folder.parents) for place in media)


def _disk(sys_folder: Path, device: str) -> Path | None:
    """The whole disk of a partition, as a folder of /sys; None for what lies on no disk (proc, network, memory)."""
    found = sys_folder / "dev" / "block" / device
    if not found.exists():
        return None
    folder = found.resolve()
    return folder.parent if (folder / "partition").exists() else folder


def _is_removable(disk: Path) -> bool:
    """On USB, wherever the path goes on from there; a disk on USB calls itself fixed, and is a stick all the same."""
    if any(_USB_BUS.match(part) for part in disk.parts):
        return True
    try:
        return (disk / "removable").read_text().strip() == "1"
    except OSError:
        return False
