"""The scanner that is there, whichever way it is reached: tried in order, remembered as long as it answers."""

import threading
from collections.abc import Callable, Sequence

from kiosk.ports import (
    DeviceProblem,
    DeviceReason,
    DeviceStatus,
    PageImage,
    Scanner,
    ScanOptions,
    Unavailable,
    unheard,
)
from kiosk.texts import _

_ABSENT = {DeviceReason.NOT_CONNECTED, DeviceReason.NO_DRIVER}


class AutoScanner:
    """The first of `ways`, at least one, behind which there is a scanner. A way that answered is taken first
    the next time."""

    def __init__(self, ways: Sequence[Scanner], called: str = "") -> None:
        self._ways = list(ways)
        self._called = called
        self._order = threading.Lock()

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Máy quét {device}").format(device=self._called) if self._called else _("Máy quét")

    def status(self) -> DeviceStatus:
        """That of the first scanner that is there; else why there is none."""
        absent: list[Unavailable] = []
        for way in self._tried():
            status = way.status()
            if not isinstance(status, Unavailable) or status.reason not in _ABSENT:
                self._keep(way)
                return status
            absent.append(status)
        return _none(absent)

    def scan(
        self,
        options: ScanOptions,
        on_page: Callable[[PageImage], None],
        cancelled: Callable[[], bool],
        on_progress: Callable[[int], None] = unheard,
    ) -> None:
        """Raises DeviceProblem. A scanner that is lost after a page is not replaced by another in the same scan."""
        given = 0

        def count(page: PageImage) -> None:
            nonlocal given
            given += 1
            on_page(page)

        absent: list[Unavailable] = []
        for way in self._tried():
            try:
                way.scan(options, count, cancelled, on_progress)
            except DeviceProblem as problem:
                if given or problem.reason not in _ABSENT:
                    self._keep(way)
                    raise
                absent.append(Unavailable(problem.reason, problem.detail))
            else:
                return self._keep(way)
        lost = _none(absent)
        raise DeviceProblem(lost.reason, lost.detail)

    def _tried(self) -> list[Scanner]:
        with self._order:
            return list(self._ways)

    def _keep(self, way: Scanner) -> None:
        with self._order:
            self._ways.sort(key=lambda other: other is not way)


def _none(absent: Sequence[Unavailable]) -> Unavailable:
    """Why there is no scanner: the first way's reason, and what each way found."""
    return Unavailable(absent[0].reason, "; ".join(each.detail for each in absent))
