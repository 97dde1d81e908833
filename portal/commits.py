"""The one commit of a dossier: checked against its pieces, stored in one transaction, answered by a signed receipt."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError

from kiosk.manifest import SCHEMA, DocumentRecord, Manifest, sha256_hex
from kiosk.receipt import RECEIPT_MEDIA_TYPE, ProblemType, Receipt, ReceiptDocument, SignedReceipt
from portal import holdings
from portal.enrolment import Kiosk
from portal.indexing import kept_seq
from portal.limits import LIMITS
from portal.national_code import give_code
from portal.opening import Portal
from portal.problems import Refused, describe
from portal.schema import submission
from portal.withdrawals import check_not_withdrawn

RECEIPT_TYP = RECEIPT_MEDIA_TYPE.removeprefix("application/")  # RFC 7515 §4.1.9
_BY_REF = select(submission.c.kiosk_id, submission.c.manifest_sha256, submission.c.receipt).where(
    submission.c.client_ref == bindparam("ref")
)
_FOR_GOOD = frozenset(
    {
        ProblemType.DIFFERENT_CONTENT,
        ProblemType.INVALID_MANIFEST,
        ProblemType.TOO_LARGE,
        ProblemType.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class Committed:
    """The answer to a commit: the body is the same, to the byte, each time; `new` only the first time."""

    body: bytes
    new: bool


def commit(portal: Portal, caller: Kiosk, client_ref: UUID, content: bytes) -> Committed:
    """Take the manifest `content` of the dossier `client_ref`. It is durable on return. Raises Refused.

    A replay is answered before anything else is judged: what was accepted once stays accepted, whatever has changed
    here since. What is refused for good takes nothing of the caller's quota any more.
    """
    try:
        return _take(portal, caller, client_ref, content)
    except Refused as refused:
        if refused.problem.type in _FOR_GOOD:
            holdings.give_back(portal, caller, _pieces_of(content))
        raise


def _take(portal: Portal, caller: Kiosk, client_ref: UUID, content: bytes) -> Committed:
    digest = sha256_hex(content)
    with portal.database.read() as connection:
        earlier = _replay(connection, caller, client_ref, digest)
        if earlier is None:
            check_not_withdrawn(connection, client_ref)
    if earlier is not None:
        return earlier
    manifest = _parse(content)
    _check_belongs(portal, caller, client_ref, manifest)
    _check_documents(portal, caller, manifest)
    try:
        with portal.database.write() as connection:
            return _store(connection, portal, caller, manifest, content)
    except IntegrityError:
        # Another request committed this reference first: the database's word decides, never a look before.
        with portal.database.read() as connection:
            earlier = _replay(connection, caller, client_ref, digest)
        if earlier is None:
            raise
        return earlier


def _replay(connection: Connection, caller: Kiosk, client_ref: UUID, digest: str) -> Committed | None:
    row = connection.execute(_BY_REF, {"ref": str(client_ref)}).one_or_none()
    if row is None:
        return None
    if row.kiosk_id not in caller.names or row.manifest_sha256 != digest:
        raise Refused(ProblemType.DIFFERENT_CONTENT, "the reference is taken by another manifest")
    return Committed(_body(row.receipt), new=False)


def _parse(content: bytes) -> Manifest:
    try:
        schema = json.loads(content).get("schema_name", SCHEMA)
        if schema != SCHEMA:
            raise Refused(ProblemType.UPDATE_NEEDED, f"this portal reads {SCHEMA}")
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        detail = describe(error.errors(include_url=False, include_input=False))
        raise Refused(ProblemType.INVALID_MANIFEST, detail) from None
    except (ValueError, AttributeError, RecursionError):
        # `from None`: the message of a JSON error quotes what it read.
        raise Refused(ProblemType.INVALID_MANIFEST, "not a JSON object") from None


def _pieces_of(content: bytes) -> tuple[str, ...]:
    """What the dossier would be made of; nothing where that cannot be read."""
    try:
        return tuple(piece.sha256 for piece in Manifest.model_validate_json(content).pieces())
    except ValidationError:
        return ()


def _check_belongs(portal: Portal, caller: Kiosk, client_ref: UUID, manifest: Manifest) -> None:
    if manifest.client_ref != client_ref:
        raise Refused(ProblemType.INVALID_MANIFEST, "client_ref: differs from the address")
    if manifest.kiosk_id not in caller.names:
        raise Refused(ProblemType.INVALID_MANIFEST, "kiosk_id: not the kiosk of the token, nor one that it follows")
    if manifest.test != portal.test:
        raise Refused(ProblemType.INVALID_MANIFEST, "test: a test dossier and a real portal, or the reverse")


def _check_documents(portal: Portal, caller: Kiosk, manifest: Manifest) -> None:
    """Every document is put together from its pieces and hashed again, so that the receipt tells what is here."""
    if sum(document.size for document in manifest.documents) > LIMITS.dossier_max_bytes:
        raise Refused(ProblemType.TOO_LARGE, "the dossier is larger than the portal accepts")
    missing = holdings.missing(portal, caller, [piece.sha256 for piece in manifest.pieces()])
    if missing:
        raise Refused(ProblemType.MISSING_PIECES, "send these pieces, then commit again", missing=missing)
    for document in manifest.documents:
        _check_document(portal, document)


def _check_document(portal: Portal, document: DocumentRecord) -> None:
    if document.size > LIMITS.document_max_bytes:
        raise Refused(ProblemType.TOO_LARGE, "a document is larger than the portal accepts", sha256=document.sha256)
    whole = hashlib.sha256()
    size = 0
    for piece in document.pieces:
        content = portal.pieces.get(piece.sha256)
        if content is None:
            raise Refused(ProblemType.MISSING_PIECES, "a piece was damaged here", missing=(piece.sha256,))
        if len(content) != piece.size:
            raise Refused(ProblemType.DIGEST_MISMATCH, "a piece's size does not fit", sha256=piece.sha256)
        whole.update(content)
        size += len(content)
    if size != document.size or whole.hexdigest() != document.sha256:
        raise Refused(ProblemType.DIGEST_MISMATCH, "the document's pieces give other bytes", sha256=document.sha256)


def _store(connection: Connection, portal: Portal, caller: Kiosk, manifest: Manifest, content: bytes) -> Committed:
    check_not_withdrawn(connection, manifest.client_ref)
    receipt = _receipt(connection, manifest, caller, sha256_hex(content), portal.now())
    signed = portal.keys.sign(receipt.model_dump_json().encode(), RECEIPT_TYP)
    connection.execute(
        submission.insert().values(
            client_ref=str(manifest.client_ref),
            kiosk_id=manifest.kiosk_id,
            manifest_sha256=receipt.manifest_sha256,
            manifest_sealed=portal.sealing.seal(content, str(manifest.client_ref)),
            remote_id=receipt.remote_id,
            national_code=receipt.national_code,
            received_at=receipt.received_at,
            receipt=signed,
            seq=kept_seq(manifest.seq),
        )
    )
    holdings.use(connection, portal, caller, manifest.client_ref, [piece.sha256 for piece in manifest.pieces()])
    return Committed(_body(signed), new=True)


def _receipt(connection: Connection, manifest: Manifest, caller: Kiosk, digest: str, received_at: datetime) -> Receipt:
    """The code names the office that received: the kiosk's own agency, which the kiosk cannot choose. The receipt
    names the kiosk that sealed, which may be one that the caller follows."""
    return Receipt(
        client_ref=manifest.client_ref,
        kiosk_id=manifest.kiosk_id,
        manifest_sha256=digest,
        documents=tuple(
            ReceiptDocument(id=document.id, sha256=document.sha256, size=document.size)
            for document in manifest.documents
        ),
        remote_id=str(uuid.uuid4()),
        national_code=give_code(connection, caller.office.agency_code, received_at),
        received_at=received_at,
    )


def _body(signed: str) -> bytes:
    return SignedReceipt(receipt=signed).model_dump_json().encode()
