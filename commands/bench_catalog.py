"""How long the catalogue takes at a start: read and checked anew, and when nothing changed since the last start."""

import time
from collections.abc import Callable
from pathlib import Path

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from kiosk.catalog_cache import NAME, load_cached
from kiosk.resources import resource_path

ROUNDS = 9
LOAD_MS = 150.0


def measure() -> list[Figure]:
    """Every figure of the catalogue. Each start reads all files, for it has to know whether one changed."""
    with scratch() as folder:
        anew = _loads_ms(folder, forget=True)
        again = _loads_ms(folder, forget=False)
    load = figure_of("catalog-load: nothing changed", "ms", again)
    return [
        figure_of("catalog-load: read and checked anew", "ms", anew),
        load.judged_by(max(again), "max", LOAD_MS),
    ]


def _loads_ms(folder: Path, *, forget: bool) -> list[float]:
    times = []
    for _round in range(ROUNDS):
        if forget:
            (folder / NAME).unlink(missing_ok=True)
        times.append(_ms(lambda: load_cached(resource_path(), (), folder)))
    return times


def _ms(work: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start_s)
