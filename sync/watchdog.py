"""A total deadline for a blocking HTTP exchange, which requests does not have, and an end to one that stands still.

A timeout of requests limits one read at most: a portal (or an impostor) that drips a byte a second never meets it, and
while a slow line works off what the system has in its buffers, it ends an exchange that goes well. So a thread beside
the exchange looks at the bytes that have really moved, and shuts the socket.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from threading import Event, Lock, Thread
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sync.tcp_progress import moved_bytes

_BLOCK_BYTES = 128 * 1024  # sent at a time; of a tenth of that, a piece takes half as long again on a fast line


class Stage(Enum):
    """How far an exchange came with its connection."""

    KEPT_ALIVE = auto()  # the connection of an earlier exchange is in use
    CONNECTING = auto()
    CONNECTED = auto()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an exchange may take in all, and the fewest bytes that have to move in each `stall_s` of it."""

    deadline_s: float
    stall_s: float
    stall_bytes: float

    @property
    def socket_s(self) -> float:
        """The timeout of a single wait at the socket: so long that the watchdog is always the first."""
        return 2 * self.deadline_s


class Watchdog:
    """Watches the one socket that a transport uses at a time. After `abort()` no exchange gets through any more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._seen_bytes = 0
        self._socket_s = 0.0
        self.stage = Stage.KEPT_ALIVE
        self.aborted = False
        self.ended_by = ""

    @property
    def cut(self) -> bool:
        """Whether the exchange was ended from outside; `ended_by` is then "deadline", "stalled", or "" for `abort`."""
        return bool(self.ended_by) or self.aborted

    @contextmanager
    def watch(self, patience: Patience) -> Iterator[None]:
        """Shut the socket when the exchange inside takes too long or moves too little.

        A connection that is only being made is bounded by its own timeouts and is refused when it comes too late.
        """
        with self._lock:
            self.stage = Stage.KEPT_ALIVE
            self.ended_by = ""
            self._seen_bytes = self._moved_bytes() or 0
            self._socket_s = patience.socket_s
        over = Event()
        guard = Thread(target=self._guard, args=(patience, over), name="watchdog", daemon=True)
        guard.start()
        try:
            yield
        finally:
            over.set()
            guard.join()

    def connecting(self) -> None:
        """A new connection is about to be made."""
        self.stage = Stage.CONNECTING

    def opened(self, new: socket.socket) -> None:
        """Take a connection into view; raises TimeoutError when time is up already."""
        with self._lock:
            self.stage = Stage.CONNECTED
            self._socket = new
            self._seen_bytes = 0
            # The timeout for connecting would end a send that waits for a slow line: the guard knows better.
            new.settimeout(self._socket_s)
            if self.cut:
                raise TimeoutError("the exchange has ended")

    def send_timeout_s(self, connection: HTTPConnection) -> float | None:
        """The timeout for a request on that connection: urllib3 would send on a kept-alive one under the timeout for
        connecting, which ends a send that waits for a slow line."""
        return connection.timeout if connection.sock is None else self._socket_s

    def abort(self) -> None:
        """End the exchange that is under way, and every later one."""
        with self._lock:
            self.aborted = True
            self._shut()

    def _guard(self, patience: Patience, over: Event) -> None:
        end_s = time.monotonic() + patience.deadline_s
        while not over.wait(max(0.0, min(patience.stall_s, end_s - time.monotonic()))):
            if time.monotonic() >= end_s:
                self._end("deadline")
                return
            if self._stands_still(patience.stall_bytes):
                self._end("stalled")
                return

    def _stands_still(self, stall_bytes: float) -> bool:
        with self._lock:
            if self.stage is Stage.CONNECTING:
                return False
            moved = self._moved_bytes()
            if moved is None:
                return False
            before, self._seen_bytes = self._seen_bytes, moved
            return moved - before < stall_bytes

    def _moved_bytes(self) -> int | None:
        return None if self._socket is None else moved_bytes(self._socket)

    def _end(self, reason: str) -> None:
        with self._lock:
            self.ended_by = reason
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            # Not SSLSocket.shutdown: it drops the TLS state under the thread that is reading.
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class WatchedAdapter(HTTPAdapter):
    """An adapter of requests that shows each new connection to a watchdog."""

    def __init__(self, watchdog: Watchdog) -> None:
        self._watchdog = watchdog
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        """Make the pools as requests does, of connections that are watched."""
        super().init_poolmanager(connections, maxsize, block, blocksize=_BLOCK_BYTES, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = _watched_pools(self._watchdog)


def _watched_pools(watchdog: Watchdog) -> dict[str, type[HTTPConnectionPool]]:
    class PlainConnection(HTTPConnection):
        def connect(self) -> None:
            watchdog.connecting()
            super().connect()
            watchdog.opened(self.sock)

        def request(self, *args: Any, **kwargs: Any) -> None:
            self.timeout = watchdog.send_timeout_s(self)
            super().request(*args, **kwargs)

    class TlsConnection(HTTPSConnection):
        def connect(self) -> None:
            watchdog.connecting()
            super().connect()
            watchdog.opened(self.sock)

        def request(self, *args: Any, **kwargs: Any) -> None:
            self.timeout = watchdog.send_timeout_s(self)
            super().request(*args, **kwargs)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = TlsConnection

    return {"http": PlainPool, "https": TlsPool}
