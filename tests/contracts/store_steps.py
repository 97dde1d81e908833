"""Steps that the contract tests of the store take with either kind of store."""

from datetime import timedelta

from kiosk.manifest import Manifest
from kiosk.outbox import Accepted, OutboxEntry, Refused, State
from kiosk.store import Store
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.sample_dossiers import receipt_for

AnyStore = Store | MemoryStore
MINUTE = timedelta(minutes=1)


def accepted(store: AnyStore, entry: OutboxEntry, national_code: str | None = None) -> Accepted:
    """What a portal would say of this dossier."""
    manifest = Manifest.model_validate_json(store.manifest(entry.client_ref))
    return Accepted(receipt_for(manifest, national_code), f"header.{national_code}.signature")


def state(store: AnyStore, entry: OutboxEntry) -> State:
    """The dossier's state now."""
    found = store.entry(entry.client_ref)
    assert found
    return found.state


def park(store: AnyStore, entry: OutboxEntry, clock: FakeClock) -> None:
    """Have the portal refuse it."""
    store.begin(entry.client_ref, State.COMMITTING, clock.now())
    store.record(entry.client_ref, Refused("urn:refused"), clock.now())


def make_durable(store: AnyStore, entry: OutboxEntry, clock: FakeClock) -> None:
    """Have the portal take it, and take it into its backup."""
    store.record(entry.client_ref, accepted(store, entry, "H01-261116-0001"), clock.now())
    store.mark_durable(entry.client_ref, clock.now())
