"""What a running kiosk does for its store by itself, and by whose clock."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from commands.upkeep import Upkeep
from kiosk.config import Settings
from kiosk.errors import KeysUnavailable
from kiosk.keys import DemoKeys
from kiosk.store import Store
from sync.losses import note_losses
from sync.server_time import ServerTime
from tests.contracts.store_steps import make_durable
from tests.fakes import FakeClock
from tests.sample_dossiers import IDENTITY, sample_dossier

YEAR = timedelta(days=366)


class Desk:
    """A store with one tombstone, and what looks after it."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.folder = folder
        self.clock = clock
        self.keys = DemoKeys(folder / "keys")
        self.store = Store.open(folder / "store", self.keys, clock, reserve_bytes=0)
        self.server_time = ServerTime(clock)
        settings = Settings(data_folder=folder / "store", key_renewal_days=7, tombstone_days=365)
        self.upkeep = Upkeep(self.store, settings, clock, self.server_time)
        entry = self.store.seal(sample_dossier(1), IDENTITY)
        make_durable(self.store, entry, clock)
        self.store.shred(entry.client_ref, clock.now())

    def generations(self) -> set[int]:
        store_id = (self.folder / "store/store.id").read_text()
        return set(self.keys.wrapping_keys(store_id))


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    made = Desk(tmp_path, clock)
    with made.store:
        yield made
        made.upkeep.stop(timeout_s=10)


def test_the_wrapping_key_is_renewed_every_week(desk: Desk) -> None:
    desk.upkeep.run_once()
    assert desk.generations() == {2}
    desk.clock.advance(7 * 86400)
    desk.upkeep.run_once()
    desk.upkeep.run_once()
    assert desk.generations() == {3}


def test_tombstones_end_by_the_portals_time_alone(desk: Desk) -> None:
    told_at = desk.clock.now()
    desk.clock.advance(YEAR.total_seconds())
    desk.upkeep.run_once()
    assert len(desk.store.entries()) == 1  # no portal was heard
    desk.server_time.observe(format_datetime(told_at))
    desk.upkeep.run_once()
    assert len(desk.store.entries()) == 1  # the kiosk's clock is a year ahead
    desk.server_time.observe(format_datetime(told_at + YEAR))
    desk.upkeep.run_once()
    assert desk.store.entries() == ()
    assert desk.store.verify_audit() > 0


def test_what_the_portal_lost_keeps_its_receipt(desk: Desk) -> None:
    [entry] = desk.store.entries()
    note_losses(desk.store, {entry.slip_code}, set())
    desk.server_time.observe(format_datetime(desk.clock.now() + 2 * YEAR))
    desk.upkeep.run_once()
    assert desk.store.receipt(entry.client_ref)


def test_what_fails_is_logged_and_stops_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.store.close()
    desk.upkeep.run_once()
    assert "upkeep: the store is closed" in caplog.text


def test_it_looks_as_soon_as_it_is_started_and_ends_when_told(desk: Desk) -> None:
    desk.clock.advance(7 * 86400)
    desk.upkeep.start()
    desk.upkeep.stop(timeout_s=10)  # after what was under way
    assert desk.generations() <= {2, 3}


def test_a_step_that_fails_keeps_no_other_from_its_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked keyring, say, for months: tombstones end all the same."""

    def locked(*_arguments: object) -> bool:
        raise KeysUnavailable("locked")

    monkeypatch.setattr(desk.store.keys, "renew_if_older", locked)
    desk.clock.advance(YEAR.total_seconds())
    desk.server_time.observe(format_datetime(desk.clock.now(), usegmt=True))
    desk.upkeep.run_once()
    assert desk.store.entries() == ()
