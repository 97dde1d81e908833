"""How long it takes to put a dossier of 12 MB onto disk, durable and encrypted, beside the same done plainly."""

import os
import statistics
import time

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import encrypt_s, scratch, write_s
from commands.bench_rig import PAPER_BYTES, PAPERS, Rig

ROUNDS = 9
TIMES_PLAIN = 1.5


def measure() -> list[Figure]:
    """Sealing, writing and encrypting the same number of bytes in turns. The line is down, so nothing is sent."""
    content = os.urandom(PAPERS * PAPER_BYTES)
    seal_s, plain_s = [], []
    with scratch() as folder, Rig(folder / "kiosk", online=False) as rig:
        for number in range(ROUNDS + 1):
            dossier = rig.dossier()
            start_s = time.perf_counter()
            rig.counter.filing.seal(dossier)
            seal_s.append(time.perf_counter() - start_s)
            written_s = write_s(folder / f"plain-{number}", content)
            plain_s.append(written_s + encrypt_s("ChaCha20", content))
    seal_ms, plain_ms = ([1000 * each for each in times[1:]] for times in (seal_s, plain_s))  # the first makes room
    times = statistics.median(seal_ms) / statistics.median(plain_ms)
    sealed = figure_of("seal: 12 MB to encrypted disk", "ms", seal_ms)
    return [
        figure_of("seal: the same bytes, plain and encryption", "ms", plain_ms),
        sealed.judged_by(times, "medians, times plain", TIMES_PLAIN),
    ]
