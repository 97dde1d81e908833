"""The calls of kiosks, /v1: each reads the request, calls the one function that does it, and words the answer."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Header, Path, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from kiosk.manifest import MEDIA_TYPE, PIECE_MAX_BYTES, Sha256, content_digest, sha256_hex
from kiosk.receipt import (
    RECEIPT_MEDIA_TYPE,
    WITHDRAWAL_MEDIA_TYPE,
    Enrolment,
    EnrolRequest,
    HelpCallAnswer,
    HelpCallBeat,
    ProblemType,
    ReconcileAnswer,
    ReconcileRequest,
    SignedKeys,
    SignedReceipt,
    SignedWithdrawal,
    SubmissionStatus,
    TokenAnswer,
    WithdrawalAnswer,
)
from kiosk.roster import ROSTER_MEDIA_TYPE, SignedRoster
from portal import badges, enrolment, help_calls, holdings, submissions, tokens, withdrawals
from portal.commits import commit
from portal.documents import DocumentName, published
from portal.enrolment import Kiosk
from portal.jwk import to_base64url
from portal.limits import LIMITS
from portal.openapi import Responses, problems
from portal.opening import Portal
from portal.problems import Refused
from portal.token_chain import Forked, mark_cloned

router = APIRouter(prefix="/v1")
_UNCHANGED: Responses = {304: {"description": "Not changed since that ETag"}}
_bearer = HTTPBearer(auto_error=False, description="From POST /v1/token; valid for ten minutes")


class ReceiptAnswer(JSONResponse):
    """An answer in the receipt's own media type."""

    media_type = RECEIPT_MEDIA_TYPE


class RosterBody(JSONResponse):
    """A roster in its own media type."""

    media_type = ROSTER_MEDIA_TYPE


class SignedDocument(BaseModel):
    """A compact JWS whose payload has name, version, issued_at and content."""

    document: str


async def portal_of(request: Request) -> Portal:
    """The portal that the app was made for. Not a plain function, which would cost a change of thread."""
    return cast(Portal, request.app.state.portal)


Here = Annotated[Portal, Depends(portal_of)]


def caller_of(portal: Here, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Kiosk:
    """The kiosk that calls, by its bearer token. Raises Refused."""
    if credentials is None:
        raise Refused(ProblemType.UNAUTHENTICATED, "a bearer token is needed")
    with portal.database.read() as connection:
        return tokens.caller_of(connection, credentials.credentials, portal.now())


async def raw_body(request: Request) -> bytes:
    """The body as it came, to the byte."""
    return await request.body()


Caller = Annotated[Kiosk, Depends(caller_of)]
Body = Annotated[bytes, Depends(raw_body)]
Digest = Annotated[Sha256, Path(description="SHA-256 of the piece, lower-case hexadecimal")]


@router.post("/kiosks/enrol", status_code=201, responses=problems(403, 413, 422, 429))
def enrol(portal: Here, request: EnrolRequest, http: Request) -> Enrolment:
    """Enrol a kiosk by a one-time code. The same code with the same key answers the same again."""
    portal.rates.enrols.check(http.client.host if http.client else "")
    with portal.database.write() as connection:
        kiosk = enrolment.enrol(connection, request, portal.now())
    return Enrolment(
        kiosk_id=kiosk.id,
        agency=kiosk.agency,
        office_name=kiosk.office.name,
        hotline=kiosk.office.hotline,
        limits=LIMITS,
        root_key=portal.keys.root_jwk,
        recovery_key_id=portal.keys.recovery_key_id,
        recovery_public_key=to_base64url(portal.keys.recovery_public),
        token_audience=portal.token_audience,
        test=portal.test,
        follows=kiosk.follows,
    )


@router.post("/token", responses=problems(401, 403, 409, 413, 422))
def token(
    portal: Here,
    response: Response,
    grant_type: Annotated[str, Form(pattern=f"^{tokens.GRANT_TYPE}$")],
    assertion: Annotated[str, Form(max_length=4096)],
) -> TokenAnswer:
    """A bearer token for a JWT signed by the kiosk's key (RFC 7523)."""
    response.headers["Cache-Control"] = "no-store"
    try:
        with portal.database.write() as connection:
            return tokens.exchange(connection, assertion, portal.token_audience, portal.now())
    except Forked as fork:
        with portal.database.write() as connection:
            mark_cloned(connection, fork.kiosk_id, portal.now())
        raise


@router.get("/keys", responses=problems())
def keys(portal: Here) -> SignedKeys:
    """The keys that sign receipts, signed by the root that enrolment pinned."""
    return SignedKeys(keys=portal.keys.signed_key_set())


@router.head("/blobs/{sha256}", response_class=Response, responses=problems(401, 403, 404, 422))
def has_piece(portal: Here, caller: Caller, sha256: Digest) -> Response:
    """Whether the portal holds the piece for this kiosk: if so, it is kept for days more."""
    if not holdings.is_held(portal, caller, sha256):
        raise Refused(ProblemType.NOT_FOUND, "the piece is not here")
    return Response()


@router.put(
    "/blobs/{sha256}",
    status_code=201,
    response_class=Response,
    responses={200: {"description": "This kiosk had brought it"}, **problems(401, 403, 413, 422, 429, 507)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def put_piece(portal: Here, caller: Caller, sha256: Digest, body: Body) -> Response:
    """Keep a piece of at most 1 MiB. It is durable when the answer comes."""
    if len(body) > PIECE_MAX_BYTES:
        raise Refused(ProblemType.TOO_LARGE, f"a piece has at most {PIECE_MAX_BYTES} bytes", sha256=sha256)
    if sha256_hex(body) != sha256:
        raise Refused(ProblemType.DIGEST_MISMATCH, "the body has another digest", sha256=sha256)
    portal.rates.pieces.check(caller.id)
    return Response(status_code=201 if holdings.keep(portal, caller, sha256, body) else 200)


@router.put(
    "/submissions/{client_ref}",
    status_code=201,
    response_class=ReceiptAnswer,
    response_model=SignedReceipt,
    responses={
        200: {"model": SignedReceipt, "description": "A replay: the same receipt, to the byte"},
        **problems(401, 403, 409, 410, 413, 415, 422, 429, 507),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Manifest"}}},
        }
    },
)
def put_submission(portal: Here, caller: Caller, client_ref: UUID, request: Request, body: Body) -> Response:
    """The one commit of a dossier. It is durable when the receipt comes."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise Refused(ProblemType.UPDATE_NEEDED, f"the body's media type is {MEDIA_TYPE}")
    if request.headers.get("content-digest", content_digest(body)) != content_digest(body):
        raise Refused(ProblemType.DIGEST_MISMATCH, "the manifest did not arrive as it was sent")
    portal.rates.commits.check(caller.id)
    committed = commit(portal, caller, client_ref, body)
    return Response(committed.body, 201 if committed.new else 200, media_type=RECEIPT_MEDIA_TYPE)


class WithdrawalBody(JSONResponse):
    """An answer in the withdrawal's own media type."""

    media_type = WITHDRAWAL_MEDIA_TYPE


@router.put(
    "/submissions/{client_ref}/withdrawal",
    status_code=201,
    response_class=WithdrawalBody,
    response_model=WithdrawalAnswer,
    responses={
        200: {"model": WithdrawalAnswer, "description": "A replay: the same answer, to the byte"},
        **problems(401, 403, 409, 413, 422),
    },
)
def put_withdrawal(portal: Here, caller: Caller, client_ref: UUID, request: SignedWithdrawal) -> Response:
    """The citizen wants the dossier back. It is durable when the answer comes, also for one that never came."""
    withdrawn = withdrawals.withdraw(portal, caller, client_ref, request.withdrawal)
    return Response(withdrawn.body, 201 if withdrawn.new else 200, media_type=WITHDRAWAL_MEDIA_TYPE)


@router.get(
    "/submissions/{client_ref}/withdrawal",
    response_class=WithdrawalBody,
    response_model=WithdrawalAnswer,
    responses=problems(401, 403, 404, 422),
)
def get_withdrawal(portal: Here, caller: Caller, client_ref: UUID) -> Response:
    """What the kiosk had signed, and the portal's proof, again."""
    return Response(withdrawals.withdrawal_of(portal, caller, client_ref).body, media_type=WITHDRAWAL_MEDIA_TYPE)


@router.get("/submissions/{client_ref}", responses=problems(401, 403, 404, 410, 422))
def get_submission(portal: Here, caller: Caller, client_ref: UUID) -> SubmissionStatus:
    """The receipt again, with the dossier's state; only to the kiosk that filed it, or that stands in its place."""
    return submissions.status_of(portal, caller, client_ref)


@router.post("/submissions/reconcile", responses=problems(401, 403, 413, 422))
def reconcile(portal: Here, caller: Caller, request: ReconcileRequest) -> ReconcileAnswer:
    """Which of these dossiers are held, durable, or unknown here."""
    return submissions.reconcile(portal, caller, request.client_refs)


@router.put("/calls/{call_id}", responses=problems(401, 403, 404, 413, 422))
def put_call(portal: Here, caller: Caller, call_id: UUID, request: HelpCallBeat) -> HelpCallAnswer:
    """A citizen at the kiosk wants somebody to come. Repeated every few seconds while the call lasts."""
    return help_calls.hear(portal, caller, call_id, request)


@router.get("/catalog", response_model=SignedDocument, responses={**_UNCHANGED, **problems(401, 403)})
def catalog(portal: Here, _caller: Caller, if_none_match: Annotated[str, Header()] = "") -> Response:
    """The signed catalogue; its version only rises."""
    return _document(portal, "catalog", if_none_match)


@router.get(
    "/roster", response_class=RosterBody, response_model=SignedRoster, responses={**_UNCHANGED, **problems(401, 403)}
)
def roster(portal: Here, caller: Caller, if_none_match: Annotated[str, Header()] = "") -> Response:
    """The signed roster of the helpers of the caller's agency; its version only rises."""
    agency_code = caller.office.agency_code
    known = badges.standing(portal, agency_code)
    if if_none_match == known.etag:
        return Response(status_code=304, headers=_headers(known.etag))
    signed, found = badges.signed_roster(portal, agency_code)
    return RosterBody(SignedRoster(roster=signed).model_dump(), headers=_headers(found.etag))


def _document(portal: Portal, name: DocumentName, known_etag: str) -> Response:
    found = published(portal, name)
    if known_etag == found.etag:
        return Response(status_code=304, headers=_headers(found.etag))
    return JSONResponse(SignedDocument(document=found.signed).model_dump(), headers=_headers(found.etag))


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "no-cache"}
