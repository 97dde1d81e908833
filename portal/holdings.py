"""Which pieces are held for whom: leases of kiosks that brought them, and dossiers that are made of them.

A kiosk is told only of pieces that it brought itself. Else whoever has a kiosk's token could guess what a paper says
and ask whether anybody in the province has filed it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    select,
    union_all,
    update,
)

from kiosk.receipt import ProblemType
from portal.database import put_row, put_rows
from portal.enrolment import Kiosk
from portal.opening import Portal
from portal.problems import Refused, no_room, too_many
from portal.schema import document_piece, lease, piece

QUOTA_WAIT_S = 600.0
PUTS = 3  # a second is needed once in a long while, see below; a third would be a fault of the shelf
# A lease is written anew only when so much of its time has passed: asking mostly costs no write. What was said to be
# held stays for the rest of the time at least: six days of seven.
RENEWED_AFTER = 1 / 7


def is_held(portal: Portal, caller: Kiosk, sha256: str) -> bool:
    """Whether the caller need not bring the piece. If so, it stays for days, whatever is tidied away meanwhile."""
    name = portal.pieces.name(sha256)
    with portal.database.read() as connection:
        standing = connection.execute(_STANDING, {"of_kiosk": caller.id, "of_name": name}).one()
    return _is_held(portal, caller, name, standing)


def keep(portal: Portal, caller: Kiosk, sha256: str, content: bytes) -> bool:
    """Keep a piece whose digest was checked for the caller; durable on return. False if the caller had brought it.

    Raises Refused when the caller has brought too much that it does not use, or the disk is nearly full.
    """
    name = portal.pieces.name(sha256)
    with portal.database.read() as connection:
        standing = connection.execute(_STANDING, {"of_kiosk": caller.id, "of_name": name}).one()
        held_bytes = connection.execute(_HELD_BYTES, {"of_kiosk": caller.id}).scalar_one()
    if _is_held(portal, caller, name, standing):
        return False
    if held_bytes + len(content) > portal.capacity.held_max_bytes:
        raise too_many("commit what was brought first", QUOTA_WAIT_S)
    free = portal.pieces.shelf.free_bytes()
    if free is not None and free - len(content) < portal.capacity.disk_reserve_bytes:
        raise no_room("the disk of the papers is nearly full")
    for _ in range(PUTS):
        portal.pieces.put(sha256, content)
        with portal.database.write() as connection:
            now = portal.now()
            put_row(connection, piece, {"name": name, "size": len(content), "kept_at": now})
            put_row(connection, lease, {"kiosk_id": caller.id, "name": name, "renewed_at": now})
            # From here on nothing removes it. It may have been removed since it was put, as nobody's.
            if portal.pieces.shelf.exists(name):
                return True
    raise OSError("a piece does not stay where it is put")


def missing(portal: Portal, caller: Kiosk, digests: Collection[str]) -> tuple[str, ...]:
    """Those of the pieces that the caller has to bring first."""
    names = {portal.pieces.name(sha256): sha256 for sha256 in digests}
    with portal.database.read() as connection:
        brought = set(connection.scalars(_BROUGHT, {"of_kiosk": caller.id, "of_names": list(names)}))
    return tuple(
        sha256 for name, sha256 in names.items() if name not in brought or not portal.pieces.shelf.exists(name)
    )


def use(connection: Connection, portal: Portal, caller: Kiosk, client_ref: UUID, digests: Collection[str]) -> None:
    """Make the pieces part of the caller's dossier, in the transaction that stores it. Raises Refused if one was
    removed since it was looked at; none is removed after."""
    names = {portal.pieces.name(sha256): sha256 for sha256 in digests}
    if not names:
        return
    # In one order, so that two dossiers with the same pieces wait for each other and not both for ever.
    there = set(connection.scalars(_LOCKED, {"of_names": list(names)}))
    gone = tuple(sha256 for name, sha256 in names.items() if name not in there)
    if gone:
        raise Refused(ProblemType.MISSING_PIECES, "send these pieces, then commit again", missing=gone)
    rows = [{"kiosk_id": caller.id, "name": name, "client_ref": str(client_ref)} for name in names]
    put_rows(connection, document_piece, rows)
    connection.execute(_RETURNED, {"of_kiosk": caller.id, "of_names": list(names)})


def give_back(portal: Portal, caller: Kiosk, digests: Collection[str]) -> None:
    """The caller brought these for a dossier that will never be: they count no more for it. They stay for their time,
    for another dossier may be made of them, and the caller is asked for them anew then."""
    if digests:
        names = [portal.pieces.name(sha256) for sha256 in digests]
        with portal.database.write() as connection:
            connection.execute(_RETURNED, {"of_kiosk": caller.id, "of_names": names})


def unused(before: datetime) -> Sequence[ColumnElement[bool]]:
    """What is true of a piece that nobody needs: no dossier's, on no lease, and not brought since `before`."""
    return (
        piece.c.kept_at < before,
        ~exists().where(lease.c.name == piece.c.name),
        ~exists().where(document_piece.c.name == piece.c.name),
    )


def _is_held(portal: Portal, caller: Kiosk, name: str, standing: Row[tuple[object, ...]]) -> bool:
    renewed_at, is_used = standing.renewed_at, standing.is_used
    if not (is_used or renewed_at) or not portal.pieces.shelf.exists(name):
        return False
    now = portal.now()
    if is_used or renewed_at > now - timedelta(seconds=portal.capacity.pieces_kept_s * RENEWED_AFTER):
        return True
    with portal.database.write() as connection:
        return connection.execute(_RENEWED, {"of_kiosk": caller.id, "of_name": name, "now": now}).rowcount == 1


# Made once: making a statement costs more than running it.
_KIOSK: BindParameter[str] = bindparam("of_kiosk")
_NAME: BindParameter[str] = bindparam("of_name")
_NAMES: BindParameter[list[str]] = bindparam("of_names", expanding=True)
_STANDING = select(
    select(lease.c.renewed_at)
    .where(lease.c.kiosk_id == _KIOSK, lease.c.name == _NAME)
    .scalar_subquery()
    .label("renewed_at"),
    exists().where(document_piece.c.kiosk_id == _KIOSK, document_piece.c.name == _NAME).label("is_used"),
)
_HELD_BYTES = select(func.coalesce(func.sum(piece.c.size), 0)).join_from(lease, piece).where(lease.c.kiosk_id == _KIOSK)
_RENEWED = update(lease).where(lease.c.kiosk_id == _KIOSK, lease.c.name == _NAME).values(renewed_at=bindparam("now"))
_BROUGHT = union_all(
    select(lease.c.name).where(lease.c.kiosk_id == _KIOSK, lease.c.name.in_(_NAMES)),
    select(document_piece.c.name).where(document_piece.c.kiosk_id == _KIOSK, document_piece.c.name.in_(_NAMES)),
)
_LOCKED = (
    select(piece.c.name)
    .where(piece.c.name.in_(_NAMES))
    .order_by(piece.c.name)
    .with_for_update(key_share=True, read=True)
)
_RETURNED = delete(lease).where(lease.c.kiosk_id == _KIOSK, lease.c.name.in_(_NAMES))
