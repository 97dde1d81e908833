"""What came in, for the pages of people: a list with names shortened, and one dossier whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from kiosk.manifest import DocumentRecord, Manifest
from portal.imports import Import, import_of
from portal.opening import Portal
from portal.schema import submission, withdrawal

PAGE_ROWS = 50
_WITH_WITHDRAWAL = select(submission, withdrawal.c.withdrawn_at).outerjoin(
    withdrawal, withdrawal.c.client_ref == submission.c.client_ref
)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the list; `owner` is shortened, for looking at the list is not logged by dossier."""

    client_ref: str
    received_at: datetime
    national_code: str
    procedure: str
    owner: str
    kiosk_id: str
    document_count: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """PAGE_ROWS lines, latest first; pages count from 1."""

    rows: tuple[InboxRow, ...]
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """A dossier as it is held."""

    manifest: Manifest
    manifest_sha256: str
    remote_id: str
    national_code: str
    received_at: datetime
    withdrawn_at: datetime | None
    imported: Import | None


def inbox_page(portal: Portal, number: int) -> InboxPage:
    """A page of the list; a number beyond the last gives an empty page."""
    latest = _WITH_WITHDRAWAL.order_by(submission.c.received_at.desc(), submission.c.client_ref)
    with portal.database.read() as connection:
        total = connection.scalar(select(func.count()).select_from(submission)) or 0
        found = connection.execute(latest.limit(PAGE_ROWS).offset((number - 1) * PAGE_ROWS)).all()
    return InboxPage(tuple(_row(portal, row) for row in found), number, max(1, -(-total // PAGE_ROWS)))


def stored_dossier(portal: Portal, client_ref: UUID) -> StoredDossier | None:
    """The dossier, opened."""
    by_ref = _WITH_WITHDRAWAL.where(submission.c.client_ref == str(client_ref))
    with portal.database.read() as connection:
        row = connection.execute(by_ref).one_or_none()
    if row is None:
        return None
    return StoredDossier(
        manifest=_manifest(portal, row),
        manifest_sha256=row.manifest_sha256,
        remote_id=row.remote_id,
        national_code=row.national_code,
        received_at=row.received_at,
        withdrawn_at=row.withdrawn_at,
        imported=import_of(portal, client_ref),
    )


def paper(portal: Portal, document: DocumentRecord) -> Iterator[bytes]:
    """The document's bytes, piece by piece."""
    return portal.pieces.read(piece.sha256 for piece in document.pieces)


def short_name(name: str) -> str:
    """The family name and the initials of the rest: "NGUYỄN VĂN MẪU" becomes "NGUYỄN V. M."."""
    family, *rest = name.split() or [""]
    return " ".join([family, *(f"{word[0]}." for word in rest)])


def _row(portal: Portal, row: Row[Any]) -> InboxRow:
    manifest = _manifest(portal, row)
    return InboxRow(
        client_ref=row.client_ref,
        received_at=row.received_at,
        national_code=row.national_code,
        procedure=manifest.procedure.name,
        owner=short_name(manifest.owner.name),
        kiosk_id=row.kiosk_id,
        document_count=len(manifest.documents),
        withdrawn=row.withdrawn_at is not None,
    )


def _manifest(portal: Portal, row: Row[Any]) -> Manifest:
    return Manifest.model_validate_json(portal.sealing.open(row.manifest_sealed, row.client_ref))
