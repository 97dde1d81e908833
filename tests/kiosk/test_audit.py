"""The audit chain: every event holds to the one before, and no change of the past goes unseen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import apsw
import pytest

from kiosk import audit
from kiosk.audit import GENESIS, AuditEvent, Link
from kiosk.errors import StoreCorrupt
from kiosk.manifest import sha256_hex
from kiosk.outbox import State
from kiosk.store_schema import migrate

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
REF = UUID(int=5)


@pytest.fixture
def chain() -> Iterator[apsw.Connection]:
    """A store's tables in memory, with four events and without the locks that keep them as they are."""
    connection = apsw.Connection(":memory:")
    migrate(connection)
    connection.execute("DROP TRIGGER events_are_only_added_not_changed; DROP TRIGGER events_are_only_added_not_removed")
    audit.append(connection, AuditEvent.STORE_CREATED, None, NOW)
    audit.append(connection, AuditEvent.DOSSIER_SEALED, REF, NOW + timedelta(seconds=1))
    audit.append(connection, AuditEvent.SLIP_PRINTED, REF, NOW - timedelta(days=1))  # a clock may be set back
    audit.append(connection, AuditEvent.KIOSK_STOPPED, None, NOW)
    yield connection
    connection.close()


def test_an_empty_chain_is_whole() -> None:
    connection = apsw.Connection(":memory:")
    migrate(connection)
    assert (audit.head(connection), audit.verify(connection)) == (GENESIS, 0)
    connection.close()


def test_the_head_is_the_hash_of_the_last_event(chain: apsw.Connection) -> None:
    before = audit.head(chain)
    audit.append(chain, AuditEvent.KIOSK_STARTED, None, NOW)
    at_us = 1_794_790_800_000_000
    assert audit.head(chain) == Link(5, at_us, "kiosk_started", None, before).digest()
    assert audit.verify(chain) == 5


def test_the_canonical_bytes_can_be_made_by_anyone() -> None:
    text = f'[7,1794790800000000,"dossier_sealed","00000000-0000-0000-0000-000000000005","{GENESIS}"]'
    assert Link(7, 1_794_790_800_000_000, "dossier_sealed", REF, GENESIS).digest() == sha256_hex(text.encode())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET at = at + 1 WHERE seq = 2",
        "UPDATE event SET kind = 'visit_ended' WHERE seq = 2",
        "UPDATE event SET client_ref = NULL WHERE seq = 2",
        "UPDATE event SET client_ref = x'00000000000000000000000000000006' WHERE seq = 3",
        "UPDATE event SET prev_hash = hash WHERE seq = 1",
        "UPDATE event SET hash = lower(hex(randomblob(32))) WHERE seq = 4",
        "DELETE FROM event WHERE seq = 1",
        "DELETE FROM event WHERE seq = 3",
        "UPDATE event SET seq = 9 WHERE seq = 4",
        "INSERT INTO event SELECT 5, at, kind, client_ref, prev_hash, 'f' FROM event WHERE seq = 4",
    ],
)
def test_a_changed_past_is_noticed(chain: apsw.Connection, change: str) -> None:
    assert audit.verify(chain) == 4
    chain.execute(change)
    with pytest.raises(StoreCorrupt, match="audit chain"):
        audit.verify(chain)


def test_a_chain_cut_short_is_noticed_by_the_manifests_that_followed_it(chain: apsw.Connection) -> None:
    chain.execute(
        """INSERT INTO dossier (client_ref, slip_code, service_code, state, size_bytes, kiosk_id, sealed_at, audit_head,
            manifest_sha256, kek_epoch, dek_wrapped, recovery_key_id, dek_recovery)
            VALUES (?, '', '', 'sealed', 0, '', 0, ?, '', 1, x'00', '', x'00')""",
        (REF.bytes, audit.head(chain)),
    )
    assert audit.verify(chain) == 4
    chain.execute("DELETE FROM event WHERE seq = 4")
    with pytest.raises(StoreCorrupt, match="dossier 1"):
        audit.verify(chain)


def test_every_kind_says_what_it_means() -> None:
    assert all(event.meaning.endswith(".") for event in AuditEvent)
    assert len({event.meaning for event in AuditEvent}) == len(AuditEvent)


def test_every_state_that_the_outbox_enters_has_its_event() -> None:
    assert set(State) - set(audit.OF_STATE) == {State.SEALED}
