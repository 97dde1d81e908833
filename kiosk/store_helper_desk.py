"""The shifts of helpers in the store: begun with badge and PIN, ended by time, by the helper or by revocation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import apsw

from kiosk import audit
from kiosk.audit import AuditEvent
from kiosk.badges import Badge, Origin, pin_fits, read_badge
from kiosk.helper_desk import BadgedHelper, BadgeRefusal, CheckedIn, CheckInAnswer
from kiosk.pin_lock import Tries, count, refused
from kiosk.ports import Clock
from kiosk.staff import Locked
from kiosk.store_reserve import ReservedWorker
from kiosk.store_schema import instant, microseconds

# What a time server may correct: a shift that seems to begin later than that was begun by another clock.
_CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class HelperLimits:
    """How long a shift lasts, and how long the portal's roster is good without the portal."""

    shift: timedelta = timedelta(hours=4)
    roster_good: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Row:
    """A badge as it is kept."""

    helper: BadgedHelper
    badge_sha256: str
    pin_verifier: str
    ends_at: datetime
    """When the badge ends to be good: its own day, or the roster's, whatever is earlier."""
    revoked: bool


class StoreHelperDesk:
    """Is `kiosk.helper_desk.HelperDesk`. Safe to use from every thread; all calls block and raise StoreProblem.

    While the program runs, a clock that nobody can set says when a lock and a shift are over; a wall clock that goes
    forward ends a shift too. After a restart there is the wall clock alone, and a shift from the future is none.
    """

    def __init__(self, worker: ReservedWorker, clock: Clock) -> None:
        self.limits = HelperLimits()
        self._worker = worker
        self._clock = clock
        self._locked_at_s: dict[str, float] = {}
        self._begun_at_s: dict[str, float] = {}

    def any(self) -> bool:
        """Whether anybody has a badge that is good here."""
        now = self._clock.now()

        def read(connection: apsw.Connection) -> bool:
            good = "SELECT EXISTS (SELECT 1 FROM helper WHERE NOT revoked AND valid_until > ? AND (origin = ? OR ?))"
            roster_good = _roster_ends(connection, self.limits) > now
            return bool(connection.execute(good, (microseconds(now), Origin.LOCAL.value, roster_good)).get)

        return self._worker.read(read)

    def on_duty(self, now: datetime) -> tuple[CheckedIn, ...]:
        """Who has checked in and whose shift is not over, by name."""

        def read(connection: apsw.Connection) -> tuple[CheckedIn, ...]:
            rows = connection.execute(
                "SELECT code, begun_at, ends_at FROM helper_shift JOIN helper USING (code) ORDER BY name, code"
            )
            shifts = []
            for code, begun_us, ends_us in rows:
                row = _row(connection, code, self.limits)
                ends = self._ends(code, instant(begun_us), instant(ends_us), now)
                until = min(ends, row.ends_at) if row else now
                if row and not row.revoked and now < until:
                    shifts.append(CheckedIn(row.helper, until))
            return tuple(shifts)

        return self._worker.read(read)

    def check_in(self, badge: str, pin: str, now: datetime) -> CheckInAnswer:
        """Begin a shift with the text of a badge's code and its PIN. Each try counts before it is looked at, for that
        badge: so nobody is locked out by who has not the badge."""
        shown = read_badge(badge)
        row = self._worker.read(lambda connection: _row(connection, shown.code, self.limits)) if shown else None
        if shown is None or row is None or not shown.fits(row.badge_sha256):
            return BadgeRefusal.UNKNOWN
        if refusal := _refusal(row, now):
            self._worker.write(lambda connection: audit.append(connection, AuditEvent.HELPER_REFUSED, None, now))
            return refusal
        failures = self._worker.write(
            lambda connection: _count_try(connection, shown.code, now, self._waited(shown.code))
        )
        if isinstance(failures, Locked):
            return failures
        if pin_fits(shown, pin, row.pin_verifier):  # here: the store's own thread has better things to do than to hash
            self._locked_at_s.pop(shown.code, None)
            return self._worker.write(lambda connection: self._begin(connection, shown, now))
        answer = refused(failures, now)
        if isinstance(answer, Locked):
            self._locked_at_s[shown.code] = self._clock.monotonic_s()
        event = AuditEvent.HELPER_LOCKED if isinstance(answer, Locked) else AuditEvent.HELPER_REFUSED
        self._worker.write(lambda connection: audit.append(connection, event, None, now))
        return answer

    def check_out(self, code: str, now: datetime) -> None:
        """End that helper's shift."""

        def work(connection: apsw.Connection) -> None:
            connection.execute("DELETE FROM helper_shift WHERE code = ?", (code,))
            if connection.changes():
                audit.append(connection, AuditEvent.HELPER_CHECKED_OUT, None, now)

        self._worker.write(work)

    def _begin(self, connection: apsw.Connection, badge: Badge, now: datetime) -> CheckInAnswer:
        """While the PIN was hashed the badge may have been taken away or renewed."""
        row = _row(connection, badge.code, self.limits)
        if row is None or not badge.fits(row.badge_sha256):
            return BadgeRefusal.UNKNOWN
        if refusal := _refusal(row, now):
            return refusal
        until = min(now + self.limits.shift, row.ends_at)
        shift = (badge.code, microseconds(now), microseconds(until))
        connection.execute("UPDATE helper SET failures = 0, locked_at = NULL WHERE code = ?", (badge.code,))
        connection.execute("INSERT OR REPLACE INTO helper_shift VALUES (?, ?, ?)", shift)
        audit.append(connection, AuditEvent.HELPER_CHECKED_IN, None, now)
        self._begun_at_s[badge.code] = self._clock.monotonic_s()
        return CheckedIn(row.helper, until)

    def _ends(self, code: str, begun: datetime, ends: datetime, now: datetime) -> datetime:
        """When a shift ends, on the wall clock as it is now."""
        if code not in self._begun_at_s:
            return ends if begun <= now + _CLOCK_TOLERANCE else now
        worked = timedelta(seconds=self._clock.monotonic_s() - self._begun_at_s[code])
        return min(ends, now + (ends - begun) - worked)

    def _waited(self, code: str) -> timedelta | None:
        """How long a lock has lasted, if this program has placed it."""
        locked_at_s = self._locked_at_s.get(code)
        return None if locked_at_s is None else timedelta(seconds=self._clock.monotonic_s() - locked_at_s)


def _refusal(row: _Row, now: datetime) -> BadgeRefusal | None:
    if row.revoked:
        return BadgeRefusal.REVOKED
    return BadgeRefusal.EXPIRED if row.ends_at <= now else None


def _row(connection: apsw.Connection, code: str, limits: HelperLimits) -> _Row | None:
    found = connection.execute(
        """SELECT name, unit, phones, origin, badge_sha256, pin_verifier, valid_until, revoked
        FROM helper WHERE code = ?""",
        (code,),
    ).fetchone()
    if found is None:
        return None
    name, unit, phones, origin, badge, verifier, until_us, revoked = found
    until = instant(until_us)
    if origin == Origin.ROSTER:
        until = min(until, _roster_ends(connection, limits))
    return _Row(BadgedHelper(code, name, unit, tuple(phones.split())), badge, verifier, until, bool(revoked))


def _roster_ends(connection: apsw.Connection, limits: HelperLimits) -> datetime:
    """When the portal's list is too old to be believed."""
    confirmed_us = connection.execute("SELECT confirmed_at FROM roster").get
    return instant(confirmed_us or 0) + limits.roster_good


def _count_try(connection: apsw.Connection, code: str, now: datetime, waited: timedelta | None) -> int | Locked:
    """How many wrong ones in a row it is with that badge, should this be one; Locked when it is not looked at."""
    [(failures, locked_us)] = connection.execute("SELECT failures, locked_at FROM helper WHERE code = ?", (code,))
    counted = count(Tries(failures, None if locked_us is None else instant(locked_us)), now, waited)
    after = counted.tries
    locked_us = None if after.locked_at is None else microseconds(after.locked_at)
    change = "UPDATE helper SET failures = ?, locked_at = ? WHERE code = ?"
    connection.execute(change, (after.failures, locked_us, code))
    return counted.locked or after.failures
