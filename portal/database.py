"""Transactions on the portal's database; what SQLite or PostgreSQL alone needs is said here and nowhere else."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError

from portal.durable import make_folder, sync_folder
from portal.migrations import migrate
from portal.schema import setting
from portal.settings import CannotStart, StartProblem

BUSY_TIMEOUT_S = 30
CONNECT_TIMEOUT_S = 5
# One for each thread that may serve a request (anyio's default is 40), kept open as far as a quiet day needs.
KEPT_CONNECTIONS = 10
MORE_CONNECTIONS = 30


class Database:
    """Opens transactions: committed when the block ends, rolled back when it raises."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = _make_engine(url)
            try:
                with self.write() as connection:
                    migrate(connection)
            except BaseException:
                self.close()
                raise
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise CannotStart(StartProblem.DATABASE, str(error)) from error

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that may write; on SQLite it holds the one write lock from its first statement."""
        return self._engine.begin()

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads."""
        return self._engine.execution_options(only_reads=True).begin()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def read_setting(connection: Connection, name: str, first_value: str) -> str:
    """A stored setting of the portal; the first time it is stored as `first_value`, by whichever process is first."""
    by_name = select(setting.c.value).where(setting.c.name == name)
    stored = connection.scalar(by_name)
    if stored is None:
        put_rows(connection, setting, [{"name": name, "value": first_value}])
        stored = connection.scalar(by_name)
    return str(stored)


def put_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, in place of the one that has its primary key."""
    connection.execute(_insert(connection.dialect.name, table, tuple(row), keep=False), dict(row))


def put_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of one shape; where a row has the primary key already, it stays as it is."""
    if rows:
        connection.execute(_insert(connection.dialect.name, table, tuple(rows[0]), keep=True), list(rows))


@cache
def _insert(dialect_name: str, table: Table, names: tuple[str, ...], *, keep: bool) -> Any:
    """SQL's own words for it differ; made once, for making a statement costs more than running it."""
    insert: Any = (postgresql if dialect_name == "postgresql" else sqlite).insert(table)
    if keep:
        return insert.on_conflict_do_nothing()
    key = [column.name for column in table.primary_key]
    return insert.on_conflict_do_update(
        index_elements=key, set_={name: insert.excluded[name] for name in names if name not in key}
    )


def _make_engine(url: str) -> Engine:
    # hide_parameters: they hold what people wrote, which belongs in no log.
    if make_url(url).get_backend_name() == "postgresql":
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,  # the server may have been restarted since
            pool_size=KEPT_CONNECTIONS,
            max_overflow=MORE_CONNECTIONS,
            pool_timeout=CONNECT_TIMEOUT_S,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "tcp_user_timeout": 1000 * BUSY_TIMEOUT_S},
        )
        event.listen(engine, "connect", _configure_postgresql)
        return engine
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _configure_postgresql(connection: DBAPIConnection, _record: object) -> None:
    """Nobody waits for ever, and a commit that was answered is on the server's disk, whatever its settings say."""
    cursor = connection.cursor()
    wait_ms = str(1000 * BUSY_TIMEOUT_S)
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute("SELECT set_config(%s, %s, false)", (name, wait_ms))
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.close()
    connection.commit()


def _prepare_sqlite(engine: Engine) -> None:
    """Durable commits (WAL with FULL keeps every acknowledged one through a power cut), and plain transactions."""
    path = Path(make_url(engine.url).database or "")
    make_folder(path.parent)
    path.touch(mode=0o600)
    sync_folder(path.parent)

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins no transactions by itself
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        only_reads = connection.get_execution_options().get("only_reads", False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
