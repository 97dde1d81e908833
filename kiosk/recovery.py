"""Opens the store of a kiosk whose keys are lost: the province's recovery key is enough, and nothing is changed.

Two wraps make it possible (both HPKE, RFC 9180): the database's key lies beside the database, and each dossier's key
lies inside it. Both are meant for the recovery key that enrolment gave; the kiosk itself cannot open either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import ValidationError

from kiosk.errors import StoreCorrupt
from kiosk.manifest import Manifest
from kiosk.sealing import DossierSeal, recover
from kiosk.store_folder import DATABASE_NAME, recovery_wrap_of
from kiosk.store_schema import version
from kiosk.store_worker import StoreWorker

TIMEOUT_S = 60.0
_QUERY = """SELECT client_ref, seq, dek_recovery, manifest_sha256 FROM dossier
    WHERE dek_recovery IS NOT NULL AND {wanted} IS NULL ORDER BY seq"""


@dataclass(frozen=True, slots=True)
class Recovered:
    """One dossier that was still on the lost kiosk: the manifest as it was sealed, and its papers by document id."""

    client_ref: UUID
    manifest: bytes
    papers: dict[UUID, bytes]


@dataclass(frozen=True, slots=True)
class Unrecoverable:
    """A dossier of which a part cannot be read; the others can all the same."""

    client_ref: UUID


def recover_store(folder: Path, private_key: X25519PrivateKey) -> Iterator[Recovered | Unrecoverable]:
    """Every dossier of the store that was not shredded and that nobody wanted back. The folder may be a copy.

    Raises StoreCorrupt where the database itself cannot be opened: damaged, or meant for another recovery key.
    """
    wrapped = recovery_wrap_of(folder)
    if wrapped is None:
        raise StoreCorrupt("the folder has no recovery wrap: nothing was ever sealed here")
    worker = StoreWorker(folder / DATABASE_NAME, recover(wrapped, private_key), TIMEOUT_S)
    try:
        rows: list[tuple[Any, ...]] = worker.read(_to_recover)
        for ref, seq, dek, manifest_sha256 in rows:
            client_ref = UUID(bytes=ref)
            try:
                seal = DossierSeal(recover(dek, private_key), client_ref)
                yield _dossier(worker, client_ref, seq, seal, manifest_sha256)
            except (StoreCorrupt, ValidationError):
                yield Unrecoverable(client_ref)
    finally:
        worker.close()


def _to_recover(connection: apsw.Connection) -> list[tuple[Any, ...]]:
    # A lost kiosk may have had the first program, whose store knows of no withdrawals.
    wanted = "withdrawal_asked_at" if version(connection) > 1 else "NULL"
    return connection.execute(_QUERY.format(wanted=wanted)).fetchall()


def _dossier(worker: StoreWorker, ref: UUID, seq: int, seal: DossierSeal, manifest_sha256: str) -> Recovered:
    def content(sha256: str) -> bytes:
        def read(connection: apsw.Connection) -> bytes:
            query = "SELECT sealed FROM content WHERE dossier = ? AND sha256 = ?"
            sealed: bytes | None = connection.execute(query, (seq, sha256)).get
            if sealed is None:
                raise StoreCorrupt(f"dossier {ref} lacks the content {sha256}")
            return sealed

        return seal.open(worker.read(read), sha256)

    manifest = content(manifest_sha256)
    documents = Manifest.model_validate_json(manifest).documents
    papers = {document.id: b"".join(content(piece.sha256) for piece in document.pieces) for document in documents}
    return Recovered(ref, manifest, papers)
