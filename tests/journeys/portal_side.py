"""The portal's side of a journey: what its own database and papers hold, read as its pages for people read them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pypdfium2
from sqlalchemy import select

from commands.embedded_portal import EmbeddedPortal
from devices.code_reader import ZxingCodeReader
from devices.pictures import to_frame
from kiosk.manifest import Manifest, sha256_hex
from portal.inbox import paper, stored_dossier
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.schema import submission
from tests.devices.escpos_decoder import decode, printed_paper


@contextmanager
def _opened(embedded: EmbeddedPortal) -> Iterator[Portal]:
    portal = open_portal(embedded.settings, utc_now)
    try:
        yield portal
    finally:
        portal.database.close()


def submissions(embedded: EmbeddedPortal) -> list[UUID]:
    """Every dossier that came in, in the order of coming; one that came twice would be here twice."""
    with _opened(embedded) as portal, portal.database.read() as connection:
        rows = connection.execute(select(submission.c.client_ref).order_by(submission.c.received_at)).all()
    return [UUID(row.client_ref) for row in rows]


def manifest_at(embedded: EmbeddedPortal, client_ref: UUID) -> Manifest:
    """What the portal holds of that dossier."""
    with _opened(embedded) as portal:
        stored = stored_dossier(portal, client_ref)
    assert stored is not None
    return stored.manifest


def papers_at(embedded: EmbeddedPortal, manifest: Manifest) -> dict[str, bytes]:
    """The papers by the code of their part, each with the digest that the manifest gives."""
    with _opened(embedded) as portal:
        found = {document.part.code: b"".join(paper(portal, document)) for document in manifest.documents}
    assert [sha256_hex(content) for content in found.values()] == [document.sha256 for document in manifest.documents]
    return found


def pdf_text(content: bytes) -> str:
    """All words of a PDF."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def code_on(slip: bytes) -> str:
    """The text of the QR on the paper that those ESC/POS bytes print."""
    picture = printed_paper(decode(slip)).convert("RGB")
    text = ZxingCodeReader().read(to_frame(picture))
    assert text is not None
    return text


def folder_bytes(folder: Path) -> bytes:
    """Every byte of every file below the folder."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
