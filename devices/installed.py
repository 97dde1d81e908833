"""Programs and libraries that read print, as devices of their own: they are installed on this machine, or not."""

import importlib.util

from devices.mrz_reader import MrzReader
from kiosk.counter_devices import Asked, DeviceKind
from kiosk.ports import DeviceReason, DeviceStatus, Ready, Unavailable


class PrintReader:
    """The optional library that reads a page's print; it is not loaded to find out."""

    name = "trueocr"

    def status(self) -> DeviceStatus:
        """Ready with its place, else Unavailable(NO_DRIVER)."""
        found = importlib.util.find_spec(self.name)
        if found is None:
            return Unavailable(DeviceReason.NO_DRIVER, "not installed: requirements-reading.lock")
        return Ready(found.origin or "")


def readers_of_print() -> dict[DeviceKind, Asked]:
    """They can only be asked whether they are there."""
    return {DeviceKind.MRZ_READER: MrzReader(), DeviceKind.PRINT_READER: PrintReader()}
