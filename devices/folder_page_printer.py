"""A page printer that prints into a folder: for the demo, for training and for tests."""

from pathlib import Path

from devices.simulation import read_state
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.texts import _


class FolderPagePrinter:
    """Writes page-1.pdf, page-2.pdf, … in the order of printing. state.json in the folder makes it fail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """Says honestly that it is no printer."""
        return _("Máy in A4 mô phỏng")

    def status(self) -> DeviceStatus:
        """What state.json says."""
        status = read_state(self._folder).status()
        return Ready(str(self._folder)) if isinstance(status, Ready) else status

    def print_pdf(self, pdf: bytes, title: str) -> None:
        """Write the file. Raises DeviceProblem when the state says so or the folder cannot be written."""
        del title
        status = self.status()
        if isinstance(status, Unavailable):
            raise DeviceProblem(status.reason, status.detail)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            number = len(list(self._folder.glob("page-*.pdf"))) + 1
            (self._folder / f"page-{number}.pdf").write_bytes(pdf)
        except OSError as error:
            raise DeviceProblem(DeviceReason.FAILED, str(error)) from error
