"""One HTTP exchange with a portal: strict about who answers, how long it takes and how much it says."""

import io
import ipaddress
import ssl
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests.exceptions import RequestException, SSLError
from urllib3.exceptions import HTTPError

from kiosk.errors import ConfigProblem
from kiosk.outbox import Held, QueueCondition, TryLater
from kiosk.receipt import PROBLEM_MEDIA_TYPE
from sync.server_time import ServerTime
from sync.watchdog import Stage, Watchdog, WatchedAdapter

JSON_MEDIA_TYPE = "application/json"
_X509_NOT_YET_VALID = 9  # X509_V_ERR_CERT_NOT_YET_VALID of OpenSSL: nearly always the kiosk's own clock
_LOST = TryLater("connection_lost")
_STOPPED = Held(QueueCondition.OFFLINE, "stopped")


@dataclass(frozen=True, slots=True)
class ExchangeLimits:
    """How long an exchange may take and how much an answer may be."""

    connect_s: float = 10.0
    read_s: float = 30.0
    base_s: float = 30.0
    slowest_bytes_per_s: float = 20_000.0
    answer_max_bytes: int = 1024 * 1024

    def deadline_s(self, size_bytes: int) -> float:
        """The whole time that an exchange with a body of that size may take."""
        return self.base_s + size_bytes / self.slowest_bytes_per_s


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask. `answers` are the media types that this call's 2xx answers have; "" stands for no content."""

    method: str
    path: str
    answers: tuple[str, ...]
    body: bytes | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer that is not known to come from anyone but the portal. Header values are "" when absent."""

    status: int
    media_type: str
    body: bytes
    date: str = ""
    retry_after: str = ""

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
        deadline_s = self._limits.deadline_s(len(call.body or b""))
        try:
            with self._watchdog.watch(deadline_s):
                result = self._ask(call, bearer)
            if not self._watchdog.cut:
                return result
            # What was read up to the cut may look like a whole answer.
            error: Exception = TimeoutError("cut")
        except (RequestException, HTTPError, OSError) as failure:
            error = failure
        # After any failure the next exchange begins with a new connection.
        self._session.close()
        return self._failure(error)

    def _ask(self, call: Call, bearer: str) -> Answer | Held | TryLater:
        headers = {
            "Accept": ", ".join((*filter(None, call.answers), PROBLEM_MEDIA_TYPE)),
            "Accept-Encoding": "identity",
        }
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        if call.media_type:
            headers["Content-Type"] = call.media_type
        # As a stream, for urllib3 sends bytes in one go under the timeout for connecting: 1 MiB would need 100 kB/s.
        body = None if call.body is None else io.BytesIO(call.body)
        with self._session.request(
            call.method,
            self.url + call.path,
            data=body,
            headers=headers,
            timeout=(self._limits.connect_s, self._limits.read_s),
            allow_redirects=False,
            stream=True,
        ) as response:
            return self._read(call, response)

    def _read(self, call: Call, response: requests.Response) -> Answer | Held | TryLater:
        status = response.status_code
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        stranger = status // 100 == 3 or status in {407, 511}
        if stranger or (status // 100 == 2 and media_type not in call.answers):
            return Held(QueueCondition.CAPTIVE, f"http-{status} {media_type}"[:80])
        if response.headers.get("Content-Encoding", "identity") != "identity":
            return TryLater("answer_encoded")
        content = bytearray()
        for block in response.raw.stream(64 * 1024, decode_content=False):
            content += block
            if len(content) > self._limits.answer_max_bytes:
                return TryLater("answer_too_large")
        date, retry_after = response.headers.get("Date", ""), response.headers.get("Retry-After", "")
        return Answer(status, media_type, bytes(content), date, retry_after)

    def _failure(self, error: Exception) -> Held | TryLater:
        if self._watchdog.aborted:
            return _STOPPED
        if self._watchdog.stage is Stage.CONNECTING:
            if isinstance(error, SSLError):
                return _certificate_failure(error)
            return Held(QueueCondition.OFFLINE, type(error).__name__)
        return TryLater("deadline") if self._watchdog.expired else _LOST


def _certificate_failure(error: BaseException) -> Held:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return Held(QueueCondition.CERTIFICATE, "no TLS")
    condition = QueueCondition.CLOCK if cause.verify_code == _X509_NOT_YET_VALID else QueueCondition.CERTIFICATE
    return Held(condition, cause.verify_message)
