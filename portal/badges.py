"""The helpers of the agencies, at the portal: who has a badge, and the roster that the kiosks of an agency fetch.

Of a badge the portal keeps what a kiosk keeps: a digest, and a verifier that tells the PIN to nobody without the badge.
Names and phones are sealed like the papers.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Row, Select, delete, select, update

from kiosk.badges import (
    KEPT_AFTER_END,
    Badge,
    MadeBadge,
    NewBadgeRefusal,
    NewHelper,
    new_badge,
    new_code,
    pin_refusal_of,
    refusal_of,
    verifier_of,
)
from kiosk.helper_desk import BadgedHelper
from kiosk.manifest import sha256_hex
from kiosk.roster import ROSTER_TYP, Roster, RosterHelper
from portal.database import put_rows
from portal.opening import Portal
from portal.schema import enrol_code, helper, kiosk, roster
from portal.sealing import Sealing

_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class _Who(BaseModel):
    """What is sealed of a helper."""

    name: str
    unit: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedHelper:
    """A helper as the operator sees one."""

    helper: BadgedHelper
    agency_code: str
    valid_until: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class RosterStanding:
    """The version of an agency's roster; 0 while it never had a helper. `etag` changes with it, and with the key."""

    agency_code: str
    version: int
    issued_at: datetime
    etag: str


def add(
    portal: Portal, agency_code: str, new: NewHelper, pin: str, badge: Badge | None = None
) -> MadeBadge | NewBadgeRefusal:
    """Make a badge for a helper of that agency; UNKNOWN for an agency that has no kiosk and no code for one. `badge` is
    one that was printed before, where a demo ships it."""
    now, new = portal.now(), new.canonical()
    if refusal := refusal_of(new, pin, now):
        return refusal
    with portal.database.write() as connection:
        if not _is_known(connection, agency_code):
            return NewBadgeRefusal.UNKNOWN
        _rise(connection, agency_code, now)  # first: whoever adds another at the same time waits here
        if not new.again and _has_badge(connection, portal.sealing, _good(agency_code, now), new):
            return NewBadgeRefusal.TWICE
        made = badge or new_badge(_free_code(connection, new.name))
        row = {
            "code": made.code,
            "agency_code": agency_code,
            "who_sealed": _sealed(portal.sealing, made.code, new),
            "badge_sha256": made.sha256,
            "pin_verifier": verifier_of(made, pin),
            "valid_until": new.valid_until,
            "added_at": now,
        }
        connection.execute(helper.insert().values(row))
    return MadeBadge(made, BadgedHelper(made.code, new.name, new.unit, new.phones), new.valid_until)


def renew(portal: Portal, code: str, pin: str) -> MadeBadge | NewBadgeRefusal:
    """Make another badge with a PIN for a helper: the one before is worth nothing as soon as a kiosk has the roster."""
    if refusal := pin_refusal_of(pin):
        return refusal
    now, made = portal.now(), new_badge(code)
    with portal.database.write() as connection:
        row = connection.execute(select(helper).where(helper.c.code == code)).one_or_none()
        if row is None or row.revoked_at is not None:
            return NewBadgeRefusal.UNKNOWN
        if row.valid_until <= now:
            return NewBadgeRefusal.OVER
        _rise(connection, row.agency_code, now)
        values = {"badge_sha256": made.sha256, "pin_verifier": verifier_of(made, pin)}
        connection.execute(update(helper).where(helper.c.code == code).values(values))
    return MadeBadge(made, _opened(portal.sealing, row), row.valid_until)


def revoke(portal: Portal, code: str) -> bool:
    """Take a badge away for good. False where nobody has one of that code that was not taken away before."""
    now = portal.now()
    with portal.database.write() as connection:
        good = (helper.c.code == code) & helper.c.revoked_at.is_(None)
        taken = update(helper).where(good).values(revoked_at=now).returning(helper.c.agency_code)
        agency_code = connection.scalar(taken)
        if agency_code is None:
            return False
        _rise(connection, agency_code, now)
    return True


def listed(portal: Portal, agency_code: str = "") -> list[ListedHelper]:
    """The helpers of that agency, or of all, in the order of agencies and codes."""
    with portal.database.read() as connection:
        rows = connection.execute(_of(agency_code)).all()
    return [
        ListedHelper(_opened(portal.sealing, row), row.agency_code, row.valid_until, row.revoked_at is not None)
        for row in rows
    ]


def standing(portal: Portal, agency_code: str) -> RosterStanding:
    """The version of that agency's roster."""
    with portal.database.read() as connection:
        return _standing(connection, portal, agency_code)


def signed_roster(portal: Portal, agency_code: str) -> tuple[str, RosterStanding]:
    """The roster of that agency as a compact JWS; the same bytes as long as its version and the key are the same."""
    with portal.database.read() as connection:
        found = _standing(connection, portal, agency_code)
        rows = connection.execute(_of(agency_code)).all()
    helpers = tuple(_on_wire(portal.sealing, row) for row in rows)
    content = Roster(agency=agency_code, version=found.version, issued_at=found.issued_at, helpers=helpers)
    return portal.keys.sign(content.model_dump_json().encode(), ROSTER_TYP), found


def _standing(connection: Connection, portal: Portal, agency_code: str) -> RosterStanding:
    row = connection.execute(select(roster).where(roster.c.agency_code == agency_code)).one_or_none()
    version, issued_at = (row.version, row.issued_at) if row else (0, _NEVER)
    key = portal.keys.signing[-1].public_key().public_bytes_raw().hex()
    etag = sha256_hex(f"{agency_code} {version} {issued_at.isoformat()} {key}".encode())
    return RosterStanding(agency_code, version, issued_at, f'"{etag[:32]}"')


def _rise(connection: Connection, agency_code: str, now: datetime) -> None:
    """A version is the second in which it began, or one above the last: so it rises too when the database of a backup
    was put back, and kiosks, which refuse one that falls, go on."""
    put_rows(connection, roster, [{"agency_code": agency_code, "version": 0, "issued_at": now}])
    of_agency = roster.c.agency_code == agency_code
    connection.execute(update(roster).where(of_agency).values(issued_at=now, version=roster.c.version + 1))
    long_over = helper.c.valid_until < now - KEPT_AFTER_END  # only now: what a version says never changes
    connection.execute(delete(helper).where(helper.c.agency_code == agency_code, long_over))
    second = int(now.timestamp())
    connection.execute(update(roster).where(of_agency, roster.c.version < second).values(version=second))


def _is_known(connection: Connection, agency_code: str) -> bool:
    kiosks = select(kiosk.c.kiosk_id).where(kiosk.c.agency_code == agency_code)
    codes = select(enrol_code.c.code_sha256).where(enrol_code.c.agency_code == agency_code)
    return any(connection.execute(query.limit(1)).one_or_none() is not None for query in (kiosks, codes))


def _has_badge(connection: Connection, sealing: Sealing, good: Select[tuple[Any, ...]], new: NewHelper) -> bool:
    return any(new.is_called_as(_opened(sealing, row)) for row in connection.execute(good).all())


def _free_code(connection: Connection, name: str) -> str:
    known = set(connection.scalars(select(helper.c.code)))
    while (code := new_code(name, local=False)) in known:
        pass
    return code


def _of(agency_code: str) -> Select[tuple[Any, ...]]:
    query = select(helper).order_by(helper.c.agency_code, helper.c.code)
    return query.where(helper.c.agency_code == agency_code) if agency_code else query


def _good(agency_code: str, now: datetime) -> Select[tuple[Any, ...]]:
    """A badge that is over, or taken away, is none."""
    return _of(agency_code).where(helper.c.revoked_at.is_(None), helper.c.valid_until > now)


def _sealed(sealing: Sealing, code: str, new: NewHelper) -> bytes:
    who = _Who(name=new.name, unit=new.unit, phones=new.phones)
    return sealing.seal(who.model_dump_json().encode(), f"helper/{code}")


def _opened(sealing: Sealing, row: Row[Any]) -> BadgedHelper:
    who = _Who.model_validate_json(sealing.open(row.who_sealed, f"helper/{row.code}"))
    return BadgedHelper(row.code, who.name, who.unit, who.phones)


def _on_wire(sealing: Sealing, row: Row[Any]) -> RosterHelper:
    who = _opened(sealing, row)
    return RosterHelper(
        code=who.code,
        name=who.name,
        unit=who.unit,
        phones=who.phones,
        badge_sha256=row.badge_sha256,
        pin_verifier=row.pin_verifier,
        valid_until=row.valid_until,
        revoked=row.revoked_at is not None,
    )
