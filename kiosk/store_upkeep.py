"""Looks after what is kept: reads all of it to see that it is whole, and lets tombstones end."""

import json
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem
from kiosk.manifest import Manifest
from kiosk.outbox import State
from kiosk.store_changes import park_crash_loops, sweep
from kiosk.store_reading import StoreReading
from kiosk.store_reserve import Reserve
from kiosk.store_schema import microseconds
from kiosk.store_worker import StoreWorker

log = logging.getLogger(__name__)

_TOMBSTONES_AT_ONCE = 500  # a transaction of a moment, so that a citizen who files meanwhile does not wait


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """What a whole reading of the store found. `damaged` are the dossiers of which something cannot be read; `events`
    is None where the audit chain is broken, and `pages_whole` False where the database itself says that it is not."""

    dossiers: int
    contents: int
    content_bytes: int
    damaged: tuple[UUID, ...]
    events: int | None
    pages_whole: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.pages_whole and self.events is not None and not self.damaged


class StoreUpkeep:
    """Care for an open store. Every method may be called from any thread, and blocks."""

    def __init__(self, worker: StoreWorker, reading: StoreReading, reserve: Reserve) -> None:
        self._worker = worker
        self._reading = reading
        self._reserve = reserve

    def keep_reserve(self) -> bool:
        """Have the file that is given up on a full disk, where there is room for it; whether it is there."""
        return self._reserve.make()

    def park_crash_loops(self, now: datetime) -> None:
        """At a start: set apart what ended the program again and again; a full disk leaves it as it is.

        Raises StoreCorrupt, StoreProblem.
        """
        try:
            if parked := self._worker.write(lambda connection: park_crash_loops(connection, now)):
                log.error("store: sending %s ended the program again and again", ", ".join(map(str, parked)))
        except DiskFull as error:
            log.error("store: what ended the program again and again is not set apart: %s", error)

    def sweep(self) -> None:
        """Remove papers whose keys were destroyed on a disk too full for more. Raises DiskFull, StoreProblem."""
        while self._worker.write(sweep):
            pass

    def check(self) -> StoreCheck:
        """Read and open everything that is alive, piece by piece. Changes nothing. Raises StoreProblem."""
        alive = self._alive()
        damaged = []
        contents = content_bytes = 0
        for client_ref in alive:
            try:
                for size in self._sizes(client_ref):
                    contents += 1
                    content_bytes += size
            except StoreProblem:
                damaged.append(client_ref)
        return StoreCheck(len(alive), contents, content_bytes, tuple(damaged), self._events(), self._pages_whole())

    def end_tombstones(self, ended_before: datetime, now: datetime, kept: Collection[str] = ()) -> int:
        """Forget what was shredded or withdrawn before that moment: codes, digests and receipts. How many it were.
        Those of the slip codes `kept` stay.

        Shredding is dated by the kiosk's own clock, which may have been years behind; so no receipt ends before its
        own time, which is the portal's, is as old.

        The audit chain stays, and no number is given again. Should the same dossier be sealed once more after that, it
        would be a new one here and the portal would answer with the receipt it has: nothing of a kiosk does so.
        """
        ended = 0
        while step := self._worker.write(lambda connection: _end_tombstones(connection, ended_before, now, kept)):
            ended += step
        return ended

    def _alive(self) -> tuple[UUID, ...]:
        found: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute(
                "SELECT client_ref FROM dossier WHERE dek_wrapped IS NOT NULL ORDER BY seq"
            ).fetchall()
        )
        return tuple(UUID(bytes=ref) for (ref,) in found)

    def _sizes(self, client_ref: UUID) -> Iterator[int]:
        manifest = self._reading.manifest(client_ref)
        yield len(manifest)
        documents = Manifest.model_validate_json(manifest).documents
        for sha256 in {piece.sha256 for document in documents for piece in document.pieces}:
            yield len(self._reading.piece(client_ref, sha256))

    def _events(self) -> int | None:
        try:
            return self._reading.verify_audit()
        except StoreCorrupt:
            return None

    def _pages_whole(self) -> bool:
        try:
            return self._worker.read(lambda connection: bool(connection.pragma("quick_check") == "ok"))
        except StoreCorrupt:
            return False


def _end_tombstones(connection: apsw.Connection, ended_before: datetime, now: datetime, kept: Collection[str]) -> int:
    kinds = tuple(audit.OF_STATE[state].value for state in (State.SHREDDED, State.WITHDRAWN))
    found: list[tuple[Any, ...]] = connection.execute(
        "SELECT seq, client_ref FROM dossier WHERE state IN ('shredded', 'withdrawn') AND (SELECT max(at) FROM event"
        " WHERE event.client_ref = dossier.client_ref AND kind IN (?, ?)) < ?"
        " AND NOT EXISTS (SELECT 1 FROM receipt WHERE dossier = seq"
        " AND unixepoch(json_extract(body, '$.received_at')) * 1000000 >= ?)"
        " AND slip_code NOT IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?",
        (
            *kinds,
            microseconds(ended_before),
            microseconds(ended_before),
            json.dumps(tuple(kept)),
            _TOMBSTONES_AT_ONCE,
        ),
    ).fetchall()
    for seq, ref in found:
        for table in ("receipt", "former_receipt"):
            connection.execute(f"DELETE FROM {table} WHERE dossier = ?", (seq,))  # noqa: S608  names of ours
        connection.execute("DELETE FROM dossier WHERE seq = ?", (seq,))
        audit.append(connection, audit.AuditEvent.TOMBSTONE_ENDED, UUID(bytes=ref), now)
    return len(found)
