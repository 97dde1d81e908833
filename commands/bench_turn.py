"""How long a page turn takes: from letting go of Continue on a page of the form until the next page is painted."""

import statistics
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QTimer

from commands.bench_clock import fair_s
from commands.bench_figure import Figure, percentile
from commands.bench_machine import scratch
from commands.bench_rig import Rig
from kiosk.visit import Step, Visit
from ui.tokens import Contrast, TextSize
from ui.window import KioskWindow

VISITS = 8
MEDIAN_MS = 16.0
TARGET_MS = 50.0


class TurnWatch(QObject):
    """A stopwatch from the release of Continue to the end of the first painting of another page."""

    def __init__(self, window: KioskWindow) -> None:
        super().__init__(window)
        self.turns_ms: list[tuple[float, str]] = []
        self._window = window
        self._place = window.visit.place
        self._released_s = 0.0
        window.frame.footer.next_button.installEventFilter(self)
        window.visit_changed.connect(self._changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint events come to the page that was just put up; all others to the button."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._released_s = fair_s()
        elif event.type() == QEvent.Type.Paint and self._released_s and watched is self._window.frame.shown:
            released_s, self._released_s = self._released_s, 0.0
            # The timer fires when the window, of which this page is painted first or last, is painted whole.
            QTimer.singleShot(0, self, lambda: self._painted(released_s))
        return False

    def _changed(self, visit: Visit) -> None:
        if visit.place == self._place:
            return
        if self._place.step is not Step.FORM:  # elsewhere a page may have work to do before the next one comes
            self._released_s = 0.0
        self._place = visit.place
        page = self._window.frame.shown
        if page is not None:
            page.installEventFilter(self)

    def _painted(self, released_s: float) -> None:
        name = self._place.page_id or self._place.step.value
        self.turns_ms.append((1000 * (fair_s() - released_s), name))


def measure() -> list[Figure]:
    """Whole forms at each text size, from the first question to the page after the last."""
    with scratch() as folder, Rig(folder) as rig:
        _fill_in(rig)  # the first visit loads what later ones have: glyphs, icons, drivers
        watch = TurnWatch(rig.window)
        return [figure for size in TextSize for figure in _figures(size, _turns(rig, watch, size))]


def _turns(rig: Rig, watch: TurnWatch, size: TextSize) -> list[tuple[float, str]]:
    watch.turns_ms = []
    for _visit in range(VISITS):
        rig.theme.set_look(size, Contrast.LIGHT)
        _fill_in(rig)
    return watch.turns_ms


def _fill_in(rig: Rig) -> None:
    rig.play(until=Step.PARTS)
    rig.leave()


def _figures(size: TextSize, turns: Sequence[tuple[float, str]]) -> list[Figure]:
    took = [each for each, _ in turns]
    p99 = percentile(took, 0.99)
    slowest = [f"{name} {each:.0f} ms" for each, name in sorted(turns, reverse=True)[:5]]
    details = {"turns": len(turns), "slowest": slowest}
    middle = statistics.median(took)
    slow = Figure(f"page turn, text {size}", "ms", min(took), middle, max(took), p99, "p99", TARGET_MS, details)
    usual = replace(slow, name=f"page turn, text {size}, half of them").judged_by(middle, "median", MEDIAN_MS)
    return [slow, usual]
