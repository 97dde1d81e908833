"""One exchange of HTTP with a scanner: deadlines, sizes and hosts are ours to set, and a citizen can break it off.

http.client and not requests: it follows no redirect, asks no proxy and no password of the environment, and its socket
can be shut from outside while another thread waits on it.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from kiosk.ports import DeviceProblem, DeviceReason

_LOOK_S = 0.1
_PORTS = {"http": 80, "https": 443}
_BLOCK = 64 * 1024
_REDIRECTS = {301, 302, 307, 308}
_MAX_REDIRECTS = 3
_LEAVING_S = 1.0


@dataclass(frozen=True, slots=True)
class EsclTimes:
    """Time limits in seconds: for a connection, between two bytes, for an exchange about the scanner, for a page,
    which a flatbed at 300 dpi that has to warm up needs more than a minute for, and for all pages of a job."""

    connect_s: float = 5.0
    read_s: float = 60.0
    exchange_s: float = 15.0
    page_s: float = 180.0
    job_s: float = 600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. The names of `headers` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: at most `max_bytes` are taken of the answer, within `limit_s`."""

    method: str
    path: str
    limit_s: float
    max_bytes: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cancelled: Callable[[], bool] = lambda: False
    on_bytes: Callable[[int, int], None] = lambda _so_far, _whole: None  # as _Exchange.so_far, now and then


class EsclLink:
    """The way to one address, such as http://192.0.2.7/eSCL. Each exchange has its own connection.

    The certificate of an https address is checked against `ca_file`, else not at all: scanners sign theirs themselves
    (docs/adr/0014).
    """

    def __init__(
        self,
        address: str,
        ca_file: Path | None = None,
        times: EsclTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises ValueError for an address that is none, and OSError for a `ca_file` that cannot be read."""
        self._root = _parsed(address)
        self._tls = _tls(ca_file)
        self.times = times or EsclTimes()
        self._clock = clock

    @property
    def address(self) -> str:
        """As it was given."""
        return self._root.geturl()

    @property
    def base(self) -> str:
        """The path under which the scanner's resources lie, without a slash at its end."""
        return self._root.path.rstrip("/")

    @property
    def host_and_port(self) -> str:
        """With the port even where it is the usual one."""
        return f"{self._root.hostname}:{self._root.port or _PORTS[self._root.scheme]}"

    @property
    def is_local(self) -> bool:
        """Whether it leads no farther than this machine, as to a USB scanner through ipp-usb."""
        return _is_loopback(self._root.hostname or "")

    def ask(self, call: Call) -> Answer:
        """Raises DeviceProblem: NOT_CONNECTED when nobody is there or the line breaks, TIMEOUT, CANCELLED, FAILED."""
        until_s = self._clock() + call.limit_s
        at, path = self._root, call.path
        for _hop in range(_MAX_REDIRECTS + 1):
            answer = self._exchange(at, path, call, until_s)
            if answer.status not in _REDIRECTS:
                return answer
            at, path = self._redirected(at, answer.headers.get("location", ""))
        raise DeviceProblem(DeviceReason.FAILED, "the scanner sends us in circles")

    def _redirected(self, at: SplitResult, location: str) -> tuple[SplitResult, str]:
        """Another port or from http to https, but no other host and never from https to http."""
        try:
            target = urlsplit(location)
            moved = target._replace(netloc=target.netloc or at.netloc, scheme=target.scheme or at.scheme)
            same = moved.hostname == at.hostname and moved.scheme in ("https", at.scheme)
            whole = target.path + (f"?{target.query}" if target.query else "")
            if same and whole.startswith("/"):
                return _parsed(moved.geturl()), whole
        except ValueError:
            pass
        raise DeviceProblem(DeviceReason.FAILED, f"the scanner sends us to {location!r}")

    def _exchange(self, at: SplitResult, path: str, call: Call, until_s: float) -> Answer:
        exchange = _Exchange(self._connection(at), path, call, self.times.read_s)
        try:
            while not exchange.wait(_LOOK_S):
                call.on_bytes(*exchange.so_far)
                if call.cancelled():
                    raise DeviceProblem(DeviceReason.CANCELLED)
                if self._clock() >= until_s:
                    raise DeviceProblem(DeviceReason.TIMEOUT, f"{call.method} {path} took over {call.limit_s} s")
            answer = exchange.answer()
            call.on_bytes(*exchange.so_far)
            return answer
        finally:
            exchange.end()

    def _connection(self, at: SplitResult) -> http.client.HTTPConnection:
        host, port = at.hostname or "", at.port or _PORTS[at.scheme]
        if at.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self.times.connect_s, context=self._tls)
        return http.client.HTTPConnection(host, port, timeout=self.times.connect_s)


class _Exchange:
    """One request and its answer, in a thread of its own, so that whoever waits can leave."""

    def __init__(self, connection: http.client.HTTPConnection, path: str, call: Call, read_s: float) -> None:
        self._connection = connection
        self._path = path
        self._call = call
        self._read_s = read_s
        self._socket: socket.socket | None = None
        self.so_far = (0, 0)  # bytes that are here, bytes that are expected (0: not known)
        self._answer: Answer | None = None
        self._error: Exception | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="escl exchange", daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float) -> bool:
        """Whether it is over."""
        return self._done.wait(timeout_s)

    def answer(self) -> Answer:
        """Raises DeviceProblem."""
        if self._answer is not None:
            return self._answer
        assert self._error is not None
        raise self._problem(self._error) from self._error

    def end(self) -> None:
        """Shut the connection, whatever it is doing; a name that is still being looked up is left to time out."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(_LEAVING_S)
        self._connection.close()

    def _run(self) -> None:
        try:
            self._answer = self._talk()
        except Exception as error:  # noqa: BLE001 -- told to whoever waits, whatever it is
            self._error = error
        self._done.set()

    def _talk(self) -> Answer:
        call = self._call
        self._connection.connect()
        self._socket = self._connection.sock  # the connection forgets it once the head of the answer is read
        self._socket.settimeout(self._read_s)
        kind = {"Content-Type": "text/xml"} if call.body else {}
        headers = {"Connection": "close", **kind, **call.headers}
        self._connection.request(call.method, self._path, call.body or None, headers)
        response = self._connection.getresponse()
        with closing(response):
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, self._body(response))

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        whole = response.length or 0
        blocks: list[bytes] = []
        size = 0
        while block := response.read1(_BLOCK):
            blocks.append(block)
            size += len(block)
            if size > self._call.max_bytes:
                raise DeviceProblem(DeviceReason.FAILED, f"more than {self._call.max_bytes} bytes")
            self.so_far = (size, whole)
        if size < whole:
            raise http.client.IncompleteRead(b"", whole - size)
        return b"".join(blocks)

    def _problem(self, error: Exception) -> DeviceProblem:
        """The reason that a person can act on."""
        if isinstance(error, DeviceProblem):
            return error
        detail = f"{self._call.method} {self._path}: {type(error).__name__}: {error}"
        if isinstance(error, TimeoutError) and self._socket is not None:
            return DeviceProblem(DeviceReason.TIMEOUT, detail)
        gone = OSError, http.client.IncompleteRead, http.client.RemoteDisconnected
        if isinstance(error, gone) and not isinstance(error, ssl.SSLError):
            return DeviceProblem(DeviceReason.NOT_CONNECTED, detail)
        return DeviceProblem(DeviceReason.FAILED, detail)


def _parsed(address: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None or parts.query:
        raise ValueError(f"{address!r} is no address such as http://192.0.2.7/eSCL")
    assert parts.port is None or parts.port >= 0  # reading it raises ValueError for a number that is none
    return parts


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    if ca_file is not None:
        context = ssl.create_default_context(cafile=str(ca_file))
        context.check_hostname = False  # its certificate is pinned by the file, and rarely names its address
        return context
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
