"""How fast a dossier is sent, beside one plain PUT of the same bytes, hashed and synced, to the same process."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import requests

from commands.bench_dossiers import bench_dossier
from commands.bench_figure import Figure, figure_of
from commands.bench_machine import append_ms, scratch
from commands.bench_sync_kiosk import BenchKiosk
from commands.bench_sync_portal import PLAIN_PATH, bench_portal
from commands.slow_line import LineSpeed, SlowLine

PAPER_BYTES = 10_000_000
ROUNDS = 7
SLOW_ROUNDS = 3
SLOW = LineSpeed(bytes_per_s=10_000_000 / 8, delay_s=0.05)  # 10 Mbit/s, and 100 ms there and back
TIMES_PLAIN = 1 / 0.8  # a goodput of 0.8
TIMES_PLAIN_SLOW = 1.05
_TIMEOUT_S = 120.0


def measure() -> list[Figure]:
    """On loopback, then through a slow and distant line. Each plain PUT is followed by a dossier of the same size, from
    the state that the store has written down to the receipt that it has kept."""
    with scratch() as folder, bench_portal(folder / "portal") as (url, code):
        synced_ms = statistics.median(append_ms(folder / "appends"))
        near = _compared("loopback", folder / "near", url, code, ROUNDS)
    with scratch() as folder, bench_portal(folder / "portal") as (url, code), SlowLine(url, SLOW) as line:
        far = _compared("10 Mbit/s, 100 ms", folder / "far", url, code, SLOW_ROUNDS, line.url)
    return [
        *(figure.with_details(fdatasync_ms=synced_ms) for figure in _judged(*near, TIMES_PLAIN)),
        *_judged(*far, TIMES_PLAIN_SLOW),
    ]


def _compared(
    where: str, folder: Path, url: str, code: str, rounds: int, line_url: str = ""
) -> tuple[str, list[float], list[float]]:
    content = next(iter(bench_dossier(1, PAPER_BYTES).papers.values()))
    plain_s, sent_s = [], []
    with BenchKiosk(folder, url, code, line_url) as kiosk, requests.Session() as session:
        kiosk.seal(bench_dossier(1, 1000))
        kiosk.drain()  # token, keys and connections are there from now on, as they are in the middle of a day
        session.get((line_url or url) + "/v1/keys", timeout=_TIMEOUT_S)
        for number in range(2, rounds + 2):
            kiosk.seal(bench_dossier(number, PAPER_BYTES))
            plain_s.append(_took_s(lambda: session.put((line_url or url) + PLAIN_PATH, content, timeout=_TIMEOUT_S)))
            sent_s.append(_took_s(kiosk.drain))
    return where, plain_s, sent_s


def _judged(where: str, plain_s: list[float], sent_s: list[float], target: float) -> list[Figure]:
    plain, sent = ([1000 * each for each in times] for times in (plain_s, sent_s))
    times = statistics.median(sent) / statistics.median(plain)
    return [
        figure_of(f"sync: plain PUT of 10 MB, {where}", "ms", plain),
        figure_of(f"sync: dossier of 10 MB, {where}", "ms", sent).judged_by(times, "medians, times plain", target),
    ]


def _took_s(work: Callable[[], object]) -> float:
    begun_s = time.perf_counter()
    work()
    return time.perf_counter() - begun_s
