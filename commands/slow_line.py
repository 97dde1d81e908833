"""A line between a kiosk and a portal on this machine that is as slow, as far and as bad as one is told."""

import asyncio
import contextlib
import socket
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

_BLOCK_BYTES = 4096  # about three packets: small enough to share a line fairly, large enough for a fast one
_BUFFER_BYTES = 64 * 1024  # of each socket, so that what was taken has nearly been carried
_LATE_S = 0.02  # a sleep ends late by some of this; what was missed so is made up
_STOP_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class LineSpeed:
    """What the line carries in each direction, all connections together, and how long a byte is on its way. No limit
    where the rate is 0."""

    bytes_per_s: float = 0.0
    delay_s: float = 0.0


class SlowLine:
    """Carries connections to the server at `target`, an http URL on loopback, at `url`, while the `with` block lasts.

    A subclass may change what passes or break off in `carried`.
    """

    def __init__(self, target: str, speed: LineSpeed) -> None:
        place = urlsplit(target)
        self._target = (place.hostname or "", place.port or 0)
        self._speed = speed
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="slow-line")
        self._tasks: set[asyncio.Task[None]] = set()
        self._free_at = {True: 0.0, False: 0.0}
        self._server: asyncio.Server | None = None
        self.url = ""

    def carried(self, block: bytes, upstream: bool) -> bytes | None:
        """What arrives of a block; None breaks the connection. Called in the line's own thread."""
        del upstream
        return block

    def __enter__(self) -> Self:
        self._thread.start()
        port = self._told(self._listen())
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._told(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_STOP_TIMEOUT_S)
        self._loop.close()

    def _told(self, work: Coroutine[Any, Any, Any]) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(_STOP_TIMEOUT_S)

    async def _listen(self) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
        self._server = await asyncio.start_server(self._accept, sock=listener, limit=_BLOCK_BYTES)
        return int(listener.getsockname()[1])

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        writers = [writer]
        try:
            await asyncio.sleep(2 * self._speed.delay_s)  # the handshake of the real line
            far_reader, far_writer = await asyncio.open_connection(*self._target, limit=_BLOCK_BYTES)
            writers.append(far_writer)
            there = self._carry(reader, far_writer, upstream=True)
            await asyncio.gather(there, self._carry(far_reader, writer, upstream=False))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            for each in writers:
                each.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, upstream: bool) -> None:
        """Take blocks as fast as the line is, and give each out when it has been on its way long enough."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arrival = asyncio.create_task(self._arrive(on_the_way, writer, upstream))
        try:
            while block := await reader.read(_BLOCK_BYTES):
                await self._turn(len(block), upstream)
                on_the_way.put_nowait((self._loop.time() + self._speed.delay_s, block))
            on_the_way.put_nowait((self._loop.time() + self._speed.delay_s, b""))
            await arrival
        finally:
            arrival.cancel()

    async def _turn(self, size_bytes: int, upstream: bool) -> None:
        """Wait until the line has carried that much; connections take turns block by block."""
        if not self._speed.bytes_per_s:
            return
        now_s = self._loop.time()
        free_s = self._free_at[upstream]
        start_s = free_s if free_s > now_s - _LATE_S else now_s
        self._free_at[upstream] = start_s + size_bytes / self._speed.bytes_per_s
        await asyncio.sleep(self._free_at[upstream] - now_s)

    async def _arrive(
        self, on_the_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, upstream: bool
    ) -> None:
        while True:
            due_s, block = await on_the_way.get()
            await asyncio.sleep(due_s - self._loop.time())
            arrived = self.carried(block, upstream) if block else b""
            if arrived is None:
                writer.transport.abort()
                raise ConnectionError("the line broke")
            if not block:
                with contextlib.suppress(OSError, NotImplementedError):
                    writer.write_eof()
                return
            writer.write(arrived)
            await writer.drain()
