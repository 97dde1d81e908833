"""What can be asked of the store: the queue, sealed contents, receipts, kept values and the audit chain."""

from typing import Any
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.errors import StoreProblem
from kiosk.receipt import Receipt
from kiosk.sealing import DossierSeal, unwrap
from kiosk.store_outbox import StoreOutbox
from kiosk.store_worker import StoreWorker
from kiosk.wrapping_keys import WrappingKeys


class StoreReading(StoreOutbox):
    """The store, to be asked. Every method may be called from any thread, blocks, and raises StoreProblem and its
    kinds; StoreCorrupt where what is kept does not fit its digest."""

    def __init__(self, worker: StoreWorker, wrapping: WrappingKeys) -> None:
        super().__init__(worker)
        self._wrapping = wrapping

    def manifest(self, client_ref: UUID) -> bytes:
        """The manifest's bytes as they were sealed, which are the bytes to send."""
        return self._worker.read(lambda connection: self._content(connection, client_ref, None))

    def piece(self, client_ref: UUID, sha256: str) -> bytes:
        """One piece of the dossier's papers, at most PIECE_MAX_BYTES, by its digest."""
        return self._worker.read(lambda connection: self._content(connection, client_ref, sha256))

    def receipt(self, client_ref: UUID) -> tuple[Receipt, str] | None:
        """The verified receipt and the signed text (JWS) that proves it, if there is one: the last that was given."""
        found = self.receipts(client_ref)
        return found[-1] if found else None

    def receipts(self, client_ref: UUID) -> tuple[tuple[Receipt, str], ...]:
        """Every receipt, oldest first: more than one only where the portal lost the dossier and took it again."""
        found: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute(
                "SELECT body, jws FROM (SELECT dossier, body, jws, 1 AS is_last, 0 AS place FROM receipt"
                " UNION ALL SELECT dossier, body, jws, 0, rowid FROM former_receipt)"
                " WHERE dossier = (SELECT seq FROM dossier WHERE client_ref = ?) ORDER BY is_last, place",
                (client_ref.bytes,),
            ).fetchall()
        )
        return tuple((Receipt.model_validate_json(body), jws) for body, jws in found)

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
        return DossierSeal(unwrap(wrapped, self._wrapping.key(epoch), client_ref, epoch), client_ref).open(
            sealed, wanted
        )
