"""What the staff see of the outbox: what needs them first, a page at a time, and a tally for the alarms."""

from typing import Any
from uuid import UUID

import apsw

from kiosk.outbox import OutboxEntry
from kiosk.queue_alarm import Tally
from kiosk.store_outbox import find_entry
from kiosk.store_schema import instant
from kiosk.store_worker import StoreWorker

# Refused by the portal, waiting to be sent, waiting to be withdrawn: each part is read by its own index.
_UNSETTLED = """SELECT client_ref FROM (
    SELECT client_ref, seq, 0 AS place FROM dossier WHERE state = 'parked' AND withdrawal_asked_at IS NULL
    UNION ALL SELECT client_ref, seq, 1 FROM dossier
        WHERE state IN ('sealed', 'sending', 'committing') AND withdrawal_asked_at IS NULL
    UNION ALL SELECT client_ref, seq, 2 FROM dossier WHERE withdrawal_asked_at IS NOT NULL AND state <> 'withdrawn'
) ORDER BY place, seq LIMIT ? OFFSET ?"""
_PARKED = "SELECT count(*) FROM dossier WHERE state = 'parked' AND withdrawal_asked_at IS NULL"
_UNSENT = """SELECT count(*), min(sealed_at) FROM dossier
    WHERE state IN ('sealed', 'sending', 'committing') AND withdrawal_asked_at IS NULL"""
_WITHDRAWING = "SELECT count(*) FROM dossier WHERE withdrawal_asked_at IS NOT NULL AND state <> 'withdrawn'"
_LOST = """SELECT count(DISTINCT seq) FROM former_receipt JOIN dossier ON seq = dossier
    WHERE state IN ('sealed', 'sending', 'committing') AND withdrawal_asked_at IS NULL"""


class StoreQueue:
    """Safe to use from every thread; all calls block and raise StoreProblem."""

    def __init__(self, worker: StoreWorker) -> None:
        self._worker = worker

    def unsettled(self, offset: int, limit: int) -> tuple[OutboxEntry, ...]:
        """A page of everything that is not done: parked first, then unsent, then what is being withdrawn, each in the
        order of sealing."""

        def read(connection: apsw.Connection) -> tuple[OutboxEntry, ...]:
            refs: list[tuple[Any, ...]] = connection.execute(_UNSETTLED, (limit, offset)).fetchall()
            entries = (find_entry(connection, UUID(bytes=ref)) for (ref,) in refs)
            return tuple(entry for entry in entries if entry is not None)

        return self._worker.read(read)

    def tally(self) -> Tally:
        """What `kiosk.queue_alarm.tally_of` says of all entries, without reading them all, and what the portal lost."""

        def read(connection: apsw.Connection) -> Tally:
            [(unsent, first)] = connection.execute(_UNSENT)
            parked, withdrawing, lost = (connection.execute(count).get for count in (_PARKED, _WITHDRAWING, _LOST))
            return Tally(unsent, parked, withdrawing, lost, None if first is None else instant(first))

        return self._worker.read(read)
