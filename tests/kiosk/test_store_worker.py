"""The one thread on the database: whole transactions or nothing, answers in time, errors by their causes."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem
from kiosk.store_schema import connect
from kiosk.store_worker import StoreWorker

KEY = bytes(range(32))


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[StoreWorker]:
    """A worker on a database with one empty table."""
    (tmp_path / "kiosk.db").touch()
    opened = StoreWorker(tmp_path / "kiosk.db", KEY, timeout_s=1)
    opened.write(lambda connection: connection.execute("CREATE TABLE thing (name UNIQUE)").get)
    yield opened
    opened.close()


def add(connection: apsw.Connection) -> None:
    connection.execute("INSERT INTO thing VALUES ('one')")


def things(worker: StoreWorker) -> int:
    count: int = worker.read(lambda connection: connection.execute("SELECT count(*) FROM thing").get)
    return count


def test_what_is_written_is_there(worker: StoreWorker) -> None:
    worker.write(add)
    assert things(worker) == 1


@pytest.mark.parametrize(
    ("error", "seen_as"),
    [
        (ZeroDivisionError(), ZeroDivisionError),
        (StoreProblem("ours"), StoreProblem),
        (apsw.FullError(), DiskFull),
        (apsw.IOError(), StoreProblem),
        (apsw.CorruptError(), StoreCorrupt),
        (apsw.NotADBError(), StoreCorrupt),
        (apsw.BusyError(), StoreProblem),
        (apsw.ReadOnlyError(), StoreProblem),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_any_error_undoes_the_transaction_and_leaves_the_worker_at_work(
    worker: StoreWorker, error: Exception, seen_as: type[Exception]
) -> None:
    def work(connection: apsw.Connection) -> None:
        add(connection)
        raise error

    with pytest.raises(seen_as) as caught:
        worker.write(work)
    assert caught.type is seen_as
    assert things(worker) == 0
    worker.write(add)
    assert (things(worker), worker.damaged) == (1, False)


def test_a_constraint_is_a_problem_that_undoes_all(worker: StoreWorker) -> None:
    def twice(connection: apsw.Connection) -> None:
        add(connection)
        add(connection)

    with pytest.raises(StoreProblem, match="ConstraintError"):
        worker.write(twice)
    assert things(worker) == 0


def test_a_handle_that_cannot_be_had_again_is_had_later(tmp_path: Path, worker: StoreWorker) -> None:
    """As when a disk drops out and comes back."""
    path, away = tmp_path / "kiosk.db", tmp_path / "away"

    def work(connection: apsw.Connection) -> None:
        path.rename(away)
        raise apsw.IOError

    with pytest.raises(StoreProblem):
        worker.write(work)
    with pytest.raises(StoreProblem, match="CantOpenError"):
        things(worker)
    away.rename(path)
    worker.write(add)
    assert things(worker) == 1


def test_who_waits_too_long_is_told(tmp_path: Path, worker: StoreWorker) -> None:
    other = connect(tmp_path / "kiosk.db", KEY)
    other.execute("BEGIN EXCLUSIVE")  # a backup program, say
    with pytest.raises(StoreProblem, match="did not answer within 1 s"):
        worker.write(add)
    other.execute("ROLLBACK")
    other.close()
    worker.write(lambda connection: None)  # it had only been late


def test_a_closed_worker_says_so(worker: StoreWorker) -> None:
    worker.close()
    worker.close()
    with pytest.raises(StoreProblem, match="closed"):
        things(worker)
