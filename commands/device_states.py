"""How the devices are, as plain values: what `kiosk devices` prints and what the running kiosk answers."""

from typing import Any

from kiosk.ports import Camera, DeviceStatus, PagePrinter, Ready, Scanner
from kiosk.slip import ReceiptPrinter


def device_states(
    camera: Camera, scanner: Scanner, printer: ReceiptPrinter, page_printer: PagePrinter | None
) -> dict[str, Any]:
    """{"devices": [{"device", "name", "status", "reason", "detail"}]}; asks each device, which can take seconds. A page
    printer is listed where the office has one."""
    devices: dict[str, Camera | Scanner | ReceiptPrinter | PagePrinter] = {
        "camera": camera,
        "scanner": scanner,
        "printer": printer,
    }
    if page_printer is not None:
        devices["page_printer"] = page_printer
    return {
        "devices": [
            {"device": kind, "name": device.name, **_fields(device.status())} for kind, device in devices.items()
        ]
    }


def _fields(status: DeviceStatus) -> dict[str, Any]:
    reason = None if isinstance(status, Ready) else status.reason.value
    return {"status": type(status).__name__.lower(), "reason": reason, "detail": status.detail}
