"""Devices that an office does not have: always unavailable, so that screens need no second way of asking."""

from collections.abc import Callable

from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    Frame,
    PageImage,
    ScanOptions,
    Unavailable,
    unheard,
)
from kiosk.slip import Printable
from kiosk.texts import _

_DETAIL = "the settings name no such device"


class AbsentDevice:
    """Camera, scanner and slip printer in one: none of them is there."""

    @property
    def name(self) -> str:
        """What people read in the list of devices."""
        return _("Không có")

    def status(self) -> DeviceStatus:
        """Never ready."""
        return Unavailable(DeviceReason.NOT_CONNECTED, _DETAIL)

    def watch(self, on_frame: Callable[[Frame], bool]) -> None:
        """Raises DeviceProblem."""
        raise DeviceProblem(DeviceReason.NOT_CONNECTED, _DETAIL)

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        """Raises DeviceProblem."""
        raise DeviceProblem(DeviceReason.NOT_CONNECTED, _DETAIL)

    def print_slip(self, slip: Printable) -> None:
        """Raises DeviceProblem."""
        raise DeviceProblem(DeviceReason.NOT_CONNECTED, _DETAIL)
