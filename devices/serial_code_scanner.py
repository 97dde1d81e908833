"""A hand-held code reader on a serial line: USB (CDC-ACM, "virtual COM port") or RS-232, through pyserial."""

import errno
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import serial
from serial.tools import list_ports

from devices.scanned_bytes import ScannedBytes
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.texts import _

DEFAULT_BAUD = 115200  # USB readers ignore it
_SILENCE_S = 0.08  # a reader sends a whole code in one go; at 9600 baud its letters are 1 ms apart
_CDC_ACM = re.compile(r"ttyACM\d+|cu\.usbmodem.+|COM\d+")  # Linux, macOS, Windows
_REASONS = {
    errno.EBUSY: DeviceReason.BUSY,
    errno.EAGAIN: DeviceReason.BUSY,  # another program holds the lock
    **dict.fromkeys((errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO), DeviceReason.NOT_CONNECTED),
}
_NOT_ALLOWED = "no permission for {device}: add the kiosk's user to the group dialout"


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A serial port of the machine. `usb` is "vendor:product:serial number" in lower case, "" if it is no USB port."""

    device: str
    usb: str = ""

    @property
    def may_be_reader(self) -> bool:
        """Whether it is of the class that USB code readers have."""
        return _CDC_ACM.fullmatch(self.device.rsplit("/", 1)[-1]) is not None


def serial_ports() -> list[SerialPort]:
    """The ports that there are now."""
    return [
        SerialPort(port.device, f"{port.vid:04x}:{port.pid:04x}:{port.serial_number or ''}".lower() if port.vid else "")
        for port in list_ports.comports()
    ]


class SerialCodeScanner:
    """`port` is a device file ("/dev/ttyACM0"), or "vendor:product" or "vendor:product:serial number" as `lsusb` shows
    them, or "" or "auto" for the only CDC-ACM port. The reader that was used once is found again under another name.
    """

    def __init__(
        self,
        port: str = "",
        baud: int = DEFAULT_BAUD,
        ports: Callable[[], Iterable[SerialPort]] = serial_ports,
    ) -> None:
        self._wanted = "" if port == "auto" else port
        self._baud = baud
        self._ports = ports
        self._used: SerialPort | None = None

    @property
    def name(self) -> str:
        """What people read in the list of devices."""
        return _("Máy đọc mã cầm tay")

    def status(self) -> DeviceStatus:
        """Whether the port is there and may be used. It is not opened: opening resets some readers."""
        try:
            device = self._find().device
        except DeviceProblem as problem:
            return Unavailable(problem.reason, problem.detail)
        if not os.access(device, os.R_OK | os.W_OK):
            return Unavailable(DeviceReason.FAILED, _NOT_ALLOWED.format(device=device))
        return Ready(device)

    def watch(self, on_text: Callable[[str], None], stopped: Callable[[], bool]) -> None:
        """Give each text until `stopped` says so, asked at least every 80 ms. What was sent before is dropped.

        Blocks; raises DeviceProblem: NOT_CONNECTED, BUSY, FAILED.
        """
        port = self._find()
        heard = ScannedBytes()
        with self._open(port.device) as line:
            self._used = port
            while not stopped():
                chunk = _read(line)
                for text in heard.take(chunk) if chunk else heard.silence():
                    on_text(text)

    def _find(self) -> SerialPort:
        """The port that is meant, in this order: the reader that was used before, what the settings name, the only one.
        Raises DeviceProblem."""
        ports = sorted(self._ports(), key=lambda port: port.device)
        if self._used and self._used.usb:
            for port in ports:
                if port.usb == self._used.usb:
                    return port
        if self._wanted.startswith("/") or self._wanted.upper().startswith("COM"):
            return self._named(ports)
        if self._wanted:
            wanted = self._wanted.lower()
            found = [port for port in ports if port.usb == wanted or port.usb.startswith(f"{wanted}:")]
        else:
            found = [port for port in ports if port.may_be_reader]
        if not found:
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"no serial reader {self._wanted or '(CDC-ACM)'}")
        if len(found) > 1:
            listed = ", ".join(f"{port.device} {port.usb}" for port in found)
            raise DeviceProblem(DeviceReason.FAILED, f"more than one; name one in code_scanner.port: {listed}")
        return found[0]

    def _named(self, ports: list[SerialPort]) -> SerialPort:
        """The device file of the settings; it may be a link (/dev/serial/by-id/...) that the list does not have."""
        real = os.path.realpath(self._wanted)
        listed = next((port for port in ports if port.device in (self._wanted, real)), None)
        if listed is None and not os.path.exists(self._wanted):
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"{self._wanted} is not there")
        return listed or SerialPort(self._wanted)

    def _open(self, device: str) -> serial.Serial:
        try:
            return serial.Serial(device, self._baud, timeout=_SILENCE_S, exclusive=True)
        except serial.SerialException as error:
            refused = error.errno in (errno.EACCES, errno.EPERM)
            detail = _NOT_ALLOWED.format(device=device) if refused else str(error)
            raise DeviceProblem(_REASONS.get(error.errno, DeviceReason.FAILED), detail) from error


def _read(line: serial.Serial) -> bytes:
    """What has come, or nothing after a silence. A reader that is pulled out fails here in one of several ways."""
    try:
        return bytes(line.read(max(1, line.in_waiting)))
    except OSError as error:  # serial.SerialException is one
        raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"the reader is gone: {error}") from error
