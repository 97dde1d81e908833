"""Tests of portal/database.py: transactions that read and write do not get in each other's way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.database import read_setting
from portal.opening import Portal
from portal.schema import assertion, setting


def test_what_was_read_is_still_so_when_it_is_written(portal: Portal) -> None:
    """On SQLite by the one write lock, on PostgreSQL by the row's, which has to be asked for."""
    with portal.database.write() as connection:
        read_setting(connection, "count", "0")

    def count_up(_: int) -> None:
        with portal.database.write() as connection:
            by_name = select(setting.c.value).where(setting.c.name == "count")
            number = int(connection.scalars(by_name.with_for_update()).one())
            connection.execute(update(setting).where(setting.c.name == "count").values(value=str(number + 1)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count_up, range(80)))
    with portal.database.read() as connection:
        assert read_setting(connection, "count", "") == "80"


def test_a_transaction_that_fails_changes_nothing(portal: Portal) -> None:
    with pytest.raises(ZeroDivisionError), portal.database.write() as connection:
        read_setting(connection, "made", str(1 // 0))
    with portal.database.read() as connection:
        assert connection.exec_driver_sql("SELECT * FROM setting WHERE name = 'made'").all() == []


def test_a_reader_does_not_wait_for_a_writer(portal: Portal) -> None:
    with portal.database.write() as writer:
        read_setting(writer, "new", "value")
        with portal.database.read() as reader:
            assert reader.exec_driver_sql("SELECT * FROM setting WHERE name = 'new'").all() == []


@pytest.mark.engine("sqlite")
def test_commits_are_told_to_the_disk(portal: Portal) -> None:
    """WAL with FULL: with NORMAL, a power cut takes commits back that were acknowledged."""
    with portal.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_rows_hold_to_their_kiosk(portal: Portal) -> None:
    row = {"kiosk_id": "nobody", "jti": "1", "expires_at": portal.now()}
    with pytest.raises(IntegrityError), portal.database.write() as connection:
        connection.execute(assertion.insert().values(row))
