"""Whether memory grows: what the process holds after 50 visits, beside what it held after 10."""

import gc
import os
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.bench_rig import Rig

FEW, MANY = 10, 50
TIMES_FEW = 1.05


def measure() -> list[Figure]:
    """Whole visits, touched through the real window by the tour's hands; store, portal, declaration and slip real.

    Two dossiers of 12 MB go first: they fill the store's cache of 16 MB, which would else still grow at the 45th visit.
    """
    resident_mb = []
    with scratch() as folder, Rig(folder) as rig:
        for _dossier in range(2):
            rig.counter.filing.seal(rig.dossier())
        for _visit in range(MANY):
            rig.play()
            rig.hands.go_on()
            rig.hands.settle()
            resident_mb.append(_resident_mb())
    few, many = resident_mb[FEW - 1], resident_mb[MANY - 1]
    figure = figure_of(f"memory: after {MANY} visits, beside after {FEW}", "MB", [few, many])
    return [figure.judged_by(many / few, f"times after {FEW}", TIMES_FEW).with_details(after_each_visit_mb=resident_mb)]


def _resident_mb() -> float:
    """Linux only, as the target is: elsewhere there is no such file, and the measurement says so."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
