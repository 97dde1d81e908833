"""The line between kiosk and portal as a TCP proxy that can be cut, closed, silenced and slowed while it runs."""

import asyncio
import re
from collections import Counter, deque
from collections.abc import Coroutine
from contextlib import suppress
from threading import Event, Thread
from typing import Literal

BLOCK_BYTES = 16 * 1024
START_TIMEOUT_S = 10.0
_COMMIT = re.compile(rb"PUT /v1/submissions/([0-9a-f-]{36}) ")
_REQUEST_LINE_BYTES = 80

Mode = Literal["open", "silent"]


class FaultProxy:
    """Passes bytes on to `upstream_port` of this machine. Every attribute may be set from any thread.

    `silent` takes connections and never answers. `bytes_per_s` slows every connection;
    the numbers in `cut_after` each cut one later connection after so many bytes to the portal. `commits` counts the
    commits that passed by reference: what passed more than once was replayed. `answers_left` lets so many blocks of
    answers through, then loses one with its connection.
    """

    def __init__(self, upstream_port: int) -> None:
        self.mode: Mode = "open"
        self.bytes_per_s: float | None = None
        self.cut_after: deque[int] = deque()
        self.commits: Counter[str] = Counter()
        self.answers_left: int | None = None
        self.cuts = 0
        self.port = 0
        self._upstream_port = upstream_port
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._thread = Thread(target=self._run, name="fault-proxy")

    def start(self) -> None:
        """Begin; `port` is known afterwards."""
        self._thread.start()
        assert self._ready.wait(START_TIMEOUT_S)

    def stop(self) -> None:
        """Cut everything and end."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_TIMEOUT_S)

    def cut(self) -> None:
        """Cut every connection that is open now."""
        self._loop.call_soon_threadsafe(self._cut_all)

    def close(self) -> None:
        """Nobody listens any more: connections are refused."""
        self._in_loop(self._close())
        self.cut()

    def heal(self) -> None:
        """A good line from now on."""
        self.mode, self.bytes_per_s = "open", None
        self.cut_after.clear()
        self.answers_left = None
        self._in_loop(self._open())
        self.cut()  # what was silent or slow begins again

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._close())
        self._cut_all()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _in_loop(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(START_TIMEOUT_S)

    async def _open(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _cut_all(self) -> None:
        self.cuts += len(self._writers) > 0
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if self.mode == "silent":
                await reader.read()
                return
            with suppress(OSError):
                await self._join(reader, writer)
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        portal_reader, portal_writer = await asyncio.open_connection("127.0.0.1", self._upstream_port)
        self._writers.add(portal_writer)
        left = self.cut_after.popleft() if self.cut_after else None
        there = asyncio.ensure_future(self._pass(reader, portal_writer, left))
        back = asyncio.ensure_future(self._pass_back(portal_reader, writer))
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (there, back):
                task.cancel()
            await asyncio.gather(there, back, return_exceptions=True)
            self._writers.discard(portal_writer)
            portal_writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, left: int | None) -> None:
        tail = b""
        while block := await reader.read(BLOCK_BYTES):
            if left is not None:
                left -= len(block)
                if left <= 0:
                    self.cuts += 1
                    writer.write(block[:left])
                    return
            self._note(tail, block)
            tail = block[-_REQUEST_LINE_BYTES:]
            if self.bytes_per_s:
                await asyncio.sleep(len(block) / self.bytes_per_s)
            writer.write(block)
            await writer.drain()

    async def _pass_back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while block := await reader.read(BLOCK_BYTES):
            if self.answers_left is not None:
                self.answers_left -= 1
                if self.answers_left < 0:
                    self.answers_left = None
                    self.cuts += 1
                    return
            if self.bytes_per_s:
                await asyncio.sleep(len(block) / self.bytes_per_s)
            writer.write(block)
            await writer.drain()

    def _note(self, tail: bytes, block: bytes) -> None:
        """Count the commits of this block; one that began in the block before is counted now."""
        for found in _COMMIT.finditer(tail + block):
            if found.end() > len(tail):
                self.commits[found[1].decode()] += 1
