"""A receipt printer that speaks ESC/POS: asks it how it is where it can answer, prints a slip, makes sure of it."""

import contextlib
import threading
from dataclasses import dataclass

from devices.deadline import within
from devices.escpos_job import escpos_job, paper_of
from devices.printer_links import OpenLink, PrinterLink
from devices.slip_layout import SlipLayout
from kiosk.ports import (
    Attention,
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    Ready,
    Unavailable,
)
from kiosk.slip import Printable

# Real-time status (DLE EOT n) and "transmit paper sensor status" (GS r 1), of Epson's ESC/POS command reference. The
# first is answered at once, the second only when everything before it was worked off.
_OFFLINE_CAUSE = b"\x10\x04\x02"
_ERROR_CAUSE = b"\x10\x04\x03"
_PAPER_SENSOR = b"\x10\x04\x04"
_WORKED_OFF = b"\x1d\x72\x01"


@dataclass(frozen=True, slots=True)
class PrinterTimes:
    """Time limits in seconds: for an answer, for the paper to come out after the last byte, and for everything."""

    answer_s: float = 1.0
    confirm_s: float = 15.0
    total_s: float = 40.0


class EscposPrinter:
    """A real printer. `open_link` is the way to it, `profile` the name of python-escpos' profile of its model."""

    def __init__(
        self, name: str, open_link: OpenLink, profile: str, layout: SlipLayout, times: PrinterTimes | None = None
    ) -> None:
        self._name = name
        self._open_link = open_link
        self._profile = profile
        self._paper = paper_of(profile)
        self._layout = layout
        self._times = times or PrinterTimes()
        self._in_use = threading.Lock()  # printers take one connection at a time

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    def status(self) -> DeviceStatus:
        """What the printer says. One that can be reached and says nothing is ready as far as anyone can know."""
        if not self._in_use.acquire(blocking=False):
            return Ready("in use by this program")
        try:
            return within(self._times.total_s, self._ask_status, "asking the printer")
        except DeviceProblem as problem:
            return Unavailable(problem.reason, problem.detail)
        finally:
            self._in_use.release()

    def print_slip(self, slip: Printable) -> None:
        """Print and cut. Raises DeviceProblem; paper may have come out all the same, so a reprint says its number."""
        job = escpos_job(self._layout.render(slip, self._paper), self._profile)
        if not self._in_use.acquire(timeout=self._times.total_s):
            raise DeviceProblem(DeviceReason.BUSY, "another slip is being printed")
        try:
            within(self._times.total_s, lambda: self._print(job), "printing")
        finally:
            self._in_use.release()

    def _ask_status(self) -> DeviceStatus:
        with contextlib.closing(self._open_link(self._times.total_s)) as link:
            return _state(link, self._times.answer_s) or Ready("no status from the printer")

    def _print(self, job: bytes) -> None:
        with contextlib.closing(self._open_link(self._times.total_s)) as link:
            before = _state(link, self._times.answer_s)
            if isinstance(before, Unavailable):
                raise DeviceProblem(before.reason, before.detail)
            link.send(job)
            if before is not None:
                self._confirm(link)

    def _confirm(self, link: PrinterLink) -> None:
        """A printer that can talk says when it has worked off the job; if it does not, it is asked why."""
        answer = link.ask(_WORKED_OFF, self._times.confirm_s)
        if any(byte & 0x90 == 0 for byte in answer):  # the fixed bits of this answer; real-time ones have bit 4 set
            return
        after = _state(link, self._times.answer_s)
        if isinstance(after, Unavailable):
            raise DeviceProblem(after.reason, after.detail)
        raise DeviceProblem(DeviceReason.TIMEOUT, "the printer did not say that it has printed")


def _state(link: PrinterLink, timeout_s: float) -> DeviceStatus | None:
    """The printer's own word, or None for a printer that does not answer."""
    cause = _status_byte(link.ask(_OFFLINE_CAUSE, timeout_s))
    if cause is None:
        return None
    if cause & 0x20:
        return Unavailable(DeviceReason.PAPER_OUT, "printing stopped at the paper's end")
    if cause & 0x04:
        return Unavailable(DeviceReason.COVER_OPEN, "the cover is open")
    if cause & 0x40:
        return _error(_status_byte(link.ask(_ERROR_CAUSE, timeout_s)) or 0)
    paper = _status_byte(link.ask(_PAPER_SENSOR, timeout_s)) or 0
    if paper & 0x60:
        return Unavailable(DeviceReason.PAPER_OUT, "no paper")
    if paper & 0x0C:
        return Attention(DeviceReason.PAPER_LOW, "the roll is near its end")
    return Ready()


def _error(cause: int) -> DeviceStatus:
    if cause & 0x08:
        return Unavailable(DeviceReason.JAM, "the cutter is stuck")
    return Unavailable(DeviceReason.FAILED, f"error status {cause:#04x}")


def _status_byte(answer: bytes) -> int | None:
    """The last byte that has the fixed bits of a real-time status (0xx1xx10), else None."""
    return next((byte for byte in reversed(answer) if byte & 0x93 == 0x12), None)
