"""A lamp above the counter, on a serial line: switched by one of its control lines, or by a relay (LCUS-1).

Both are what electricians of offices can buy: a lamp of 5 to 24 V on a USB-to-serial adapter's RTS or DTR (through a
transistor or an optocoupler), or on one of the relay boards with a CH340 that are sold as "LCUS-1".
"""

import os
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from threading import Lock

import serial

from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.texts import _

_TIMEOUT_S = 2.0
_BAUD = 9600  # the relay's; a control line has none


class Switch(StrEnum):
    """What switches the lamp."""

    RTS = "rts"
    DTR = "dtr"
    RELAY = "relay"


class SignalLamp:
    """Keeps the port open while the lamp is on: a control line falls when its port is closed."""

    def __init__(
        self, port: str, switch: Switch = Switch.RTS, open_line: Callable[[str], serial.SerialBase] | None = None
    ) -> None:
        """`port` is a device file ("/dev/ttyUSB0", "COM5"). `open_line` gives the open line of a port, both of its
        control lines low."""
        self._port = port
        self._switch = switch
        self._open_line = open_line or dark_line
        self._line: serial.SerialBase | None = None
        self._lock = Lock()

    @property
    def name(self) -> str:
        """What people read in the list of devices."""
        return _("Đèn báo")

    def status(self) -> DeviceStatus:
        """Whether the port is there and may be used; a lamp without current on a good port is not noticed."""
        with self._lock:
            if self._line is not None:
                return Ready(self._port)
        if os.name == "posix" and not os.path.exists(self._port):
            return Unavailable(DeviceReason.NOT_CONNECTED, f"{self._port} is not there")
        if os.name == "posix" and not os.access(self._port, os.R_OK | os.W_OK):
            detail = f"no permission for {self._port}: add the kiosk's user to the group dialout"
            return Unavailable(DeviceReason.FAILED, detail)
        return Ready(self._port)

    def switch(self, *, on: bool) -> None:
        """Raises DeviceProblem (NOT_CONNECTED, FAILED); a lamp that was pulled out is looked for anew the next time."""
        with self._lock:
            try:
                self._set(on=on)
            except (OSError, ValueError) as error:  # serial.SerialException is an OSError
                self._close()
                reason = DeviceReason.FAILED if os.path.exists(self._port) else DeviceReason.NOT_CONNECTED
                raise DeviceProblem(reason, f"{self._port}: {error}") from error

    def _set(self, *, on: bool) -> None:
        if self._line is None:
            if not on and self._switch is not Switch.RELAY:
                return  # a closed port's lines are low
            self._line = self._open_line(self._port)
        match self._switch:
            case Switch.RTS:
                self._line.rts = on
            case Switch.DTR:
                self._line.dtr = on
            case Switch.RELAY:
                self._line.write(relay_bytes(on=on))  # no flush: on an adapter that hangs it waits without end
        if not on:
            self._close()

    def _close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, ValueError):
                line.close()


def dark_line(port: str) -> serial.SerialBase:
    """The port, opened so that no lamp lights by that alone. Raises OSError, ValueError."""
    line = serial.serial_for_url(port, _BAUD, timeout=_TIMEOUT_S, write_timeout=_TIMEOUT_S, do_not_open=True)
    line.rts = line.dtr = False
    line.open()
    return line


def relay_bytes(*, on: bool) -> bytes:
    """The LCUS-1 board's command: start, relay 1, on or off, and the sum of the three."""
    command = bytes((0xA0, 0x01, int(on)))
    return command + bytes((sum(command) & 0xFF,))
