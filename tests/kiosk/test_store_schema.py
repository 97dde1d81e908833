"""The database's settings hold each time it is opened, and its schema only ever goes forward, whole steps at a time."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from kiosk.errors import StoreCorrupt, StoreProblem
from kiosk.store_schema import APPLICATION_ID, MIGRATIONS, connect, instant, microseconds, migrate, version
from tests.fakes import FakeClock

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file with today's schema."""
    path = tmp_path / "kiosk.db"
    path.touch()
    connection = connect(path, KEY)
    migrate(connection)
    connection.close()
    return path


@pytest.fixture
def connection(database: Path) -> Iterator[apsw.Connection]:
    opened = connect(database, KEY)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("cipher", "chacha20"),
        ("journal_mode", "delete"),
        ("synchronous", 3),  # EXTRA
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),  # MEMORY
        ("auto_vacuum", 2),  # INCREMENTAL
        ("cell_size_check", 1),
        ("page_size", 16384),
        ("application_id", APPLICATION_ID),
        ("user_version", len(MIGRATIONS)),
    ],
)
def test_the_settings_hold_on_a_file_that_was_there(connection: apsw.Connection, pragma: str, value: object) -> None:
    assert connection.pragma(pragma) == value


def test_opening_what_is_up_to_date_writes_nothing(database: Path, connection: apsw.Connection) -> None:
    """Else a full disk could not even be read."""
    before = connection.execute("PRAGMA data_version").get
    second = connect(database, KEY)
    migrate(second)
    second.close()
    assert connection.execute("PRAGMA data_version").get == before


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(apsw.CantOpenError):
        connect(tmp_path / "kiosk.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_another_key_does_not_fit(database: Path) -> None:
    with pytest.raises(apsw.NotADBError):
        connect(database, bytes(32))


def test_the_second_schema_comes_along_with_all_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kiosk.db"
    path.touch()
    with monkeypatch.context() as before:
        before.setattr("kiosk.store_schema.MIGRATIONS", MIGRATIONS[:2])
        old = connect(path, KEY)
        migrate(old)
        old.execute("INSERT INTO staff VALUES ('canbo', 'verifier', 1); UPDATE staff_tries SET failures = 4")
        tables = {name: old.execute(f"SELECT * FROM {name}").fetchall() for name in _tables(old)}
        assert version(old) == 2
        old.close()
    opened = connect(path, KEY)
    migrate(opened)
    assert version(opened) == len(MIGRATIONS)
    assert tables["staff"]
    assert {name: opened.execute(f"SELECT * FROM {name}").fetchall() for name in tables} == tables
    new = _tables(opened) - tables.keys()
    assert new == {"helper", "helper_shift", "roster"}
    assert not any(opened.execute(f"SELECT * FROM {name}").fetchall() for name in new)
    opened.close()


def _tables(connection: apsw.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    connection: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store_schema.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE next (x); SELECT nonsense"))
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(apsw.SQLError):
        migrate(connection)
    connection.execute("ROLLBACK")
    assert version(connection) == len(MIGRATIONS)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'next'").get == 0


def test_a_migration_takes_only_the_steps_that_are_missing(
    connection: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store_schema.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE next (x)"))
    for _ in range(2):
        migrate(connection)
        assert version(connection) == len(MIGRATIONS) + 1


def test_a_newer_schema_and_another_programs_are_refused(connection: apsw.Connection) -> None:
    connection.pragma("user_version", len(MIGRATIONS) + 1)
    with pytest.raises(StoreProblem, match="update it"):
        migrate(connection)
    connection.pragma("application_id", 1)
    with pytest.raises(StoreCorrupt, match="another program"):
        migrate(connection)


def test_an_instant_comes_back_to_the_microsecond() -> None:
    now = FakeClock().now().replace(microsecond=123_457)
    assert instant(microseconds(now)) == now
