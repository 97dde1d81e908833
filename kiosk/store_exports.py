"""What the store gives away for a stick: sealed contents, and the wraps for the province's recovery key.

No key of this kiosk is used: who holds what leaves by here can open it with the province's recovery key alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.store_reserve import ReservedWorker
from kiosk.store_schema import HAS_LEFT, instant, microseconds


@dataclass(frozen=True, slots=True)
class ToExport:
    """One unsent dossier. `contents` are the digests (of the open content) of its pieces in the order of sealing, the
    manifest's own last; `dek_recovery` is the dossier's key, wrapped for the recovery key of that id. `has_left` if
    some of it may be at the portal, or on a stick, already."""

    client_ref: UUID
    kiosk_id: str
    manifest_sha256: str
    recovery_key_id: str
    dek_recovery: bytes
    contents: tuple[str, ...]
    has_left: bool


class StoreExports:
    """Everything unsent, parked ones too, for a stick. Every method may be called from any thread and blocks; raises
    StoreProblem and its kinds."""

    def __init__(self, worker: ReservedWorker) -> None:
        self._worker = worker

    def waiting(self) -> tuple[UUID, ...]:
        """The dossiers that no receipt answers for yet and nobody wants back, in the order of sealing."""
        found: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute(
                "SELECT client_ref FROM dossier WHERE state IN ('sealed', 'sending', 'committing', 'parked')"
                " AND withdrawal_asked_at IS NULL ORDER BY seq"
            ).fetchall()
        )
        return tuple(UUID(bytes=ref) for (ref,) in found)

    def dossier(self, client_ref: UUID) -> ToExport | None:
        """What belongs to that dossier; None when its keys are gone by now."""

        def read(connection: apsw.Connection) -> ToExport | None:
            row: tuple[Any, ...] | None = connection.execute(
                f"SELECT seq, kiosk_id, manifest_sha256, recovery_key_id, dek_recovery, {HAS_LEFT} FROM dossier"  # noqa: S608  ours
                " WHERE client_ref = ? AND dek_recovery IS NOT NULL",
                (client_ref.bytes,),
            ).fetchone()
            if row is None:
                return None
            seq, kiosk_id, manifest_sha256, key_id, dek, has_left = row
            by_age: list[tuple[Any, ...]] = connection.execute(
                "SELECT sha256 FROM content WHERE dossier = ? ORDER BY rowid", (seq,)
            ).fetchall()
            contents = tuple(sha256 for (sha256,) in by_age)
            return ToExport(client_ref, kiosk_id, manifest_sha256, key_id, dek, contents, bool(has_left))

        return self._worker.read(read)

    def sealed(self, client_ref: UUID, sha256: str) -> bytes | None:
        """That content as it is kept, sealed; None when it is gone by now."""
        query = (
            "SELECT sealed FROM content WHERE sha256 = ? AND dossier = (SELECT seq FROM dossier WHERE client_ref = ?)"
        )
        found: bytes | None = self._worker.read(
            lambda connection: connection.execute(query, (sha256, client_ref.bytes)).get
        )
        return found

    def begin(self, client_ref: UUID, now: datetime) -> None:
        """Write down that a copy of the dossier may be on a stick, before the first byte of it is."""

        def work(connection: apsw.Connection) -> None:
            connection.execute(
                "UPDATE dossier SET exported_at = ? WHERE client_ref = ?", (microseconds(now), client_ref.bytes)
            )
            audit.append(connection, audit.AuditEvent.DOSSIER_EXPORTED, client_ref, now)

        self._worker.write(work)

    def exported_at(self, client_ref: UUID) -> datetime | None:
        """When a copy of the dossier last went to a stick; None if none ever did."""
        found: int | None = self._worker.read(
            lambda connection: (
                connection.execute("SELECT exported_at FROM dossier WHERE client_ref = ?", (client_ref.bytes,)).get
            )
        )
        return None if found is None else instant(found)
