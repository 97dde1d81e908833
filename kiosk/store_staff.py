"""The staff of the counter in the store: their PINs, the lock after wrong ones, and what each did with a dossier."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import apsw
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from kiosk import audit
from kiosk.audit import AuditEvent
from kiosk.pin_lock import FREE_TRIES, Tries, count, refused
from kiosk.ports import Clock
from kiosk.staff import Locked, PinAnswer, SignedIn, StaffRefusal, canonical_name, refusal_of
from kiosk.store_reserve import ReservedWorker
from kiosk.store_schema import instant, microseconds

# OWASP's cheapest parameters for Argon2id (Password Storage Cheat Sheet): every hash is tried, for a PIN names nobody.
# Six digits would not withstand an attack on the hash at any cost; what protects them is the file's own encryption.
MEMORY_KIB = 19 * 1024
_PASSES = 2


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who has a PIN, and since when it is this one."""

    name: str
    added_at: datetime


class Act(StrEnum):
    """What is kept with the name of who did it. The values are kept for ever."""

    VIEWED = "viewed"
    WITHDREW = "withdrew"
    EXPORTED = "exported"
    ATTESTED = "attested"  # to whose an unfinished visit is, which was then opened


_EVENTS = {
    Act.VIEWED: AuditEvent.STAFF_VIEWED,
    Act.WITHDREW: AuditEvent.STAFF_WITHDREW,
    Act.EXPORTED: AuditEvent.STAFF_EXPORTED,
    Act.ATTESTED: AuditEvent.DRAFT_OPENED_BY_STAFF,
}


@dataclass(frozen=True, slots=True)
class StaffAct:
    """Somebody of the staff saw a dossier's people, withdrew it, or copied the queue, which is no single dossier's."""

    at: datetime
    act: Act
    staff: str
    client_ref: UUID | None


class StoreStaff:
    """Is `kiosk.staff.StaffPins`, and more. Safe to use from every thread; all calls block and raise StoreProblem."""

    def __init__(self, worker: ReservedWorker, clock: Clock) -> None:
        """`clock` measures a lock while the program runs, whatever is done to the wall clock meanwhile."""
        self._worker = worker
        self._clock = clock
        self._locked_at_s: float | None = None
        self._hasher = PasswordHasher(time_cost=_PASSES, memory_cost=MEMORY_KIB, parallelism=1)

    def any(self) -> bool:
        """Whether anybody has a PIN."""
        return bool(self._worker.read(lambda connection: connection.execute("SELECT EXISTS (SELECT 1 FROM staff)").get))

    def members(self) -> tuple[StaffMember, ...]:
        """Everybody who has a PIN, by name."""

        def read(connection: apsw.Connection) -> tuple[StaffMember, ...]:
            rows = connection.execute("SELECT name, added_at FROM staff ORDER BY name")
            return tuple(StaffMember(name, instant(added_at)) for name, added_at in rows)

        return self._worker.read(read)

    def add(self, name: str, pin: str, now: datetime) -> StaffRefusal | None:
        """Give somebody a PIN, in the place of the one before; None when it is done."""
        name = canonical_name(name)
        if refusal := refusal_of(name, pin):
            return refusal
        if self._owner(pin, self._hashes()) not in (None, name):
            return StaffRefusal.EASY
        pin_hash = self._hasher.hash(pin)

        def work(connection: apsw.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO staff VALUES (?, ?, ?)", (name, pin_hash, microseconds(now)))
            audit.append(connection, AuditEvent.STAFF_ADDED, None, now)

        self._worker.write(work)
        return None

    def remove(self, name: str, now: datetime) -> bool:
        """Take somebody's PIN away; False when nobody of that name has one."""
        name = canonical_name(name)

        def work(connection: apsw.Connection) -> bool:
            connection.execute("DELETE FROM staff WHERE name = ?", (name,))
            known = connection.changes() > 0
            if known:
                audit.append(connection, AuditEvent.STAFF_REMOVED, None, now)
            return known

        return self._worker.write(work)

    def sign_in(self, pin: str, now: datetime) -> PinAnswer:
        """Whose PIN this is. The try is counted before it is looked at, so that tries at the same time count too, and
        one that a power cut interrupts. Five wrong ones in a row lock for five minutes, the next five for twice as
        long, up to an hour."""
        failures = self._worker.write(lambda connection: _count_try(connection, now, self._waited()))
        if isinstance(failures, Locked):
            return failures
        name = self._owner(pin, self._hashes())
        if name is not None:
            self._locked_at_s = None
            self._worker.write(lambda connection: _forgive(connection, now))
            return SignedIn(name)
        locks = failures % FREE_TRIES == 0
        self._locked_at_s = self._clock.monotonic_s() if locks else None
        self._worker.write(lambda connection: _note_refusal(connection, now, locks=locks))
        return refused(failures, now)

    def note(self, act: Act, staff: str, client_ref: UUID | None, now: datetime) -> None:
        """Keep for ever who is about to do it."""

        def work(connection: apsw.Connection) -> None:
            audit.append(connection, _EVENTS[act], client_ref, now)
            row = (microseconds(now), act.value, staff, client_ref.bytes if client_ref else None)
            connection.execute("INSERT INTO staff_act SELECT max(seq), ?, ?, ?, ? FROM event", row)

        self._worker.write(work)

    def acts(self) -> tuple[StaffAct, ...]:
        """Everything that was ever noted, oldest first."""

        def read(connection: apsw.Connection) -> tuple[StaffAct, ...]:
            rows = connection.execute("SELECT at, act, staff, client_ref FROM staff_act ORDER BY event")
            return tuple(
                StaffAct(instant(at), Act(act), staff, UUID(bytes=ref) if ref else None) for at, act, staff, ref in rows
            )

        return self._worker.read(read)

    def _waited(self) -> timedelta | None:
        """How long the lock has lasted, if this program has placed it."""
        if self._locked_at_s is None:
            return None
        return timedelta(seconds=self._clock.monotonic_s() - self._locked_at_s)

    def _hashes(self) -> list[tuple[str, str]]:
        def read(connection: apsw.Connection) -> list[tuple[str, str]]:
            rows = connection.execute("SELECT name, pin_hash FROM staff ORDER BY name")
            return [(str(name), str(pin_hash)) for name, pin_hash in rows]

        return self._worker.read(read)

    def _owner(self, pin: str, hashes: list[tuple[str, str]]) -> str | None:
        """Whose PIN it is. Runs in the caller's thread: the store's own has better things to do than to hash."""
        for name, pin_hash in hashes:
            try:
                self._hasher.verify(pin_hash, pin)
            except VerifyMismatchError:
                continue
            return name
        return None


def _count_try(connection: apsw.Connection, now: datetime, waited: timedelta | None) -> int | Locked:
    """How many wrong ones in a row it is, should this be one; Locked when it is not looked at."""
    [(failures, locked_us)] = connection.execute("SELECT failures, locked_at FROM staff_tries")
    counted = count(Tries(failures, None if locked_us is None else instant(locked_us)), now, waited)
    after = counted.tries
    locked_us = None if after.locked_at is None else microseconds(after.locked_at)
    connection.execute("UPDATE staff_tries SET failures = ?, locked_at = ?", (after.failures, locked_us))
    return counted.locked or after.failures


def _forgive(connection: apsw.Connection, now: datetime) -> None:
    connection.execute("UPDATE staff_tries SET failures = 0, locked_at = NULL")
    audit.append(connection, AuditEvent.STAFF_SIGNED_IN, None, now)


def _note_refusal(connection: apsw.Connection, now: datetime, *, locks: bool) -> None:
    audit.append(connection, AuditEvent.STAFF_LOCKED if locks else AuditEvent.STAFF_REFUSED, None, now)
