"""How the store's file is made and opened: cipher, settings, tables, and the way from each older schema to this one.

In columns an instant is an integer of microseconds since 1970 in UTC, a client_ref its 16 bytes, a digest lower-case
hexadecimal text.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw

from kiosk.errors import StoreCorrupt, StoreProblem

APPLICATION_ID = 0x44544331  # "DTC1", at byte 68 of the (decrypted) file
BUSY_TIMEOUT_MS = 5000
# 4 KiB, the default, takes a third longer for a dossier of 12 MB; beyond 16 KiB little more is gained, and each change
# of state writes whole pages.
PAGE_BYTES = 16384
# A dossier of 12 MB fits: a cache that runs over has the journal synced again and again (7 syncs, not 5).
CACHE_KIB = 16 * 1024

_V1 = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dossier (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    client_ref BLOB NOT NULL UNIQUE CHECK (length(client_ref) = 16),
    slip_code TEXT NOT NULL,
    service_code TEXT NOT NULL,
    state TEXT NOT NULL,
    parked_from TEXT CHECK ((parked_from IS NOT NULL) = (state = 'parked')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER,
    problem TEXT NOT NULL DEFAULT '',
    national_code TEXT,
    size_bytes INTEGER NOT NULL,
    kiosk_id TEXT NOT NULL,
    sealed_at INTEGER NOT NULL,
    audit_head TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    kek_epoch INTEGER NOT NULL,
    dek_wrapped BLOB,
    recovery_key_id TEXT NOT NULL,
    dek_recovery BLOB,
    CHECK ((dek_wrapped IS NULL) = (state IN ('shredded', 'withdrawn'))),
    CHECK ((dek_recovery IS NULL) = (dek_wrapped IS NULL))
) STRICT;
CREATE INDEX dossier_by_slip_code ON dossier (slip_code);
CREATE INDEX dossier_due ON dossier (attempts, seq) WHERE state IN ('sealed', 'sending', 'committing');

-- The manifest and each distinct piece of the papers, sealed with the dossier's own key and found by digest.
CREATE TABLE content (
    dossier INTEGER NOT NULL REFERENCES dossier (seq) DEFERRABLE INITIALLY DEFERRED,
    sha256 TEXT NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (dossier, sha256)
) STRICT;

CREATE TABLE receipt (
    dossier INTEGER PRIMARY KEY REFERENCES dossier (seq),
    body TEXT NOT NULL,
    jws TEXT NOT NULL
) STRICT;
CREATE TRIGGER no_receipted_state_without_a_receipt BEFORE UPDATE OF state ON dossier
WHEN NEW.state IN ('receipted', 'durable', 'shredded')
    AND NOT EXISTS (SELECT 1 FROM receipt WHERE dossier = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'no receipt'); END;
CREATE TRIGGER nothing_is_shredded_before_it_is_durable BEFORE UPDATE OF state ON dossier
WHEN NEW.state = 'shredded' AND OLD.state NOT IN ('durable', 'shredded')
BEGIN SELECT RAISE(ABORT, 'not durable'); END;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    client_ref BLOB,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX event_by_client_ref ON event (client_ref) WHERE client_ref IS NOT NULL;
CREATE TRIGGER events_are_only_added_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
CREATE TRIGGER events_are_only_added_not_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
"""

MIGRATIONS: tuple[str, ...] = (_V1,)  # the n-th leads from schema n to n + 1; a released one never changes

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """An aware instant as the columns hold it."""
    return (at - _EPOCH) // _MICROSECOND


def instant(column: int) -> datetime:
    """The instant of a column, in UTC."""
    return _EPOCH + column * _MICROSECOND


def connect(path: Path, key: bytes) -> apsw.Connection:
    """Open the file, which must exist (empty is a new store), with its 32-byte key, and make sure that the key fits.

    Raises apsw.NotADBError for a key that does not fit and for a damaged beginning of the file alike.
    """
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        _configure(connection, key, is_new=path.stat().st_size == 0)
    except BaseException:
        connection.close()
        raise
    return connection


def _configure(connection: apsw.Connection, key: bytes, *, is_new: bool) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{key.hex()}")  # raw: the key as it is, no pass phrase to be stretched
    if is_new:  # asked of an old file, auto_vacuum would write, and a full disk could not even be read
        connection.pragma("page_size", PAGE_BYTES)
        connection.pragma("auto_vacuum", "INCREMENTAL")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()  # any key is taken; only reading tells
    connection.pragma("journal_mode", "DELETE")
    connection.pragma("synchronous", "EXTRA")
    connection.pragma("foreign_keys", "ON")
    connection.pragma("secure_delete", "ON")
    connection.pragma("temp_store", "MEMORY")
    connection.pragma("cell_size_check", "ON")
    connection.pragma("cache_size", -CACHE_KIB)


def version(connection: apsw.Connection) -> int:
    """The schema of the file; 0 is a new one. Raises StoreCorrupt for a database that is not a store of ours."""
    found = int(connection.pragma("user_version"))
    if found and connection.pragma("application_id") != APPLICATION_ID:
        raise StoreCorrupt("the file is the database of another program")
    return found


def migrate(connection: apsw.Connection) -> None:
    """Bring the tables to today's schema, inside the caller's transaction.

    Raises StoreProblem for a store of a newer program: going back would lose what only that program knows.
    """
    found = version(connection)
    if found > len(MIGRATIONS):
        raise StoreProblem(f"the store has schema {found}, this program knows only {len(MIGRATIONS)}: update it")
    if found == len(MIGRATIONS):
        return  # and nothing is written, so that a store on a full disk can still be opened, read and sent
    for step in MIGRATIONS[found:]:
        connection.execute(step)
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", len(MIGRATIONS))
