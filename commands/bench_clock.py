"""A clock for figures of some milliseconds on a machine that has other things to do too."""

import time
from pathlib import Path

_NANO = 1e-9
# The thread's time on a processor, and its time in the queue for one, in nanoseconds (Linux, Documentation/scheduler).
_SCHEDULED = Path("/proc/thread-self/schedstat")


def fair_s() -> float:
    """Seconds since some start, without those that this thread was ready to run and other threads had the processors.

    Waiting for a lock, for Python's own too, counts in full. Where the system does not tell, all time counts.
    """
    now_s = time.perf_counter()
    try:
        queued_ns = int(_SCHEDULED.read_bytes().split()[1])
    except OSError:
        return now_s
    return now_s - queued_ns * _NANO
