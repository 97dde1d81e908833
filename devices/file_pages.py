"""A stranger's file as pages: its bytes go to a worker process, and only pixels come back."""

import contextlib
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from PIL import Image

from devices.pictures import to_page
from devices.worker_pipe import BrokenPipeMessage, Message, read_message, write_message
from kiosk.capture import FileProblem, FileRefused
from kiosk.errors import KioskError
from kiosk.ports import DeviceProblem, DeviceReason, PageImage

_CANCEL_POLL_S = 0.1
_ENDING_S = 5.0
_MOST_PX = 4000  # the longer side of A3 at 200 dpi has 3307
_CHANNELS = {"RGB": 3, "L": 1}


class FilePages:
    """Draws files, each in a worker process of its own.

    `worker_command` starts devices.file_worker. Nothing read and no page for `silence_s` ends it, and so does
    `total_s`. `monotonic_s` is a clock that never goes back.
    """

    def __init__(
        self,
        worker_command: Sequence[str],
        silence_s: float = 20.0,
        total_s: float = 180.0,
        *,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = list(worker_command)
        self._silence_s = silence_s
        self._total_s = total_s
        self._monotonic_s = monotonic_s

    def draw(
        self,
        content: Iterator[bytes],
        max_pages: int,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Give every page. Blocks; raises what `content` raises, FileRefused, DeviceProblem(CANCELLED), and
        DeviceProblem(FAILED) when no worker starts. A cancelled worker is killed at once: it holds nothing."""
        worker = _Worker(self._command, content, max_pages)
        try:
            end_s = self._monotonic_s() + self._total_s
            for given in range(max_pages + 1):
                message = self._next(worker, end_s, cancelled)
                if message.kind == "done" and given:
                    return
                worker.ask()  # for the page after it, which is drawn while this one is packed
                on_page(_page(message))
            raise FileRefused(FileProblem.TOO_MANY_PAGES, "the worker does not stop")
        finally:
            worker.end()

    def _next(self, worker: "_Worker", end_s: float, cancelled: Callable[[], bool]) -> Message:
        """The next page or the last word."""
        fed = worker.fed
        silent_until_s = self._monotonic_s() + self._silence_s
        while (now_s := self._monotonic_s()) < min(silent_until_s, end_s):
            if cancelled():
                raise DeviceProblem(DeviceReason.CANCELLED)
            message = worker.receive(_CANCEL_POLL_S)
            if message is not None:
                return message
            if worker.fed != fed:
                fed, silent_until_s = worker.fed, now_s + self._silence_s
        if not worker.fed_all:
            raise FileRefused(FileProblem.GONE, "the stick does not answer")
        raise FileRefused(FileProblem.TOO_HARD, "time")


class _Worker:
    """One worker process, with a thread that feeds it and one that hears it: pipes and sticks have no timeouts."""

    def __init__(self, command: Sequence[str], content: Iterator[bytes], max_pages: int) -> None:
        self.fed = 0
        self.fed_all = False
        self._ended = False
        self._heard: queue.Queue[Message | KioskError | None] = queue.Queue()
        pipe, quiet = subprocess.PIPE, subprocess.DEVNULL  # what parsers print may quote the file
        try:
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet)  # noqa: S603 -- our own program
        except OSError as error:
            raise DeviceProblem(DeviceReason.FAILED, f"the worker does not start: {error.strerror}") from error
        self._reader = threading.Thread(target=self._read, name="file worker", daemon=True)
        self._feeder = threading.Thread(target=self._feed, args=(content, max_pages), name="file", daemon=True)
        self._reader.start()
        self._feeder.start()

    def ask(self) -> None:
        """For one more page. A worker that is gone shows by the end of its messages."""
        self._send(Message("next"))

    def receive(self, timeout_s: float) -> Message | None:
        """The next page or the last word, or None if none came in time. Raises FileRefused and what the reading of the
        file raised."""
        try:
            heard = self._heard.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if isinstance(heard, KioskError):
            raise heard
        if heard is None:
            raise self._death()
        if heard.kind == "problem":
            reason, detail = heard.fields.get("reason"), str(heard.fields.get("detail", ""))
            raise FileRefused(FileProblem(reason) if reason in set(FileProblem) else FileProblem.BROKEN, detail)
        return heard

    def end(self) -> None:
        """Kill it and wait. A feeder that hangs in a dead stick is left to end when the system lets it go."""
        self._ended = True
        self._process.kill()
        self._process.wait(_ENDING_S)
        self._reader.join(_ENDING_S)
        self._feeder.join(2 * _CANCEL_POLL_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        if not self._feeder.is_alive():
            self._stop_sending()

    def _send(self, message: Message) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            write_message(self._process.stdin, message)

    def _stop_sending(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def _feed(self, content: Iterator[bytes], max_pages: int) -> None:
        try:
            self._send(Message("file", {"max_pages": max_pages}))
            for piece in content:
                if self._process.poll() is not None:
                    return
                self._send(Message("bytes", body=piece))
                self.fed += 1
            self._send(Message("end"))
            self.fed_all = True
            self.ask()
        except KioskError as error:
            self._heard.put(error)
        finally:
            if self._ended:
                self._stop_sending()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeMessage, OSError, ValueError):
            while (message := read_message(self._process.stdout)) is not None:
                self._heard.put(message)
        self._heard.put(None)

    def _death(self) -> FileRefused:
        """Why a worker ended without a last word: a limit killed it, or the file broke it."""
        code = self._process.wait(_ENDING_S)
        name = signal.Signals(-code).name if code < 0 else str(code)
        return FileRefused(FileProblem.TOO_HARD, f"the worker ended with {name}")


def _page(message: Message) -> PageImage:
    """The pixels as a page. The worker may be in the hands of the file: its numbers are looked at first."""
    try:
        width, height, dpi = (int(message.fields[name]) for name in ("width_px", "height_px", "dpi"))
        mode = str(message.fields["mode"])
        if not (0 < width <= _MOST_PX and 0 < height <= _MOST_PX and 0 < dpi <= 1200):
            raise ValueError("size")
        if len(message.body) != width * height * _CHANNELS[mode]:
            raise ValueError("pixels")
        return to_page(Image.frombuffer(mode, (width, height), message.body, "raw", mode, 0, 1), dpi)
    except (KeyError, ValueError, TypeError) as error:
        raise FileRefused(FileProblem.BROKEN, f"the worker sent no page: {error}") from error
