"""Random faults for as long as one likes, on kiosks, portal and line; then everything must be at the portal, once.

Run by `make soak` as `python -m tests.faults.soak --seconds N [--seed N] [--kiosks N] [--folder DIR]`. Prints one line
of JSON; ends with 1, and leaves the folder, when an invariant does not hold. The same seed gives the same faults in the
same order; when each strikes is the machine's.
"""

import argparse
import json
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys
from kiosk.store import Store
from portal.enrolment import Office
from portal.setup import prepare
from sync.enrolment import save_enrolment
from tests.faults.child_program import Program, free_port
from tests.faults.enrolled import enrolled_at
from tests.faults.fault_proxy import FaultProxy
from tests.faults.invariants import Case, Promise, assert_invariants, promise
from tests.faults.portal_evidence import evidence_of, settings_at
from tests.faults.soak_kiosk import CANARY, GRACE, dossier
from tests.faults.store_child import say
from tests.sample_dossiers import NAME

OFFICE = Office("H32.15", "UBND phường Mẫu", "Bộ phận Một cửa phường Mẫu", "0299 000 0000")
PER_KIOSK = 10_000_000  # the numbers of one kiosk's dossiers
DURABLE_AFTER_S = 2
DRAIN_TIMEOUT_S = 600.0  # for the whole backlog; a queue that stands still is found much sooner


@dataclass
class Kiosk:
    """One kiosk, over all its lives."""

    folder: Path
    first: int
    program: Program | None = None
    sealed: list[int] = field(default_factory=list)
    begun: int = 0

    def learn(self) -> None:
        """Take note of what the life that ended has said."""
        assert self.program is not None
        for words in map(str.split, self.program.words):
            if words[0] == "sealing":
                self.begun = int(words[1])
            elif words[0] == "sealed":
                self.sealed.append(int(words[1]))
        self.program = None

    @property
    def next(self) -> int:
        """The dossier to go on with: the one whose sealing was cut off, as its citizen would."""
        return self.begun if self.begun > max(self.sealed, default=0) else max(self.sealed, default=self.first - 1) + 1


class Soak:
    """Kiosks, a portal, the line between them, and chance."""

    def __init__(self, home: Path, seed: int, kiosks: int) -> None:
        self.home, self.rng, self.counts = home, Random(seed), Counter[str]()
        self.settings = settings_at(home / "portal")
        self.temporary, self.logs = home / "temporary", home / "logs"
        for folder in (self.temporary, self.logs):
            folder.mkdir(parents=True)
        self.kiosks = [Kiosk(home / f"kiosk-{number}", number * PER_KIOSK + 1) for number in range(1, kiosks + 1)]
        self.portal: Program | None = None
        self._log = (self.logs / "all.log").open("ab")
        self._portal_port = free_port()
        self.proxy = FaultProxy(self._portal_port)
        self._rest = threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Everything is made and started; at the end nothing is left running."""
        with ExitStack() as stack:
            stack.callback(self._log.close)
            stack.callback(self._end_all)
            self.proxy.start()
            stack.callback(self.proxy.stop)
            codes = [prepare(self.settings, OFFICE) for _ in self.kiosks]
            self.start_portal()
            for kiosk, code in zip(self.kiosks, codes, strict=True):
                _enrol(kiosk, code, f"http://127.0.0.1:{self.proxy.port}")
                self.start_kiosk(kiosk)
            yield

    def start_portal(self) -> None:
        """Start it, and wait until it answers."""
        places = ["--database", self.settings.database_url, "--files", str(self.settings.files)]
        options = ["--keys", str(self.settings.keys), "--test", "--exit-with-parent", "--port", str(self._portal_port)]
        command = ["main.py", "portal", *places, *options, "--durable-after", str(DURABLE_AFTER_S)]
        self.portal = Program(command, self._log, self.temporary)
        self.portal.wait_for("{")

    def start_kiosk(self, kiosk: Kiosk, *words: str) -> None:
        """Start it; it goes on where it was cut off."""
        arguments = [str(kiosk.folder), str(kiosk.next), str(self.rng.randrange(10**9)), *words]
        kiosk.program = Program(["tests/faults/soak_kiosk.py", *arguments], self._log, self.temporary)

    def strike(self) -> None:
        """One fault."""
        faults = {
            self.kill_kiosk: 8,
            self.kill_portal: 3,
            self.cut: 4,
            self.cut_later: 4,
            self.close: 2,
            self.silence: 1,
            self.slow: 2,
            self.heal: 6,
        }
        [fault] = self.rng.choices(list(faults), list(faults.values()))
        fault()
        self.counts[fault.__name__] += 1

    def kill_kiosk(self) -> None:
        """Any of them, at any moment; it starts again at once."""
        kiosk = self.rng.choice(self.kiosks)
        assert kiosk.program is not None
        kiosk.program.kill()
        kiosk.learn()
        self.start_kiosk(kiosk)

    def kill_portal(self) -> None:
        """At any moment; it is away for a while."""
        assert self.portal is not None
        self.portal.kill()
        self._rest.wait(self.rng.uniform(0, 1))
        self.start_portal()

    def cut(self) -> None:
        """Every connection that is open."""
        self.proxy.cut()

    def cut_later(self) -> None:
        """The next connection, in the middle of something."""
        self.proxy.cut_after.append(self.rng.choice((200, 900, 3000, self.rng.randint(1, 2_000_000))))

    def close(self) -> None:
        """Connections are refused."""
        self.proxy.close()

    def silence(self) -> None:
        """Connections are taken and nothing comes."""
        self.proxy.mode = "silent"
        self.proxy.cut()

    def slow(self) -> None:
        """A bad line."""
        self.proxy.bytes_per_s = self.rng.choice((20_000, 100_000, 500_000))

    def heal(self) -> None:
        """A good line."""
        self.proxy.heal()

    def run(self, seconds: float) -> None:
        """Strike until the time is over; then let everything drain."""
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            self._rest.wait(self.rng.uniform(0.05, 0.8))
            self.strike()
        self.proxy.heal()
        for kiosk in self.kiosks:
            assert kiosk.program is not None
            kiosk.program.kill()
            kiosk.learn()
        for kiosk in self.kiosks:
            self.start_kiosk(kiosk, "drain")
        for kiosk in self.kiosks:
            assert kiosk.program is not None
            kiosk.program.wait_for("drained", DRAIN_TIMEOUT_S)
            assert kiosk.program.end() == 0
            kiosk.program = None

    def judge(self) -> None:
        """Every invariant, for each kiosk and the portal that they share."""
        log = (self.logs / "all.log").read_text().splitlines()
        known = [self._promises(kiosk) for kiosk in self.kiosks]
        folders = [self.home]
        with evidence_of(self.settings) as evidence:
            for kiosk, (sealed, begun) in zip(self.kiosks, known, strict=True):
                others = [each for other in known if other[0] is not sealed for group in other for each in group]
                case = Case(
                    sealed=sealed,
                    begun=begun,
                    elsewhere=others,
                    folders=folders,
                    log=log,
                    grace=GRACE,
                    secrets=[NAME.encode(), CANARY.encode()],
                )
                with Store.open(
                    kiosk.folder / "store", DemoKeys(kiosk.folder / "keys"), WallClock(), reserve_bytes=0
                ) as store:
                    assert_invariants(store, evidence, case)
                    self.counts["at_kiosk"] += len(store.entries())
                folders = []  # searched once, for all of them
        self.counts["at_portal"] = len(evidence.dossiers)

    def report(self) -> dict[str, int]:
        """The counts."""
        replays = sum(count - 1 for count in self.proxy.commits.values())
        sealed = sum(len(set(kiosk.sealed)) for kiosk in self.kiosks)
        return {"dossiers": sealed, **self.counts, "cuts": self.proxy.cuts, "replays": replays}

    def _promises(self, kiosk: Kiosk) -> tuple[list[Promise], list[Promise]]:
        sealed = [_promise(number) for number in sorted(set(kiosk.sealed))]
        return sealed, [_promise(kiosk.begun)] if kiosk.begun not in {0, *kiosk.sealed} else []

    def _end_all(self) -> None:
        for program in [self.portal, *(kiosk.program for kiosk in self.kiosks)]:
            if program is not None:
                program.kill()


def _promise(number: int) -> Promise:
    """Without bytes to look for: every paper carries the canary, and thousands of patterns would take hours."""
    return replace(promise(dossier(number)), secrets=())


def _enrol(kiosk: Kiosk, code: str, url: str) -> None:
    clock, keys = WallClock(), DemoKeys(kiosk.folder / "keys")
    with Store.open(kiosk.folder / "store", keys, clock, reserve_bytes=0) as store:
        save_enrolment(store, enrolled_at(url, code, keys, clock))


def soak(home: Path, seconds: float, seed: int, kiosks: int) -> dict[str, int]:
    """Soak in that folder; the counts. Raises AssertionError when an invariant does not hold."""
    run = Soak(home, seed, kiosks)
    with run.running():
        run.run(seconds)
    run.judge()
    return run.report()


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=7200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--kiosks", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    home = arguments.folder or Path(tempfile.mkdtemp(prefix="soak-"))
    counts = soak(home, arguments.seconds, arguments.seed, arguments.kiosks)
    say(json.dumps({"seconds": arguments.seconds, "seed": arguments.seed, "kiosks": arguments.kiosks, **counts}))
    if arguments.folder is None:
        shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
