"""How long it takes to leave: from "Rời máy, xóa hết" on a full review until nothing of the visit is left."""

import statistics

from commands.bench_clock import fair_s
from commands.bench_figure import Figure
from commands.bench_machine import scratch
from commands.bench_rig import Rig
from kiosk.visit import Step

VISITS = 5
TARGET_MS = 1000.0  # who leaves must see at once that it is gone


def measure() -> list[Figure]:
    """Whole visits, each left at the review."""
    shown_ms: list[float] = []
    emptied_ms: list[float] = []
    with scratch() as folder, Rig(folder) as rig:
        began_s = [0.0]
        rig.window.emptied.connect(lambda: emptied_ms.append(1000 * (fair_s() - began_s[0])))
        for _visit in range(VISITS):
            rig.play(until=Step.REVIEW)
            began_s[0] = fair_s()
            rig.window.frame.panels.exit_confirmed.emit()
            shown_ms.append(1000 * (fair_s() - began_s[0]))
            rig.hands.wait_for("an empty memory", lambda: len(emptied_ms) == len(shown_ms))
    return [_figure("left, the first page stands there", shown_ms), _figure("left, nothing is held", emptied_ms)]


def _figure(name: str, took_ms: list[float]) -> Figure:
    middle, most = statistics.median(took_ms), max(took_ms)
    return Figure(name, "ms", min(took_ms), middle, most, most, "max", TARGET_MS)
