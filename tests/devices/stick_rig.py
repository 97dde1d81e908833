"""Sticks for tests: a prepared table of mounts and a /sys that says which disk is on USB."""

from dataclasses import dataclass, field
from pathlib import Path

from devices.sticks import Stick, mounted_sticks

USB = "devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host4/target4:0:0/4:0:0:0/block"
SATA = "devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block"


@dataclass
class Machine:
    """A machine whose disks and mounts a test puts together below `root`."""

    root: Path
    lines: list[str] = field(default_factory=list)

    @property
    def media(self) -> Path:
        return self.root / "media"

    def plug_in(self, device: str, at: Path, bus: str = USB, disk: str = "sdb", removable: str = "0") -> None:
        """A disk with one partition `device` ("8:17"), mounted at `at`."""
        folder = self.root / "sys" / bus / disk
        partition = folder / f"{disk}{device.partition(':')[2]}"
        partition.mkdir(parents=True)
        (partition / "partition").write_text("1\n")
        (folder / "removable").write_text(f"{removable}\n")
        numbers = self.root / "sys" / "dev" / "block"
        numbers.mkdir(parents=True, exist_ok=True)
        (numbers / device).symlink_to(partition)
        self.mount(device, at)

    def mount(self, device: str, at: Path) -> None:
        escaped = str(at).replace(" ", "\\040")
        self.lines.append(f"36 27 {device} / {escaped} rw,nosuid,nodev shared:1 - vfat /dev/{device} rw")

    def pull_out(self, device: str) -> None:
        self.lines = [line for line in self.lines if line.split()[2] != device]

    def sticks(self) -> tuple[Stick, ...]:
        table = self.root / "mountinfo"
        table.write_text("\n".join([*self.lines, ""]), encoding="utf-8")
        return mounted_sticks(table, self.root / "sys", (self.media,))
