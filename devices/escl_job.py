"""One job at an eSCL scanner: ask for it, take its pages until there are none, end it; say what went wrong."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from devices.escl_link import Answer, Call, EsclLink
from devices.escl_messages import EsclCapabilities, EsclStatus, job_path, read_status, scan_settings
from devices.escl_quirks import EsclQuirks
from devices.safe_xml import MAX_BYTES, BadXml
from kiosk.ports import DeviceProblem, DeviceReason, ScanOptions, ScanSource

MAX_PAGE_BYTES = 64 * 1024 * 1024  # an A4 page at 300 dpi, uncompressed, is 26 MB

_JOB_TRIES = 10  # as sane-airscan: some devices warm up, and an HP M28w makes one ask for a page very often
_PAGE_TRIES = 30
_AGAIN_S = 1.0
_AGAIN_MAX_S = 5.0
_PAUSE_MAX_S = 1.0
_PAUSE_SHARE = 0.5  # of the time that the page before took
_DELETE_S = 5.0
_JPEG_BYTES_PER_PIXEL = 0.25  # of a page of print in colour at a scanner's usual quality: for the progress alone
_CREATED, _NOT_FOUND, _GONE, _UNAVAILABLE = 201, 404, 410, 503
_GIVEN_UP = {"Aborted", "Canceled"}
_STOPS = {DeviceReason.JAM, DeviceReason.COVER_OPEN, DeviceReason.DOUBLE_FEED}


@dataclass(frozen=True, slots=True)
class Listener:
    """Who follows a job: `on_page` gets each page as the scanner sent it."""

    on_page: Callable[[bytes], None]
    on_progress: Callable[[int], None]
    cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Pace:
    """Time, in the hands of tests."""

    wait: Callable[[float], object]
    clock: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class EsclJob:
    """One job from one source. `options.dpi` is a resolution that the source can."""

    link: EsclLink
    capabilities: EsclCapabilities
    quirks: EsclQuirks
    pace: Pace
    source: ScanSource
    options: ScanOptions
    _pages: int = field(default=0, init=False)
    _was_empty: bool = field(default=False, init=False)
    _until_s: float = field(default=0.0, init=False)

    def run(self, listener: Listener) -> None:
        """Give every page. Raises DeviceProblem; the job is then taken back, as far as the scanner can be reached."""
        with suppress(DeviceProblem):  # a scanner that tells no status before can still scan
            self._was_empty = self.status().feeder_reason is DeviceReason.FEEDER_EMPTY
        self._until_s = self.pace.clock() + self.link.times.job_s
        path = self._create(listener)
        try:
            self._take_pages(path, listener)
        finally:
            with suppress(DeviceProblem):  # over already, or gone
                self.link.ask(self._call("DELETE", path, limit_s=_DELETE_S))

    def status(self) -> EsclStatus:
        """How the scanner is. Raises DeviceProblem."""
        answer = self.link.ask(self._call("GET", f"{self.link.base}/ScannerStatus"))
        try:
            return read_status(answer.body)
        except BadXml as error:
            raise DeviceProblem(DeviceReason.FAILED, f"ScannerStatus {answer.status}: {error}") from error

    def _create(self, listener: Listener) -> str:
        """The path of the new job."""
        wish = scan_settings(self.capabilities, self.source, self.options.dpi, colour=self.options.colour)
        for _try in range(_JOB_TRIES):
            # Not broken off in the middle: a job whose path is not known cannot be taken back.
            answer = self.link.ask(self._call("POST", f"{self.link.base}/ScanJobs", wish))
            if answer.status == _CREATED:
                location = answer.headers.get("location", "")
                if path := job_path(location, self.link.base):
                    return path
                raise DeviceProblem(DeviceReason.FAILED, f"the scanner made a job at {location!r}")
            if answer.status != _UNAVAILABLE or self._feeder_reason() is DeviceReason.FEEDER_EMPTY:
                break
            self._wait_again(answer, listener)
        raise self._failure(answer)

    def _take_pages(self, path: str, listener: Listener) -> None:
        while True:
            began_s = self.pace.clock()
            if began_s >= self._until_s:
                raise DeviceProblem(DeviceReason.TIMEOUT, f"{self._pages} pages in {self.link.times.job_s} s")
            content = self._next_page(path, listener)
            if content is None:
                return self._check_end(path)
            self._give(content, listener)
            if self.source is ScanSource.GLASS:
                with suppress(DeviceProblem):  # who asks once more ends the job in order, whatever is answered
                    self.link.ask(self._call("GET", f"{path}/NextDocument", cancelled=listener.cancelled))
                return None
            if self.quirks.pause_between_pages:
                self.pace.wait(min(_PAUSE_MAX_S, _PAUSE_SHARE * (self.pace.clock() - began_s)))

    def _next_page(self, path: str, listener: Listener) -> bytes | None:
        """The next page, or None after the last."""
        later = {_UNAVAILABLE, *((_NOT_FOUND, _GONE) if self.quirks.gone_is_later else ())}
        for _try in range(_PAGE_TRIES):
            _check_cancelled(listener)
            listener.on_progress(0)
            answer = self._ask_for_page(path, listener)
            if answer.status == 200:
                return answer.body
            if answer.status not in later:
                break
            self._wait_again(answer, listener)
        if answer.status in (_NOT_FOUND, _GONE) and self._pages:
            return None
        failure = self._failure(answer)
        if failure.reason is DeviceReason.FEEDER_EMPTY and self._pages:
            return None
        raise failure

    def _ask_for_page(self, path: str, listener: Listener) -> Answer:
        """A line that breaks can be the scanner's way of telling of a jam, so its status is asked for."""
        limit_s = self.link.times.page_s
        call = self._call("GET", f"{path}/NextDocument", cancelled=listener.cancelled, limit_s=limit_s)
        expected = self._expected_bytes()

        def on_bytes(so_far: int, whole: int) -> None:
            listener.on_progress(min(99, so_far * 100 // (whole or expected)))

        page_call = Call(call.method, call.path, limit_s, MAX_PAGE_BYTES, b"", call.headers, call.cancelled, on_bytes)
        try:
            return self.link.ask(page_call)
        except DeviceProblem as problem:
            if problem.reason is DeviceReason.NOT_CONNECTED and (reason := self._feeder_reason()) in _STOPS:
                raise DeviceProblem(reason, problem.detail) from problem
            raise

    def _give(self, content: bytes, listener: Listener) -> None:
        """A picture that is cut off can be the scanner's way of telling of a jam, so its status is asked for."""
        try:
            listener.on_page(content)
        except DeviceProblem as problem:
            if problem.reason is DeviceReason.FAILED and (reason := self._feeder_reason()) in _STOPS:
                raise DeviceProblem(reason, problem.detail) from problem
            raise
        self._pages += 1

    def _check_end(self, path: str) -> None:
        """A stack can end because it jammed: some devices answer a jam, or a job that they gave up, as the end."""
        try:
            status = self.status()
        except DeviceProblem:
            return
        reason = self._of_the_feeder(status)
        if reason in _STOPS:
            raise DeviceProblem(reason, "the scanner stopped before the end of the stack")
        if (state := status.jobs.get(path)) in _GIVEN_UP:
            raise DeviceProblem(DeviceReason.FAILED, f"the scanner gave the job up: {state}")

    def _feeder_reason(self) -> DeviceReason | None:
        """What is wrong at the feeder now. A scanner that cannot be asked says nothing."""
        try:
            return self._of_the_feeder(self.status())
        except DeviceProblem:
            return None

    def _of_the_feeder(self, status: EsclStatus) -> DeviceReason | None:
        """Nothing where this job does not feed from it. A feeder that was empty before is not jammed now: a Xerox
        WorkCentre 3345 calls it so."""
        if self.source is ScanSource.GLASS:
            return None
        reason = status.feeder_reason
        return DeviceReason.FEEDER_EMPTY if reason is DeviceReason.JAM and self._was_empty else reason

    def _failure(self, answer: Answer) -> DeviceProblem:
        """What an answer that gives nothing means, with the help of the scanner's status."""
        detail = f"the scanner answered {answer.status}"
        feeder_reason = self._feeder_reason()
        if feeder_reason is not None:
            return DeviceProblem(feeder_reason, detail)
        if answer.status == _UNAVAILABLE:
            return DeviceProblem(DeviceReason.BUSY, detail)
        if answer.status in (_NOT_FOUND, _GONE) and self.source is not ScanSource.GLASS:
            return DeviceProblem(DeviceReason.FEEDER_EMPTY, detail)
        status = self.status()
        return DeviceProblem(status.reason or DeviceReason.FAILED, f"{detail}, is {status.state}")

    def _wait_again(self, answer: Answer, listener: Listener) -> None:
        """Raises DeviceProblem for what no waiting mends, and when the citizen has cancelled. An empty feeder is
        not one of these: scanners call it so while its last sheet is on its way."""
        reason = self._feeder_reason()
        if reason in _STOPS:
            raise DeviceProblem(reason, f"the scanner answered {answer.status}")
        text = answer.headers.get("retry-after", "")
        self.pace.wait(min(float(text), _AGAIN_MAX_S) if text.isascii() and text.isdigit() else _AGAIN_S)
        _check_cancelled(listener)

    def _expected_bytes(self) -> int:
        pixels = 8.27 * 11.69 * self.options.dpi**2  # A4 in inches
        return max(1, round(pixels * _JPEG_BYTES_PER_PIXEL))

    def _call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        cancelled: Callable[[], bool] = lambda: False,
        *,
        limit_s: float = 0.0,
    ) -> Call:
        headers = {"Host": self.quirks.host} if self.quirks.host else {}
        return Call(method, path, limit_s or self.link.times.exchange_s, MAX_BYTES, body, headers, cancelled)


def _check_cancelled(listener: Listener) -> None:
    if listener.cancelled():
        raise DeviceProblem(DeviceReason.CANCELLED)
