"""A simulated lamp: a file that says whether it is on. Beside the real one, for demos and tests."""

from pathlib import Path

from devices.simulation import read_state
from kiosk.ports import DeviceProblem, DeviceStatus, Unavailable
from kiosk.texts import _

LAMP_FILE = "lamp.txt"


class FolderLamp:
    """Writes "on" or "off" into `folder`/lamp.txt; state.json breaks it, as every simulated device."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """What people read in the list of devices."""
        return _("Đèn báo")

    def status(self) -> DeviceStatus:
        """As state.json says."""
        return read_state(self._folder).status()

    def switch(self, *, on: bool) -> None:
        """Raises DeviceProblem while state.json says that it is broken."""
        status = self.status()
        if isinstance(status, Unavailable):
            raise DeviceProblem(status.reason, status.detail)
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / LAMP_FILE).write_text("on" if on else "off", encoding="utf-8")
