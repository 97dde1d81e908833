"""Whether a long queue costs more than a short one: time for each dossier, and the memory that the syncer holds."""

import gc
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from commands.bench_dossiers import bench_dossier
from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.bench_sync_kiosk import BenchKiosk
from commands.bench_sync_portal import bench_portal
from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys
from kiosk.manifest import Manifest, sha256_hex
from kiosk.outbox import Accepted, Held, TryLater
from kiosk.receipt import Receipt
from kiosk.store import Identity, Store
from sync.portal import CheckUp, NoPortal, Parcel, Setback
from sync.syncer import Rules, Syncer

SHORT, LONG = 100, 10_000
TIMES_SHORT = 1.1
FEW, MANY = 200, 2_000
GROWTH_MB = 10.0
SMALL_BYTES = 2_000
LARGE_BYTES = 12_000_000
_TOLD_EVERY = 100
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_IDENTITY = Identity("bench", "bench", X25519PrivateKey.generate().public_key().public_bytes_raw())


class TakesAll(NoPortal):
    """A portal that takes everything at once, so that the kiosk's own work is all there is to measure."""

    def reserve(self, _parcel: Parcel) -> Setback | None:
        """At once."""
        return None

    def upload(self, parcel: Parcel) -> Setback | None:
        """Read every piece, as sending does."""
        for piece in Manifest.model_validate_json(parcel.manifest).pieces():
            parcel.piece(piece.sha256)
        return None

    def commit(self, parcel: Parcel) -> Accepted | Setback:
        """A receipt, unsigned."""
        receipt = Receipt(
            client_ref=parcel.client_ref,
            kiosk_id="bench",
            manifest_sha256=sha256_hex(parcel.manifest),
            documents=(),
            remote_id="1",
            national_code=None,
            received_at=datetime.fromisoformat("2026-11-16T01:00:00+00:00"),
        )
        return Accepted(receipt, "unsigned")

    def recall(self, parcel: Parcel) -> Accepted | Setback | None:
        """As a commit."""
        return self.commit(parcel)

    def check_up(self, _client_refs: Sequence[UUID]) -> CheckUp | Held | TryLater:
        """All held."""
        return CheckUp(frozenset(), frozenset())

    def abort(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is open."""


def measure() -> list[Figure]:
    """The store lies in memory: each change of state syncs a disk as often in a long queue as in a short one."""
    with _in_memory() as folder:
        growth = _memory(folder)
    with _in_memory() as folder:
        short_ms = [cost for number in range(5) for cost in _drain_ms(folder / f"short-{number}", SHORT)]
        long_ms = _drain_ms(folder / "long", LONG)
    times = statistics.median(long_ms) / statistics.median(short_ms)
    long = figure_of(f"drain: CPU per dossier, {LONG} in the queue", "ms", long_ms)
    return [
        figure_of(f"drain: CPU per dossier, {SHORT} in the queue", "ms", short_ms),
        long.with_details(each_hundred_ms=long_ms).judged_by(times, f"medians, times at {SHORT}", TIMES_SHORT),
        growth,
    ]


def _drain_ms(folder: Path, count: int) -> list[float]:
    """CPU time per dossier, for each hundred of them."""
    clock, costs_ms = WallClock(), []
    with Store.open(folder, DemoKeys(folder / "keys"), clock, reserve_bytes=0) as store:
        for number in range(1, count + 1):
            store.seal(bench_dossier(number, SMALL_BYTES), _IDENTITY)
        # A check-up now and then as in a day of sending that much, which takes hours.
        rules = Rules(check_up_every_s=5.0, grace=timedelta(days=7))
        syncer = Syncer(store, TakesAll(), clock, SystemRandom(), rules)
        done = 0
        begun_s = time.process_time()
        while done < count:
            done += syncer.run_once(clock.now()).accepted
            if done % _TOLD_EVERY == 0:
                now_s = time.process_time()
                costs_ms.append(1000 * (now_s - begun_s) / _TOLD_EVERY)
                begun_s = now_s
    return costs_ms


def _memory(folder: Path) -> Figure:
    """The process with its whole store and line, while it sends small dossiers to a portal in another process."""
    resident_mb = []
    with bench_portal(folder / "portal") as (url, code), BenchKiosk(folder / "kiosk", url, code) as kiosk:
        for number in range(MANY + 1, MANY + 3):  # they fill the store's cache of 16 MB, which would else grow on
            kiosk.seal(bench_dossier(number, LARGE_BYTES))
            kiosk.drain()
        for number in range(1, MANY + 1):
            kiosk.seal(bench_dossier(number, SMALL_BYTES))
            kiosk.drain()
            if number % FEW == 0:
                resident_mb.append(_resident_mb())
    figure = figure_of(f"drain: memory over {MANY} dossiers", "MB", resident_mb)
    growth = resident_mb[-1] - resident_mb[0]
    return figure.judged_by(growth, f"growth after the first {FEW}", GROWTH_MB).with_details(resident_mb=resident_mb)


@contextmanager
def _in_memory() -> Iterator[Path]:
    if not _MEMORY_FOLDER.is_dir():
        with scratch() as folder:
            yield folder
        return
    with TemporaryDirectory(prefix="bench-", dir=_MEMORY_FOLDER) as folder:
        yield Path(folder)


def _resident_mb() -> float:
    """Linux only, as the target is."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
