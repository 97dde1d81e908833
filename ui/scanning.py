"""One scan in the scanner's lane: pages and progress come to the window, and it can be stopped at any time."""

import threading

from PySide6.QtCore import QObject, Signal

from kiosk.ports import PageImage, Scanner, ScanOptions
from ui.tasks import Lane, Tasks


class Scanning(QObject):
    """At most one scan at a time; starting again while one runs changes nothing."""

    page = Signal(object)
    """A finished PageImage, as the scanner gave it."""
    progress = Signal(int)
    """How much of the page under way is done, in per cent."""
    ended = Signal()
    failed = Signal(object)
    """The exception that ended it; pages that came before stay."""

    def __init__(self, scanner: Scanner, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._tasks = tasks
        self._cancelled = threading.Event()
        self.running = False

    def start(self) -> None:
        """From the feeder if paper lies in it, else from the glass."""
        if self.running:
            return
        self.running = True
        self._cancelled.clear()
        tasks, scanner, cancelled = self._tasks, self._scanner, self._cancelled

        def came(page: PageImage) -> None:
            tasks.post(self, self.page.emit, page)

        def moved(percent: int) -> None:
            tasks.post(self, self.progress.emit, percent)

        def work() -> None:
            scanner.scan(ScanOptions(), came, cancelled.is_set, moved)

        tasks.run(Lane.SCANNER, work, owner=self, done=lambda _none: self._end(), failed=self._fail)

    def stop(self) -> None:
        """Ask it to stop; it ends with DeviceProblem(CANCELLED)."""
        self._cancelled.set()

    def _end(self) -> None:
        self.running = False
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        self.running = False
        self.failed.emit(error)
