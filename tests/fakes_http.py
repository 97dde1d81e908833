"""An HTTP server on loopback that can be told to misbehave: scripted answers, lines that drip or break, TLS."""

import socket
import ssl
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SLOW_BLOCK = 64 * 1024
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Say:
    """A whole answer."""

    status: int
    body: bytes = b""
    media_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, call: "Caller") -> None:
        call.send_response(self.status)
        if self.media_type:
            call.send_header("Content-Type", self.media_type)
        for name, value in self.headers.items():
            call.send_header(name, value)
        call.send_header("Content-Length", str(len(self.body)))
        call.end_headers()
        if call.command != "HEAD":
            call.wfile.write(self.body)


@dataclass(frozen=True)
class Raw:
    """Bytes as they are, then the orderly end of the connection."""

    content: bytes

    def send(self, call: "Caller") -> None:
        call.wfile.write(self.content)
        call.close_connection = True


@dataclass(frozen=True)
class Drip:
    """`start`, then one byte every few milliseconds until the caller has had enough."""

    start: bytes = b"HTTP/1.1 200 OK\r\nX-Slow: "

    def send(self, call: "Caller") -> None:
        call.close_connection = True
        call.wfile.write(self.start)
        while not call.server_of.closing.wait(0.01):
            call.wfile.write(b"x")


@dataclass(frozen=True)
class Silence:
    """Nothing at all, for as long as the server lives; `reached` is set when a caller waits for it."""

    reached: threading.Event = field(default_factory=threading.Event)

    def send(self, call: "Caller") -> None:
        call.close_connection = True
        self.reached.set()
        call.server_of.closing.wait(20)


@dataclass(frozen=True)
class LoseAnswer:
    """Do what was asked, then break the line instead of answering."""

    def send(self, call: "Caller") -> None:
        call.server_of.answer(call)
        call.cut()


@dataclass(frozen=True)
class Altered:
    """Do what was asked, and change the answer on its way back."""

    change: Callable[[Say], Say]

    def send(self, call: "Caller") -> None:
        right = call.server_of.answer(call)
        (self.change(right) if isinstance(right, Say) else right).send(call)


@dataclass(frozen=True)
class Flood:
    """An answer of a gigabyte, of which as much is sent as the caller takes."""

    status: int

    def send(self, call: "Caller") -> None:
        call.close_connection = True
        call.wfile.write(f"HTTP/1.1 {self.status} Flood\r\nContent-Type: application/json\r\n".encode())
        call.wfile.write(b"Content-Length: 1000000000\r\n\r\n")
        while call.command != "HEAD" and not call.server_of.closing.is_set():
            call.wfile.write(bytes(SLOW_BLOCK))


@dataclass(frozen=True)
class Cut:
    """Break the line at once, without doing anything."""

    def send(self, call: "Caller") -> None:
        call.cut()


Reply = Say | Raw | Drip | Silence | LoseAnswer | Altered | Flood | Cut


def html(status: int = 200, **headers: str) -> Say:
    """What the login page of a network answers."""
    return Say(status, b"<html><body>Sign in to the network</body></html>", HTML, headers)


class Caller(BaseHTTPRequestHandler):
    """One connection of a caller."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the acknowledgement of its headers
    server_of: "FakeServer"
    body = b""

    def handle_any(self) -> None:
        owner = self.server_of
        size = int(self.headers.get("Content-Length") or 0)
        cut_after = owner.cut_bodies.popleft() if self.command == "PUT" and owner.cut_bodies else None
        self.body = self._read(size if cut_after is None else min(size, cut_after))
        owner.seen.append((self.command, self.path))
        owner.headers_seen.append(dict(self.headers.items()))
        reply = Cut() if cut_after is not None else owner.scripted(self.command, self.path)
        with suppress(OSError):  # a caller that went away is expected here
            (reply or owner.answer(self)).send(self)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815  http.server asks for these names

    def _read(self, size: int) -> bytes:
        """The body, with a pause before each block if the server is a slow one."""
        if not self.server_of.pause_s:
            return self.rfile.read(size)
        body = b""
        while len(body) < size and (block := self.rfile.read(min(SLOW_BLOCK, size - len(body)))):
            body += block
            self.server_of.closing.wait(self.server_of.pause_s)
        return body

    def cut(self) -> None:
        """Reset the connection instead of ending it in order."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    def date_time_string(self, _timestamp: float | None = None) -> str:
        return formatdate(self.server_of.now().timestamp(), usegmt=True)

    def log_message(self, _format: str, *_args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Ends every connection when it closes."""

    daemon_threads = False

    def __init__(self, handler: type[Caller], port: int) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.connections: set[socket.socket] = set()
        self.faults: list[BaseException | None] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        request.close()  # without the orderly shutdown of socketserver, so that a cut is a reset

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is expected here; anything else is a fault of the fake."""
        if not isinstance(sys.exception(), OSError):
            self.faults.append(sys.exception())

    def end(self) -> None:
        self.shutdown()
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class FakeServer:
    """Answers by script; what no script covers goes to `answer`. Everything that happened can be looked at."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC), port: int = 0) -> None:
        self.now = now
        self.closing = threading.Event()
        self.seen: list[tuple[str, str]] = []
        self.headers_seen: list[dict[str, str]] = []
        self.cut_bodies: deque[int] = deque()  # after so many bytes the body of the next PUT breaks off
        self.pause_s = 0.0
        self._scripts: list[tuple[str, str, deque[Reply] | None, Reply | None]] = []
        self._server = _Server(type("BoundCaller", (Caller,), {"server_of": self}), port)
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self._server.server_address[1]}"

    def use_tls(self, context: ssl.SSLContext) -> None:
        """Speak HTTPS with this context's certificate."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.scheme = "https"

    def answer(self, _call: Caller) -> Reply:
        """The answer where there is no script."""
        return Say(404)

    def script(self, method: str, path: str, *replies: Reply) -> None:
        """Give these replies, one each, to the next calls whose path begins so."""
        self._scripts.append((method, path, deque(replies), None))

    def always(self, method: str, path: str, reply: Reply) -> None:
        """Give this reply to every call whose path begins so."""
        self._scripts.append((method, path, None, reply))

    def heal(self) -> None:
        """Forget all scripts."""
        self._scripts.clear()

    def scripted(self, method: str, path: str) -> Reply | None:
        """The reply that a script has for this call."""
        for wanted, start, once, ever in self._scripts:
            if method == wanted and path.startswith(start) and (once or ever):
                return once.popleft() if once else ever
        return None

    def count(self, method: str, path: str) -> int:
        """How many calls came whose path begins so."""
        return sum(seen == method and where.startswith(path) for seen, where in self.seen)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="fake-server")
        thread.start()
        try:
            yield
        finally:
            self.closing.set()
            self._server.end()
            thread.join(5)
        assert self._server.faults == []
