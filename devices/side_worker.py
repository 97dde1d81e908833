"""A worker process that gets the newest of many requests: one at a time, and nobody ever waits for it."""

import contextlib
import subprocess
import threading
from collections.abc import Sequence

from devices.worker_pipe import BrokenPipeMessage, Message, read_message, write_message

_STARTS = 3  # a worker that dies again and again is left alone
_LEAVING_S = 5.0


class SideWorker:
    """Starts `command` with the first request, and anew when it dies, up to three times in all.

    `offer` and `take` return at once; a thread of its own writes to the process and waits for it. A request that is
    not begun when the next one comes is dropped.
    """

    def __init__(self, command: Sequence[str], silence_s: float) -> None:
        self._command = list(command)
        self._silence_s = silence_s
        self._changed = threading.Condition()
        self._request: Message | None = None
        self._answers: list[Message] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._busy_since_s: float | None = None
        self._starts_left = _STARTS
        self._closed = self._given_up = False
        self._thread: threading.Thread | None = None

    def offer(self, request: Message, at_s: float) -> None:
        """Work on this when the work under way is done. A worker that has been silent for too long is killed here."""
        with self._changed:
            if self._closed or self._given_up:
                return
            if self._busy_since_s is not None and at_s - self._busy_since_s > self._silence_s:
                self._kill()
            self._request = request
            if self._busy_since_s is None:
                self._busy_since_s = at_s
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="side worker", daemon=True)
                self._thread.start()
            self._changed.notify()

    def take(self) -> list[Message]:
        """The answers since the last time, oldest first."""
        with self._changed:
            answers, self._answers = self._answers, []
            return answers

    def close(self) -> None:
        """Kill the process, work under way or not, and forget everything."""
        with self._changed:
            self._closed = True
            self._request, self._answers = None, []
            self._kill()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(_LEAVING_S)

    def _kill(self) -> None:
        self._busy_since_s = None
        if self._process is not None:
            self._process.kill()

    def _serve(self) -> None:
        """Request by request; the process is started when there is none."""
        try:
            while (request := self._next()) is not None:
                process = self._started()
                if process is None:
                    break
                answer = _talk(process, request)
                with self._changed:
                    if answer is None:
                        self._end(process)
                    elif not self._closed:
                        self._answers.append(answer)
                    if self._request is None:
                        self._busy_since_s = None
        finally:
            with self._changed:
                if self._process is not None:
                    self._end(self._process)

    def _next(self) -> Message | None:
        with self._changed:
            while self._request is None and not self._closed:
                self._changed.wait()
            request, self._request = self._request, None
            return None if self._closed else request

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The running process, or a new one while there are starts left."""
        if self._process is not None:
            return self._process
        with self._changed:
            self._given_up = not self._starts_left
            if self._closed or self._given_up:
                return None
            self._starts_left -= 1
            with contextlib.suppress(OSError):
                self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 -- our own program
            return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Called with the lock held, by the thread that reads from the process."""
        process.kill()
        process.wait(_LEAVING_S)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process = None


def _talk(process: subprocess.Popen[bytes], request: Message) -> Message | None:
    """The answer, or None from a process that died, was killed or speaks no messages."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        write_message(process.stdin, request)
        return read_message(process.stdout)
    except (OSError, ValueError, BrokenPipeMessage):
        return None
