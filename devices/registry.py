"""From the driver's name in the settings to the device; a driver's libraries are loaded only when it is used."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from devices.absent import AbsentDevice
from kiosk.capture import CodeScanner, FileSource
from kiosk.config import DeviceSettings
from kiosk.errors import ConfigProblem
from kiosk.ports import Camera, Lamp, PagePrinter, Scanner
from kiosk.slip import ReceiptPrinter
from kiosk.texts import _

if TYPE_CHECKING:
    from devices.printer_links import OpenLink

_WIDE_PAPER_PROFILE = "TM-T20II"  # 80 mm: 576 dots at 203 dpi; "POS-5890" is 58 mm
_RAW_PORT = 9100


def make_camera(settings: DeviceSettings) -> Camera:
    """`opencv` (source: number, device or file), `folder` (source, picture_s), `none`. Raises ConfigProblem."""
    match settings.driver:
        case "opencv":
            from devices.opencv_camera import OpenCvCamera  # noqa: PLC0415 -- a driver is loaded when it is used

            return OpenCvCamera(settings.option("source", "0"))
        case "folder":
            from devices.folder_camera import FolderCamera  # noqa: PLC0415 -- as above

            picture_s = _number(settings, "camera", "picture_s", 1.0)
            return FolderCamera(Path(_required(settings, "camera", "source")), picture_s)
        case "none":
            return AbsentDevice()
    raise _unknown("camera", settings)


def make_scanner(settings: DeviceSettings, worker_command: Sequence[str]) -> Scanner:
    """`auto` (name), `escl` (address or name, ca_file), `sane` (device, options), `folder` (source, page_s), `none`.

    Raises ConfigProblem.
    """
    match settings.driver:
        case "auto":
            from devices.scanner_ways import any_scanner  # noqa: PLC0415 -- as above

            return any_scanner(worker_command, settings.option("name"), _options(settings))
        case "escl":
            return _escl_scanner(settings)
        case "sane":
            from devices.sane_scanner import SaneScanner  # noqa: PLC0415 -- as above

            return SaneScanner(worker_command, settings.option("device"), _options(settings))
        case "folder":
            from devices.folder_scanner import FolderScanner  # noqa: PLC0415 -- as above

            source = Path(_required(settings, "scanner", "source"))
            return FolderScanner(source, _number(settings, "scanner", "page_s", 0.0))
        case "none":
            return AbsentDevice()
    raise _unknown("scanner", settings)


def _escl_scanner(settings: DeviceSettings) -> Scanner:
    from devices.scanner_ways import scanner_at, scanner_named  # noqa: PLC0415 -- as above

    address, name = settings.option("address"), settings.option("name")
    ca_file = settings.option("ca_file")
    if address and name:
        raise ConfigProblem("scanner.address: the scanner is found by its address or by its name, not by both")
    try:
        if address:
            return scanner_at(address, Path(ca_file) if ca_file else None)
        return scanner_named(name)
    except (ValueError, OSError) as error:
        raise ConfigProblem(f"scanner.{'ca_file' if isinstance(error, OSError) else 'address'}: {error}") from error


def make_files(settings: DeviceSettings, worker_command: Sequence[str]) -> FileSource | None:
    """`sticks`, `folder` (source), or None for `none` and on Windows, which has no openat. Raises ConfigProblem."""
    match settings.driver:
        case "sticks" | "folder" if os.name == "nt":
            return None
        case "sticks":
            from devices.stick_files import StickFiles  # noqa: PLC0415 -- as above

            return StickFiles(worker_command)
        case "folder":
            from devices.folder_files import FolderFiles  # noqa: PLC0415 -- as above

            return FolderFiles(Path(_required(settings, "files", "source")), worker_command)
        case "none":
            return None
    raise _unknown("files", settings)


def make_printer(settings: DeviceSettings, fonts: Path) -> ReceiptPrinter:
    """`network` (host, port), `usb` (vendor, product), `file` (path), `cups` (queue), `simulated` (folder), `none`.

    All take `profile`, the name of the model in python-escpos. `fonts` has the files of the slip's typeface. Raises
    ConfigProblem.
    """
    if settings.driver == "none":
        return AbsentDevice()
    from devices.escpos_printer import EscposPrinter  # noqa: PLC0415 -- as above
    from devices.simulated_printer import SimulatedPrinter  # noqa: PLC0415 -- as above
    from devices.slip_layout import SlipLayout  # noqa: PLC0415 -- as above

    profile = settings.option("profile", _WIDE_PAPER_PROFILE)
    try:
        if settings.driver == "simulated":
            return SimulatedPrinter(Path(_required(settings, "printer", "folder")), profile, SlipLayout(fonts))
        return EscposPrinter(_("Máy in phiếu"), _link(settings), profile, SlipLayout(fonts))
    except ValueError as error:
        raise ConfigProblem(f"printer.profile: {error}") from error


def make_page_printer(settings: DeviceSettings) -> PagePrinter | None:
    """`ipp` (address, ca_file), `folder` (folder), or None for `none`. Raises ConfigProblem."""
    match settings.driver:
        case "ipp":
            from devices.page_printer import IppPrinter  # noqa: PLC0415 -- as above

            ca_file = settings.option("ca_file")
            try:
                return IppPrinter(_required(settings, "page_printer", "address"), Path(ca_file) if ca_file else None)
            except ValueError as error:
                raise ConfigProblem(f"page_printer.address: {error}") from error
        case "folder":
            from devices.folder_page_printer import FolderPagePrinter  # noqa: PLC0415 -- as above

            return FolderPagePrinter(Path(_required(settings, "page_printer", "folder")))
        case "none":
            return None
    raise _unknown("page_printer", settings)


def make_code_scanner(settings: DeviceSettings) -> CodeScanner | None:
    """`serial` (port, baud), `simulated` (folder), or None for `none`. Raises ConfigProblem."""
    match settings.driver:
        case "serial":
            from devices.serial_code_scanner import DEFAULT_BAUD, SerialCodeScanner  # noqa: PLC0415 -- as above

            baud = int(_number(settings, "code_scanner", "baud", DEFAULT_BAUD))
            return SerialCodeScanner(settings.option("port"), baud)
        case "simulated":
            from devices.folder_code_scanner import FolderCodeScanner  # noqa: PLC0415 -- as above

            return FolderCodeScanner(Path(_required(settings, "code_scanner", "folder")))
        case "none":
            return None
    raise _unknown("code_scanner", settings)


def make_lamp(settings: DeviceSettings) -> Lamp | None:
    """`serial` (port, switch: rts, dtr or relay), `simulated` (folder), or None for `none`. Raises ConfigProblem."""
    match settings.driver:
        case "serial":
            from devices.signal_lamp import SignalLamp, Switch  # noqa: PLC0415 -- as above

            try:
                switch = Switch(settings.option("switch", Switch.RTS))
            except ValueError as error:
                raise ConfigProblem(f"lamp.switch: {error}") from error
            return SignalLamp(_required(settings, "lamp", "port"), switch)
        case "simulated":
            from devices.folder_lamp import FolderLamp  # noqa: PLC0415 -- as above

            return FolderLamp(Path(_required(settings, "lamp", "folder")))
        case "none":
            return None
    raise _unknown("lamp", settings)


def _link(settings: DeviceSettings) -> "OpenLink":
    from devices.printer_links import (  # noqa: PLC0415 -- as above
        FileLink,
        NetworkLink,
        SpoolerLink,
        UsbAddress,
        UsbLink,
    )

    match settings.driver:
        case "network":
            host = _required(settings, "printer", "host")
            port = int(_number(settings, "printer", "port", _RAW_PORT))
            return lambda timeout_s: NetworkLink(host, port, timeout_s)
        case "usb":
            address = UsbAddress(_hexadecimal(settings, "vendor"), _hexadecimal(settings, "product"))
            return lambda timeout_s: UsbLink(address, timeout_s)
        case "file":
            path = Path(_required(settings, "printer", "path"))
            return lambda _timeout_s: FileLink(path)
        case "cups":
            queue = _required(settings, "printer", "queue")
            return lambda _timeout_s: SpoolerLink(queue)
    raise _unknown("printer", settings)


def _unknown(device: str, settings: DeviceSettings) -> ConfigProblem:
    return ConfigProblem(f"{device}.driver: there is no driver {settings.driver!r}")


def _required(settings: DeviceSettings, device: str, name: str) -> str:
    value = settings.option(name)
    if not value:
        raise ConfigProblem(f"{device}.{name}: the driver {settings.driver!r} needs it")
    return value


def _number(settings: DeviceSettings, device: str, name: str, default: float) -> float:
    text = settings.option(name, str(default))
    try:
        return float(text)
    except ValueError:
        raise ConfigProblem(f"{device}.{name}: {text!r} is no number") from None


def _hexadecimal(settings: DeviceSettings, name: str) -> int:
    """A USB id as `lsusb` shows it ("04b8")."""
    text = _required(settings, "printer", name)
    try:
        return int(text, 16)
    except ValueError:
        raise ConfigProblem(f"printer.{name}: {text!r} is no hexadecimal number") from None


def _options(settings: DeviceSettings) -> Mapping[str, str | int | float | bool]:
    """The table `[scanner.options]`: options of the backend, set as they are."""
    options = (settings.model_extra or {}).get("options", {})
    if not isinstance(options, Mapping) or not all(isinstance(value, str | int | float) for value in options.values()):
        raise ConfigProblem("scanner.options: must be a table of texts and numbers")
    return options
