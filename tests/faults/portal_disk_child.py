"""A portal on a small disk and a kiosk that files with it, in a process of its own; prints what it saw.

Run as `python tests/faults/portal_disk_child.py DISK FOLDER`, where DISK is a disk of a few megabytes and FOLDER lies
elsewhere. Every invariant is judged while the disk is full and after there is room again.
"""

import sys
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from kiosk.keys import DemoKeys
from kiosk.outbox import UNSENT
from kiosk.store import Store
from portal.app import make_app
from portal.enrolment import new_code
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.settings import Capacity
from sync.syncer import Rules, Syncer
from tests.fakes import FakeClock
from tests.faults.enrolled import enrolled_at, identity_of, way_to_portal
from tests.faults.invariants import Case, assert_invariants, promise
from tests.faults.portal_evidence import held_by, settings_at
from tests.faults.store_child import say
from tests.portal.desk import OFFICE
from tests.portal.serving import serving
from tests.sample_dossiers import SampleDossier, random_paper, sample_dossier

GRACE = timedelta(days=30)


class Kiosk:
    """An enrolled kiosk, whose own disk is well."""

    def __init__(self, folder: Path, url: str, code: str) -> None:
        self.folder, self.clock = folder, FakeClock(utc_now())
        keys = DemoKeys(folder / "keys")
        enrolled = enrolled_at(url, code, keys, self.clock)
        self.identity = identity_of(enrolled)
        self.store = Store.open(folder / "store", keys, self.clock, reserve_bytes=0)
        self.portal = way_to_portal(enrolled, keys, self.clock, self.store)
        rules = Rules(check_up_every_s=0, grace=GRACE)
        self.syncer = Syncer(self.store, self.portal, self.clock, Random(1), rules)
        self.sealed: list[SampleDossier] = []

    def file(self, *papers: bytes) -> UUID:
        """A citizen files."""
        self.sealed.append(sample_dossier(len(self.sealed) + 1, *papers))
        self.store.seal(self.sealed[-1], self.identity)
        return self.sealed[-1].client_ref

    def later(self, what: str) -> None:
        """A round, when every wait is over; says what came of it."""
        self.clock.advance(3600)
        report = self.syncer.run_once(self.clock.now())
        unsent = [entry.problem for entry in self.store.entries() if entry.state in UNSENT]
        say(what, report.condition, len(unsent), *sorted({problem.rpartition(":")[2] for problem in unsent}))

    def judge(self, portal: Portal, disk: Path) -> None:
        """Every invariant. What the portal logs goes to stderr, where the test looks."""
        sealed = [promise(each) for each in self.sealed]
        case = Case(sealed=sealed, folders=[self.folder, disk], log=[], grace=GRACE)
        assert_invariants(self.store, held_by(portal), case)


def fill(disk: Path) -> None:
    """Something else takes the last byte of the disk."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass


def main(disk: Path, folder: Path) -> None:
    """See the module."""
    # The reserve of a real portal is larger than this whole disk.
    small = Capacity(disk_reserve_bytes=0).without_rates()
    portal = open_portal(replace(settings_at(disk), capacity=small), utc_now)
    with portal.database.write() as connection:
        code = new_code(connection, OFFICE, portal.now())
    with serving(make_app(portal)) as url:
        kiosk = Kiosk(folder, url, code)
        known = random_paper(1, 300_000)
        kiosk.file(known)
        kiosk.later("well:")
        fill(disk)
        kiosk.file(random_paper(2, 300_000))
        kiosk.file(known)  # its piece is there: only the commit needs room
        kiosk.later("full:")
        kiosk.later("full:")
        (disk / "filler").unlink()
        kiosk.judge(portal, disk)
        kiosk.later("room:")
        kiosk.judge(portal, disk)
        kiosk.portal.close()
        kiosk.store.close()
    portal.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
