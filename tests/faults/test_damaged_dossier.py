"""A byte flips in the papers of one dossier: that one waits for the staff, the others are sent, no new one is taken."""

from pathlib import Path

import pytest

from kiosk.errors import StoreCorrupt
from kiosk.outbox import State
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal
from tests.faults.test_store_damage import flip
from tests.sync.desk import Desk


def test_one_damaged_dossier_is_parked_and_the_others_are_sent(tmp_path: Path, clock: FakeClock) -> None:
    server = FakePortal(clock.now)
    with server.running():
        desk = Desk(tmp_path, server, clock)
        refs = [desk.file(number) for number in (1, 2, 3)]
        desk.store.close()
        database = tmp_path / "store" / "kiosk.db"
        flip(database, database.stat().st_size // 2)  # in the papers of the second of three equal dossiers
        desk = Desk(tmp_path, server, clock)
        while desk.round().more:
            pass
        assert [desk.entry(ref).state for ref in refs] == [State.RECEIPTED, State.PARKED, State.RECEIPTED]
        assert desk.entry(refs[1]).problem == "store_corrupt"
        assert set(server.manifests) == {refs[0], refs[2]}
        with pytest.raises(StoreCorrupt, match="takes no more"):
            desk.file(4)
        assert isinstance(desk.store, Store)
        found = desk.store.upkeep.check()
        assert (found.damaged, found.pages_whole) == ((refs[1],), False)
        desk.store.mark_durable(refs[0], clock.now())  # what is whole goes all its way
        desk.store.shred(refs[0], clock.now())
        desk.close()
