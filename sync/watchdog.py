"""A total deadline for a blocking HTTP exchange, which requests does not have: the socket is shut from a timer.

A timeout of requests limits one read at most; a portal (or an impostor) that drips a byte a second never meets it.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from threading import Lock, Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Stage(Enum):
    """How far an exchange came with its connection."""

    KEPT_ALIVE = auto()  # the connection of an earlier exchange is in use
    CONNECTING = auto()
    CONNECTED = auto()


class Watchdog:
    """Watches the one socket that a transport uses at a time. After `abort()` no exchange gets through any more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self.stage = Stage.KEPT_ALIVE
        self.aborted = False
        self.expired = False

    @property
    def cut(self) -> bool:
        """Whether the exchange was ended from outside."""
        return self.expired or self.aborted

    @contextmanager
    def watch(self, deadline_s: float) -> Iterator[None]:
        """Shut the socket when the exchange inside takes longer than `deadline_s`.

        A connection that is only being made is bounded by its own timeouts and is refused when it comes too late.
        """
        with self._lock:
            self.stage = Stage.KEPT_ALIVE
            self.expired = False
        timer = Timer(deadline_s, self._expire)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def connecting(self) -> None:
        """A new connection is about to be made."""
        self.stage = Stage.CONNECTING

    def opened(self, new: socket.socket) -> None:
        """Take a connection into view; raises TimeoutError when time is up already."""
        with self._lock:
            self.stage = Stage.CONNECTED
            self._socket = new
            if self.cut:
                raise TimeoutError("the exchange has ended")

    def abort(self) -> None:
        """End the exchange that is under way, and every later one."""
        with self._lock:
            self.aborted = True
            self._shut()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
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
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = _watched_pools(self._watchdog)


def _watched_pools(watchdog: Watchdog) -> dict[str, type[HTTPConnectionPool]]:
    class PlainConnection(HTTPConnection):
        def connect(self) -> None:
            watchdog.connecting()
            super().connect()
            watchdog.opened(self.sock)

    class TlsConnection(HTTPSConnection):
        def connect(self) -> None:
            watchdog.connecting()
            super().connect()
            watchdog.opened(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = TlsConnection

    return {"http": PlainPool, "https": TlsPool}
