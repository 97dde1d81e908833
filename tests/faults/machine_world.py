"""A kiosk and everything that may happen to it, one method each: store, syncer and client are the real ones."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from kiosk.keys import DemoKeys
from kiosk.outbox import UNSENT, State
from kiosk.store import Store
from portal.enrolment import new_code
from sync.syncer import Rules, Syncer
from tests.fakes import FakeClock
from tests.faults.enrolled import enrolled_at, identity_of, way_to_portal
from tests.faults.invariants import Case, Promise, assert_invariants, promise
from tests.faults.portal_evidence import held_by
from tests.faults.portal_world import PortalWorld
from tests.portal.desk import OFFICE
from tests.sample_dossiers import sample_dossier

GRACE = timedelta(days=1)
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)


class Crash(BaseException):
    """The kiosk's program ends here."""


class MortalStore:
    """The store, as the syncer sees it; the program dies before or after one of the calls to it."""

    def __init__(self, store: Store, dies_at: int, *, after: bool) -> None:
        self._store, self._left, self._after = store, dies_at, after

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._store, name)

        def count_down(*arguments: Any, **named: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._after:
                raise Crash
            result = call(*arguments, **named)
            if self._left <= 0:
                raise Crash  # and nothing that another thread asks for later is answered
            return result

        return count_down


class KioskWorld:
    """One kiosk, over all its lives."""

    def __init__(self, folder: Path, world: PortalWorld, first: int) -> None:
        self.folder, self.world, self.clock, self.last = folder, world, FakeClock(), first
        self.keys = DemoKeys(folder / "keys")
        self.promises: dict[UUID, Promise] = {}
        with world.portal.database.write() as connection:
            code = new_code(connection, OFFICE, world.portal.now())
        url = f"http://127.0.0.1:{world.proxy.port}"
        self.enrolled = enrolled_at(url, code, self.keys, self.clock)
        self.open()

    def open(self) -> None:
        """The program starts."""
        self.store = Store.open(self.folder / "store", self.keys, self.clock, reserve_bytes=0)
        self.portal = way_to_portal(self.enrolled, self.keys, self.clock, self.store)
        self.syncer = self._syncer(self.store)

    def close(self) -> None:
        """The program ends."""
        self.portal.close()
        self.store.close()

    def reopen(self) -> None:
        """It ends and starts again."""
        self.close()
        self.open()

    def seal(self, *papers: bytes) -> UUID:
        """A citizen files."""
        self.last += 1
        dossier = sample_dossier(self.last, *papers)
        self.store.seal(dossier, identity_of(self.enrolled))
        self.promises[dossier.client_ref] = promise(dossier)
        return dossier.client_ref

    def tick(self) -> None:
        """A round of sending."""
        self.syncer.run_once(self.clock.now())

    def die_in_a_round(self, dies_at: int, *, after: bool) -> None:
        """A round in which the program is killed, and its next start."""
        with suppress(Crash):
            self._syncer(MortalStore(self.store, dies_at, after=after)).run_once(self.clock.now())
        self.reopen()

    def jump(self, days: int) -> None:
        """Somebody sets the clock, or its battery is dead."""
        moved = self.clock.instant + timedelta(days=days)
        self.clock.instant = min(max(moved, _EARLIEST), _LATEST)

    def unpark_all(self) -> None:
        """The staff put everything back."""
        for entry in self.store.entries():
            if entry.state is State.PARKED:
                self.store.unpark(entry.client_ref, self.clock.now())

    def judge(self) -> None:
        """Every invariant."""
        case = Case(
            sealed=list(self.promises.values()),
            folders=[self.folder, self.world.settings.files.parent],
            log=self.world.log.lines,
            grace=GRACE,
        )
        assert_invariants(self.store, held_by(self.world.portal, self.enrolled.enrolment.kiosk_id), case)

    def drain(self) -> None:
        """All faults end; within two back-off steps everything has arrived (I6)."""
        self.world.meddler.poisoned.clear()
        self.world.meddler.stale = self.world.meddler.repeat = False
        self.world.proxy.heal()
        self.unpark_all()
        for _ in range(3):
            self.clock.advance(3600)
            self.tick()
        waiting = [entry for entry in self.store.entries() if entry.state in UNSENT]
        assert waiting == [], "I6: the faults are gone, and these do not move"

    def _syncer(self, store: Any) -> Syncer:
        return Syncer(store, self.portal, self.clock, Random(1), Rules(check_up_every_s=0, grace=GRACE))
