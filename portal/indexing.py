"""Learns the pieces and numbers of the dossiers of schema 1: their manifests are sealed, so it takes the key.

A dossier without a number has not been learnt. An older program that still serves after the tables were changed files
such dossiers, so it is looked for them each time a portal is opened, and before anything is removed.
"""

import logging

from sqlalchemy import Connection, Row, exists, select, update

from kiosk.manifest import Manifest
from kiosk.receipt import SEQ_MAX
from portal.database import Database, put_rows
from portal.pieces import PieceStore
from portal.schema import document_piece, kiosk, piece, submission
from portal.sealing import Damaged, Sealing

BATCH = 200

_log = logging.getLogger(__name__)


def is_indexed(connection: Connection) -> bool:
    """Whether every dossier's pieces are known. Until then none may be removed."""
    # By kiosk, because the index of numbers is.
    unread = exists().where(submission.c.kiosk_id == kiosk.c.kiosk_id, submission.c.seq.is_(None))
    return connection.execute(select(kiosk.c.kiosk_id).where(unread).limit(1)).first() is None


def kept_seq(seq: int) -> int:
    """The number to keep of a manifest: 0 for one that no kiosk gives and no database holds."""
    return seq if 0 <= seq <= SEQ_MAX else 0


def index_pieces(database: Database, pieces: PieceStore, sealing: Sealing) -> None:
    """Learn the pieces of all dossiers that have not been learnt. It may be broken off and begun again.

    A manifest that cannot be opened is logged, and keeps every piece from being removed for as long as it is there.
    """
    with database.read() as connection:
        if is_indexed(connection):
            return
    last = ""
    while True:
        unread = (submission.c.seq.is_(None), submission.c.client_ref > last)
        page = select(submission).where(*unread).order_by(submission.c.client_ref).limit(BATCH)
        with database.write() as connection:
            rows = connection.execute(page).all()
            for row in rows:
                _index(connection, row, pieces, sealing)
        if not rows:
            return
        last = rows[-1].client_ref


def _index(connection: Connection, row: Row[tuple[object, ...]], pieces: PieceStore, sealing: Sealing) -> None:
    try:
        manifest = Manifest.model_validate_json(sealing.open(row.manifest_sealed, row.client_ref))
    except (Damaged, ValueError):
        _log.error("the manifest of %s cannot be opened: no piece will be removed", row.client_ref)
        return
    named = {pieces.name(each.sha256): each for each in manifest.pieces()}
    kept = [{"name": name, "size": each.size, "kept_at": row.received_at} for name, each in named.items()]
    used = [{"kiosk_id": row.kiosk_id, "name": name, "client_ref": row.client_ref} for name in named]
    seq = kept_seq(manifest.seq)
    connection.execute(update(submission).where(submission.c.client_ref == row.client_ref).values(seq=seq))
    put_rows(connection, piece, kept)
    put_rows(connection, document_piece, used)
