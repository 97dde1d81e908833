"""A citizen wants a dossier back: the kiosk's signed word, kept for ever, whether the dossier came or never will."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import jwt
from pydantic import ValidationError
from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from kiosk.receipt import (
    WITHDRAWAL_MEDIA_TYPE,
    ProblemType,
    WithdrawalAnswer,
    WithdrawalProof,
    WithdrawalRequest,
)
from portal.enrolment import Kiosk, find_kiosk
from portal.jwk import read_signing_jwk
from portal.opening import Portal
from portal.problems import Refused
from portal.schema import submission, withdrawal

REQUEST_TYP = WITHDRAWAL_MEDIA_TYPE.removeprefix("application/")
PROOF_TYP = "vnd.diem-truy-cap.withdrawal-proof+json"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The answer to a withdrawal: the body is the same, to the byte, each time; `new` only the first time."""

    body: bytes
    new: bool


def withdraw(portal: Portal, caller: Kiosk, client_ref: UUID, signed: str) -> Withdrawn:
    """Take back the dossier `client_ref`, also one that never came. Durable on return. Raises Refused.

    The dossier itself stays, marked: what becomes of its papers is for the office to decide.
    """
    request = _verified(caller, client_ref, signed)
    try:
        with portal.database.write() as connection:
            return _earlier(connection, caller, request) or _store(connection, portal, caller, request, signed)
    except IntegrityError:
        # Another request withdrew it first: the database's word decides, never a look before.
        with portal.database.read() as connection:
            earlier = _earlier(connection, caller, request)
        if earlier is None:
            raise
        return earlier


def withdrawal_of(portal: Portal, caller: Kiosk, client_ref: UUID) -> Withdrawn:
    """The answer again, to the kiosk that withdrew it or one that stands in the same kiosk's place. Raises Refused
    (NOT_FOUND)."""
    with portal.database.read() as connection:
        row = _row(connection, client_ref)
        own = row is not None and _is_own(connection, row.kiosk_id, caller)
    if row is None or not own:
        raise Refused(ProblemType.NOT_FOUND, "this kiosk withdrew no such dossier")
    return Withdrawn(_body(row), new=False)


def withdrawn_at(connection: Connection, client_ref: UUID) -> datetime | None:
    """When the dossier was withdrawn, inside the caller's transaction; None if it was not."""
    row = _row(connection, client_ref)
    return None if row is None else row.withdrawn_at


def check_not_withdrawn(connection: Connection, client_ref: UUID) -> None:
    """Raises Refused (WITHDRAWN) for a dossier that was taken back before it came."""
    if _row(connection, client_ref) is not None:
        raise Refused(ProblemType.WITHDRAWN, "this dossier was withdrawn before it came")


def _verified(caller: Kiosk, client_ref: UUID, signed: str) -> WithdrawalRequest:
    key = read_signing_jwk({"kty": "OKP", "crv": "Ed25519", "x": caller.public_key})
    try:
        content = jwt.PyJWS().decode_complete(signed, key, algorithms=["EdDSA"])
        request = WithdrawalRequest.model_validate_json(content["payload"])
    except (jwt.PyJWTError, ValidationError, json.JSONDecodeError) as error:
        raise Refused(ProblemType.INVALID_WITHDRAWAL, f"it does not hold ({type(error).__name__})") from None
    if content["header"].get("typ") != REQUEST_TYP:
        raise Refused(ProblemType.INVALID_WITHDRAWAL, f"typ: not {REQUEST_TYP}")
    if (request.client_ref, request.kiosk_id) != (client_ref, caller.id):
        raise Refused(ProblemType.INVALID_WITHDRAWAL, "client_ref or kiosk_id: not those of the call")
    return request


def _row(connection: Connection, client_ref: UUID) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(withdrawal).where(withdrawal.c.client_ref == str(client_ref))).one_or_none()


def _earlier(connection: Connection, caller: Kiosk, request: WithdrawalRequest) -> Withdrawn | None:
    row = _row(connection, request.client_ref)
    if row is None:
        return None
    _check_same(row, request, own=_is_own(connection, row.kiosk_id, caller))
    return Withdrawn(_body(row), new=False)


def _is_own(connection: Connection, kiosk_id: str, caller: Kiosk) -> bool:
    """Whether who withdrew is the caller, or they stand in one kiosk's place: two disks of it may hold one dossier."""
    other = find_kiosk(connection, kiosk_id)
    return other is not None and not set(other.names).isdisjoint(caller.names)


def _check_same(row: Row[tuple[object, ...]], request: WithdrawalRequest, *, own: bool) -> None:
    if not own or row.manifest_sha256 != request.manifest_sha256:
        raise Refused(ProblemType.DIFFERENT_CONTENT, "the reference is taken by another manifest")


def _store(connection: Connection, portal: Portal, caller: Kiosk, request: WithdrawalRequest, signed: str) -> Withdrawn:
    held = connection.execute(select(submission).where(submission.c.client_ref == str(request.client_ref)))
    filed = held.one_or_none()
    if filed is not None:
        _check_same(filed, request, own=filed.kiosk_id in caller.names)
    proof = WithdrawalProof(
        client_ref=request.client_ref,
        kiosk_id=request.kiosk_id,
        manifest_sha256=request.manifest_sha256,
        withdrawn_at=portal.now(),
    )
    connection.execute(
        withdrawal.insert().values(
            client_ref=str(request.client_ref),
            kiosk_id=request.kiosk_id,
            manifest_sha256=request.manifest_sha256,
            withdrawn_at=proof.withdrawn_at,
            request=signed,
            proof=portal.keys.sign(proof.model_dump_json().encode(), PROOF_TYP),
        )
    )
    return Withdrawn(_body(_row(connection, request.client_ref)), new=True)


def _body(row: Row[tuple[object, ...]] | None) -> bytes:
    if row is None:
        raise LookupError("what was just stored is gone")
    return WithdrawalAnswer(withdrawal=row.request, proof=row.proof).model_dump_json().encode()
