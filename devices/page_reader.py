"""Reads print on a page where the optional reader is installed: is it legible, which way up is it, whose name is on it.

The reader (trueocr, extra "reading") works in a worker process: its runtime is heavy and young, and a page that crashes
or hangs it costs no more than the hints.
"""

import contextlib
import importlib.util
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from devices.worker_pipe import BrokenPipeMessage, Message, read_message, write_message
from kiosk.ports import PageImage
from kiosk.vietnamese import fold

# Measured on made pages of 22 lines: mean certainty .97 with blur that a person reads with ease, .94 where the first
# letters are lost, .61 where half of them are.
_LEGIBLE = 0.85
_FEWEST_LETTERS = 12  # a page with less print says nothing
_END_S = 2.0


@dataclass(frozen=True, slots=True)
class PageReading:
    """`lines` are the texts from the top; `certainty` their mean from 0 to 1, by length; `quarter_turns` clockwise make
    the page stand upright."""

    lines: tuple[str, ...]
    certainty: float
    quarter_turns: int = 0

    @property
    def legible(self) -> bool:
        """Whether print could be read. A page with hardly any print counts as legible."""
        return sum(map(len, self.lines)) < _FEWEST_LETTERS or self.certainty >= _LEGIBLE

    def bears(self, name: str) -> bool:
        """Whether a person's name is on the page: without accents, with at most one wrong letter in eight."""
        wanted = fold(name).split()
        if not wanted:
            return True
        words = [word for line in self.lines for word in fold(line).split()]
        together = "".join(wanted)
        allowed = max(1, len(together) // 8)
        windows = (words[start : start + size] for size in _sizes(len(wanted)) for start in range(len(words)))
        return any(
            Levenshtein.distance("".join(window), together, score_cutoff=allowed) <= allowed for window in windows
        )


def _sizes(words: int) -> range:
    """How many words the reader may have made of so many: two run together, one taken apart."""
    return range(max(1, words - 1), words + 2)


class PageReader(Protocol):
    """Reads print."""

    def read(self, page: PageImage) -> PageReading | None:
        """What is on the page, or None when it could not be read. Blocks."""
        ...


def reader_is_installed() -> bool:
    """Whether the extra "reading" is there."""
    return importlib.util.find_spec("trueocr") is not None


class WorkerPageReader:
    """A PageReader in a worker process that is started with the first page and kept. `worker_command` starts
    devices.page_reading_worker; a page may take `page_s`, the first one `start_s` more."""

    def __init__(self, worker_command: Sequence[str], page_s: float = 8.0, start_s: float = 20.0) -> None:
        self._command = list(worker_command)
        self._page_s = page_s
        self._start_s = start_s
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    def read(self, page: PageImage) -> PageReading | None:
        """What is on the page; None when the reader failed or took too long: its worker is then ended."""
        with self._lock:
            try:
                return _reading(self._answer(Message("read", {}, page.content)))
            except (OSError, BrokenPipeMessage, ValueError, KeyError, TypeError):
                self._end()
                return None

    def close(self) -> None:
        """End the worker. The next page starts another one."""
        with self._lock:
            self._end()

    def _answer(self, question: Message) -> Message | None:
        """A watch kills the worker when time is up: that ends the waiting for its answer too."""
        limit_s = self._page_s
        if self._worker is None:
            self._worker = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 -- our own program
            limit_s += self._start_s
        worker = self._worker
        assert worker.stdin is not None
        assert worker.stdout is not None
        watch = threading.Timer(limit_s, worker.kill)
        watch.daemon = True
        watch.start()
        try:
            write_message(worker.stdin, question)
            return read_message(worker.stdout)
        finally:
            watch.cancel()

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        for stream in (worker.stdin, worker.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):
                stream.close()
        try:
            worker.wait(_END_S)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait(_END_S)


def _reading(answer: Message | None) -> PageReading | None:
    if answer is None or answer.kind != "read":
        raise ValueError("the reader gave no answer")
    fields = answer.fields
    return PageReading(tuple(map(str, fields["lines"])), float(fields["certainty"]), int(fields["quarter_turns"]))
