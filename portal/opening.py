"""Open a portal: its database, papers and keys, made where they are missing and refused where they do not fit."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from portal.database import Database, read_setting
from portal.folder_shelf import FolderShelf
from portal.indexing import index_pieces
from portal.instants import Now
from portal.keys import PortalKeys, open_keys
from portal.pieces import PieceStore
from portal.rates import Rates
from portal.sealing import Sealing
from portal.settings import CannotStart, Capacity, Settings, StartProblem
from portal.shelf import Shelf

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
    capacity: Capacity
    rates: Rates


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
        pieces = PieceStore(_shelf(settings, portal_id), sealing)
        index_pieces(database, pieces, sealing)
    except Exception:
        database.close()
        raise
    default_s = 0.0 if test else DURABLE_AFTER_S
    capacity = settings.capacity or (Capacity().without_rates() if test else Capacity())
    return Portal(
        database=database,
        pieces=pieces,
        sealing=sealing,
        keys=keys,
        token_audience=f"urn:diem-truy-cap:portal:{portal_id}",
        test=test,
        durable_after_s=default_s if settings.durable_after_s is None else settings.durable_after_s,
        now=now,
        capacity=capacity,
        rates=Rates(capacity),
    )


def _shelf(settings: Settings, portal_id: str) -> Shelf:
    """The place of the papers, which must not be another portal's: to this one they would be nobody's."""
    shelf, owner = _owned(settings, portal_id)
    if owner != portal_id:
        raise CannotStart(StartProblem.OTHER_PAPERS, f"the papers are those of portal {owner}, this is {portal_id}")
    return shelf


def _owned(settings: Settings, portal_id: str) -> tuple[Shelf, str]:
    if not settings.bucket_url:
        folder = FolderShelf(settings.files)
        return folder, folder.owner(portal_id)
    try:
        # Only who keeps papers in an object store needs its library.
        from portal.bucket_shelf import BucketPlace, BucketShelf  # noqa: PLC0415

        bucket = BucketShelf(BucketPlace.of(settings.bucket_url))
        return bucket, bucket.owner(portal_id)
    except (ImportError, ValueError, OSError) as error:
        raise CannotStart(StartProblem.BUCKET, str(error)) from error


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
