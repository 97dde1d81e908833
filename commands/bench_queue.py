"""How long the queue takes to be looked at when it is long: a page of a list, the counts, and what is due."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys, derive
from kiosk.outbox import State
from kiosk.store import Store
from kiosk.store_folder import DATABASE_NAME
from kiosk.store_schema import connect

ROWS = 100_000
WAITING = 10_000  # of them not sent yet: some weeks of a busy desk without a line
PAGE = 50
PAGE_MS = 50.0
ROUNDS = 40
# Rows as the store has them, without papers: nothing here reads those.
_ROWS = """WITH RECURSIVE number (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM number WHERE n < :last)
INSERT INTO dossier (client_ref, slip_code, service_code, state, size_bytes, kiosk_id, sealed_at, audit_head,
    manifest_sha256, kek_epoch, dek_wrapped, recovery_key_id, dek_recovery)
SELECT randomblob(16), printf('%010d', n), '2.000635', :state, 12000000, 'bench', n, printf('%064d', n),
    printf('%064d', n), 2, iif(:state = 'sealed', zeroblob(60), NULL), 'bench',
    iif(:state = 'sealed', zeroblob(80), NULL)
FROM number"""


def measure() -> list[Figure]:
    """Some seconds, most of them for making the rows."""
    with scratch() as folder:
        keys, clock = DemoKeys(folder / "keys"), WallClock()
        Store.open(folder / "store", keys, clock, reserve_bytes=0).close()
        _fill(folder / "store" / DATABASE_NAME, keys)
        with Store.open(folder / "store", keys, clock, reserve_bytes=0) as store:
            return _figures(store)


def _figures(store: Store) -> list[Figure]:
    now = datetime.now(UTC)
    places = [round_ * (ROWS // ROUNDS) for round_ in range(ROUNDS)]
    pages = [_ms(partial(store.page, seq, PAGE)) for seq in places]
    unsettled = [_ms(partial(store.page, seq, PAGE, (State.SEALED, State.PARKED))) for seq in places]
    counts = [_ms(store.counts) for _ in range(ROUNDS)]
    due = [_ms(partial(store.due, now)) for _ in range(ROUNDS)]
    of = f"{PAGE} from {ROWS:,}"
    return [
        figure_of(f"queue: page of {of}", "ms", pages).judged_by(max(pages), "max", PAGE_MS),
        figure_of(f"queue: page of {of}, unsettled", "ms", unsettled).judged_by(max(unsettled), "max", PAGE_MS),
        figure_of(f"queue: counts of {ROWS:,}", "ms", counts).judged_by(median(counts), "median", PAGE_MS),
        figure_of(f"queue: 20 due of {WAITING:,}", "ms", due),
    ]


def _ms(act: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start_s)


def _fill(path: Path, keys: DemoKeys) -> None:
    connection = connect(path, derive(keys.key(), "db"))
    try:
        connection.execute("BEGIN")
        tombstones = ROWS - WAITING
        for first, last, state in ((1, tombstones, State.SHREDDED), (tombstones + 1, ROWS, State.SEALED)):
            connection.execute(_ROWS, {"first": first, "last": last, "state": state.value})
        connection.execute("COMMIT")
    finally:
        connection.close()
