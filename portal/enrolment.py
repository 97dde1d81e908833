"""One-time codes, and the kiosks that were enrolled with them."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, bindparam, select, update

from kiosk.manifest import WireCode, sha256_hex
from kiosk.receipt import EnrolRequest, ProblemType
from portal.jwk import read_signing_jwk, to_base64url
from portal.problems import Refused
from portal.schema import enrol_code, kiosk

CODE_VALID_S = 24 * 3600.0
AGENCY_SCHEME = "20/2020/QĐ-TTg"  # identifiers of state agencies: the Prime Minister's Decision 20/2020/QĐ-TTg

# Crockford's base 32: no letter that is mistaken for a digit; 12 characters are 60 random bits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_BY_ID = select(kiosk).where(kiosk.c.kiosk_id == bindparam("id"))  # made once: it is run at every call
_READ_AS = str.maketrans("OIL", "011", "- ")


@dataclass(frozen=True, slots=True)
class Office:
    """The office whose kiosk is enrolled: the agency that receives there, and how screens name and call it."""

    agency_code: str
    agency_name: str
    name: str
    hotline: str


@dataclass(frozen=True, slots=True)
class Kiosk:
    """An enrolled kiosk. `follows` are the kiosks in whose place it stands, the latest first."""

    id: str
    public_key: str
    office: Office
    revoked: bool
    cloned: bool = False
    follows: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names under which its dossiers may have been sealed."""
        return (self.id, *self.follows)

    @property
    def agency(self) -> WireCode:
        """The agency that receives what this kiosk files."""
        return WireCode(code=self.office.agency_code, name=self.office.agency_name, scheme=AGENCY_SCHEME)


def new_code(connection: Connection, office: Office, now: datetime, follows: str | None = None) -> str:
    """A one-time code for the office, valid for CODE_VALID_S. Only its digest is kept. The kiosk that it enrols stands
    in the place of the kiosk `follows`, whose right to call ends then."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    connection.execute(
        enrol_code.insert().values(
            code_sha256=_digest(letters),
            agency_code=office.agency_code,
            agency_name=office.agency_name,
            office_name=office.name,
            hotline=office.hotline,
            expires_at=now + timedelta(seconds=CODE_VALID_S),
            follows=follows,
        )
    )
    return "-".join(letters[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def enrol(connection: Connection, request: EnrolRequest, now: datetime) -> Kiosk:
    """The kiosk that this code and key make. The same code with the same key answers the same kiosk again, for an
    answer may be lost on the line; with another key it is used up. Raises Refused."""
    try:
        public_key = to_base64url(read_signing_jwk(request.public_key).public_bytes_raw())
    except ValueError as error:
        raise Refused(ProblemType.ENROL_CODE, f"public_key: {error}") from error
    by_code = enrol_code.c.code_sha256 == _digest(request.code)
    code = connection.execute(select(enrol_code).where(by_code).with_for_update()).one_or_none()
    if code is not None and code.kiosk_id is not None:
        before = find_kiosk(connection, code.kiosk_id)
        if before is not None and before.public_key == public_key:
            return before
    if code is None or code.kiosk_id is not None or code.expires_at <= now:
        raise Refused(ProblemType.ENROL_CODE, "the code is unknown, used or expired")
    if connection.scalar(select(kiosk.c.kiosk_id).where(kiosk.c.public_key == public_key)) is not None:
        raise Refused(ProblemType.ENROL_CODE, "public_key: enrolled before; a kiosk makes a new key each time")
    follows = _line_of(connection, code.follows)
    if strange := set(request.holds).difference(follows):
        raise Refused(ProblemType.ENROL_FOLLOWS, f"a code is needed that follows {', '.join(sorted(strange))}")
    made = Kiosk(str(uuid.uuid4()), public_key, _office(code), revoked=False, follows=follows)
    _store(connection, made, request.device_name, now)
    connection.execute(update(enrol_code).where(by_code).values(kiosk_id=made.id))
    if code.follows is not None:
        still_calls = (kiosk.c.kiosk_id == code.follows) & kiosk.c.revoked_at.is_(None)
        connection.execute(update(kiosk).where(still_calls).values(revoked_at=now))
    return made


def find_kiosk(connection: Connection, kiosk_id: str) -> Kiosk | None:
    """The kiosk of that id."""
    row = connection.execute(_BY_ID, {"id": kiosk_id}).one_or_none()
    if row is None:
        return None
    return Kiosk(
        id=row.kiosk_id,
        public_key=row.public_key,
        office=_office(row),
        revoked=row.revoked_at is not None,
        cloned=row.cloned_at is not None,
        follows=_line_of(connection, row.follows),
    )


def revoke(connection: Connection, kiosk_id: str, now: datetime) -> bool:
    """Take a kiosk's right to call, at once. What it sent before stays. False if there is no such kiosk."""
    changed = connection.execute(update(kiosk).where(kiosk.c.kiosk_id == kiosk_id).values(revoked_at=now))
    return changed.rowcount == 1


def _line_of(connection: Connection, kiosk_id: str | None) -> tuple[str, ...]:
    """That kiosk, the one that it follows, and so on. It ends: a kiosk only ever follows an older one."""
    line: list[str] = []
    while kiosk_id is not None:
        line.append(kiosk_id)
        kiosk_id = connection.scalar(select(kiosk.c.follows).where(kiosk.c.kiosk_id == kiosk_id))
    return tuple(line)


def _store(connection: Connection, made: Kiosk, device_name: str, now: datetime) -> None:
    connection.execute(
        kiosk.insert().values(
            kiosk_id=made.id,
            public_key=made.public_key,
            device_name=device_name,
            agency_code=made.office.agency_code,
            agency_name=made.office.agency_name,
            office_name=made.office.name,
            hotline=made.office.hotline,
            enrolled_at=now,
            follows=made.follows[0] if made.follows else None,
        )
    )


def _office(row: Row[tuple[object, ...]]) -> Office:
    return Office(row.agency_code, row.agency_name, row.office_name, row.hotline)


def _digest(code: str) -> str:
    """The digest of what the code means, however it was typed."""
    return sha256_hex(code.upper().translate(_READ_AS).encode())
