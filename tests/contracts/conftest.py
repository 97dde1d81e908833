"""The stores that every contract test of the store runs on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.keys import DemoKeys
from kiosk.outbox import OutboxEntry
from kiosk.store import Store
from tests.contracts.store_steps import AnyStore
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.sample_dossiers import IDENTITY, sample_dossier


@pytest.fixture(params=["real", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[AnyStore]:
    """An empty store."""
    if request.param == "memory":
        yield MemoryStore(clock)
        return
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as opened:
        yield opened


@pytest.fixture
def sealed(store: AnyStore) -> OutboxEntry:
    """A dossier that was just sealed in it."""
    return store.seal(sample_dossier(1), IDENTITY)
