"""Runs all work on the store's database in one thread, and turns the database's errors into ours."""

import errno
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import apsw

from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem, WrongKey
from kiosk.keys import derive
from kiosk.store_folder import StoreFolder
from kiosk.store_schema import connect

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[apsw.Connection], T]

# After one of these the handle's picture of the file may be wrong, whatever a retry says (Rebello et al., "Can
# Applications Recover from fsync Failures?", USENIX ATC 2020): it is closed, and a new one looks at the file itself.
_DISTRUST = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.FullError)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class StoreWorker:
    """The one thread that touches the database. Safe to call from every other thread; never from within `work`."""

    def __init__(self, path: Path, key: bytes, timeout_s: float) -> None:
        """Open the database. Raises StoreCorrupt, DiskFull, StoreProblem."""
        self._path = path
        self._key = key
        self._timeout_s = timeout_s
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._connection: apsw.Connection | None = None
        self._closed = False
        self.damaged = False
        try:
            self.read(lambda connection: None)
        except BaseException:
            self.close()
            raise

    def read(self, work: Work[T]) -> T:
        """What `work` makes of the database, which it must not change. Raises as `write` does."""
        return self._in_time(lambda: self._done(work))

    def write(self, work: Work[T]) -> T:
        """Run `work` in one transaction: with any exception nothing of it has happened.

        Raises StoreCorrupt, DiskFull, StoreProblem. When the store did not answer in time, the work may or may not be
        done: ask again.
        """

        def in_transaction(connection: apsw.Connection) -> T:
            connection.execute("BEGIN IMMEDIATE")
            result = work(connection)
            connection.execute("COMMIT")
            return result

        return self._in_time(lambda: self._done(in_transaction))

    def close(self) -> None:
        """Close the database once the work before is done. Closing again changes nothing. Raises StoreProblem."""
        if self._closed:
            return
        self._closed = True
        try:
            self._in_time(self._close_connection)
        finally:
            self._thread.shutdown(wait=False)

    def _in_time(self, job: Callable[[], T]) -> T:
        try:
            future = self._thread.submit(job)
        except RuntimeError as error:
            raise StoreProblem("the store is closed") from error
        try:
            return future.result(self._timeout_s)
        except TimeoutError as error:
            future.cancel()
            raise StoreProblem(f"the store did not answer within {self._timeout_s:g} s") from error

    def _done(self, work: Work[T]) -> T:
        connection = self._connection
        try:
            if connection is None:
                connection = self._connection = connect(self._path, self._key)
            return work(connection)
        except BaseException as error:
            cause = self._cause(error) if isinstance(error, apsw.Error) else None
            self._roll_back()
            if isinstance(error, _DISTRUST):
                self._look_again()
            if cause is None:
                raise
            log.error("store: %s", cause)
            raise cause from error

    def _roll_back(self) -> None:
        connection = self._connection
        if connection is None or not connection.in_transaction:
            return
        try:
            connection.execute("ROLLBACK")
        except apsw.Error:  # the journal stays, and the next handle rolls back with it
            self._close_connection()

    def _look_again(self) -> None:
        """Go on with a new handle. If it cannot be had, the next call tries again; if the file is damaged, say so."""
        self._close_connection()
        try:
            self._connection = connect(self._path, self._key)
            self.damaged = self._connection.pragma("quick_check") != "ok"
        except (apsw.CorruptError, apsw.NotADBError):
            self.damaged = True
        except apsw.Error as error:
            log.error("store: cannot be opened again: %s", type(error).__name__)
        if self.damaged:
            log.critical("store: %s cannot be read whole: it takes no more dossiers", self._path.name)

    def _close_connection(self) -> None:
        if self._connection is not None:
            self._connection.close(force=True)
            self._connection = None

    def _cause(self, error: apsw.Error) -> StoreProblem:
        name = self._path.name
        if isinstance(error, apsw.NotADBError):
            return StoreCorrupt(f"{name}: the key does not fit, or the file is damaged")
        if isinstance(error, apsw.CorruptError):
            return StoreCorrupt(f"{name} is damaged")
        if getattr(error, "extendedresult", 0) == apsw.SQLITE_READONLY_DBMOVED:
            return StoreCorrupt(f"{name} was moved or deleted while the store was open")
        system_errno = self._connection.system_errno if self._connection else 0
        of_the_disk = isinstance(error, apsw.IOError | apsw.CantOpenError)
        if isinstance(error, apsw.FullError) or (of_the_disk and system_errno in _NO_ROOM):
            return DiskFull(f"no room for {name}")
        return StoreProblem(f"{name}: {type(error).__name__}")


def worker_of(folder: StoreFolder, root: bytes, timeout_s: float) -> StoreWorker:
    """The thread on the folder's database. Raises WrongKey rather than StoreCorrupt where it is the key's fault."""
    check = derive(root, "check").hex()
    try:
        worker = StoreWorker(folder.database, derive(root, "db"), timeout_s)
    except StoreCorrupt as error:
        match folder.key_fits(check):
            case False:
                raise WrongKey(f"{folder.database.name}: the key does not fit: it is not this store's") from error
            case True:
                raise StoreCorrupt(f"{folder.database.name} is damaged: the key is the right one") from error
        raise
    folder.remember_key(check)
    return worker
