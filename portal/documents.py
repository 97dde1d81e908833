"""Signed documents that kiosks fetch: the catalogue, so far. Their versions only rise."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, select, update

from kiosk.manifest import sha256_hex
from portal.opening import Portal
from portal.schema import document

DocumentName = Literal["catalog"]
DOCUMENT_NAMES: tuple[DocumentName, ...] = get_args(DocumentName)
DOCUMENT_TYP = "vnd.diem-truy-cap.document+json"  # `typ` of the signature


@dataclass(frozen=True, slots=True)
class Published:
    """A document as it is handed out: a compact JWS, and an ETag that changes with it."""

    signed: str
    etag: str


def publish(connection: Connection, name: DocumentName, content: dict[str, Any], now: datetime) -> int:
    """Replace a document; answers its new version, one above the last."""
    values = {"content": json.dumps(content, ensure_ascii=False), "issued_at": now}
    rise = update(document).where(document.c.name == name).values(version=document.c.version + 1, **values)
    version = connection.scalar(rise.returning(document.c.version))
    if version is None:
        version = 1
        connection.execute(document.insert().values(name=name, version=version, **values))
    return int(version)


def published(portal: Portal, name: DocumentName) -> Published:
    """The document as it stands: version 0, empty, until something is published."""
    with portal.database.read() as connection:
        row = connection.execute(select(document).where(document.c.name == name)).one_or_none()
    payload = {
        "name": name,
        "version": row.version if row else 0,
        "issued_at": row.issued_at.isoformat() if row else None,
        "content": json.loads(row.content) if row else {},
    }
    signed = portal.keys.sign(json.dumps(payload, ensure_ascii=False).encode(), DOCUMENT_TYP)
    return Published(signed, f'"{sha256_hex(signed.encode())[:32]}"')
