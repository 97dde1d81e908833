"""What the portal answers: receipt, status, enrolment and problem, pure wire types for kiosk and portal alike."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from kiosk.manifest import EventRecord, Sha256, Supplement, Wire, WireCode

SEQ_MAX = 2**53  # what every JSON reader holds exactly (RFC 8259 §6), and more than a kiosk will ever give
RECEIPT_MEDIA_TYPE = "application/vnd.diem-truy-cap.receipt+json"
WITHDRAWAL_MEDIA_TYPE = "application/vnd.diem-truy-cap.withdrawal+json"
PROBLEM_MEDIA_TYPE = "application/problem+json"  # RFC 9457

# A code of the national form is parsed, never built, on a kiosk: agency groups, a date of six or eight digits, and a
# number of four to seven digits (Circular 01/2018/TT-VPCP Art. 19 and what portals have given since).
NATIONAL_CODE_PATTERN = r"^[0-9A-Z]{2,3}(\.[0-9A-Z]{2,3})*-([0-9]{6}|[0-9]{8})-[0-9]{4,7}$"
NationalCode = Annotated[str, Field(pattern=NATIONAL_CODE_PATTERN)]


class ReceiptDocument(Wire):
    """One document as the portal stored it."""

    id: UUID
    sha256: Sha256
    size: int


class Receipt(Wire):
    """The payload of a receipt's signature (JWS, EdDSA): what the portal holds, and the codes it gave."""

    client_ref: UUID
    kiosk_id: str
    manifest_sha256: Sha256
    documents: tuple[ReceiptDocument, ...]
    remote_id: str
    national_code: NationalCode | None
    received_at: AwareDatetime
    due_at: AwareDatetime | None = None


class SignedReceipt(Wire):
    """The body of an answer to a commit: the receipt as a compact JWS whose header names the key (`kid`)."""

    receipt: str


class WithdrawalRequest(Wire):
    """The payload of a kiosk's signature: the citizen wants this dossier back, whether or not it ever arrives."""

    client_ref: UUID
    kiosk_id: str
    manifest_sha256: Sha256
    asked_at: AwareDatetime


class SignedWithdrawal(Wire):
    """The body of a withdrawal: the request as a compact JWS by the kiosk's own key."""

    withdrawal: str


class WithdrawalProof(Wire):
    """The payload of the portal's signature: from then on the dossier counts as withdrawn here, for ever."""

    client_ref: UUID
    kiosk_id: str
    manifest_sha256: Sha256
    withdrawn_at: AwareDatetime


class WithdrawalAnswer(Wire):
    """The answer to a withdrawal, each time the same: what the kiosk had signed, and the portal's proof (both JWS)."""

    withdrawal: str
    proof: str


class NeutralStatus(StrEnum):
    """A dossier's state in words that no single portal owns."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    NEEDS_SUPPLEMENT = "needs_supplement"
    IN_WORK = "in_work"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SubmissionStatus(Wire):
    """The answer to GET /v1/submissions/{client_ref}. `durable` is the portal's word that it is in its backup."""

    receipt: str
    status: NeutralStatus
    raw_status: str
    status_text: str
    durable: bool
    national_code: NationalCode | None
    due_at: AwareDatetime | None = None
    events: tuple[EventRecord, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    payment: dict[str, Any] | None = None
    result: dict[str, Any] | None = None


class ReconcileRequest(Wire):
    """The dossiers that a kiosk still remembers."""

    client_refs: tuple[UUID, ...] = Field(max_length=1000)


class ReconcileAnswer(Wire):
    """Each dossier asked about is in exactly one of the three. `highest_seq` is the highest sequence number that the
    portal holds from the caller and the kiosks it follows: a kiosk whose own is lower had an older disk put back."""

    held: tuple[UUID, ...]
    durable: tuple[UUID, ...]
    unknown: tuple[UUID, ...]
    highest_seq: int | None = Field(default=None, ge=0, le=SEQ_MAX)


class EnrolRequest(Wire):
    """A kiosk's first word: the one-time code and the public half of the key made on the kiosk (OKP JWK, Ed25519).

    `holds` are the kiosk ids under which dossiers were sealed that the portal has not confirmed for good.
    """

    code: str
    public_key: dict[str, str]
    device_name: str
    holds: tuple[Annotated[str, Field(max_length=40)], ...] = Field(default=(), max_length=100)


class Limits(Wire):
    """What the portal accepts."""

    piece_max_bytes: int
    document_max_bytes: int
    dossier_max_bytes: int


class Enrolment(Wire):
    """What a kiosk pins at enrolment: who it is, whose keys it trusts, and the province's recovery key.

    `follows` are the kiosks whose dossiers it may bring, the latest first.
    """

    kiosk_id: str
    agency: WireCode
    office_name: str
    hotline: str
    limits: Limits
    root_key: dict[str, str]  # OKP JWK, Ed25519: signs the key set
    recovery_key_id: str
    recovery_public_key: str  # X25519, base64url: dossiers' keys are wrapped to it at sealing
    token_audience: str
    test: bool
    follows: tuple[str, ...] = ()


class TokenAnswer(Wire):
    """A bearer token (RFC 7523 exchange). The kiosk shows `link` when it asks for the next one."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int  # seconds
    link: str = Field(default="", max_length=128)


class SignedKeys(Wire):
    """The portal's key set: a compact JWS by the pinned root over a JWK set (RFC 7517)."""

    keys: str


class HelpCallBeat(Wire):
    """A citizen calls for help: sent at once, and again every few seconds while the call lasts; `over` ends it. `page`
    is what the kiosk was showing, in everyday words and without anything of the citizen."""

    page: str = Field(max_length=80)
    called_at: AwareDatetime
    over: bool = False


class HelpCallAnswer(Wire):
    """What became of the call: `seen` once somebody of the office says that they come."""

    seen: bool


class ProblemType(StrEnum):
    """The stable `type` of a problem. Who does not know one goes by the status code."""

    MISSING_PIECES = "urn:diem-truy-cap:problem:missing-pieces"
    DIGEST_MISMATCH = "urn:diem-truy-cap:problem:digest-mismatch"
    DIFFERENT_CONTENT = "urn:diem-truy-cap:problem:different-content"
    INVALID_MANIFEST = "urn:diem-truy-cap:problem:invalid-manifest"
    INVALID_WITHDRAWAL = "urn:diem-truy-cap:problem:invalid-withdrawal"
    TOO_LARGE = "urn:diem-truy-cap:problem:too-large"
    UNAUTHENTICATED = "urn:diem-truy-cap:problem:unauthenticated"
    CLOCK = "urn:diem-truy-cap:problem:clock"
    REVOKED = "urn:diem-truy-cap:problem:kiosk-revoked"
    KIOSK_BEHIND = "urn:diem-truy-cap:problem:kiosk-behind"
    CLONED = "urn:diem-truy-cap:problem:kiosk-cloned"
    ENROL_CODE = "urn:diem-truy-cap:problem:enrol-code"
    WITHDRAWN = "urn:diem-truy-cap:problem:withdrawn"
    ENROL_FOLLOWS = "urn:diem-truy-cap:problem:enrol-follows"
    NOT_FOUND = "urn:diem-truy-cap:problem:not-found"
    TRY_LATER = "urn:diem-truy-cap:problem:try-later"
    UPDATE_NEEDED = "urn:diem-truy-cap:problem:update-needed"


class Problem(Wire):
    """RFC 9457. `missing` lists pieces to send again, `sha256` the digest that did not fit, `rejoin` is what a kiosk
    that is behind says in its next assertion."""

    type: str
    title: str
    status: int
    detail: str = ""
    missing: tuple[Sha256, ...] = ()
    sha256: str = ""
    rejoin: str = Field(default="", max_length=128)
