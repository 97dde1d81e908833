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

# A draft's pictures name it without a foreign key: its row alone is deleted with the sealing of the dossier, in the
# same transaction, and they are taken away later. `person` and `code` are keyed digests, `run` names the run of the
# program in which its age was last counted.
_V2_DRAFTS = """
CREATE TABLE draft (
    ref BLOB PRIMARY KEY CHECK (length(ref) = 16),
    service_code TEXT NOT NULL,
    person BLOB NOT NULL,
    code BLOB,
    saved_at INTEGER NOT NULL,
    aged_s REAL NOT NULL,
    counted_at INTEGER NOT NULL,
    run BLOB NOT NULL,
    kek_epoch INTEGER NOT NULL,
    dek_wrapped BLOB NOT NULL,
    state_sha256 TEXT NOT NULL,
    state BLOB NOT NULL
) STRICT;

CREATE TABLE draft_content (
    draft BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (draft, sha256)
) STRICT;
"""

# A column that is added stands behind those of the table, whatever it says: rows are read and written by name.
_V2_STORE = """
ALTER TABLE dossier ADD COLUMN withdrawal_asked_at INTEGER;
ALTER TABLE dossier ADD COLUMN withdrawal_proof TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier ADD COLUMN tries_begun INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dossier ADD COLUMN begun_at INTEGER;
DROP INDEX dossier_due;
CREATE INDEX dossier_due ON dossier (attempts, seq)
    WHERE state IN ('sealed', 'sending', 'committing') AND withdrawal_asked_at IS NULL;
CREATE INDEX dossier_by_state ON dossier (state, seq);
CREATE INDEX dossier_to_withdraw ON dossier (withdrawal_asked_at, seq)
    WHERE withdrawal_asked_at IS NOT NULL AND state <> 'withdrawn';
CREATE INDEX dossier_begun ON dossier (tries_begun) WHERE tries_begun > 0;

-- Receipts of a portal that lost what it had given them for: the proof that it was filed then.
CREATE TABLE former_receipt (
    dossier INTEGER NOT NULL REFERENCES dossier (seq),
    body TEXT NOT NULL,
    jws TEXT NOT NULL,
    UNIQUE (dossier, jws)
) STRICT;
CREATE TRIGGER what_goes_out_again_keeps_its_proof BEFORE UPDATE OF state ON dossier
WHEN NEW.state = 'sealed' AND OLD.state IN ('receipted', 'durable')
    AND NOT EXISTS (SELECT 1 FROM former_receipt WHERE dossier = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'no proof is kept'); END;
CREATE TRIGGER a_tombstone_stays_one BEFORE UPDATE OF state ON dossier
WHEN OLD.state IN ('shredded', 'withdrawn') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'a tombstone'); END;
CREATE TRIGGER only_a_tombstone_is_removed BEFORE DELETE ON dossier
WHEN OLD.state NOT IN ('shredded', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'not a tombstone'); END;
CREATE TRIGGER what_has_left_is_withdrawn_at_the_portal_first BEFORE UPDATE OF state ON dossier
WHEN NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn' AND OLD.withdrawal_asked_at IS NULL
    AND NOT (OLD.state = 'sealed' OR OLD.parked_from IS 'sealed')
BEGIN SELECT RAISE(ABORT, 'no withdrawal was asked for'); END;
CREATE TRIGGER what_is_to_be_withdrawn_is_not_sent BEFORE UPDATE OF state ON dossier
WHEN NEW.state IN ('sending', 'committing') AND NEW.state <> OLD.state AND OLD.withdrawal_asked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a withdrawal is wanted'); END;
"""

# When a copy of the dossier last went to a stick: from then on "nothing has left the kiosk" is no longer true of it.
_V2_USB = """
ALTER TABLE dossier ADD COLUMN exported_at INTEGER;
"""

_V2_STAFF = """
CREATE TABLE staff (
    name TEXT PRIMARY KEY,
    pin_hash TEXT NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;

-- Wrong PINs in a row, whoever typed them, and since when none is looked at.
CREATE TABLE staff_tries (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    failures INTEGER NOT NULL,
    locked_at INTEGER
) STRICT;
INSERT INTO staff_tries VALUES (1, 0, NULL);

-- Who of the staff saw the name and phone of a dossier's people, withdrew it, or copied the queue to a stick. Each act
-- is also an event of the audit chain, which names nobody.
CREATE TABLE staff_act (
    event INTEGER PRIMARY KEY REFERENCES event (seq),
    at INTEGER NOT NULL,
    act TEXT NOT NULL,
    staff TEXT NOT NULL,
    client_ref BLOB
) STRICT;
CREATE TRIGGER acts_of_staff_are_only_added_not_changed BEFORE UPDATE ON staff_act
BEGIN SELECT RAISE(ABORT, 'acts of staff are only ever added'); END;
CREATE TRIGGER acts_of_staff_are_only_added_not_removed BEFORE DELETE ON staff_act
BEGIN SELECT RAISE(ABORT, 'acts of staff are only ever added'); END;
"""

# Of a badge only what tells the right one from others is kept. Wrong PINs are counted for each badge.
_V3_HELPERS = """
CREATE TABLE helper (
    code TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    phones TEXT NOT NULL,
    badge_sha256 TEXT NOT NULL,
    pin_verifier TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_at INTEGER
) STRICT;

CREATE TABLE helper_shift (
    code TEXT PRIMARY KEY REFERENCES helper (code) ON DELETE CASCADE,
    begun_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;

-- The portal's last list of helpers, and when the portal last said that it is the newest. `source` is whose it is.
CREATE TABLE roster (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    source TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    etag TEXT NOT NULL,
    confirmed_at INTEGER NOT NULL
) STRICT;
"""

# The n-th leads from schema n to n + 1; a released one never changes.
MIGRATIONS: tuple[str, ...] = (_V1, _V2_STORE + _V2_USB + _V2_STAFF + _V2_DRAFTS, _V3_HELPERS)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Of a row of `dossier`: whether some of it may be at the portal, now or before the portal lost it, or on a stick.
HAS_LEFT = """(coalesce(parked_from, state) <> 'sealed' OR exported_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM former_receipt WHERE former_receipt.dossier = seq))"""


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
