"""The manifest of a dossier that exists nowhere: a made-up person's, as complete as the contract asks for."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kiosk import manifest as wire

NAME = "NGUYỄN VĂN MẪU"
_CODE = wire.WireCode(code="2.000635", name="Cấp bản sao trích lục hộ tịch", scheme="specimen")


def specimen_manifest(
    client_ref: UUID, documents: tuple[wire.DocumentRecord, ...], *, name: str = NAME, **changes: Any
) -> wire.Manifest:
    """The manifest of a test dossier by that person with these documents; `changes` are further members of it."""
    person = wire.Party(name=name, assurance=wire.Assurance(level="typed"))
    made = wire.Manifest(
        client_ref=client_ref,
        slip_code="7K3M9PQRS2",
        kiosk_id="specimen",
        seq=1,
        test=True,
        route="desk",
        catalog_version="1",
        form_version="1",
        procedure=_CODE,
        domain=_CODE,
        agency=_CODE,
        summary=_CODE.name,
        owner=person,
        submitter=person,
        delivery=wire.Delivery(by="desk", receiver=person),
        answers=(),
        documents=documents,
        copies_count=1,
        fees=(),
        consents=(),
        helper=wire.HelperRecord(kind="none"),
        sealed_at=wire.WireInstant(at=datetime.now(UTC)),
        events=(),
        slip_token_sha256="0" * 64,
        audit_head="0" * 64,
    )
    return made.model_copy(update=changes)


def specimen_document(key: UUID, content: bytes) -> wire.DocumentRecord:
    """One paper of it."""
    return wire.DocumentRecord(
        id=key,
        part=wire.WireCode(code="giay_to", name="Giấy tờ", scheme="specimen"),
        file_name="giay-to.pdf",
        media_type="application/pdf",
        sha256=wire.sha256_hex(content),
        size=len(content),
        page_count=1,
        copy_kind="original",
        origin="scanner",
        pieces=wire.cut(content),
    )
