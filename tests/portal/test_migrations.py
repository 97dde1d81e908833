"""Tests of portal/migrations.py: the tables are those of portal/schema.py, however old the database was."""

import dataclasses
import json
import os
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, create_engine, delete, inspect, select, text, update

from kiosk.manifest import sha256_hex
from kiosk.receipt import SEQ_MAX
from portal import indexing
from portal.instants import utc_now
from portal.migrations import MIGRATIONS, migrate
from portal.opening import open_portal
from portal.schema import document_piece, metadata, piece, submission
from portal.settings import CannotStart, Settings, StartProblem
from tests.portal.desk import Desk


@pytest.fixture
def bare(settings: Settings) -> Iterator[Engine]:
    """A database that no portal has opened."""
    settings.files.parent.joinpath("db").mkdir()
    engine = create_engine(settings.database_url)
    yield engine
    engine.dispose()


def stored_schema(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT value FROM setting WHERE name = 'schema'")))


def test_a_new_database_has_the_tables_of_the_program(bare: Engine) -> None:
    with bare.begin() as connection:
        migrate(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert stored_schema(connection) == str(len(MIGRATIONS))
        migrate(connection)  # nothing to do


@pytest.mark.parametrize("released", range(1, len(MIGRATIONS)))
def test_every_released_schema_comes_to_the_same(bare: Engine, released: int) -> None:
    with bare.begin() as connection:
        migrate(connection, MIGRATIONS[:released])
        assert stored_schema(connection) == str(released)
    with bare.begin() as connection:
        migrate(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_migration_that_fails_changes_nothing(settings: Settings) -> None:
    def fail(operations: Operations) -> None:
        operations.execute(text("CREATE TABLE half (a INTEGER)"))
        raise ZeroDivisionError

    portal = open_portal(settings, utc_now)
    with pytest.raises(ZeroDivisionError), portal.database.write() as connection:
        migrate(connection, (*MIGRATIONS, fail))
    with portal.database.read() as connection:
        assert not inspect(connection).has_table("half")
        assert stored_schema(connection) == str(len(MIGRATIONS))
    portal.database.close()


def test_a_newer_database_is_refused_and_left_alone(settings: Settings) -> None:
    portal = open_portal(settings, utc_now)
    newer = str(len(MIGRATIONS) + 1)
    with portal.database.write() as connection:
        connection.execute(text("UPDATE setting SET value = :newer WHERE name = 'schema'"), {"newer": newer})
    with pytest.raises(CannotStart) as refused:
        open_portal(settings, utc_now)
    assert refused.value.problem is StartProblem.OTHER_SCHEMA
    with portal.database.read() as connection:
        assert stored_schema(connection) == newer
    portal.database.close()


COLUMNS_OF_2 = {
    "enrol_code": ("follows",),
    "kiosk": ("follows", "cloned_at", "link_shown", "rejoins", "returns"),
    "submission": ("seq",),
}


def back_to_schema_1(connection: Connection) -> None:
    """As the first release left it: the dossiers are there, what they are made of is in their sealed manifests."""
    new = ("document_piece", "lease", "piece", "withdrawal", "imported", "token_link", "helper", "roster", "help_call")
    for table in new:
        connection.execute(text(f"DROP TABLE {table}"))
    connection.execute(text("DROP INDEX submission_by_kiosk"))
    for table, columns in COLUMNS_OF_2.items():
        for column in columns:
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    connection.execute(text("UPDATE setting SET value = '1' WHERE name = 'schema'"))


def test_an_old_portals_dossiers_keep_their_pieces(settings: Settings, desk: Desk) -> None:
    papers = os.urandom(100), os.urandom(200)
    dossiers = [desk.dossier(*papers), desk.dossier(papers[0])]
    for dossier in dossiers:
        desk.file(dossier)
    portal = open_portal(settings, utc_now)
    with portal.database.write() as connection:
        before = connection.execute(select(document_piece)).all()
        back_to_schema_1(connection)
    portal.database.close()
    moved = open_portal(settings, utc_now)
    with moved.database.read() as connection:
        assert set(connection.execute(select(document_piece)).all()) == set(before)
        assert indexing.is_indexed(connection)
    moved.database.close()


def test_what_an_old_program_still_files_afterwards_is_learnt_at_the_next_opening(
    settings: Settings, desk: Desk
) -> None:
    """A command of the new program has changed the tables while the old one serves."""
    desk.file(desk.dossier(b"paper"))
    portal = open_portal(settings, utc_now)
    with portal.database.write() as connection:
        before = connection.execute(select(document_piece)).all()
        for table in (document_piece, piece):
            connection.execute(delete(table))
        connection.execute(update(submission).values(seq=None))
        assert not indexing.is_indexed(connection)
    portal.database.close()
    moved = open_portal(settings, utc_now)
    with moved.database.read() as connection:
        assert connection.execute(select(document_piece)).all() == before
        assert indexing.is_indexed(connection)
    moved.database.close()


@pytest.mark.parametrize("seq", [SEQ_MAX + 1, 2**64])
def test_a_number_that_no_database_holds_is_kept_as_none(settings: Settings, desk: Desk, seq: int) -> None:
    """Of a dossier of schema 1 as of a new one."""
    dossier = desk.dossier()
    content = json.loads(dossier.content) | {"seq": seq}
    assert desk.file(dataclasses.replace(dossier, content=json.dumps(content).encode())).status_code == 201
    portal = open_portal(settings, utc_now)
    with portal.database.write() as connection:
        assert indexing.is_indexed(connection)
        connection.execute(update(submission).values(seq=None))
    portal.database.close()
    moved = open_portal(settings, utc_now)
    with moved.database.read() as connection:
        assert connection.scalars(select(submission.c.seq)).all() == [0]
    moved.database.close()


def test_a_manifest_that_cannot_be_opened_keeps_all_pieces(
    settings: Settings, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.file(desk.dossier(b"paper"))
    portal = open_portal(settings, utc_now)
    with portal.database.write() as connection:
        back_to_schema_1(connection)
        connection.execute(text("UPDATE submission SET manifest_sealed = :bad"), {"bad": b"bad"})
    portal.database.close()
    moved = open_portal(settings, utc_now)
    with moved.database.read() as connection:
        assert not indexing.is_indexed(connection)
    assert moved.pieces.has(sha256_hex(b"paper"))
    moved.database.close()
    assert "cannot be opened" in caplog.text
