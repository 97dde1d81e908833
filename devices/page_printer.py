"""A page printer by IPP, straight from memory to the device: nothing of a paper lies in a spool folder."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from devices.deadline import within
from devices.ipp_message import Attribute, IppAnswer, NotIpp, Operation, Tag, read_answer, request
from devices.printer_state import JobState, job_problem, printer_status
from devices.pwg_raster import PWG_RASTER, pwg_raster
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.texts import _

PDF = "application/pdf"
A4 = "iso_a4_210x297mm"

_IPP_PORT = 631
_MEDIA_TYPE = "application/ipp"
_ASKED = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-make-and-model",
    "document-format-supported",
    "media-supported",
    "operations-supported",
)
_ANSWER_MAX_BYTES = 1024 * 1024
_USER = Attribute.of(Tag.NAME, "requesting-user-name", "kiosk")
_WHOLE = Attribute(Tag.BOOLEAN, "last-document", (True,))
_NOT_FOUND = 0x0406
_BUSY = {0x0503, 0x0506, 0x0507}  # service-unavailable, not-accepting-jobs, busy (RFC 8011, appendix B)


@dataclass(frozen=True, slots=True)
class PageTimes:
    """Time limits in seconds: for a connection, between bytes of an answer, for one exchange, and for the paper."""

    connect_s: float = 5.0
    read_s: float = 20.0
    exchange_s: float = 45.0
    print_s: float = 90.0
    ask_every_s: float = 1.0


class _Refused(DeviceProblem):
    """The printer answered, and did not do what was asked."""

    def __init__(self, reason: DeviceReason, detail: str, status: int) -> None:
        super().__init__(reason, detail)
        self.status = status


class IppPrinter:
    """One printer at `address` (ipp://host/ipp/print, or ipps:// with the printer's certificate in `ca_file`).

    A job that does not come out is cancelled: what was said to be unprinted must not come out later, before others. So
    the job is made before its document is sent: should the answer be lost, its number is known. Only a printer that
    cannot do that (IPP/1.1 makes it optional) gets both at once, and can still print a paper whose answer was lost.
    """

    def __init__(
        self,
        address: str,
        ca_file: Path | None = None,
        times: PageTimes | None = None,
        wait: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises ValueError for an address that is none."""
        self._uri, self._url = _addresses(address)
        self._verify: str | bool = str(ca_file) if ca_file else True
        self._times = times or PageTimes()
        self._wait = wait or threading.Event().wait
        self._clock = clock
        self._in_use = threading.Lock()

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Máy in A4")

    def status(self) -> DeviceStatus:
        """What the printer says of itself."""
        if not self._in_use.acquire(blocking=False):
            return Ready("in use by this program")
        try:
            answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, _wanted(_ASKED))
            if _format_of(answer) is None:
                return Unavailable(DeviceReason.NO_DRIVER, "the printer takes neither PDF nor PWG raster")
            return printer_status(answer)
        except DeviceProblem as problem:
            return Unavailable(problem.reason, problem.detail)
        finally:
            self._in_use.release()

    def print_pdf(self, pdf: bytes, title: str) -> None:
        """Print, and wait until the printer says that it has. Raises DeviceProblem."""
        if not self._in_use.acquire(timeout=self._times.print_s):
            raise DeviceProblem(DeviceReason.BUSY, "another paper is being printed")
        try:
            self._print(pdf, title)
        finally:
            self._in_use.release()

    def _print(self, pdf: bytes, title: str) -> None:
        state = self._ask(Operation.GET_PRINTER_ATTRIBUTES, _wanted(_ASKED))
        before = printer_status(state)
        if isinstance(before, Unavailable):
            raise DeviceProblem(before.reason, before.detail)
        media_type = _format_of(state)
        if media_type is None:
            raise DeviceProblem(DeviceReason.NO_DRIVER, "the printer takes neither PDF nor PWG raster")
        named = (_USER, Attribute.of(Tag.NAME, "job-name", title))
        kind = Attribute.of(Tag.MEDIA_TYPE, "document-format", media_type)
        job = (Attribute.of(Tag.KEYWORD, "media", A4),) if A4 in state.texts("media-supported") else ()
        document = pdf if media_type == PDF else pwg_raster(pdf)
        if not {Operation.CREATE_JOB, Operation.SEND_DOCUMENT} <= set(state.numbers("operations-supported")):
            answer = self._ask(Operation.PRINT_JOB, (*named, kind), job, document)
            with self._cancelled_unless_printed(job_id := _number_of(answer)):
                self._see_it_out(job_id, answer)
            return
        with self._cancelled_unless_printed(job_id := _number_of(self._ask(Operation.CREATE_JOB, named, job))):
            whole = (_job_id(job_id), _USER, kind, _WHOLE)
            self._see_it_out(job_id, self._ask(Operation.SEND_DOCUMENT, whole, (), document))

    def _see_it_out(self, job_id: int, answer: IppAnswer) -> None:
        """Ask until the job is over. A printer that stops in the middle says why in its own state; one that does not
        answer for a moment is asked again; and one that has forgotten the job, which it took, is done with it."""
        until_s = self._clock() + self._times.print_s
        while self._clock() < until_s:
            state = answer.number("job-state")
            if state == JobState.COMPLETED:
                return
            if state in (JobState.STOPPED, JobState.CANCELED, JobState.ABORTED):
                raise job_problem(answer, self._ask(Operation.GET_PRINTER_ATTRIBUTES, _wanted(_ASKED)))
            self._wait(self._times.ask_every_s)
            wanted = _wanted(("job-state", "job-state-reasons"))
            try:
                answer = self._ask(
                    Operation.GET_JOB_ATTRIBUTES, (_job_id(job_id), *wanted), limit_s=until_s - self._clock()
                )
            except _Refused as refused:
                if refused.status == _NOT_FOUND:
                    return
            except DeviceProblem:
                continue
        printer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, _wanted(_ASKED))
        status = printer_status(printer)
        reason = DeviceReason.TIMEOUT if isinstance(status, Ready) else status.reason
        raise DeviceProblem(reason, "the printer did not say that it has printed")

    @contextmanager
    def _cancelled_unless_printed(self, job_id: int) -> Iterator[None]:
        try:
            yield
        except DeviceProblem as problem:
            try:
                self._ask(Operation.CANCEL_JOB, (_job_id(job_id),))
            except DeviceProblem as worse:
                raise DeviceProblem(problem.reason, f"{problem.detail}; not cancelled: {worse.detail}") from problem
            raise

    def _ask(
        self,
        operation: Operation,
        asked: tuple[Attribute, ...],
        job: tuple[Attribute, ...] = (),
        document: bytes = b"",
        *,
        limit_s: float = math.inf,
    ) -> IppAnswer:
        """One exchange. Raises DeviceProblem, and _Refused for an answer that is not good."""
        body = request(operation, self._uri, asked, job, document)
        most_s = max(0.1, min(limit_s, self._times.exchange_s))
        answer = within(most_s, lambda: self._exchange(body), "asking the page printer")
        if not answer.good and operation is not Operation.CANCEL_JOB:  # a job that is over already cannot be cancelled
            reason = DeviceReason.BUSY if answer.status in _BUSY else DeviceReason.FAILED
            words = " ".join(answer.texts("status-message"))
            raise _Refused(reason, f"{operation.name} answered {answer.status:#06x} {words}".rstrip(), answer.status)
        return answer

    def _exchange(self, body: bytes) -> IppAnswer:
        """No redirect is followed, no proxy or password of the environment is used, no answer is taken without end."""
        with requests.Session() as session:
            session.trust_env = False
            session.verify = self._verify
            try:
                answer = session.post(
                    self._url,
                    data=body,
                    headers={"Content-Type": _MEDIA_TYPE, "Accept": _MEDIA_TYPE, "Accept-Encoding": "identity"},
                    timeout=(self._times.connect_s, self._times.read_s),
                    allow_redirects=False,
                    stream=True,
                )
                with answer:
                    return _read(answer)
            except requests.exceptions.SSLError as error:
                raise DeviceProblem(DeviceReason.FAILED, "the printer's certificate is not the one we know") from error
            except requests.exceptions.Timeout as error:
                raise DeviceProblem(DeviceReason.TIMEOUT, "the printer does not answer") from error
            except (RequestException, HTTPError, OSError) as error:
                raise DeviceProblem(DeviceReason.NOT_CONNECTED, type(error).__name__) from error


def _read(answer: requests.Response) -> IppAnswer:
    media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if answer.status_code != requests.codes.ok or media_type != _MEDIA_TYPE:
        raise DeviceProblem(DeviceReason.FAILED, f"HTTP {answer.status_code} {media_type}")
    content = bytearray()
    for piece in answer.iter_content(64 * 1024):
        content += piece
        if len(content) > _ANSWER_MAX_BYTES:
            raise DeviceProblem(DeviceReason.FAILED, "the answer has no end")
    try:
        return read_answer(bytes(content))
    except NotIpp as error:
        raise DeviceProblem(DeviceReason.FAILED, f"no IPP: {error}") from error


def _addresses(address: str) -> tuple[str, str]:
    """The printer's URI, and the URL that it means (RFC 3510, RFC 7472)."""
    try:
        parts = urlsplit(address)
        port = parts.port or _IPP_PORT
    except ValueError:
        raise ValueError(f"{address!r} is no address like ipp://192.0.2.7/ipp/print") from None
    if parts.scheme not in ("ipp", "ipps") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"{address!r} is no address like ipp://192.0.2.7/ipp/print")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    scheme = "https" if parts.scheme == "ipps" else "http"
    return address, f"{scheme}://{host}:{port}{parts.path or '/'}"


def _wanted(names: tuple[str, ...]) -> tuple[Attribute, ...]:
    return (Attribute.of(Tag.KEYWORD, "requested-attributes", *names),)


def _number_of(answer: IppAnswer) -> int:
    number = answer.number("job-id", -1)
    if number < 0:
        raise DeviceProblem(DeviceReason.FAILED, "the printer gave the job no number")
    return number


def _job_id(number: int) -> Attribute:
    return Attribute.of(Tag.INTEGER, "job-id", number)


def _format_of(answer: IppAnswer) -> str | None:
    """The best form in which the printer takes a paper; one that does not say which takes what it is sent."""
    formats = answer.texts("document-format-supported")
    if PDF in formats or not formats:
        return PDF
    return PWG_RASTER if PWG_RASTER in formats else None
