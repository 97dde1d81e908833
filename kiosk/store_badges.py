"""Who has a helper's badge, in the store: those that this kiosk made, and those of the portal's roster."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import apsw

from kiosk import audit
from kiosk.audit import AuditEvent
from kiosk.badges import (
    Badge,
    BadgeHolder,
    MadeBadge,
    NewBadgeRefusal,
    NewHelper,
    Origin,
    new_badge,
    new_code,
    pin_refusal_of,
    refusal_of,
    verifier_of,
)
from kiosk.helper_desk import BadgedHelper
from kiosk.roster import Roster
from kiosk.store_reserve import ReservedWorker
from kiosk.store_schema import instant, microseconds

_PUT = """INSERT INTO helper (code, origin, name, unit, phones, badge_sha256, pin_verifier, valid_until, revoked)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, unit = excluded.unit, phones = excluded.phones,
        failures = iif(badge_sha256 = excluded.badge_sha256, failures, 0),
        locked_at = iif(badge_sha256 = excluded.badge_sha256, locked_at, NULL),
        badge_sha256 = excluded.badge_sha256, pin_verifier = excluded.pin_verifier,
        valid_until = excluded.valid_until,
        revoked = excluded.revoked OR (revoked AND badge_sha256 = excluded.badge_sha256)"""


@dataclass(frozen=True, slots=True)
class RosterStanding:
    """Which roster is in use, and when the portal last said that it is the newest."""

    source: str
    version: int
    etag: str
    confirmed_at: datetime


class RosterAnswer(StrEnum):
    """What became of a roster that the portal had signed."""

    TAKEN = "taken"
    SAME = "same"
    OLDER = "older"
    """Its version is below that of the list in use: an old one was played back."""
    OTHER_CONTENT = "other_content"
    """It says something else under the version in use."""


class StoreBadges:
    """Safe to use from every thread; all calls block and raise StoreProblem."""

    def __init__(self, worker: ReservedWorker) -> None:
        self._worker = worker

    def add(self, new: NewHelper, pin: str, now: datetime, badge: Badge | None = None) -> MadeBadge | NewBadgeRefusal:
        """Make a badge for somebody. `badge` is one that was printed before, where a demo ships it."""
        new = new.canonical()
        if refusal := refusal_of(new, pin, now):
            return refusal
        made = badge or new_badge(self._free_code(new.name))
        helper = BadgedHelper(made.code, new.name, new.unit, new.phones)
        verifier = verifier_of(made, pin)

        def work(connection: apsw.Connection) -> MadeBadge | NewBadgeRefusal:
            if not new.again and _has_badge(connection, new, now):
                return NewBadgeRefusal.TWICE
            _put(connection, Origin.LOCAL, helper, (made.sha256, verifier), (new.valid_until, False))
            audit.append(connection, AuditEvent.HELPER_ADDED, None, now)
            return MadeBadge(made, helper, new.valid_until)

        return self._worker.write(work)

    def renew(self, code: str, pin: str, now: datetime) -> MadeBadge | NewBadgeRefusal:
        """Make another badge, with a PIN, for somebody whose badge this kiosk made: the one before is worth nothing
        from then on, and a shift under way ends. A badge of the roster is renewed at the portal."""
        if refusal := pin_refusal_of(pin):
            return refusal
        made = new_badge(code)
        verifier = verifier_of(made, pin)

        def work(connection: apsw.Connection) -> MadeBadge | NewBadgeRefusal:
            known = next((each for each in _holders(connection) if each.helper.code == code), None)
            if known is None or known.origin is not Origin.LOCAL or known.revoked:
                return NewBadgeRefusal.UNKNOWN
            if known.valid_until <= now:
                return NewBadgeRefusal.OVER
            _put(connection, Origin.LOCAL, known.helper, (made.sha256, verifier), (known.valid_until, False))
            connection.execute("DELETE FROM helper_shift WHERE code = ?", (code,))
            audit.append(connection, AuditEvent.HELPER_ADDED, None, now)
            return MadeBadge(made, known.helper, known.valid_until)

        return self._worker.write(work)

    def revoke(self, code: str, now: datetime) -> bool:
        """Take a badge away, at once and for good; one of the roster is taken away at this kiosk alone, until the
        portal gives its holder another. False where nobody has a badge of that code that is not taken away."""

        def work(connection: apsw.Connection) -> bool:
            connection.execute("UPDATE helper SET revoked = 1 WHERE code = ? AND NOT revoked", (code,))
            if not connection.changes():
                return False
            connection.execute("DELETE FROM helper_shift WHERE code = ?", (code,))
            audit.append(connection, AuditEvent.HELPER_REVOKED, None, now)
            return True

        return self._worker.write(work)

    def holders(self) -> tuple[BadgeHolder, ...]:
        """Everybody who has a badge or had one, by name."""
        return self._worker.read(lambda connection: tuple(_holders(connection)))

    def standing(self) -> RosterStanding | None:
        """The roster in use; None where there never was one."""

        def read(connection: apsw.Connection) -> RosterStanding | None:
            row = connection.execute("SELECT source, version, etag, confirmed_at FROM roster").fetchone()
            if row is None:
                return None
            found, version, known_etag, confirmed_us = row
            return RosterStanding(found, version, known_etag, instant(confirmed_us))

        return self._worker.read(read)

    def confirm(self, etag: str, now: datetime) -> None:
        """The portal says that the roster of that ETag is the newest."""
        change = "UPDATE roster SET confirmed_at = ? WHERE etag = ?"
        self._worker.write(lambda connection: connection.execute(change, (microseconds(now), etag)))

    def take(self, roster: Roster, source: str, sha256: str, etag: str, now: datetime) -> RosterAnswer:
        """Put a roster in the place of the one before, whole or not at all; whoever is revoked in it, has another
        badge, or is not in it, is off duty at once. `source` is the portal and agency whose it is,
        `sha256` of its payload: the verified word of the portal for this kiosk. A version that falls is refused, but
        from another source."""

        def work(connection: apsw.Connection) -> RosterAnswer:
            row = connection.execute("SELECT version, sha256 FROM roster WHERE source = ?", (source,)).fetchone()
            version, known = row or (-1, "")
            if roster.version < version:
                return RosterAnswer.OLDER
            if roster.version == version and sha256 != known:
                return RosterAnswer.OTHER_CONTENT
            standing = (source, roster.version, sha256, etag, microseconds(now))
            connection.execute("INSERT OR REPLACE INTO roster VALUES (1, ?, ?, ?, ?, ?)", standing)
            if roster.version == version:
                return RosterAnswer.SAME
            _replace(connection, roster)
            audit.append(connection, AuditEvent.ROSTER_TAKEN, None, now)
            return RosterAnswer.TAKEN

        return self._worker.write(work)

    def forget_roster(self, source: str, now: datetime) -> bool:
        """The helpers of every other portal and agency than `source` have no badge here any more: this kiosk was
        enrolled elsewhere. Whether there was such a roster. Whose badge was taken away is kept, as with a new list."""

        def work(connection: apsw.Connection) -> bool:
            connection.execute("DELETE FROM roster WHERE source <> ?", (source,))
            if not connection.changes():
                return False
            connection.execute("DELETE FROM helper WHERE origin = ? AND NOT revoked", (Origin.ROSTER.value,))
            audit.append(connection, AuditEvent.ROSTER_TAKEN, None, now)
            return True

        return self._worker.write(work)

    def forget_over(self, before: datetime) -> int:
        """Remove who has had no good badge since `before`, and say how many; those of the roster that were not taken
        away the portal removes."""

        def work(connection: apsw.Connection) -> int:
            over = "DELETE FROM helper WHERE (origin = ? OR revoked) AND valid_until < ?"
            connection.execute(over, (Origin.LOCAL.value, microseconds(before)))
            return connection.changes()

        return self._worker.write(work)

    def _free_code(self, name: str) -> str:
        known = {holder.helper.code for holder in self.holders()}
        while (code := new_code(name, local=True)) in known:
            pass
        return code


def _replace(connection: apsw.Connection, roster: Roster) -> None:
    """Shifts end where the badge is not the one that they were begun with. Who was taken away is kept though the list
    does not have them: a later list that has them again gives the same badge nothing back."""
    of_roster = "SELECT code, badge_sha256 FROM helper WHERE origin = ?"
    before = {str(code): badge for code, badge in connection.execute(of_roster, (Origin.ROSTER.value,))}
    good = {each.code: each.badge_sha256 for each in roster.helpers if not each.revoked}
    over = [(code,) for code, badge in before.items() if good.get(code) != badge]
    connection.executemany("DELETE FROM helper_shift WHERE code = ?", over)
    gone = before.keys() - {each.code for each in roster.helpers}
    connection.executemany("DELETE FROM helper WHERE code = ? AND NOT revoked", [(code,) for code in gone])
    for each in roster.helpers:
        helper = BadgedHelper(each.code, each.name, each.unit, each.phones)
        _put(
            connection, Origin.ROSTER, helper, (each.badge_sha256, each.pin_verifier), (each.valid_until, each.revoked)
        )


def _put(
    connection: apsw.Connection,
    origin: Origin,
    helper: BadgedHelper,
    badge: tuple[str, str],
    good: tuple[datetime, bool],
) -> None:
    """`badge`: its digest and the PIN's verifier. `good`: until when, and whether it was taken away."""
    until, revoked = good
    who = (helper.code, origin.value, helper.name, helper.unit, " ".join(helper.phones))
    connection.execute(_PUT, (*who, *badge, microseconds(until), int(revoked)))


def _has_badge(connection: apsw.Connection, new: NewHelper, now: datetime) -> bool:
    """A badge that is over, or taken away, is none."""
    good = (each for each in _holders(connection) if not each.revoked and each.valid_until > now)
    return any(new.is_called_as(each.helper) for each in good)


def _holders(connection: apsw.Connection) -> Iterator[BadgeHolder]:
    rows = connection.execute(
        """SELECT code, name, unit, phones, origin, valid_until, revoked, ends_at
        FROM helper LEFT JOIN helper_shift USING (code) ORDER BY name, code"""
    )
    for code, name, unit, phones, origin, until, revoked, ends_at in rows:
        helper = BadgedHelper(code, name, unit, tuple(phones.split()))
        on_duty = None if ends_at is None else instant(ends_at)
        yield BadgeHolder(helper, Origin(origin), instant(until), bool(revoked), on_duty)
