"""What can be asked of the queue: a dossier, a page of them, their counts, and for which of them something is due."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.outbox import OutboxEntry, State, Withdrawal
from kiosk.outbox_rules import LONGEST_WAIT
from kiosk.store_schema import instant, microseconds
from kiosk.store_worker import StoreWorker

_ENTRIES = """SELECT client_ref, seq, slip_code, service_code, state, attempts, sealed_at, next_try_at, problem,
    national_code, size_bytes, withdrawal_asked_at FROM dossier"""


class StoreOutbox:
    """The dossiers of the store without their papers. Every method may be called from any thread, blocks, and raises
    StoreProblem and its kinds."""

    def __init__(self, worker: StoreWorker) -> None:
        self._worker = worker

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Every dossier that was ever sealed and is remembered, in the order of sealing."""
        return self._entries("ORDER BY seq")

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        """The dossier of that reference, if it was sealed here."""
        return self._worker.read(lambda connection: find_entry(connection, client_ref))

    def by_slip_code(self, slip_code: str) -> OutboxEntry | None:
        """The dossier of that slip code, in the code's canonical form; the latest, should two ever share it."""
        found = self._entries("WHERE slip_code = ? ORDER BY seq DESC LIMIT 1", slip_code)
        return found[0] if found else None

    def due(self, now: datetime, limit: int = 20) -> tuple[OutboxEntry, ...]:
        """What should be sent now. Those that failed least come first, so that no dossier blocks the others."""
        return self._entries(
            # In the order of that index no row is read in vain; left to itself SQLite would sort all that wait.
            "INDEXED BY dossier_due WHERE state IN ('sealed', 'sending', 'committing') AND withdrawal_asked_at IS NULL"
            " AND (next_try_at IS NULL OR next_try_at <= ? OR next_try_at > ?) ORDER BY attempts, seq LIMIT ?",
            microseconds(now),
            microseconds(now + LONGEST_WAIT),
            limit,
        )

    def durable_before(self, moment: datetime) -> tuple[UUID, ...]:
        """The dossiers, not yet shredded, of which it was last noted before that moment that the portal has them in its
        backup."""
        found: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute(
                "SELECT client_ref FROM dossier WHERE state = ? AND withdrawal_asked_at IS NULL"
                " AND (SELECT at FROM event WHERE event.client_ref = dossier.client_ref AND kind = ?"
                " ORDER BY event.seq DESC LIMIT 1) < ? ORDER BY seq",
                (State.DURABLE.value, audit.OF_STATE[State.DURABLE].value, microseconds(moment)),
            ).fetchall()
        )
        return tuple(UUID(bytes=row[0]) for row in found)

    def page(
        self, after_seq: int = 0, limit: int = 50, states: Collection[State] = tuple(State)
    ) -> tuple[OutboxEntry, ...]:
        """The next dossiers of these states whose number is above `after_seq`, in the order of sealing."""
        # Of each state its own few numbers, from the index alone: one query over all states would sort 100,000 rows.
        of_state = "SELECT * FROM (SELECT seq FROM dossier WHERE state = ? AND seq > ? ORDER BY seq LIMIT ?)"
        values = [value for state in states for value in (state.value, after_seq, limit)]
        return self._entries(
            f"WHERE seq IN ({' UNION ALL '.join([of_state] * len(states))}) ORDER BY seq LIMIT ?", *values, limit
        )

    def receipted(self, after_seq: int = 0, limit: int = 1000) -> tuple[OutboxEntry, ...]:
        """A page of those the portal gave a receipt for, and has not yet said to have in its backup."""
        return self.page(after_seq, limit, (State.RECEIPTED,))

    def counts(self) -> dict[State, int]:
        """How many dossiers are in each state; every state is there. Read from an index alone."""
        counted: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute("SELECT state, count(*) FROM dossier GROUP BY state").fetchall()
        )
        return dict.fromkeys(State, 0) | {State(state): count for state, count in counted}

    def withdrawals_due(self) -> tuple[UUID, ...]:
        """The dossiers whose withdrawal the portal has yet to hear of, in the order of asking."""
        found: list[tuple[Any, ...]] = self._worker.read(
            lambda connection: connection.execute(
                "SELECT client_ref FROM dossier WHERE withdrawal_asked_at IS NOT NULL AND state <> 'withdrawn'"
                " ORDER BY withdrawal_asked_at, seq"
            ).fetchall()
        )
        return tuple(UUID(bytes=row[0]) for row in found)

    def withdrawal(self, client_ref: UUID) -> Withdrawal | None:
        """The wish to have this dossier back, if there ever was one; what a signed withdrawal must say."""
        found = self._worker.read(
            lambda connection: connection.execute(
                "SELECT manifest_sha256, withdrawal_asked_at, withdrawal_proof FROM dossier"
                " WHERE client_ref = ? AND withdrawal_asked_at IS NOT NULL",
                (client_ref.bytes,),
            ).fetchone()
        )
        return Withdrawal(client_ref, found[0], instant(found[1]), found[2]) if found else None

    def highest_seq(self) -> int:
        """The highest number that a dossier was ever given here, 0 if none was; also after its tombstone ended."""
        return self._worker.read(highest_seq)

    def _entries(self, where: str, *values: object) -> tuple[OutboxEntry, ...]:
        def read(connection: apsw.Connection) -> tuple[OutboxEntry, ...]:
            return tuple(_entry(row) for row in connection.execute(f"{_ENTRIES} {where}", values))

        return self._worker.read(read)


def find_entry(connection: apsw.Connection, client_ref: UUID) -> OutboxEntry | None:
    """The dossier of that reference, inside the caller's transaction."""
    row = connection.execute(f"{_ENTRIES} WHERE client_ref = ?", (client_ref.bytes,)).fetchone()
    return _entry(row) if row else None


def _entry(row: tuple[Any, ...]) -> OutboxEntry:
    ref, seq, slip_code, service_code, state, attempts, sealed_at, next_try_at, problem, national_code, size, asked = (
        row
    )
    return OutboxEntry(
        client_ref=UUID(bytes=ref),
        seq=seq,
        slip_code=slip_code,
        service_code=service_code,
        state=State(state),
        attempts=attempts,
        sealed_at=instant(sealed_at),
        next_try_at=None if next_try_at is None else instant(next_try_at),
        problem=problem,
        national_code=national_code,
        size_bytes=size,
        withdrawal_asked_at=None if asked is None else instant(asked),
    )


def highest_seq(connection: apsw.Connection) -> int:
    """The highest number that a dossier was ever given, 0 before the first, inside the caller's transaction."""
    found: int | None = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'dossier'").get
    return found or 0
