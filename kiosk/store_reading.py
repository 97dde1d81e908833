"""What can be asked of the store: the outbox, sealed contents, receipts, kept values and the audit chain."""

from datetime import datetime
from typing import Any
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.errors import StoreProblem
from kiosk.outbox import OutboxEntry, State
from kiosk.outbox_rules import LONGEST_WAIT
from kiosk.receipt import Receipt
from kiosk.sealing import DossierSeal, unwrap
from kiosk.store_schema import instant, microseconds
from kiosk.store_worker import StoreWorker

_ENTRIES = """SELECT client_ref, seq, slip_code, service_code, state, attempts, sealed_at, next_try_at, problem,
    national_code, size_bytes FROM dossier"""


class StoreReading:
    """The store, to be asked. Every method may be called from any thread, blocks, and raises StoreProblem and its
    kinds; StoreCorrupt where what is kept does not fit its digest."""

    def __init__(self, worker: StoreWorker, kek: bytes) -> None:
        self._worker = worker
        self._kek = kek

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Every dossier that was ever sealed and is remembered, in the order of sealing."""
        return self._entries("ORDER BY seq")

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        """The dossier of that reference, if it was sealed here."""
        return self._worker.read(lambda connection: find_entry(connection, client_ref))

    def by_slip_code(self, slip_code: str) -> OutboxEntry | None:
        """The dossier of that slip code, in the code's canonical form; the latest, should two ever share it."""
        found = self._entries("WHERE slip_code = ? ORDER BY seq DESC LIMIT 1", slip_code)
        return found[0] if found else None

    def due(self, now: datetime, limit: int = 20) -> tuple[OutboxEntry, ...]:
        """What should be sent now. Those that failed least come first, so that no dossier blocks the others."""
        return self._entries(
            "WHERE state IN ('sealed', 'sending', 'committing')"
            " AND (next_try_at IS NULL OR next_try_at <= ? OR next_try_at > ?) ORDER BY attempts, seq LIMIT ?",
            microseconds(now),
            microseconds(now + LONGEST_WAIT),
            limit,
        )

    def durable_before(self, moment: datetime) -> tuple[UUID, ...]:
        """The dossiers, not yet shredded, of which the portal said before that moment that they are in its backup."""
        found: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute(
                "SELECT client_ref FROM dossier WHERE state = ? AND (SELECT max(at) FROM event"
                " WHERE event.client_ref = dossier.client_ref AND kind = ?) < ? ORDER BY seq",
                (State.DURABLE.value, audit.OF_STATE[State.DURABLE].value, microseconds(moment)),
            ).fetchall()
        )
        return tuple(UUID(bytes=row[0]) for row in found)

    def manifest(self, client_ref: UUID) -> bytes:
        """The manifest's bytes as they were sealed, which are the bytes to send."""
        return self._worker.read(lambda connection: self._content(connection, client_ref, None))

    def piece(self, client_ref: UUID, sha256: str) -> bytes:
        """One piece of the dossier's papers, at most PIECE_MAX_BYTES, by its digest."""
        return self._worker.read(lambda connection: self._content(connection, client_ref, sha256))

    def receipt(self, client_ref: UUID) -> tuple[Receipt, str] | None:
        """The verified receipt and the signed text (JWS) that proves it, if there is one."""
        found = self._worker.read(
            lambda connection: connection.execute(
                "SELECT body, jws FROM receipt JOIN dossier ON seq = dossier WHERE client_ref = ?", (client_ref.bytes,)
            ).fetchone()
        )
        return (Receipt.model_validate_json(found[0]), found[1]) if found else None

    def value(self, key: str) -> bytes | None:
        """A small value that was kept by `set_value`."""
        kept: bytes | None = self._worker.read(
            lambda connection: connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).get
        )
        return kept

    def audit_head(self) -> str:
        """The hash of the last audit event."""
        return self._worker.read(audit.head)

    def verify_audit(self) -> int:
        """The number of audit events. Raises StoreCorrupt if the chain is broken."""
        return self._worker.read(audit.verify)

    def _entries(self, where: str, *values: object) -> tuple[OutboxEntry, ...]:
        def read(connection: apsw.Connection) -> tuple[OutboxEntry, ...]:
            return tuple(_entry(row) for row in connection.execute(f"{_ENTRIES} {where}", values))

        return self._worker.read(read)

    def _content(self, connection: apsw.Connection, client_ref: UUID, sha256: str | None) -> bytes:
        """The content of that digest; of the manifest's, when None."""
        dossier = connection.execute(
            "SELECT seq, dek_wrapped, kek_epoch, manifest_sha256 FROM dossier WHERE client_ref = ?", (client_ref.bytes,)
        ).fetchone()
        if dossier is None:
            raise StoreProblem(f"there is no dossier {client_ref}")
        seq, wrapped, epoch, manifest_sha256 = dossier
        wanted = sha256 or manifest_sha256
        sealed = connection.execute("SELECT sealed FROM content WHERE dossier = ? AND sha256 = ?", (seq, wanted)).get
        if sealed is None:
            raise StoreProblem(f"dossier {client_ref} has no content {wanted} (any more)")
        return DossierSeal(unwrap(wrapped, self._kek, client_ref, epoch), client_ref).open(sealed, wanted)


def find_entry(connection: apsw.Connection, client_ref: UUID) -> OutboxEntry | None:
    """The dossier of that reference, inside the caller's transaction."""
    row = connection.execute(f"{_ENTRIES} WHERE client_ref = ?", (client_ref.bytes,)).fetchone()
    return _entry(row) if row else None


def _entry(row: tuple[Any, ...]) -> OutboxEntry:
    ref, seq, slip_code, service_code, state, attempts, sealed_at, next_try_at, problem, national_code, size = row
    return OutboxEntry(
        client_ref=UUID(bytes=ref),
        seq=seq,
        slip_code=slip_code,
        service_code=service_code,
        state=State(state),
        attempts=attempts,
        sealed_at=instant(sealed_at),
        next_try_at=None if next_try_at is None else instant(next_try_at),
        problem=problem,
        national_code=national_code,
        size_bytes=size,
    )
