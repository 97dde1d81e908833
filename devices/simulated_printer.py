"""A receipt printer that prints into a folder: the bytes of a real one, and a picture of the paper."""

from pathlib import Path

from devices.escpos_job import escpos_job, paper_of
from devices.simulation import read_state
from devices.slip_layout import SlipLayout
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.slip import Printable
from kiosk.texts import _


class SimulatedPrinter:
    """Writes slip.bin (ESC/POS) and slip.png of the newest slip. state.json in the folder makes it fail."""

    def __init__(self, folder: Path, profile: str, layout: SlipLayout) -> None:
        self._folder = folder
        self._profile = profile
        self._paper = paper_of(profile)
        self._layout = layout

    @property
    def name(self) -> str:
        """Says honestly that it is no printer."""
        return _("Máy in mô phỏng")

    def status(self) -> DeviceStatus:
        """What state.json says."""
        status = read_state(self._folder).status()
        return Ready(str(self._folder)) if isinstance(status, Ready) else status

    def print_slip(self, slip: Printable) -> None:
        """Write both files. Raises DeviceProblem when the state says so or the folder cannot be written."""
        status = self.status()
        if isinstance(status, Unavailable):
            raise DeviceProblem(status.reason, status.detail)
        picture = self._layout.render(slip, self._paper)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / "slip.bin").write_bytes(escpos_job(picture, self._profile))
            picture.save(self._folder / "slip.png")
        except OSError as error:
            raise DeviceProblem(DeviceReason.FAILED, str(error)) from error
