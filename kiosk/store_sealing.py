"""Puts one dossier into the store: papers, manifest, keys, state and audit event, all in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.errors import StoreProblem
from kiosk.manifest import PIECE_MAX_BYTES, Manifest, Piece, cut, sha256_hex
from kiosk.outbox import State
from kiosk.sealing import DossierSeal, new_dek, wrap, wrap_for_recovery
from kiosk.store_keys import generation
from kiosk.store_outbox import highest_seq
from kiosk.store_schema import instant, microseconds
from kiosk.wrapping_keys import WrappingKeys


class Sealable(Protocol):
    """A finished dossier. `papers` are the whole files by document id; `manifest` gives equal bytes for equal facts."""

    @property
    def client_ref(self) -> UUID: ...

    @property
    def slip_code(self) -> str: ...

    @property
    def service_code(self) -> str: ...

    @property
    def papers(self) -> Mapping[UUID, bytes]: ...

    def manifest(self, *, kiosk_id: str, seq: int, audit_head: str, sealed_at: datetime) -> Manifest:
        """The manifest with what only the store knows: its sequence number and the head of its audit chain."""
        ...


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this kiosk is to the portal, and the province's recovery key (raw X25519, 32 bytes), both from enrolment."""

    kiosk_id: str
    recovery_key_id: str
    recovery_public_key: bytes


class Sealing:
    """One dossier about to be sealed. Making it hashes the papers, so it is made before the transaction."""

    def __init__(self, dossier: Sealable, identity: Identity, keys: WrappingKeys) -> None:
        self._dossier = dossier
        self._identity = identity
        self._keys = keys
        self._pieces = {document: cut(content) for document, content in dossier.papers.items()}
        self._parts = dict(self._distinct_parts())
        self.size_bytes = sum(len(part) for part in self._parts.values())

    def run(self, connection: apsw.Connection, now: datetime) -> None:
        """Seal it. Raises StoreProblem for a manifest that does not fit the papers, KeysUnavailable."""
        seq = highest_seq(connection) + 1
        audit_head = audit.head(connection)
        sealed_at = now.astimezone(UTC)
        manifest = self._dossier.manifest(
            kiosk_id=self._identity.kiosk_id, seq=seq, audit_head=audit_head, sealed_at=sealed_at
        )
        self._check(manifest, seq, audit_head)
        manifest_bytes = manifest.to_bytes()
        dek = new_dek()
        self._put_contents(connection, seq, dek, manifest_bytes)
        self._put_dossier(connection, manifest, sha256_hex(manifest_bytes), dek)
        audit.append(connection, audit.AuditEvent.DOSSIER_SEALED, self._dossier.client_ref, sealed_at)

    def _distinct_parts(self) -> dict[str, memoryview]:
        """The bytes of each distinct piece: two documents that share a piece share its row."""
        parts = {}
        for document, pieces in self._pieces.items():
            content = memoryview(self._dossier.papers[document])
            for index, piece in enumerate(pieces):
                start = index * PIECE_MAX_BYTES
                parts[piece.sha256] = content[start : start + piece.size]
        return parts

    def _check(self, manifest: Manifest, seq: int, audit_head: str) -> None:
        """A manifest that tells of other papers, or of another dossier, could never be mended once it is sealed."""
        told: dict[UUID, tuple[Piece, ...]] = {document.id: document.pieces for document in manifest.documents}
        dossier = self._dossier
        if (
            (manifest.client_ref, manifest.slip_code) != (dossier.client_ref, dossier.slip_code)
            or (manifest.kiosk_id, manifest.seq, manifest.audit_head) != (self._identity.kiosk_id, seq, audit_head)
            or told != self._pieces
        ):
            raise StoreProblem(f"the manifest of dossier {dossier.client_ref} does not fit it")

    def _put_contents(self, connection: apsw.Connection, seq: int, dek: bytes, manifest: bytes) -> None:
        # Sealed one by one as they are written: the memory of a piece is used again for the next, which on a dossier of
        # 12 MB saves more time than sealing all of them before the transaction would.
        seal = DossierSeal(dek, self._dossier.client_ref)
        contents = {**self._parts, sha256_hex(manifest): memoryview(manifest)}
        for sha256, part in contents.items():
            connection.execute("INSERT INTO content VALUES (?, ?, ?)", (seq, sha256, seal.seal(part, sha256)))

    def _put_dossier(self, connection: apsw.Connection, manifest: Manifest, manifest_sha256: str, dek: bytes) -> None:
        ref, epoch = manifest.client_ref, generation(connection)
        connection.execute(
            """INSERT INTO dossier (seq, client_ref, slip_code, service_code, state, size_bytes, kiosk_id, sealed_at,
                audit_head, manifest_sha256, kek_epoch, dek_wrapped, recovery_key_id, dek_recovery)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                manifest.seq,
                ref.bytes,
                manifest.slip_code,
                self._dossier.service_code,
                State.SEALED.value,
                self.size_bytes,
                manifest.kiosk_id,
                microseconds(manifest.sealed_at.at),
                manifest.audit_head,
                manifest_sha256,
                epoch,
                wrap(dek, self._keys.key(epoch), ref, epoch),
                self._identity.recovery_key_id,
                wrap_for_recovery(dek, self._identity.recovery_public_key),
            ),
        )


def is_same(connection: apsw.Connection, dossier: Sealable) -> bool:
    """Whether the sealed dossier of this reference is this one: its manifest, made again from what the store knew
    then, has the digest that was sealed. Holds after shredding too."""
    [(kiosk_id, seq, audit_head, sealed_at, manifest_sha256)] = connection.execute(
        "SELECT kiosk_id, seq, audit_head, sealed_at, manifest_sha256 FROM dossier WHERE client_ref = ?",
        (dossier.client_ref.bytes,),
    )
    again = dossier.manifest(kiosk_id=kiosk_id, seq=seq, audit_head=audit_head, sealed_at=instant(sealed_at))
    return bool(sha256_hex(again.to_bytes()) == manifest_sha256)
