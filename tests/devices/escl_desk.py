"""A client at our own eSCL server: what tests of devices.escl_* stand on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from devices.escl_link import EsclLink, EsclTimes
from devices.escl_scanner import EsclScanner
from kiosk.ports import DeviceProblem, DeviceReason, PageImage, ScanOptions, ScanSource
from tests.fakes_escl import EsclServer
from tests.fakes_http import Reply

GLASS, FEEDER, AUTO = ScanSource.GLASS, ScanSource.FEEDER, ScanSource.AUTO
NEXT = "/eSCL/ScanJobs/1/NextDocument"
_QUICK = EsclTimes(connect_s=2.0, read_s=2.0, exchange_s=2.0, page_s=2.0)


@dataclass
class Desk:
    """A client and the server that it talks to."""

    server: EsclServer
    times: EsclTimes = _QUICK
    waits: list[float] = field(default_factory=list)
    pages: list[PageImage] = field(default_factory=list)

    @property
    def scanner(self) -> EsclScanner:
        link = EsclLink(self.server.address, times=self.times)
        return EsclScanner(lambda: (link,), wait=self.waits.append)

    def scan(
        self, source: ScanSource = FEEDER, cancelled: Callable[[], bool] = lambda: False, *, colour: bool = True
    ) -> DeviceReason | None:
        """Why it stopped, None if it did not; the pages are kept."""
        try:
            self.scanner.scan(ScanOptions(50, colour, source), self.pages.append, cancelled)
        except DeviceProblem as problem:
            return problem.reason
        return None


@contextmanager
def after(server: EsclServer, pages: int, reply: Reply) -> Iterator[None]:
    """Answer so many pages, then with `reply`."""
    given = 0

    def replaced(method: str, path: str) -> Reply | None:
        nonlocal given
        if not path.endswith("NextDocument"):
            return None
        given += 1
        return reply if given > pages else None

    server.scripted = replaced  # type: ignore[method-assign]
    yield
