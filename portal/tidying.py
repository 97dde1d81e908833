"""Removes the pieces that nobody needs any more, by itself while the portal serves, never one that may still be used.

What lies on the shelf without a row in the database (its row was lost with a restored backup, or a crash came between)
is given one first, as if it were brought now; then it grows old like any other. So a database that was opened on these
papers by mistake has a week to be noticed. A row is locked while its piece is removed, and who brings a
piece looks after it has locked the row whether the piece is still there (portal/holdings.py).
"""

import logging
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from portal.database import put_rows
from portal.holdings import unused
from portal.indexing import is_indexed
from portal.opening import Portal
from portal.schema import lease, piece
from portal.shelf import Shelved

BATCH = 50  # pieces that are locked at once: on SQLite nobody else writes meanwhile
STOP_TIMEOUT_S = 10.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was removed; `found` are pieces that had no row."""

    pieces: int = 0
    size_bytes: int = 0
    found: int = 0


def tidy(portal: Portal, stop: Event | None = None) -> Tidied:
    """Remove what no dossier is made of and nobody has asked for since `Capacity.pieces_kept_s`. Raises OSError and
    SQLAlchemyError; it may be broken off by `stop` or a crash at any place and begun again."""
    before = portal.now() - timedelta(seconds=portal.capacity.pieces_kept_s)
    with portal.database.write() as connection:
        if not is_indexed(connection):
            return Tidied()
        connection.execute(delete(lease).where(lease.c.renewed_at < before))
    found = _give_rows(portal, before)
    pieces = size_bytes = 0
    while not (stop and stop.is_set()):
        removed = _remove_batch(portal, before)
        if not removed:
            break
        pieces += len(removed)
        size_bytes += sum(removed)
    return Tidied(pieces, size_bytes, found)


def _give_rows(portal: Portal, before: datetime) -> int:
    """Rows for old pieces that have none. Young ones may be on their way."""
    found = 0
    batch: list[Shelved] = []
    for shelved in portal.pieces.shelf.listed():
        if shelved.put_at < before:
            batch.append(shelved)
        if len(batch) == BATCH:
            found += _give_rows_to(portal, batch)
            batch = []
    return found + _give_rows_to(portal, batch)


def _give_rows_to(portal: Portal, batch: list[Shelved]) -> int:
    with portal.database.read() as connection:
        named = [shelved.name for shelved in batch]
        known = set(connection.scalars(select(piece.c.name).where(piece.c.name.in_(named))))
    unknown = [shelved for shelved in batch if shelved.name not in known]
    if unknown:
        rows = [{"name": each.name, "size": each.size, "kept_at": portal.now()} for each in unknown]
        with portal.database.write() as connection:
            put_rows(connection, piece, rows)
    return len(unknown)


def _remove_batch(portal: Portal, before: datetime) -> list[int]:
    """The sizes of what was removed. What somebody else has locked is being used, or removed, at this moment."""
    with portal.database.read() as connection:  # the long search holds up nobody
        candidates = connection.scalars(select(piece.c.name).where(*unused(before)).limit(BATCH)).all()
    if not candidates:
        return []
    with portal.database.write() as connection:
        if not is_indexed(connection):  # an older program that still serves may have filed a dossier since
            return []
        lock = select(piece.c.name).where(piece.c.name.in_(candidates)).with_for_update(skip_locked=True)
        locked = connection.scalars(lock).all()
        # Asked again: between the search and the lock somebody may have used it.
        sure = select(piece.c.name, piece.c.size).where(piece.c.name.in_(locked), *unused(before))
        rows = connection.execute(sure).all()
        connection.execute(delete(piece).where(piece.c.name.in_([row.name for row in rows])))
        for row in rows:
            portal.pieces.shelf.remove(row.name)
    return [row.size for row in rows]


class Tidying:
    """Tidies from time to time in a thread of its own, from `start` to `stop`."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._stop = Event()
        self._thread = Thread(target=self._run, name="tidying", daemon=True)

    def start(self) -> None:
        """The first time is after one interval: who starts again and again does nothing else."""
        self._thread.start()

    def stop(self) -> None:
        """Returns when the batch that is under way is done."""
        self._stop.set()
        self._thread.join(STOP_TIMEOUT_S)

    def _run(self) -> None:
        while not self._stop.wait(self._portal.capacity.tidy_every_s):
            try:
                tidied = tidy(self._portal, self._stop)
                if tidied.found:
                    _log.warning("%s pieces lay there without a row", tidied.found)
            except (OSError, SQLAlchemyError) as error:
                _log.warning("tidying was broken off: %s", error)
            except Exception as error:  # noqa: BLE001  a surprise ends this time, and not all later ones
                # Its own text may quote what was being read.
                place = traceback.extract_tb(error.__traceback__)[-1]
                _log.error("tidying was broken off: %s at %s:%s", type(error).__name__, place.filename, place.lineno)
