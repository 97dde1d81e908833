"""The encrypted store: every sealed dossier with its papers, its place in the outbox, and what became of it.

One SQLite file, one thread that touches it, one transaction for each thing that happens. It knows no network: the
outbox is the dossiers' own rows, and `sync` asks for what is due and records what a try came to.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import apsw

from kiosk import audit, outbox_rules
from kiosk.audit import AuditEvent
from kiosk.errors import StoreCorrupt, StoreProblem
from kiosk.keys import KeyProvider, derive
from kiosk.outbox import Accepted, OutboxEntry, Outcome, State
from kiosk.ports import Clock
from kiosk.sealing import wrap_for_recovery
from kiosk.store_changes import existing, keep_receipt, prepare, save, set_value, shred, unpark, wake_all
from kiosk.store_folder import StoreFolder
from kiosk.store_reading import StoreReading, find_entry
from kiosk.store_sealing import Identity, Sealable, Sealing, is_same
from kiosk.store_worker import StoreWorker

__all__ = ["AuditEvent", "Identity", "Sealable", "Store"]

RESERVE_BYTES = 200 * 1024 * 1024


class Store(StoreReading):
    """The store, to be asked and to be told. `Store.open` gives one; safe to use from every thread."""

    def __init__(self, worker: StoreWorker, folder: StoreFolder, kek: bytes, clock: Clock) -> None:
        super().__init__(worker, kek)
        self._folder = folder
        self._clock = clock

    @classmethod
    def open(
        cls,
        folder: Path,
        keys: KeyProvider,
        clock: Clock,
        *,
        reserve_bytes: int = RESERVE_BYTES,
        timeout_s: float = 60.0,
    ) -> Self:
        """Open the store of that folder, made new only where there never was one. Each later call answers within
        `timeout_s`. Raises StoreInUse, StoreCorrupt, KeysUnavailable, DiskFull, StoreProblem."""
        held = StoreFolder(folder, reserve_bytes)
        try:
            kek = keys.key()
            known = held.known_store()
            worker = StoreWorker(held.database, derive(kek, "db"), timeout_s)
            try:
                store_id = worker.write(lambda connection: prepare(connection, known, clock.now()))
                if not known:
                    held.remember(store_id)
                return cls(worker, held, kek, clock)
            except BaseException:
                worker.close()
                raise
        except BaseException:
            held.release()
            raise

    def seal(self, dossier: Sealable, identity: Identity) -> OutboxEntry:
        """Keep the dossier: when this comes back it is whole, encrypted and on disk, and will be sent.

        Sealing the same dossier again gives its entry and changes nothing. Raises DiskFull, StoreCorrupt,
        KeysUnavailable, and StoreProblem for another dossier under the same reference; then nothing has changed.
        """
        ref = dossier.client_ref

        def sealed_before(connection: apsw.Connection) -> OutboxEntry | None:
            entry = find_entry(connection, ref)
            if entry is not None and not is_same(connection, dossier):
                raise StoreProblem(f"another dossier was sealed as {ref}")
            return entry

        def wrap_database_key() -> bytes:
            return wrap_for_recovery(derive(self._kek, "db"), identity.recovery_public_key)

        def seal_once(connection: apsw.Connection) -> OutboxEntry:
            if not sealed_before(connection):
                self._folder.keep_recovery_wrap(identity.recovery_key_id, wrap_database_key)
                sealing.run(connection, self._clock.now())
            return existing(connection, ref)

        if entry := self._worker.read(sealed_before):
            return entry
        if self._worker.damaged:
            raise StoreCorrupt("the store is damaged and takes no more dossiers")
        sealing = Sealing(dossier, identity, self._kek)
        self._folder.check_room(sealing.size_bytes)
        return self._worker.write(seal_once)

    def begin(self, client_ref: UUID, state: State, now: datetime) -> None:
        """Write down SENDING or COMMITTING before the first byte of it may leave. Raises StoreProblem."""
        self._change(client_ref, now, lambda entry: outbox_rules.begun(entry, state))

    def record(
        self, client_ref: UUID, outcome: Outcome, now: datetime, next_try_at: datetime | None = None
    ) -> OutboxEntry:
        """Write down what a try came to; a receipt is kept for ever. `next_try_at` counts for TryLater and Held.

        Raises StoreProblem for an outcome that cannot be this dossier's.
        """

        def work(connection: apsw.Connection) -> OutboxEntry:
            before = existing(connection, client_ref)
            if isinstance(outcome, Accepted):
                keep_receipt(connection, before, outcome)
            return save(connection, before, outbox_rules.tried(before, outcome, now, next_try_at), now)

        return self._worker.write(work)

    def unpark(self, client_ref: UUID, now: datetime) -> None:
        """Put a parked dossier back into the queue, to be sent at once. Raises StoreProblem."""
        self._worker.write(lambda connection: unpark(connection, client_ref, now))

    def mark_durable(self, client_ref: UUID, now: datetime) -> None:
        """The portal says that a dossier it gave a receipt for is in its backup. Raises StoreProblem."""
        self._change(client_ref, now, outbox_rules.durable)

    def shred(self, client_ref: UUID, now: datetime) -> None:
        """Destroy the keys and papers of a durable dossier; a tombstone with codes, digests and receipt stays.

        Raises StoreProblem for a dossier that is not durable: nothing is destroyed that the portal may lose.
        """
        self._worker.write(lambda connection: shred(connection, client_ref, now))

    def wake_all(self, now: datetime) -> None:
        """Let everything that waits be due now: the line is back."""
        self._worker.write(lambda connection: wake_all(connection, now))

    def set_value(self, key: str, value: bytes) -> None:
        """Keep a small value (the enrolment, the server's time). Keys that begin with "store." are the store's own."""
        self._worker.write(lambda connection: set_value(connection, key, value))

    def record_event(self, kind: AuditEvent, client_ref: UUID | None, now: datetime) -> None:
        """Add an event of the kiosk's work to the audit chain; changes of a dossier's state add their own."""
        self._worker.write(lambda connection: audit.append(connection, kind, client_ref, now))

    def close(self) -> None:
        """End the thread, close the file, unlock the folder. Closing again changes nothing."""
        try:
            self._worker.close()
        finally:
            self._folder.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _change(self, client_ref: UUID, now: datetime, rule: Callable[[OutboxEntry], OutboxEntry]) -> None:
        def work(connection: apsw.Connection) -> None:
            before = existing(connection, client_ref)
            save(connection, before, rule(before), now)

        self._worker.write(work)
