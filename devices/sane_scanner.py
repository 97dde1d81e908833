"""A scanner through SANE, in a worker process for each use: a backend that crashes or hangs costs one scan."""

import contextlib
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from devices.worker_pipe import BrokenPipeMessage, Message, read_message, write_message
from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    PageImage,
    Ready,
    ScanOptions,
    Unavailable,
    unheard,
)
from kiosk.texts import _

_CANCEL_POLL_S = 0.2
_CANCEL_GRACE_S = 5.0


class SaneScanner:
    """A scanner that SANE knows.

    `worker_command` starts devices.sane_worker. `device` is SANE's name or a part of the maker's or model's name; empty
    takes the first of this machine. It is looked for anew at each use, so it may be unplugged and plugged in again.
    `options` are further options of the backend, set as they are. Nothing heard for `silence_s` is a hang; a whole scan
    may take `scan_s`. `monotonic_s` is a clock that never goes back.
    """

    def __init__(
        self,
        worker_command: Sequence[str],
        device: str = "",
        options: Mapping[str, str | int | float | bool] | None = None,
        silence_s: float = 60.0,
        scan_s: float = 600.0,
        *,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = list(worker_command)
        self._device = device
        self._options = dict(options or {})
        self._silence_s = silence_s
        self._scan_s = scan_s
        self._monotonic_s = monotonic_s
        self._in_use = threading.Lock()

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Máy quét {device}").format(device=self._device) if self._device else _("Máy quét")

    def status(self) -> DeviceStatus:
        """Opens the device and closes it again, in a worker: some seconds with scanners on the network."""
        if not self._in_use.acquire(blocking=False):
            return Ready("in use by this program")
        try:
            answer = self._talk(Message("status", {"device": self._device}), _Listener(), _never)
            return Ready(str(answer.fields.get("device", "")))
        except DeviceProblem as problem:
            return Unavailable(problem.reason, problem.detail)
        finally:
            self._in_use.release()

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        """Give each page when it is whole. Raises DeviceProblem; pages given before stay given."""
        fields: dict[str, Any] = {
            "device": self._device,
            "dpi": options.dpi,
            "colour": options.colour,
            "source": options.source.value,
            "options": self._options,
        }
        if not self._in_use.acquire(timeout=self._silence_s):
            raise DeviceProblem(DeviceReason.BUSY, "another scan is running")
        try:
            self._talk(Message("scan", fields), _Listener(on_page, on_progress), cancelled)
        finally:
            self._in_use.release()

    def listed(self) -> list[tuple[str, str]]:
        """Name, and maker with model, of every scanner that SANE finds, those of networks too: some seconds. Raises
        DeviceProblem."""
        answer = self._talk(Message("list"), _Listener(), _never)
        return [(str(name), str(label)) for name, label in answer.fields.get("devices", [])]

    def _talk(self, request: Message, listener: "_Listener", cancelled: Callable[[], bool]) -> Message:
        """Send the request and follow the answers to the last one. Raises DeviceProblem."""
        worker = _Worker(self._command)
        try:
            worker.send(request)
            end_s = self._monotonic_s() + self._scan_s
            while True:
                message = self._next(worker, end_s, cancelled)
                if message.kind == "page":
                    listener.on_page(_page(message))
                elif message.kind == "progress":
                    listener.on_progress(_percent(message))
                elif message.kind == "problem":
                    raise _problem(message)
                elif message.kind == "done":
                    return message
        finally:
            worker.end()

    def _next(self, worker: "_Worker", end_s: float, cancelled: Callable[[], bool]) -> Message:
        """The next message. Looks several times a second whether the citizen has cancelled."""
        silent_until_s = self._monotonic_s() + self._silence_s
        while (now_s := self._monotonic_s()) < min(silent_until_s, end_s):
            if cancelled() and not worker.cancelled:
                worker.cancel()
                silent_until_s = now_s + _CANCEL_GRACE_S
            message = worker.receive(_CANCEL_POLL_S)
            if message is not None:
                return message
        if worker.cancelled:
            raise DeviceProblem(DeviceReason.CANCELLED, "the scanner did not answer the cancelling")
        raise DeviceProblem(DeviceReason.TIMEOUT, "the scanner's worker went silent")


@dataclass(frozen=True, slots=True)
class _Listener:
    """Who is told of a scan; a request that gives no page has none."""

    on_page: Callable[[PageImage], None] = lambda _page: None
    on_progress: Callable[[int], None] = unheard


class _Worker:
    """One worker process. A thread reads its messages, for a pipe has no timeout of its own."""

    def __init__(self, command: Sequence[str]) -> None:
        self.cancelled = False
        self._messages: queue.Queue[Message | DeviceProblem] = queue.Queue()
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 -- our own program
        except OSError as error:
            raise DeviceProblem(DeviceReason.FAILED, f"the worker does not start: {error}") from error
        self._reader = threading.Thread(target=self._read, name="scanner worker", daemon=True)
        self._reader.start()

    def send(self, message: Message) -> None:
        """Raises nothing: a worker that is gone shows by the end of its messages."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            write_message(self._process.stdin, message)

    def cancel(self) -> None:
        """Ask once; the head of a flatbed wants to return, so the process is not killed at once."""
        self.cancelled = True
        self.send(Message("cancel"))

    def receive(self, timeout_s: float) -> Message | None:
        """The next message, or None if none came in time. Raises DeviceProblem when the worker has died."""
        try:
            item = self._messages.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if isinstance(item, DeviceProblem):
            raise DeviceProblem(DeviceReason.CANCELLED, item.detail) if self.cancelled else item
        return item

    def end(self) -> None:
        """End the process, by force if it does not go by itself, and wait for it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(_CANCEL_GRACE_S)
        self._reader.join(_CANCEL_GRACE_S)
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while (message := read_message(self._process.stdout)) is not None:
                self._messages.put(message)
            end = "it ended without a last word"
        except (BrokenPipeMessage, OSError, ValueError) as error:
            end = str(error)
        self._messages.put(DeviceProblem(DeviceReason.FAILED, f"the scanner's worker failed: {end}"))


def _page(message: Message) -> PageImage:
    try:
        size = (int(message.fields[name]) for name in ("width_px", "height_px", "dpi"))
        return PageImage(message.body, "image/jpeg", *size)
    except (KeyError, ValueError, TypeError) as error:
        raise DeviceProblem(DeviceReason.FAILED, f"the scanner's worker sent no page: {error}") from error


def _percent(message: Message) -> int:
    percent = message.fields.get("percent")
    return min(max(percent, 0), 100) if isinstance(percent, int) else 0


def _problem(message: Message) -> DeviceProblem:
    reason, detail = message.fields.get("reason"), str(message.fields.get("detail", ""))
    return DeviceProblem(DeviceReason(reason) if reason in set(DeviceReason) else DeviceReason.FAILED, detail)


def _never() -> bool:
    return False
