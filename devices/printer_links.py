"""The ways to a receipt printer (network, USB, device file, spooler), opened for one use, through python-escpos."""

import contextlib
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from escpos.exceptions import Error as EscposError
from escpos.printer import LP, File, Network, Usb

from kiosk.ports import DeviceProblem, DeviceReason

# So that bytes count as sent when the printer has taken nearly all of them, not when our own kernel has.
_SEND_BUFFER_BYTES = 16 * 1024


class PrinterLink(Protocol):
    """An open way to one printer. Methods raise DeviceProblem when the way is lost."""

    def send(self, content: bytes) -> None: ...

    def ask(self, question: bytes, timeout_s: float) -> bytes:
        """The printer's answer; empty if this way or this printer has no voice."""
        ...

    def close(self) -> None: ...


OpenLink = Callable[[float], PrinterLink]  # takes the time, in seconds, that opening and each sending may take


class NetworkLink:
    """Raw TCP, by custom port 9100."""

    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        with _as_problem(DeviceReason.NOT_CONNECTED):
            self._socket = socket.create_connection((host, port), timeout_s)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        self._printer = Network(host, port, timeout_s)
        self._printer.device = self._socket  # its own open() leaves the socket of a failed connection behind

    def send(self, content: bytes) -> None:
        """Send everything within the link's time (socket.sendall counts the whole of it)."""
        with _as_problem(DeviceReason.NOT_CONNECTED):
            self._printer._raw(content)

    def ask(self, question: bytes, timeout_s: float) -> bytes:
        """The answer, at most 16 bytes."""
        self.send(question)
        self._socket.settimeout(timeout_s)
        try:
            return bytes(self._printer._read())
        except OSError:
            return b""
        finally:
            self._socket.settimeout(self._timeout_s)

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._printer.close()


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """The ids that `lsusb` shows, and the printer's endpoints (`lsusb -v`)."""

    vendor: int
    product: int
    in_endpoint: int = 0x82
    out_endpoint: int = 0x01


class UsbLink:
    """USB through libusb (pyusb)."""

    def __init__(self, address: UsbAddress, timeout_s: float) -> None:
        if not Usb.is_usable():
            raise DeviceProblem(DeviceReason.NO_DRIVER, "pyusb is not installed")
        self._printer = Usb(
            address.vendor,
            address.product,
            timeout=round(timeout_s * 1000),
            in_ep=address.in_endpoint,
            out_ep=address.out_endpoint,
        )
        with _as_problem(DeviceReason.NOT_CONNECTED):
            self._printer.open()

    def send(self, content: bytes) -> None:
        """Send everything; libusb gives each transfer the link's time."""
        with _as_problem(DeviceReason.NOT_CONNECTED):
            self._printer._raw(content)

    def ask(self, question: bytes, timeout_s: float) -> bytes:
        """The answer; `timeout_s` is not used, for python-escpos reads with libusb's own second."""
        self.send(question)
        try:
            return bytes(self._printer._read())
        except OSError:  # usb.core.USBError is one: the printer says nothing
            return b""

    def close(self) -> None:
        """Let the interface go."""
        with contextlib.suppress(OSError):
            self._printer.close()


class FileLink:
    """A device file such as /dev/usb/lp0, or any file that exists. It has no voice."""

    def __init__(self, path: Path) -> None:
        if not path.exists():  # opening would make a plain file of that name
            raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"no {path}")
        if not os.access(path, os.W_OK):
            raise DeviceProblem(DeviceReason.NO_DRIVER, f"{path} may not be written")
        self._printer = File(str(path))
        with _as_problem(DeviceReason.BUSY):
            self._printer.open()

    def send(self, content: bytes) -> None:
        """Write and flush."""
        with _as_problem(DeviceReason.FAILED):
            self._printer._raw(content)

    def ask(self, question: bytes, timeout_s: float) -> bytes:
        """Nothing: the kernel's printer files cannot be relied on to read."""
        return b""

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            self._printer.close()


class SpoolerLink:
    """A raw queue of CUPS through its `lp` command, which takes the bytes from memory. It has no voice."""

    def __init__(self, queue: str) -> None:
        if shutil.which("lp") is None or shutil.which("lpstat") is None:
            raise DeviceProblem(DeviceReason.NO_DRIVER, "the commands lp and lpstat (cups-client) are not installed")
        self._printer = LP(queue)
        with _as_problem(DeviceReason.NOT_CONNECTED):
            self._printer.open(job_name="slip")

    def send(self, content: bytes) -> None:
        """Hand the bytes to the spooler."""
        with _as_problem(DeviceReason.FAILED):
            self._printer._raw(content)

    def ask(self, question: bytes, timeout_s: float) -> bytes:
        """Nothing: a spooler gives no answers of the printer's."""
        return b""

    def close(self) -> None:
        """End the job, so that the spooler takes it."""
        with contextlib.suppress(OSError):
            self._printer.close()


@contextlib.contextmanager
def _as_problem(reason: DeviceReason) -> Iterator[None]:
    """What the libraries raise, as ours; `reason` is for what is no timeout. python-escpos asserts what is missing."""
    try:
        yield
    except TimeoutError as error:
        raise DeviceProblem(DeviceReason.TIMEOUT, str(error)) from error
    except (OSError, EscposError, AssertionError) as error:
        raise DeviceProblem(reason, f"{type(error).__name__}: {error}") from error
