"""What may be changed in the store, each inside the caller's transaction and together with its audit event."""

import secrets
from datetime import datetime
from uuid import UUID

import apsw

from kiosk import audit, outbox_rules
from kiosk.errors import StoreCorrupt, StoreProblem
from kiosk.outbox import UNSENT, Accepted, OutboxEntry, State
from kiosk.store_reading import find_entry
from kiosk.store_schema import microseconds, migrate, version

_STORE_ID = "store.id"


def prepare(connection: apsw.Connection, known_id: str, now: datetime) -> str:
    """Bring the file to today's schema and give the store's id; `known_id` is what the folder remembers, if anything.

    Raises StoreCorrupt if the folder had a store and this is not it, StoreProblem for a newer program's store.
    """
    is_new = version(connection) == 0
    if is_new and known_id:
        raise StoreCorrupt("the database is empty, and its folder had a store")
    migrate(connection)
    if is_new:
        set_value(connection, _STORE_ID, secrets.token_hex(16).encode())
        audit.append(connection, audit.AuditEvent.STORE_CREATED, None, now)
    store_id: bytes = connection.execute("SELECT value FROM meta WHERE key = ?", (_STORE_ID,)).get
    if known_id and store_id.decode() != known_id:
        raise StoreCorrupt("the database is not the one that belongs to its folder")
    return store_id.decode()


def existing(connection: apsw.Connection, client_ref: UUID) -> OutboxEntry:
    """The entry of that dossier. Raises StoreProblem if there is none."""
    if entry := find_entry(connection, client_ref):
        return entry
    raise StoreProblem(f"there is no dossier {client_ref}")


def save(
    connection: apsw.Connection,
    before: OutboxEntry,
    after: OutboxEntry,
    now: datetime,
    event: audit.AuditEvent | None = None,
) -> OutboxEntry:
    """Write the changed entry and, if its state changed, the event: `event`, or the one of the new state."""
    parked = after.state is State.PARKED
    connection.execute(
        "UPDATE dossier SET state = ?, parked_from = iif(?, ?, NULL), attempts = ?, next_try_at = ?, problem = ?,"
        " national_code = ? WHERE client_ref = ?",
        (
            after.state.value,
            parked,
            before.state.value,
            after.attempts,
            None if after.next_try_at is None else microseconds(after.next_try_at),
            after.problem,
            after.national_code,
            after.client_ref.bytes,
        ),
    )
    if after.state is not before.state:
        audit.append(connection, event or audit.OF_STATE[after.state], after.client_ref, now)
    return after


def keep_receipt(connection: apsw.Connection, entry: OutboxEntry, accepted: Accepted) -> None:
    """Keep a verified receipt. Raises StoreProblem if it is for other bytes than those sealed here."""
    receipt = accepted.receipt
    sealed_sha256 = connection.execute("SELECT manifest_sha256 FROM dossier WHERE seq = ?", (entry.seq,)).get
    if (receipt.client_ref, receipt.manifest_sha256) != (entry.client_ref, sealed_sha256):
        raise StoreProblem(f"the receipt is not for what was sealed as {entry.client_ref}")
    connection.execute(
        "INSERT INTO receipt VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body, jws = excluded.jws",
        (entry.seq, receipt.model_dump_json(), accepted.jws),
    )


def unpark(connection: apsw.Connection, client_ref: UUID, now: datetime) -> None:
    """Put a parked dossier back where it was parked from. Raises StoreProblem if it is not parked."""
    before = existing(connection, client_ref)
    parked_from = connection.execute("SELECT parked_from FROM dossier WHERE seq = ?", (before.seq,)).get
    after = outbox_rules.unparked(before, State(parked_from or State.PARKED))
    save(connection, before, after, now, audit.AuditEvent.DOSSIER_UNPARKED)


def shred(connection: apsw.Connection, client_ref: UUID, now: datetime) -> None:
    """Turn a durable dossier into a tombstone and give its room back. Raises StoreProblem if it is not durable."""
    before = existing(connection, client_ref)
    after = outbox_rules.shredded(before)
    connection.execute("DELETE FROM content WHERE dossier = ?", (before.seq,))
    connection.execute(
        "UPDATE dossier SET state = ?, dek_wrapped = NULL, dek_recovery = NULL WHERE seq = ?",
        (after.state.value, before.seq),
    )
    save(connection, before, after, now)
    connection.execute("PRAGMA incremental_vacuum").fetchall()


def wake_all(connection: apsw.Connection, now: datetime) -> None:
    """Let every waiting dossier be due now."""
    connection.execute(
        "UPDATE dossier SET next_try_at = ? WHERE next_try_at IS NOT NULL AND state IN (?, ?, ?)",
        (microseconds(now), *sorted(state.value for state in UNSENT)),
    )


def set_value(connection: apsw.Connection, key: str, value: bytes) -> None:
    """Keep a small value, in the place of the one before."""
    connection.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))
