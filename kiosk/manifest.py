"""The manifest: the one commit of a dossier as it travels, pure wire types for kiosk and portal alike.

The bytes that were sealed are the bytes that are sent, each time; their SHA-256 is the manifest's digest. Readers
ignore members they do not know. The model carries what OpenCPS v2 and the national portal need, without loss.
"""

import base64
import hashlib
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

SCHEMA: Literal["diem-truy-cap/manifest/1"] = "diem-truy-cap/manifest/1"
MEDIA_TYPE = "application/vnd.diem-truy-cap.manifest+json"
PIECE_MAX_BYTES = 1024 * 1024

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# ISO 8601 of reduced precision: a birth date may be a year only where the law allows it.
PartialDateText = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
Dong = Annotated[int, Field(ge=0, le=10**12)]
AssuranceLevel = Literal["typed", "card_code", "card_seen_by_staff", "vneid"]


# A member that came after dossiers had been sealed is left out while it says nothing: the manifest of such a dossier,
# made again, has the bytes that were sealed.
_LATER = Field(exclude_if=lambda value: not value)


class Wire(BaseModel):
    """Base of all wire values: frozen, unknown members ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class WireCode(Wire):
    """A code with its name and the scheme and version that give it meaning: codes change, names explain."""

    code: str
    name: str
    scheme: str
    scheme_version: str = ""


class WireInstant(Wire):
    """An instant with its zone, and how good the clock was that read it."""

    at: AwareDatetime
    clock: Literal["portal_checked", "unchecked"] = "unchecked"


class WireAddress(Wire):
    """An address of two tiers; `as_printed` is a card's own text where the address began there."""

    country: str = "VN"
    province: WireCode | None = None
    commune: WireCode | None = None
    line: str = ""
    as_printed: str = ""


class PersonalId(Wire):
    """A paper or number that names a person. `kind` is the form's own code, `kind_name` how the citizen reads it."""

    kind: str
    kind_name: str = ""
    number: str
    issued_on: PartialDateText | None = None
    issued_by: str = ""


class Assurance(Wire):
    """How sure the desk is of the person. A card's code is not signed: it never means "verified"."""

    level: AssuranceLevel
    attested_by: str = ""


class Party(Wire):
    """A person in the dossier: the owner, the submitter, or who receives the result."""

    kind: Literal["citizen", "business", "household_business", "agency", "organisation"] = "citizen"
    name: str
    birth_date: PartialDateText | None = None
    sex: str = ""
    ids: tuple[PersonalId, ...] = ()
    address: WireAddress | None = None
    phone: str = ""
    email: str = ""
    relation_to_owner: str = ""
    authority_document: str = ""
    assurance: Assurance


class Delivery(Wire):
    """How the result comes back, and to whom; `address` only for the post."""

    by: Literal["desk", "post", "electronic"]
    receiver: Party
    address: WireAddress | None = None


# One row of a table: column id to value; a cell that was left open is null or not there.
WireRow = dict[str, str | int | bool | WireAddress | None]


class AnswerRecord(Wire):
    """One answer: the stored value, how it reads in Vietnamese, and where it came from. A table is a list of rows;
    "computed" is what follows from another answer, such as an age. `helper` is the badge, or the name, of the helper
    who typed it."""

    field: str
    label: str
    value: str | int | bool | WireAddress | tuple[WireRow, ...] | None
    text: str
    source: Literal["card", "citizen", "helper", "computed"]
    at: AwareDatetime
    unknown: bool = False
    helper: Annotated[str, _LATER] = ""


class Piece(Wire):
    """At most PIECE_MAX_BYTES of a document, addressed by content."""

    sha256: Sha256
    size: Annotated[int, Field(ge=1, le=PIECE_MAX_BYTES)]


class DocumentRecord(Wire):
    """One file of the dossier: its pieces in order, and the digest and size of the whole."""

    id: UUID
    part: WireCode
    file_name: str
    media_type: str
    sha256: Sha256
    size: Annotated[int, Field(ge=1)]
    page_count: Annotated[int, Field(ge=1)]
    copy_kind: Literal["original", "certified", "copy", "electronic"]
    origin: Literal["scanner", "camera", "file", "generated"]
    pieces: tuple[Piece, ...]


class FeeLine(Wire):
    """One line of what is owed, in whole đồng, with the reason shown to the citizen. The amounts are null where the
    kiosk does not know them (a provincial council's fee), and the office tells the citizen."""

    code: str
    name: str
    kind: Literal["phi", "le_phi"]
    unit_vnd: Dong | None
    quantity: Annotated[int, Field(ge=1)]
    amount_vnd: Dong | None
    reason: str
    payment: Literal["at_counter", "paid", "none"]


class Consent(Wire):
    """What the citizen accepted: the digest is of the exact text that was shown."""

    kind: Literal["privacy", "helper", "declaration"]
    text: str
    text_sha256: Sha256
    accepted_at: WireInstant


class HelperRecord(Wire):
    """Who helped to work the machine; the helper decides nothing. Without a `badge`, which was shown with its PIN,
    nobody has checked who it is. `typed` counts the answers that this helper typed."""

    kind: Literal["none", "volunteer", "staff", "relative"]
    name: str = ""
    unit: str = ""
    badge: str = ""
    typed: Annotated[int, Field(ge=0), _LATER] = 0


class HandoverRecord(Wire):
    """What the citizen confirmed alone, after somebody had helped: yes to each of these questions. `reviewed_sha256` is
    of what was reviewed, and can be made again from answers and documents; `card_shown` says whether the card of the
    start was shown once more."""

    confirmed_at: WireInstant
    questions: tuple[str, ...]
    reviewed_sha256: Sha256
    card_shown: bool


class EventRecord(Wire):
    """One thing that happened to the dossier; a list of these is only ever added to."""

    kind: str
    at: WireInstant
    actor: Literal["citizen", "helper", "staff", "kiosk", "portal"]


class Supplement(Wire):
    """One round of supplementing: what was asked, until when, what came of it."""

    id: str
    text: str
    requested_at: AwareDatetime
    due_before: AwareDatetime | None = None
    answered_at: AwareDatetime | None = None


class Manifest(Wire):
    """A whole dossier but for the bytes of its papers."""

    schema_name: Literal["diem-truy-cap/manifest/1"] = SCHEMA
    client_ref: UUID
    slip_code: str
    kiosk_id: str
    seq: Annotated[int, Field(ge=1)]
    test: bool
    channel: Literal["kiosk"] = "kiosk"
    route: Literal["desk", "online_by_agreement"]
    catalog_version: str
    form_version: str
    procedure: WireCode
    domain: WireCode
    agency: WireCode
    summary: str
    owner: Party
    submitter: Party
    delivery: Delivery
    answers: tuple[AnswerRecord, ...]
    documents: tuple[DocumentRecord, ...]
    copies_count: Annotated[int, Field(ge=1)]
    fees: tuple[FeeLine, ...]
    consents: tuple[Consent, ...]
    helper: HelperRecord
    helpers: Annotated[tuple[HelperRecord, ...], _LATER] = ()
    handover: Annotated[HandoverRecord | None, _LATER] = None
    sealed_at: WireInstant
    events: tuple[EventRecord, ...]
    supplements: tuple[Supplement, ...] = ()
    data_sources_used: tuple[str, ...] = ()
    replaces: UUID | None = None
    slip_token_sha256: Sha256
    audit_head: Sha256

    def to_bytes(self) -> bytes:
        """The canonical UTF-8 JSON that is sealed and sent."""
        return self.model_dump_json().encode()

    def pieces(self) -> tuple[Piece, ...]:
        """Every distinct piece of the dossier, in order of first use."""
        distinct = {piece.sha256: piece for document in self.documents for piece in document.pieces}
        return tuple(distinct.values())


def sha256_hex(content: bytes | memoryview) -> str:
    """The lower-case hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def content_digest(body: bytes) -> str:
    """The Content-Digest header of that body (RFC 9530 §2)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def cut(content: bytes) -> tuple[Piece, ...]:
    """The pieces of a document, in order; every piece but the last is PIECE_MAX_BYTES long."""
    whole = memoryview(content)  # slices of it copy nothing
    parts = (whole[start : start + PIECE_MAX_BYTES] for start in range(0, len(content), PIECE_MAX_BYTES))
    return tuple(Piece(sha256=sha256_hex(part), size=len(part)) for part in parts)
