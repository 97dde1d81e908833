"""Open a portal: its database, papers and keys, made where they are missing and refused where they do not fit."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from portal.database import Database, read_setting
from portal.instants import Now
from portal.keys import PortalKeys, open_keys
from portal.pieces import PieceStore
from portal.sealing import Sealing
from portal.settings import CannotStart, Settings, StartProblem

DURABLE_AFTER_S = 24 * 3600.0  # a backup every night


@dataclass(frozen=True, slots=True)
class Portal:
    """An open portal: what every request needs."""

    database: Database
    pieces: PieceStore
    sealing: Sealing
    keys: PortalKeys
    token_audience: str
    test: bool
    durable_after_s: float
    now: Now


def open_portal(settings: Settings, now: Now) -> Portal:
    """Open the portal, making it the first time. Raises CannotStart."""
    _check_places(settings)
    keys = open_keys(settings)
    sealing = Sealing(keys.at_rest)
    database = Database(settings.database_url)
    try:
        with database.write() as connection:
            portal_id = read_setting(connection, "portal_id", str(uuid.uuid4()))
            test = read_setting(connection, "test", str(settings.test)) == str(True)
            _check_keys(connection, keys, sealing)
        if settings.test and not test:
            raise CannotStart(StartProblem.NOT_A_TEST_PORTAL)
        pieces = PieceStore(settings.files, sealing)
    except Exception:
        database.close()
        raise
    default_s = 0.0 if test else DURABLE_AFTER_S
    return Portal(
        database=database,
        pieces=pieces,
        sealing=sealing,
        keys=keys,
        token_audience=f"urn:diem-truy-cap:portal:{portal_id}",
        test=test,
        durable_after_s=default_s if settings.durable_after_s is None else settings.durable_after_s,
        now=now,
    )


def _check_keys(connection: Connection, keys: PortalKeys, sealing: Sealing) -> None:
    """The keys are those that the papers were sealed with and that the kiosks pinned."""
    for name, given in (("at_rest_key", sealing.key_id), ("root_key", keys.root_jwk["kid"])):
        first = read_setting(connection, name, given)
        if first != given:
            raise CannotStart(StartProblem.OTHER_KEY, f"{name} was {first}, given {given}")


def _check_places(settings: Settings) -> None:
    """A copy of the papers or of the database must never carry the keys with it."""
    key_folders = (settings.keys.resolve(), settings.at_rest_key_file.resolve().parent)
    papers = settings.files.resolve()
    try:
        url = make_url(settings.database_url)
    except ArgumentError as error:
        raise CannotStart(StartProblem.DATABASE, str(error)) from error
    beside = any(folder.is_relative_to(papers) for folder in key_folders)
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise CannotStart(StartProblem.DATABASE, "SQLite needs a file")
        beside = beside or Path(url.database).resolve().parent in key_folders
    if beside:
        raise CannotStart(StartProblem.KEYS_BESIDE_PAPERS)
