"""Transactions on the portal's database; what only SQLite needs is said here and nowhere else."""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from portal.durable import make_folder, sync_folder
from portal.schema import SCHEMA_VERSION, metadata, setting
from portal.settings import CannotStart, StartProblem

BUSY_TIMEOUT_S = 30


class Database:
    """Opens transactions: committed when the block ends, rolled back when it raises."""

    def __init__(self, url: str) -> None:
        try:
            # Parameters hold what people wrote: they belong in no log.
            self._engine = create_engine(url, hide_parameters=True)
            if self._engine.dialect.name == "sqlite":
                _prepare_sqlite(self._engine)
            with self.write() as connection:
                metadata.create_all(connection)
                stored = read_setting(connection, "schema", SCHEMA_VERSION)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise CannotStart(StartProblem.DATABASE, str(error)) from error
        if stored != SCHEMA_VERSION:
            raise CannotStart(StartProblem.OTHER_SCHEMA, f"schema {stored}, program {SCHEMA_VERSION}")

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
    """A stored setting of the portal; the first time it is stored as `first_value`."""
    stored = connection.scalar(select(setting.c.value).where(setting.c.name == name))
    if stored is None:
        connection.execute(setting.insert().values(name=name, value=first_value))
        return first_value
    return str(stored)


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
