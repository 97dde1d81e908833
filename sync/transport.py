"""One HTTP exchange with a portal: strict about who answers, how long it takes and how much it says."""

import io
import ipaddress
import time
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests.exceptions import RequestException, SSLError
from urllib3.exceptions import HTTPError

from kiosk.errors import ConfigProblem
from kiosk.manifest import content_digest
from kiosk.outbox import Held, QueueCondition, TryLater
from kiosk.receipt import PROBLEM_MEDIA_TYPE
from sync.certificate import certificate_failure, validity
from sync.server_time import ServerTime
from sync.watchdog import Patience, Stage, Watchdog, WatchedAdapter

JSON_MEDIA_TYPE = "application/json"
# Reasons of a failure that is nobody's word: no answer came, or only a part of one.
UNANSWERED = frozenset({"connection_lost", "deadline", "stalled"})
_LOST = TryLater("connection_lost")
_STOPPED = Held(QueueCondition.OFFLINE, "stopped")


@dataclass(frozen=True, slots=True)
class ExchangeLimits:
    """How long an exchange may take and how much an answer may be.

    A piece of 1 MiB has 292 s: it arrives at 4 kB/s, what is left of GPRS on a bad day, and a portal, which waits 300 s
    for a body (docs/portal-contract.md), is never the first to give up. What moves less than 1 kB/s for a minute
    stands still and is ended before.
    """

    connect_s: float = 10.0
    base_s: float = 30.0
    slowest_bytes_per_s: float = 4_000.0
    stall_s: float = 60.0
    stall_bytes_per_s: float = 1_000.0
    answer_max_bytes: int = 1024 * 1024

    def patience(self, size_bytes: int) -> Patience:
        """What an exchange with a body of that size may take."""
        deadline_s = self.base_s + size_bytes / self.slowest_bytes_per_s
        return Patience(deadline_s, self.stall_s, self.stall_s * self.stall_bytes_per_s)


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask. `answers` are the media types that this call's 2xx answers have; "" stands for no content. A
    `digested` body goes with its Content-Digest. With a `known_etag` the answer may be 304, without a body.
    `answer_max_bytes` is given where an answer may be larger than others, and gets as much more time."""

    method: str
    path: str
    answers: tuple[str, ...]
    body: bytes | None = None
    media_type: str = ""
    digested: bool = False
    known_etag: str = ""
    answer_max_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer that is not known to come from anyone but the portal. Header values are "" when absent."""

    status: int
    media_type: str
    body: bytes
    date: str = ""
    retry_after: str = ""
    etag: str = ""

    @property
    def good(self) -> bool:
        """Any 2xx; its media type is one that the call named."""
        return self.status // 100 == 2


def is_loopback(url: str) -> bool:
    """Whether the URL's host is this machine, by name or address."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def checked_url(url: str, ca_file: Path | None) -> str:
    """The portal's address without a trailing slash; ConfigProblem unless it is HTTPS with a CA file, or loopback."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        usable = usable and not (parts.username or parts.query or parts.fragment)
    except ValueError:
        usable = False
    if not usable:
        raise ConfigProblem(f"portal address: {url!r} is not an address like https://portal.example")
    if not is_loopback(url):
        if url.lower().startswith("http:"):
            raise ConfigProblem(f"portal address: {url!r} must begin with https://")
        if ca_file is None:
            raise ConfigProblem("portal_ca: a portal on the network needs the file of its certificate authority")
    if ca_file is not None and not ca_file.is_file():
        raise ConfigProblem(f"portal_ca: there is no file {ca_file}")
    return url.rstrip("/")


class Transport:
    """One session with one portal, for one thread at a time (`abort` may come from another).

    No redirect is followed, no proxy or netrc of the environment is used, no cookie is kept, no content is decoded.
    """

    def __init__(
        self, url: str, server_time: ServerTime, ca_file: Path | None = None, limits: ExchangeLimits | None = None
    ) -> None:
        self.url = checked_url(url, ca_file)
        self.took_s = 0.0  # the last exchange
        self._server_time = server_time
        self._limits = limits or ExchangeLimits()
        self._watchdog = Watchdog()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.verify = str(ca_file) if ca_file else True
        self._session.mount("http://", WatchedAdapter(self._watchdog))
        self._session.mount("https://", WatchedAdapter(self._watchdog))

    def send(self, call: Call, bearer: str = "") -> Answer | Held | TryLater:
        """Ask and wait for the whole answer; any failure is a value.

        A kept-alive connection may have died unnoticed, so a failure on one is tried once more on a new one: every
        call of the contract may be repeated.
        """
        result = self._exchange(call, bearer)
        if result == _LOST and self._watchdog.stage is Stage.KEPT_ALIVE:
            result = self._exchange(call, bearer)
        if isinstance(result, Answer) and (result.good or result.media_type == PROBLEM_MEDIA_TYPE):
            self._server_time.observe(result.date)
        return result

    def abort(self) -> None:
        """End the exchange under way and refuse all later ones: the program is stopping."""
        self._watchdog.abort()

    def close(self) -> None:
        """Close the idle connection."""
        self._session.close()

    def _exchange(self, call: Call, bearer: str) -> Answer | Held | TryLater:
        if self._watchdog.aborted:
            return _STOPPED
        patience = self._limits.patience(max(len(call.body or b""), call.answer_max_bytes))
        begun_s = time.monotonic()
        try:
            with self._watchdog.watch(patience):
                result = self._ask(call, bearer, patience.socket_s)
            if not self._watchdog.cut:
                return result
            # What was read up to the cut may look like a whole answer.
            error: Exception = TimeoutError("cut")
        except (RequestException, HTTPError, OSError) as failure:
            error = failure
        finally:
            self.took_s = time.monotonic() - begun_s
        # After any failure the next exchange begins with a new connection.
        self._session.close()
        return self._failure(error)

    def _ask(self, call: Call, bearer: str, timeout_s: float) -> Answer | Held | TryLater:
        headers = {
            "Accept": ", ".join((*filter(None, call.answers), PROBLEM_MEDIA_TYPE)),
            "Accept-Encoding": "identity",
        }
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        if call.media_type:
            headers["Content-Type"] = call.media_type
        if call.known_etag:
            headers["If-None-Match"] = call.known_etag
        if call.digested and call.body is not None:
            headers["Content-Digest"] = content_digest(call.body)
        # As a stream, for urllib3 sends bytes in one go under the timeout for connecting: 1 MiB would need 100 kB/s.
        body = None if call.body is None else io.BytesIO(call.body)
        with self._session.request(
            call.method,
            self.url + call.path,
            data=body,
            headers=headers,
            timeout=(self._limits.connect_s, timeout_s),
            allow_redirects=False,
            stream=True,
        ) as response:
            return self._read(call, response)

    def _read(self, call: Call, response: requests.Response) -> Answer | Held | TryLater:
        status = response.status_code
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        unchanged = status == HTTPStatus.NOT_MODIFIED and call.known_etag
        stranger = (status // 100 == 3 and not unchanged) or status in {407, 511}
        if stranger or (status // 100 == 2 and media_type not in call.answers):
            return Held(QueueCondition.CAPTIVE, f"http-{status} {media_type}"[:80])
        if response.headers.get("Content-Encoding", "identity") != "identity":
            return TryLater("answer_encoded")
        content = bytearray()
        for block in response.raw.stream(64 * 1024, decode_content=False):
            content += block
            if len(content) > max(call.answer_max_bytes, self._limits.answer_max_bytes):
                return TryLater("answer_too_large")
        date, retry_after, etag = (response.headers.get(name, "") for name in ("Date", "Retry-After", "ETag"))
        return Answer(status, media_type, bytes(content), date, retry_after, etag)

    def _failure(self, error: Exception) -> Held | TryLater:
        if self._watchdog.aborted:
            return _STOPPED
        if self._watchdog.stage is Stage.CONNECTING:
            if isinstance(error, SSLError):
                return self._certificate_failure(error)
            return Held(QueueCondition.OFFLINE, type(error).__name__)
        return TryLater(self._watchdog.ended_by) if self._watchdog.ended_by else _LOST

    def _certificate_failure(self, error: Exception) -> Held:
        held, for_a_date = certificate_failure(error)
        if not for_a_date:
            return held
        try:
            with self._watchdog.watch(self._limits.patience(0)):
                told = validity(self.url, self._server_time.kiosk_now(), self._limits.connect_s, self._watchdog.opened)
        except (OSError, ValueError):
            return held
        return replace(held, detail=f"{held.detail}: {told}")
