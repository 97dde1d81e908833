"""All devices of a counter by kind: the one list that screens and commands go through."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.capture import CodeScanner, FileSource
from kiosk.ports import Camera, DeviceStatus, Lamp, PagePrinter, Scanner
from kiosk.slip import ReceiptPrinter


class Asked(Protocol):
    """What can be asked how it is."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus: ...


class DeviceKind(StrEnum):
    """Each kind of device, in the order in which people read of them."""

    CAMERA = "camera"
    PAPER_CAMERA = "paper_camera"
    SCANNER = "scanner"
    CODE_SCANNER = "code_scanner"
    FILES = "files"
    PRINTER = "printer"
    PAGE_PRINTER = "page_printer"
    LAMP = "lamp"
    MRZ_READER = "mrz_reader"
    PRINT_READER = "print_reader"

    @property
    def needed(self) -> bool:
        """Whether a counter whose settings name it is not well without it. Sticks come and go, and what reads print is
        a help where it is installed."""
        return self not in {DeviceKind.FILES, DeviceKind.MRZ_READER, DeviceKind.PRINT_READER}


@dataclass(frozen=True, slots=True)
class CounterDevices:
    """The devices that the settings name; None for what the office has not. Papers are photographed with `camera` where
    there is no `paper_camera`."""

    camera: Camera
    scanner: Scanner
    printer: ReceiptPrinter
    paper_camera: Camera | None = None
    page_printer: PagePrinter | None = None
    code_scanner: CodeScanner | None = None
    files: FileSource | None = None
    lamp: Lamp | None = None


def named_devices(devices: CounterDevices) -> dict[DeviceKind, Asked]:
    """Those that are there, in the order of DeviceKind."""
    found: dict[DeviceKind, Asked | None] = {
        DeviceKind.CAMERA: devices.camera,
        DeviceKind.PAPER_CAMERA: devices.paper_camera,
        DeviceKind.SCANNER: devices.scanner,
        DeviceKind.CODE_SCANNER: devices.code_scanner,
        DeviceKind.FILES: devices.files,
        DeviceKind.PRINTER: devices.printer,
        DeviceKind.PAGE_PRINTER: devices.page_printer,
        DeviceKind.LAMP: devices.lamp,
    }
    return {kind: device for kind, device in found.items() if device is not None}
