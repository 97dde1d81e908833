"""Tests of commands/queue_of_store.py: a long queue is listed whole, page after page, and tombstones are counted."""

from pathlib import Path

import pytest

from commands import queue_of_store
from commands.queue_listing import listing
from kiosk.config import Settings
from kiosk.outbox import QueueCondition
from tests.contracts.store_steps import make_durable, park
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.sample_dossiers import IDENTITY, sample_dossier


def test_it_says_what_the_listing_of_all_entries_says(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(queue_of_store, "_PAGE", 2)
    store = MemoryStore(clock, set_aside=("corrupt-20261116T010000Z",))
    for number in range(1, 10):
        entry = store.seal(sample_dossier(number), IDENTITY)
        if number % 3 == 0:
            make_durable(store, entry, clock)
            store.shred(entry.client_ref, clock.now())
        elif number % 3 == 1:
            park(store, entry, clock)
    settings = Settings(data_folder=tmp_path)
    shown = queue_of_store.listing_of(store, QueueCondition.CLEAR, settings, clock.now())  # type: ignore[arg-type]  # the store's fake
    whole = listing(store.entries(), QueueCondition.CLEAR, store.set_aside)
    assert [shown[key] for key in ("entries", "shredded", "set_aside")] == [
        whole[key] for key in ("entries", "shredded", "set_aside")
    ]
    assert [alarm["alarm"] for alarm in shown["alarms"]] == ["parked"]
    assert (shown["shredded"], len(shown["entries"])) == (3, 6)
