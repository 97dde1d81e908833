"""A kiosk that seals and sends without rest, in a process of its own, until it is killed or told to finish.

Run as `python tests/faults/soak_kiosk.py FOLDER FIRST SEED [drain]`: seals the dossiers FIRST, FIRST + 1 … and says
"sealing N" before and "sealed N" after each; its clock jumps. With `drain` it seals nothing, its clock is right, and it
ends with "drained" when the portal has every dossier in its backup.
"""

import logging
import sys
import threading
import time
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sync.backoff
import sync.loop
import sync.transport
from kiosk.keys import DemoKeys
from kiosk.outbox import UNSENT, State
from kiosk.outbox_rules import CRASH_LOOP
from kiosk.store import Identity, Store
from sync.enrolment import load_enrolment
from sync.loop import SyncLoop
from sync.syncer import Rules, Syncer
from sync.transport import ExchangeLimits
from tests.faults.enrolled import identity_of, way_to_portal
from tests.faults.store_child import say
from tests.sample_dossiers import SampleDossier, random_paper, sample_dossier

CANARY = "CONTENT-OF-A-PAPER-9d1c44"
GRACE = timedelta(seconds=2)
FASTER = 30.0  # every wait of the queue is so much shorter than in an office
STUCK_S = 60.0  # without anything leaving, once the faults have ended
BACKLOG = 150  # from there on citizens come slowly, so that hours of bad lines can be drained in minutes
_QUICK: dict[str, Any] = {
    "connect_s": 1.0,
    "base_s": 3.0,
    "read_s": 2.0,
    "slowest_bytes_per_s": 200_000.0,
    "stall_s": 3.0,
}
JUMPS = (timedelta(0), timedelta(days=-5 * 365), timedelta(days=5 * 365), timedelta(hours=1), timedelta(minutes=-9))


class JumpingClock:
    """The real time, and what a person or a dead battery made of it."""

    def __init__(self) -> None:
        self.offset = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def monotonic_s(self) -> float:
        return time.monotonic()


def dossier(number: int) -> SampleDossier:
    """The dossier of that number: mostly small, at times of several pieces; no paper is without the canary."""
    rng = Random(number)
    size_bytes = rng.choices([rng.randint(1, 8000), rng.randint(30_000, 100_000), 2_300_000], [90, 9, 1])[0]
    papers = [random_paper(number, size_bytes), b"second %d" % number][: rng.randint(1, 2)]
    return sample_dossier(number, *(CANARY.encode() + paper for paper in papers))


def hurry() -> None:
    """Shorten the waits, which are those of an office."""
    for module, name in (
        (sync.backoff, "ITEM_BASE_S"),
        (sync.backoff, "ITEM_CAP_S"),
        (sync.backoff, "_CONDITION_LOW_S"),
        (sync.backoff, "_CONDITION_HIGH_S"),
        (sync.loop, "_IDLE_S"),
    ):
        setattr(module, name, getattr(module, name) / FASTER)
    limits = ExchangeLimits()
    quick = {each.name: _QUICK[each.name] for each in fields(limits) if each.name in _QUICK}
    vars(sync.transport)["ExchangeLimits"] = lambda: replace(limits, **quick)


def main(folder: Path, first: int, seed: int, *, drain: bool) -> None:
    """See the module."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    hurry()
    rng, clock, keys = Random(seed), JumpingClock(), DemoKeys(folder / "keys")
    with Store.open(folder / "store", keys, clock, reserve_bytes=0) as store:
        enrolled = load_enrolment(store)
        assert enrolled is not None
        portal = way_to_portal(enrolled, keys, clock, store)
        syncer = Syncer(store, portal, clock, Random(seed), Rules(check_up_every_s=1.0, grace=GRACE))
        loop = SyncLoop(syncer, store, clock, Random(seed))
        say("open")
        let_go(store, clock)
        loop.start()
        try:
            if drain:
                wait_until_drained(store, loop)
            else:
                seal_without_rest(store, loop, identity_of(enrolled), first, rng, clock)
        finally:
            loop.stop(10)


def let_go(store: Store, clock: JumpingClock) -> None:
    """What was being sent at three of our kills stands apart as if it had caused them: the staff send it again."""
    for entry in store.entries():
        if entry.problem == CRASH_LOOP:
            store.unpark(entry.client_ref, clock.now())


def seal_without_rest(
    store: Store, loop: SyncLoop, identity: Identity, first: int, rng: Random, clock: JumpingClock
) -> None:
    """Until somebody kills this process."""
    rest, number = threading.Event(), first
    while True:
        say("sealing", number)
        store.seal(dossier(number), identity)
        say("sealed", number)
        loop.kick()
        number += 1
        if rng.random() < 0.05:
            clock.offset = rng.choice(JUMPS)
        waiting = sum(entry.state in UNSENT for entry in store.entries())
        rest.wait(rng.uniform(0.02, 0.4) if waiting < BACKLOG else 2.0)


def wait_until_drained(store: Store, loop: SyncLoop) -> None:
    """Until all is in the portal's backup. What became durable while the clock was years ahead is not shredded yet."""
    rest, left_before, until_s = threading.Event(), -1, 0.0
    loop.send_now()
    while left := sum(entry.state not in (State.DURABLE, State.SHREDDED) for entry in store.entries()):
        if left != left_before:
            left_before, until_s = left, time.monotonic() + STUCK_S
        assert time.monotonic() < until_s, f"{left} dossiers do not move: {loop.condition}"
        rest.wait(0.5)
    say("drained")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), drain="drain" in sys.argv[4:])
