"""Brings a database to the schema of this program, in the transaction that opens it; refuses one that is newer."""

from collections.abc import Callable, Sequence

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, text

from portal import migration_1, migration_2, migration_3, migration_4
from portal.settings import CannotStart, StartProblem

Migration = Callable[[Operations], None]

# The migration at index n leads to schema n + 1. A released one is never changed: a new schema is a new module.
MIGRATIONS: Sequence[Migration] = (
    migration_1.upgrade,
    migration_2.upgrade,
    migration_3.upgrade,
    migration_4.upgrade,
)
_LOCK = 5_701_126  # any number, the same in every process of a portal


def migrate(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Run what is missing; all of it or nothing, for both databases have transactions for tables too.

    Processes that start at the same time wait for each other. Raises CannotStart (OTHER_SCHEMA) for a database of a
    newer program.
    """
    if connection.dialect.name == "postgresql":
        for limit in ("lock_timeout", "statement_timeout"):  # a large table takes its time
            connection.execute(text(f"SET LOCAL {limit} = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    stored = _stored(connection)
    if not stored.isdecimal() or int(stored) > len(migrations):
        raise CannotStart(StartProblem.OTHER_SCHEMA, f"schema {stored}, program {len(migrations)}")
    operations = Operations(MigrationContext.configure(connection))
    for upgrade in migrations[int(stored) :]:
        upgrade(operations)
    if int(stored) != len(migrations):
        values = {"value": str(len(migrations))}
        if connection.execute(text("UPDATE setting SET value = :value WHERE name = 'schema'"), values).rowcount == 0:
            connection.execute(text("INSERT INTO setting (name, value) VALUES ('schema', :value)"), values)


def _stored(connection: Connection) -> str:
    """The number of the schema; 0 where there is none yet."""
    if not inspect(connection).has_table("setting"):
        return "0"
    value = connection.scalar(text("SELECT value FROM setting WHERE name = 'schema'"))
    return "0" if value is None else str(value)
