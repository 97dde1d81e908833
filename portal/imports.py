"""Takes a dossier that did not come over the line: the same commit as for one that did, and a note of how it came."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kiosk.receipt import ProblemType
from portal import holdings
from portal.commits import Committed, commit
from portal.database import put_rows
from portal.enrolment import Kiosk
from portal.opening import Portal
from portal.problems import Refused
from portal.schema import imported

Pieces = Callable[[], Iterator[tuple[str, bytes]]]
"""Digest and content of every piece of one dossier; asked for only when the portal lacks some."""


@dataclass(frozen=True, slots=True)
class Import:
    """How a dossier came that did not come over the line. A kiosk that was revoked or copied by then may have been in
    other hands."""

    at: datetime
    kiosk_revoked: bool


def import_dossier(portal: Portal, sender: Kiosk, client_ref: UUID, manifest: bytes, pieces: Pieces) -> Committed:
    """Commit the manifest, with the pieces that the portal lacks. Importing again, or after the line brought it, gives
    the receipt of the first time. Raises Refused, OSError, and what `pieces` raises.

    A revoked kiosk's dossiers are taken: citizens filed them, and what came in before the kiosk was lost must not be
    lost with it. The note says so to who reads the dossier.
    """
    committed = _committed(portal, sender, client_ref, manifest, pieces)
    if committed.new:
        row = {"client_ref": str(client_ref), "at": portal.now(), "kiosk_revoked": int(sender.revoked or sender.cloned)}
        with portal.database.write() as connection:
            put_rows(connection, imported, [row])
    return committed


def import_of(portal: Portal, client_ref: UUID) -> Import | None:
    """How the dossier came, if it did not come over the line."""
    with portal.database.read() as connection:
        row = connection.execute(select(imported).where(imported.c.client_ref == str(client_ref))).one_or_none()
    return Import(row.at, bool(row.kiosk_revoked)) if row else None


def _committed(portal: Portal, sender: Kiosk, client_ref: UUID, manifest: bytes, pieces: Pieces) -> Committed:
    try:
        return commit(portal, sender, client_ref, manifest)
    except Refused as refused:
        if refused.problem.type != ProblemType.MISSING_PIECES:
            raise
        missing = set(refused.problem.missing)
    for sha256, content in pieces():
        if sha256 in missing:
            holdings.keep(portal, sender, sha256, content)
    return commit(portal, sender, client_ref, manifest)
