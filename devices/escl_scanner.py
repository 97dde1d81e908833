"""A scanner by eSCL: the driverless way of network scanners, and of USB ones through ipp-usb."""

import io
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from PIL import Image

from devices.escl_job import EsclJob, Listener, Pace
from devices.escl_link import Call, EsclLink
from devices.escl_messages import JPEG, EsclCapabilities, read_capabilities
from devices.escl_quirks import EsclQuirks, quirks_of
from devices.picture_decoding import open_picture
from devices.pictures import to_page
from devices.safe_xml import MAX_BYTES, BadXml
from kiosk.ports import (
    Attention,
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    PageImage,
    Ready,
    ScanOptions,
    ScanSource,
    Unavailable,
    unheard,
)
from kiosk.texts import _

_IN_USE_S = 60.0
_ORIENTATION = 0x0112  # EXIF 2.32, table 4: 1 or nothing is upright

FindLinks = Callable[[], Iterable[EsclLink]]


class EsclScanner:
    """The scanner behind the first link of `find` that answers; it is found anew at each use, so it may come and go.

    `find` raises DeviceProblem, or gives no link, when there is none. `called` is what the office calls it.
    """

    def __init__(
        self,
        find: FindLinks,
        called: str = "",
        wait: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find = find
        self._called = called
        self._pace = Pace(wait or threading.Event().wait, clock)
        self._in_use = threading.Lock()

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Máy quét {device}").format(device=self._called) if self._called else _("Máy quét")

    def status(self) -> DeviceStatus:
        """What the scanner says of itself. An empty feeder is no fault."""
        if not self._in_use.acquire(blocking=False):
            return Ready("in use by this program")
        try:
            return self._status()
        except DeviceProblem as problem:
            return Unavailable(problem.reason, problem.detail)
        finally:
            self._in_use.release()

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        """Give each page when it is whole. Raises DeviceProblem; pages given before stay given."""
        if not self._in_use.acquire(timeout=_IN_USE_S):
            raise DeviceProblem(DeviceReason.BUSY, "another scan is running")
        try:
            self._scan(options, _Following(on_page, on_progress, cancelled))
        finally:
            self._in_use.release()

    def _scan(self, options: ScanOptions, following: "_Following") -> None:
        link, capabilities, quirks = self._open(following.cancelled)
        sources = capabilities.sources(options.source)
        if not sources:
            raise DeviceProblem(DeviceReason.FEEDER_EMPTY, "the scanner has no such source of paper")
        for source in sources:
            entry = capabilities.inputs[source]
            wish = replace(options, dpi=entry.nearest_dpi(options.dpi))
            job = EsclJob(link, capabilities, quirks, self._pace, source, wish)
            if source is not sources[-1] and _knows_of_no_paper(job):
                continue
            try:
                return job.run(following.listener(wish))
            except DeviceProblem as problem:
                if problem.reason is not DeviceReason.FEEDER_EMPTY or source is sources[-1]:
                    raise
        return None

    def _status(self) -> DeviceStatus:
        link, capabilities, quirks = self._open(lambda: False)
        source = next(iter(capabilities.inputs))
        status = EsclJob(link, capabilities, quirks, self._pace, source, ScanOptions()).status()
        detail = f"{capabilities.model} at {link.address}: {status.state} {status.feeder_state}".strip()
        if status.reason is not None:
            return Unavailable(status.reason, detail)
        feeder_reason = status.feeder_reason
        if feeder_reason in (None, DeviceReason.FEEDER_EMPTY):
            return Ready(detail)
        assert feeder_reason is not None
        return (Attention if ScanSource.GLASS in capabilities.inputs else Unavailable)(feeder_reason, detail)

    def _open(self, cancelled: Callable[[], bool]) -> tuple[EsclLink, EsclCapabilities, EsclQuirks]:
        """The first link that answers, and what is there. Raises DeviceProblem: the last link's, if none does."""
        problem = DeviceProblem(DeviceReason.NOT_CONNECTED, "no such scanner was found")
        for link in self._find():
            try:
                return _asked(link, cancelled)
            except DeviceProblem as caught:
                problem = caught
                if caught.reason is DeviceReason.CANCELLED:
                    break
        raise problem


class _Following:
    """Who follows a scan, with the pictures that scanners send made into pages."""

    def __init__(
        self,
        on_page: Callable[[PageImage], None],
        on_progress: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._on_page = on_page
        self._on_progress = on_progress
        self.cancelled = cancelled

    def listener(self, wish: ScanOptions) -> Listener:
        """For one job with these options."""

        def on_picture(content: bytes) -> None:
            self._on_page(_page(content, wish))

        return Listener(on_picture, self._on_progress, self.cancelled)


def _asked(link: EsclLink, cancelled: Callable[[], bool]) -> tuple[EsclLink, EsclCapabilities, EsclQuirks]:
    call = Call("GET", f"{link.base}/ScannerCapabilities", link.times.exchange_s, MAX_BYTES, cancelled=cancelled)
    answer = link.ask(call)
    try:
        capabilities = read_capabilities(answer.body)
    except BadXml as error:
        raise DeviceProblem(DeviceReason.FAILED, f"{link.address} answered {answer.status}: {error}") from error
    told = [entry.formats for entry in capabilities.inputs.values() if entry.formats]
    if told and not any(JPEG in formats for formats in told):
        raise DeviceProblem(DeviceReason.NO_DRIVER, f"{capabilities.model} gives no pictures in JPEG")
    server = answer.headers.get("server", "")
    return link, capabilities, quirks_of(capabilities.model, server, link.host_and_port, is_local=link.is_local)


def _knows_of_no_paper(job: EsclJob) -> bool:
    """Whether the feeder says that it is empty and can know it; one without a sensor is started to find out."""
    if not job.capabilities.detects_paper:
        return False
    return job.status().feeder_reason is DeviceReason.FEEDER_EMPTY


def _page(content: bytes, wish: ScanOptions) -> PageImage:
    """The scanner's own JPEG untouched where it is upright and of the wanted colours: each encoding costs sharpness.
    Raises DeviceProblem for one that is broken, cut off or a bomb."""
    picture = open_picture(content)
    if picture is None:
        raise DeviceProblem(DeviceReason.FAILED, f"{len(content)} bytes that are no whole picture")
    with Image.open(io.BytesIO(content)) as sent:
        as_sent = sent.format == "JPEG" and sent.mode == picture.mode and sent.getexif().get(_ORIENTATION, 1) == 1
    if as_sent and (wish.colour or picture.mode == "L"):
        return PageImage(content, JPEG, picture.width, picture.height, wish.dpi)
    return to_page(picture if wish.colour else picture.convert("L"), wish.dpi)
