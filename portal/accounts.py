"""Personal accounts of the people who read dossiers: passwords, sessions, and the log of who looked at what."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from kiosk.manifest import sha256_hex
from portal.database import Database
from portal.instants import Now
from portal.schema import account, session, viewing

PASSWORD_MIN_LENGTH = 10
SESSION_IDLE_S = 30 * 60
SESSION_MAX_S = 10 * 3600  # a working day
FREE_TRIES = 5
LOCK_FIRST_S = 60
LOCK_MAX_S = 15 * 60


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The password was right; `token` is for the session's cookie."""

    token: str


@dataclass(frozen=True, slots=True)
class WrongPassword:
    """No such account, or another password: the answer does not tell which."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong tries; the next one counts at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Viewing:
    """One look at a dossier, or at one of its papers."""

    account: str
    document_id: str | None
    at: datetime


class Accounts:
    """The accounts of one portal."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now
        self._hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106 §4, second choice

    def exist(self) -> bool:
        """Whether anyone can log in."""
        with self._database.read() as connection:
            return bool(connection.scalar(select(func.count()).select_from(account)))

    def add(self, name: str, password: str) -> bool:
        """Make an account; for an existing one set the password and end its sessions. True if it is new.

        Raises ValueError for an empty name or a password shorter than PASSWORD_MIN_LENGTH.
        """
        if not name or len(name) > 80 or len(password) < PASSWORD_MIN_LENGTH:
            raise ValueError("name or password")
        values = {"password_hash": self._hasher.hash(password), "failures": 0, "locked_until": None}
        with self._database.write() as connection:
            connection.execute(delete(session).where(session.c.account == name))
            changed = connection.execute(update(account).where(account.c.name == name).values(values))
            if changed.rowcount:
                return False
            connection.execute(account.insert().values(name=name, created_at=self._now(), **values))
            return True

    def log_in(self, name: str, password: str) -> LoggedIn | WrongPassword | Locked:
        """Start a session. The try is counted before the password is looked at, so that tries at the same time
        count too."""
        now = self._now()
        with self._database.write() as connection:
            known = _find(connection, name)
            if known is not None and known.locked_until is not None and known.locked_until > now:
                return Locked(known.locked_until)
            if known is not None:
                _count_failure(connection, known, now)
        if known is None:
            self._hasher.hash(password)  # as long as a verification takes, so that time does not tell names
            return WrongPassword()
        try:
            self._hasher.verify(known.password_hash, password)
        except VerifyMismatchError:
            return WrongPassword()
        token = secrets.token_urlsafe(32)
        with self._database.write() as connection:
            right = {"failures": 0, "locked_until": None}
            connection.execute(update(account).where(account.c.name == name).values(right))
            connection.execute(delete(session).where(_outlived(now)))
            connection.execute(
                session.insert().values(
                    token_sha256=sha256_hex(token.encode()), account=name, started_at=now, last_used_at=now
                )
            )
        return LoggedIn(token)

    def who(self, token: str) -> str | None:
        """The account of a session that has not ended; its idle time starts anew."""
        now = self._now()
        by_token = session.c.token_sha256 == sha256_hex(token.encode())
        use = update(session).where(by_token, ~_ended(now)).values(last_used_at=now).returning(session.c.account)
        with self._database.write() as connection:
            name: str | None = connection.scalar(use)
        return name

    def on_watch(self, token: str) -> str | None:
        """The account of a session of today, though nobody touched it for a while: enough to be told that somebody
        calls for help, which shows nothing of anybody. Does not keep the session alive."""
        mine = (session.c.token_sha256 == sha256_hex(token.encode())) & ~_outlived(self._now())
        with self._database.read() as connection:
            name: str | None = connection.scalar(select(session.c.account).where(mine))
        return name

    def log_out(self, token: str) -> None:
        """End a session."""
        with self._database.write() as connection:
            connection.execute(delete(session).where(session.c.token_sha256 == sha256_hex(token.encode())))

    def record_viewing(self, name: str, client_ref: UUID, document_id: UUID | None = None) -> None:
        """Log a look before it is granted."""
        row = {"account": name, "client_ref": str(client_ref), "at": self._now()}
        paper = None if document_id is None else str(document_id)
        with self._database.write() as connection:
            connection.execute(viewing.insert().values(document_id=paper, **row))

    def viewings(self, client_ref: UUID) -> list[Viewing]:
        """Who looked at a dossier, latest first."""
        of_dossier = select(viewing).where(viewing.c.client_ref == str(client_ref)).order_by(viewing.c.id.desc())
        with self._database.read() as connection:
            return [Viewing(row.account, row.document_id, row.at) for row in connection.execute(of_dossier)]


def _find(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(account).where(account.c.name == name).with_for_update()).one_or_none()


def _count_failure(connection: Connection, known: Row[tuple[object, ...]], now: datetime) -> None:
    failures = known.failures + 1
    lock_s = min(LOCK_FIRST_S * 2 ** min(failures - FREE_TRIES, 10), LOCK_MAX_S)
    locked_until = now + timedelta(seconds=lock_s) if failures >= FREE_TRIES else None
    counted = {"failures": failures, "locked_until": locked_until}
    connection.execute(update(account).where(account.c.name == known.name).values(counted))


def _ended(now: datetime) -> ColumnElement[bool]:
    idle = session.c.last_used_at <= now - timedelta(seconds=SESSION_IDLE_S)
    return idle | _outlived(now)


def _outlived(now: datetime) -> ColumnElement[bool]:
    return session.c.started_at <= now - timedelta(seconds=SESSION_MAX_S)
