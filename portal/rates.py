"""How often one caller may do one thing: a bucket of tokens each, which fills at the limit's rate."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from portal.problems import too_many
from portal.settings import Capacity

BUCKETS_MAX = 10_000  # callers remembered of one kind; more of them are strangers who try addresses


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at_s: float


class Rate:
    """At most `per_minute` in the long run; after a quiet minute, as many at once. Safe for several threads."""

    def __init__(self, per_minute: float, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._monotonic_s = monotonic_s
        self._buckets: dict[str, _Bucket] = {}
        self._lock = Lock()

    def wait_s(self, caller: str) -> float:
        """0 when the caller may go on, which counts; else for how long it may not, which does not."""
        if self._per_minute <= 0:
            return 0.0
        now_s = self._monotonic_s()
        with self._lock:
            if len(self._buckets) >= BUCKETS_MAX:
                self._forget_full(now_s)
            bucket = self._buckets.setdefault(caller, _Bucket(self._per_minute, now_s))
            bucket.tokens, bucket.at_s = self._tokens(bucket, now_s), now_s
            if bucket.tokens < 1:
                return (1 - bucket.tokens) * 60 / self._per_minute
            bucket.tokens -= 1
        return 0.0

    def check(self, caller: str) -> None:
        """Count one. Raises Refused (429) with the time when there is room again."""
        wait_s = self.wait_s(caller)
        if wait_s > 0:
            raise too_many(f"more than {math.ceil(self._per_minute)} a minute", wait_s)

    def _tokens(self, bucket: _Bucket, now_s: float) -> float:
        return min(self._per_minute, bucket.tokens + (now_s - bucket.at_s) * self._per_minute / 60)

    def _forget_full(self, now_s: float) -> None:
        """A caller whose bucket is full is one like any that never called. If all are at it, all are forgotten:
        rather a stranger too many than a machine without memory."""
        at_work = {key: it for key, it in self._buckets.items() if self._tokens(it, now_s) < self._per_minute}
        self._buckets = at_work if len(at_work) < BUCKETS_MAX else {}


class Rates:
    """The portal's limits of this kind."""

    def __init__(self, capacity: Capacity, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self.pieces = Rate(capacity.pieces_per_minute, monotonic_s)
        self.commits = Rate(capacity.commits_per_minute, monotonic_s)
        self.enrols = Rate(capacity.enrols_per_minute, monotonic_s)
