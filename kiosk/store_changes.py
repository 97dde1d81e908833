"""What may be changed in the store, each inside the caller's transaction and together with its audit event."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import apsw

from kiosk import audit, outbox_rules
from kiosk.errors import StoreCorrupt, StoreProblem
from kiosk.outbox import UNSENT, Accepted, OutboxEntry, State
from kiosk.store_outbox import find_entry, highest_seq
from kiosk.store_schema import HAS_LEFT, microseconds, migrate, version

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


def count_try(connection: apsw.Connection, client_ref: UUID, now: datetime) -> None:
    """A try begins. Should the program die in it, `park_crash_loops` of the next starts will know."""
    at, within = microseconds(now), outbox_rules.CRASHES_WITHIN // timedelta(microseconds=1)
    connection.execute(
        "UPDATE dossier SET tries_begun = iif(abs(? - begun_at) <= ?, tries_begun, 0) + 1, begun_at = ?"
        " WHERE client_ref = ?",
        (at, within, at, client_ref.bytes),
    )


def end_try(connection: apsw.Connection, client_ref: UUID) -> None:
    """The try came to something, whatever it was."""
    connection.execute("UPDATE dossier SET tries_begun = 0 WHERE client_ref = ?", (client_ref.bytes,))


def park_crash_loops(connection: apsw.Connection, now: datetime) -> list[UUID]:
    """Set apart what ended the program again and again, so that the others are sent. Which they were. What the program
    may have ended in even once has failed once more, so that it does not stand first again."""
    connection.execute(
        "UPDATE dossier SET attempts = attempts + 1"
        " WHERE tries_begun > 0 AND state IN ('sealed', 'sending', 'committing')"
    )
    rows: list[tuple[Any, ...]] = connection.execute(
        "SELECT client_ref FROM dossier INDEXED BY dossier_begun WHERE tries_begun > 0 AND tries_begun >= ?"
        " AND state IN ('sealed', 'sending', 'committing')",
        (outbox_rules.CRASHES_OF_A_LOOP,),
    ).fetchall()
    refs = [UUID(bytes=row[0]) for row in rows]
    for ref in refs:
        before = existing(connection, ref)
        save(connection, before, outbox_rules.crashed(before), now, audit.AuditEvent.DOSSIER_CRASH_LOOP)
        end_try(connection, ref)
    return refs


def unpark(connection: apsw.Connection, client_ref: UUID, now: datetime) -> None:
    """Put a parked dossier back where it was parked from. Raises StoreProblem if it is not parked."""
    before = existing(connection, client_ref)
    parked_from = connection.execute("SELECT parked_from FROM dossier WHERE seq = ?", (before.seq,)).get
    after = outbox_rules.unparked(before, State(parked_from or State.PARKED))
    save(connection, before, after, now, audit.AuditEvent.DOSSIER_UNPARKED)


def shred(connection: apsw.Connection, client_ref: UUID, now: datetime, *, room: bool = True) -> None:
    """Turn a durable dossier into a tombstone and give its room back. Raises StoreProblem if it is not durable.

    Without `room` for the journal of it all, only its keys are destroyed; `sweep` then takes the papers bit by bit.
    """
    before = existing(connection, client_ref)
    _destroy(connection, before, outbox_rules.shredded(before), now, room=room)


def requeue(connection: apsw.Connection, client_ref: UUID, now: datetime) -> None:
    """Let a dossier that the portal lost go out again; its receipt is kept as proof, and a new one is needed.

    Raises StoreProblem for one without a receipt, and for one whose papers are no longer here.
    """
    before = existing(connection, client_ref)
    after = outbox_rules.requeued(before)
    connection.execute(
        "INSERT INTO former_receipt SELECT dossier, body, jws FROM receipt WHERE dossier = ? ON CONFLICT DO NOTHING",
        (before.seq,),
    )
    connection.execute("DELETE FROM receipt WHERE dossier = ?", (before.seq,))
    save(connection, before, after, now, audit.AuditEvent.DOSSIER_REQUEUED)


def withdraw(connection: apsw.Connection, client_ref: UUID, now: datetime, *, room: bool = True) -> OutboxEntry:
    """Destroy a dossier of which nothing has left, or keep the wish until the portal knows of it.

    Raises StoreProblem for a dossier whose papers are no longer here. `room`: as in `shred`.
    """
    before = existing(connection, client_ref)
    after = outbox_rules.withdrawal_asked(before, now, has_left=_has_left(connection, before))
    if after == before:
        return before
    connection.execute("UPDATE dossier SET withdrawal_asked_at = ? WHERE seq = ?", (microseconds(now), before.seq))
    if after.state is State.WITHDRAWN:
        return _destroy(connection, before, after, now, room=room)
    audit.append(connection, audit.AuditEvent.WITHDRAWAL_ASKED, client_ref, now)
    return after


def confirm_withdrawal(
    connection: apsw.Connection, client_ref: UUID, proof: str, now: datetime, *, room: bool = True
) -> None:
    """The portal knows: destroy what is here. Raises StoreProblem if nobody asked for it. `room`: as in `shred`."""
    before = existing(connection, client_ref)
    after = outbox_rules.withdrawal_confirmed(before)
    if after is not before:
        connection.execute("UPDATE dossier SET withdrawal_proof = ? WHERE seq = ?", (proof, before.seq))
        _destroy(connection, before, after, now, room=room)


def advance_seq(connection: apsw.Connection, at_least: int, now: datetime) -> None:
    """Let the next dossier's number be above `at_least`. Numbers never go back."""
    if at_least <= highest_seq(connection):
        return
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'dossier'")
    connection.execute("INSERT INTO sqlite_sequence VALUES ('dossier', ?)", (at_least,))
    audit.append(connection, audit.AuditEvent.SEQ_ADVANCED, None, now)


def sweep(connection: apsw.Connection) -> bool:
    """Remove one piece whose key was destroyed already, and give its room back; whether there was one."""
    found: int | None = connection.execute(
        "SELECT rowid FROM content WHERE dossier IN"
        " (SELECT seq FROM dossier WHERE state IN ('shredded', 'withdrawn')) LIMIT 1"
    ).get
    if found is None:
        return False
    connection.execute("DELETE FROM content WHERE rowid = ?", (found,))
    connection.execute("PRAGMA incremental_vacuum").fetchall()
    return True


def wake_all(connection: apsw.Connection, now: datetime) -> None:
    """Let every waiting dossier be due now."""
    connection.execute(
        "UPDATE dossier SET next_try_at = ? WHERE next_try_at IS NOT NULL AND state IN (?, ?, ?)",
        (microseconds(now), *sorted(state.value for state in UNSENT)),
    )


def set_value(connection: apsw.Connection, key: str, value: bytes) -> None:
    """Keep a small value, in the place of the one before."""
    connection.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))


def _has_left(connection: apsw.Connection, entry: OutboxEntry) -> bool:
    """Whether some of it may be at the portal, now or before the portal lost it, or may come there by a stick."""
    return bool(
        connection.execute(
            f"SELECT {HAS_LEFT} FROM dossier WHERE seq = ?",  # noqa: S608  ours
            (entry.seq,),
        ).get
    )


def _destroy(
    connection: apsw.Connection, before: OutboxEntry, after: OutboxEntry, now: datetime, *, room: bool
) -> OutboxEntry:
    """Leave a tombstone: keys and papers go, and their room is given back."""
    if room:
        connection.execute("DELETE FROM content WHERE dossier = ?", (before.seq,))
    connection.execute(
        "UPDATE dossier SET state = ?, parked_from = NULL, dek_wrapped = NULL, dek_recovery = NULL WHERE seq = ?",
        (after.state.value, before.seq),
    )
    save(connection, before, after, now)
    if room:
        connection.execute("PRAGMA incremental_vacuum").fetchall()
    return after
