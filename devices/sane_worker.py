"""The scanner's worker process: talks to SANE, so that a vendor's backend can crash or hang without the kiosk.

It reads one request from standard input (`status`, `scan` or `list`) and answers with messages on standard output:
`progress` and `page` (the body is a JPEG), and last `done` or `problem`. The word `cancel` on standard input, or its
end, stops the scan. Vendors' backends print: what they write goes to standard error.
"""

import contextlib
import os
import sys
import threading
from types import ModuleType
from typing import IO, Any, NoReturn

from devices.pictures import to_page
from devices.sane_options import PAPER_MM, apply_options, resolution_dpi, sources_to_try
from devices.worker_pipe import BrokenPipeMessage, Message, own_output, read_message, write_message
from kiosk.ports import DeviceProblem, DeviceReason, ScanSource

# The texts are sane_strstatus() of the SANE standard 1.06, §4.2.7; python-sane gives nothing else to go by.
_REASONS = {
    "Device busy": DeviceReason.BUSY,
    "Document feeder jammed": DeviceReason.JAM,
    "Document feeder out of documents": DeviceReason.FEEDER_EMPTY,
    "Scanner cover is open": DeviceReason.COVER_OPEN,
    "Operation was cancelled": DeviceReason.CANCELLED,
    "Operation was canceled": DeviceReason.CANCELLED,
    "Error during device I/O": DeviceReason.NOT_CONNECTED,
}
_NO_LINES = "Scanner returned no data"  # python-sane's own words


def main() -> NoReturn:
    """Serve one request and end the process at once: vendors' libraries can hang in their own ways of ending.

    The device was closed before the last answer, so nothing is left to tidy.
    """
    source, sink = sys.stdin.buffer, own_output()
    code = 0
    try:
        request = read_message(source)
        if request is not None:
            write_message(sink, _serve(request, source, sink))
    except (BrokenPipeMessage, OSError):
        code = 1  # the kiosk is gone or speaks another version: nobody is left to tell
    os._exit(code)


def _serve(request: Message, source: IO[bytes], sink: IO[bytes]) -> Message:
    try:
        import sane  # noqa: PLC0415 -- has no wheel, so it can be missing
    except ImportError as error:
        return _problem(DeviceReason.NO_DRIVER, f"python-sane is not installed: {error}")
    try:
        sane.init()
        if request.kind == "list":
            return Message("done", {"devices": _scanners(sane, local_only=False)})
        with contextlib.closing(_open(sane, request.fields.get("device", ""))) as device:
            if request.kind == "scan":
                _Scan(device, source, sink).run(request.fields)
            return Message("done", {"device": device.devname})
    except DeviceProblem as problem:
        return _problem(problem.reason, problem.detail)
    except Exception as error:  # noqa: BLE001 -- _sane.error derives from Exception; any fault of a backend is an answer
        return _problem(_REASONS.get(str(error), DeviceReason.FAILED), f"{type(error).__name__}: {error}")


def _problem(reason: DeviceReason, detail: str) -> Message:
    return Message("problem", {"reason": reason.value, "detail": detail})


def _open(sane: ModuleType, wanted: str) -> Any:
    """The wanted device, open: by SANE's exact name, or by a part of its name, maker or model.

    A USB scanner gets another name with each plugging ("epson2:libusb:001:004"), so an office names the model; of a
    name like that the backend alone is looked for where the whole is not there. Searching takes seconds with networks,
    so it comes second, and without a name it stays on this machine: the first scanner of a network is somebody else's.
    """
    if ":" in wanted:
        with contextlib.suppress(Exception):  # not there under this name: the search says what is
            return sane.open(wanted)
    wanted_part = wanted.partition("libusb:")[0].casefold()
    devices = _scanners(sane, local_only=not wanted)
    for name, label in devices:
        if wanted_part in f"{name} {label}".casefold():
            return sane.open(name)
    raise DeviceProblem(DeviceReason.NOT_CONNECTED, f"SANE knows {len(devices)} scanners, none is {wanted!r}")


def _scanners(sane: ModuleType, *, local_only: bool) -> list[tuple[str, str]]:
    """Name, and maker with model, of each. SANE's v4l backend offers webcams: they are no scanners."""
    found = sane.get_devices(local_only)
    return [(name, f"{maker} {model}") for name, maker, model, _kind in found if not name.startswith("v4l:")]


class _Scan:
    """One scan of one open device."""

    def __init__(self, device: Any, source: IO[bytes], sink: IO[bytes]) -> None:
        self._device = device
        self._sink = sink
        self._cancelled = threading.Event()
        self._percent = -1
        self._a4_lines = 1
        threading.Thread(target=self._listen, args=(source,), name="cancel", daemon=True).start()

    def run(self, fields: dict[str, Any]) -> None:
        """Send every page. Raises what SANE raises; an empty feeder is a problem only before the first page, and only
        where no other source is left to try."""
        sources = sources_to_try(self._device, ScanSource(fields["source"]))
        if not sources:
            raise DeviceProblem(DeviceReason.FEEDER_EMPTY, "the scanner has no feeder")
        for source in sources:
            apply_options(self._device, source, fields)
            try:
                self._send_pages(feeder=source is not ScanSource.GLASS)
            except DeviceProblem as problem:
                if problem.reason is not DeviceReason.FEEDER_EMPTY or source is sources[-1]:
                    raise
                self._device.cancel()  # backends take no other source while a scan is begun
            else:
                return

    def _send_pages(self, *, feeder: bool) -> None:
        """Send the page on the glass, or all in the feeder. Raises DeviceProblem, and what SANE raises."""
        pages = 0
        while pages == 0 or feeder:
            try:
                self._send_page(keep_feeding=feeder)
            except Exception as error:
                if self._cancelled.is_set():
                    raise DeviceProblem(DeviceReason.CANCELLED) from error
                if not (feeder and _tells_of_an_empty_feeder(error)):
                    raise
                if pages:
                    return
                raise DeviceProblem(DeviceReason.FEEDER_EMPTY, str(error)) from error
            pages += 1

    def _send_page(self, *, keep_feeding: bool) -> None:
        if self._cancelled.is_set():
            raise DeviceProblem(DeviceReason.CANCELLED)
        self._percent = -1
        self._a4_lines = max(1, round(PAPER_MM[1] / 25.4 * resolution_dpi(self._device)))
        self._device.start()
        picture = self._device.snap(no_cancel=keep_feeding, progress=self._progress)
        page = to_page(picture, resolution_dpi(self._device))
        size = {"width_px": page.width_px, "height_px": page.height_px, "dpi": page.dpi}
        write_message(self._sink, Message("page", size, page.content))

    def _progress(self, line: int, lines: int) -> None:
        """Called by python-sane after each line, with -1 lines of a page whose length shows only at its end. It must
        never raise: python-sane then crashes."""
        percent = min(99, line * 100 // (lines if lines > 0 else self._a4_lines))
        if percent == self._percent:
            return
        self._percent = percent
        with contextlib.suppress(OSError):
            write_message(self._sink, Message("progress", {"percent": percent}))

    def _listen(self, source: IO[bytes]) -> None:
        """Any further word, or the kiosk's end, cancels: sane_cancel() may be called at any time (SANE §4.3.11)."""
        with contextlib.suppress(BrokenPipeMessage, OSError, ValueError):
            read_message(source)
        self._cancelled.set()
        with contextlib.suppress(Exception):  # the device may be closed by now
            self._device.cancel()


def _tells_of_an_empty_feeder(error: Exception) -> bool:
    """Some feeders notice only at the first read that nothing came, and some then give a page without a line."""
    return _REASONS.get(str(error)) is DeviceReason.FEEDER_EMPTY or str(error) == _NO_LINES


if __name__ == "__main__":
    main()
