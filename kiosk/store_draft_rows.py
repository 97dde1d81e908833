"""The rows of a draft: its pictures, the end of it, and the note of who opened it; all in the caller's transaction."""

from collections.abc import Mapping
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.sealing import DossierSeal
from kiosk.store_schema import instant
from kiosk.store_staff import Act


def forget(connection: apsw.Connection, ref: UUID) -> bool:
    """Destroy the draft's key and state inside the caller's transaction, and whether there was one. Its pictures cannot
    be opened any more; the next sweep takes them away, for on the way to a sealed dossier nobody should wait for it."""
    connection.execute("DELETE FROM draft WHERE ref = ?", (ref.bytes,))
    return connection.changes() > 0


def put_contents(connection: apsw.Connection, ref: UUID, seal: DossierSeal, contents: Mapping[str, bytes]) -> None:
    """Write what is new; destroy what the citizen has taken away."""
    stored = there(connection, ref)
    for sha256 in contents.keys() - stored:
        sealed = seal.seal(memoryview(contents[sha256]), sha256)
        connection.execute("INSERT INTO draft_content VALUES (?, ?, ?)", (ref.bytes, sha256, sealed))
    for sha256 in stored - contents.keys():
        connection.execute("DELETE FROM draft_content WHERE draft = ? AND sha256 = ?", (ref.bytes, sha256))


def there(connection: apsw.Connection, ref: UUID) -> set[str]:
    """The digests of the contents that are stored already."""
    return {row[0] for row in connection.execute("SELECT sha256 FROM draft_content WHERE draft = ?", (ref.bytes,))}


def note_opening(connection: apsw.Connection, ref: UUID, attested_by: str, at: int) -> None:
    """The chain tells how, and holds no name; who attested stands among the acts of the staff."""
    kind = audit.AuditEvent.DRAFT_OPENED_BY_STAFF if attested_by else audit.AuditEvent.DRAFT_OPENED_BY_CODE
    audit.append(connection, kind, ref, instant(at))
    if attested_by:
        row = (at, Act.ATTESTED.value, attested_by, ref.bytes)
        connection.execute("INSERT INTO staff_act SELECT max(seq), ?, ?, ?, ? FROM event", row)


def clear(connection: apsw.Connection) -> None:
    """Take away pictures of drafts that are no more, and give their room back."""
    connection.execute("DELETE FROM draft_content WHERE draft NOT IN (SELECT ref FROM draft)")
    if connection.changes():
        connection.execute("PRAGMA incremental_vacuum").fetchall()
