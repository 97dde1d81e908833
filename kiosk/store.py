"""The encrypted store: every sealed dossier with its papers, its place in the outbox, and what became of it.

One SQLite file, one thread that touches it, one transaction for each thing that happens. It knows no network: the
outbox is the dossiers' own rows, and `sync` asks for what is due and records what a try came to.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import apsw

from kiosk import audit, outbox_rules
from kiosk.audit import AuditEvent
from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem
from kiosk.keys import KeyProvider, derive
from kiosk.outbox import Accepted, OutboxEntry, Outcome, State
from kiosk.ports import Clock
from kiosk.sealing import wrap_for_recovery
from kiosk.store_badges import StoreBadges
from kiosk.store_changes import (
    advance_seq,
    confirm_withdrawal,
    count_try,
    end_try,
    existing,
    keep_receipt,
    prepare,
    requeue,
    save,
    set_value,
    shred,
    unpark,
    wake_all,
    withdraw,
)
from kiosk.store_draft_rows import forget
from kiosk.store_drafts import StoreDrafts
from kiosk.store_exports import StoreExports
from kiosk.store_folder import StoreFolder
from kiosk.store_helper_desk import StoreHelperDesk
from kiosk.store_keys import StoreKeys
from kiosk.store_outbox import find_entry
from kiosk.store_queue import StoreQueue
from kiosk.store_reading import StoreReading
from kiosk.store_reserve import RESERVE_FILE_BYTES, Reserve, ReservedWorker
from kiosk.store_sealers import Sealers
from kiosk.store_sealing import Identity, Sealable, Sealing, is_same
from kiosk.store_set_aside import set_aside_folders
from kiosk.store_staff import StoreStaff
from kiosk.store_upkeep import StoreUpkeep
from kiosk.store_worker import StoreWorker, T, worker_of
from kiosk.wrapping_keys import WrappingKeys

__all__ = ["AuditEvent", "Identity", "Sealable", "Store"]

log = logging.getLogger(__name__)

RESERVE_BYTES = 200 * 1024 * 1024


class Store(StoreReading):
    """The store, to be asked and to be told. `Store.open` gives one; safe to use from every thread.

    `keys` renews the key that wraps the dossiers' keys; `upkeep` reads everything to see that it is whole, and lets
    tombstones end.
    """

    def __init__(self, worker: StoreWorker, folder: StoreFolder, keys: StoreKeys, clock: Clock) -> None:
        super().__init__(worker, keys.wrapping)
        self.keys = keys
        self._trying: set[UUID] = set()  # begun by this program and not ended: a try is counted once
        self._folder = folder
        reserve = Reserve(folder.path, min(RESERVE_FILE_BYTES, folder.reserve_bytes))
        reserved = ReservedWorker(worker, reserve)
        self._write = reserved.write  # what must find room on a full disk too: small changes, and those that free room
        self.upkeep = StoreUpkeep(worker, self, reserve)
        self._clock = clock
        self.drafts = StoreDrafts(worker, reserved, folder, keys.wrapping, clock)
        self.staff = StoreStaff(reserved, clock)
        self.badges = StoreBadges(reserved)
        self.helper_desk = StoreHelperDesk(reserved, clock)
        self.queue = StoreQueue(worker)
        self.exports = StoreExports(reserved)
        self.sealers = Sealers(worker)

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
            wrapping = WrappingKeys(keys.key())
            known = held.known_store()
            worker = worker_of(held, wrapping.root, timeout_s)
            try:
                store_id = worker.write(lambda connection: prepare(connection, known, clock.now()))
                if not known:
                    held.remember(store_id)
                store_keys = StoreKeys(worker, keys, store_id, wrapping)
                store_keys.settle(clock.now())
                store = cls(worker, held, store_keys, clock)
                store.upkeep.keep_reserve()
                store.upkeep.park_crash_loops(clock.now())
            except BaseException:
                worker.close()
                raise
        except BaseException:
            held.release()
            raise
        if store.set_aside:
            log.error("store: a damaged one was set aside and waits: %s", ", ".join(store.set_aside))
        return store

    @property
    def set_aside(self) -> tuple[str, ...]:
        """The names of the folders in which damaged stores wait for a person to take care of them."""
        return tuple(path.name for path in set_aside_folders(self._folder.path))

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
            return wrap_for_recovery(derive(self._wrapping.root, "db"), identity.recovery_public_key)

        def seal_once(connection: apsw.Connection) -> OutboxEntry:
            if not sealed_before(connection):
                self._folder.keep_recovery_wrap(identity.recovery_key_id, wrap_database_key)
                sealing.run(connection, self._clock.now())
                forget(connection, ref)
            return existing(connection, ref)

        if entry := self._worker.read(sealed_before):
            return entry
        if self._worker.damaged:
            raise StoreCorrupt("the store is damaged and takes no more dossiers")
        sealing = Sealing(dossier, identity, self._wrapping)
        self._folder.check_room(sealing.size_bytes)
        return self._worker.write(seal_once)

    def begin(self, client_ref: UUID, state: State, now: datetime) -> None:
        """Write down SENDING or COMMITTING before the first byte of it may leave. Raises StoreProblem."""

        def work(connection: apsw.Connection) -> None:
            before = existing(connection, client_ref)
            save(connection, before, outbox_rules.begun(before, state), now)
            if client_ref not in self._trying:
                count_try(connection, client_ref, now)

        self._write(work)
        self._trying.add(client_ref)

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
            end_try(connection, client_ref)
            return save(connection, before, outbox_rules.tried(before, outcome, now, next_try_at), now)

        entry = self._write(work)
        self._trying.discard(client_ref)
        return entry

    def unpark(self, client_ref: UUID, now: datetime) -> None:
        """Put a parked dossier back into the queue, to be sent at once. Raises StoreProblem."""
        self._write(lambda connection: unpark(connection, client_ref, now))

    def mark_durable(self, client_ref: UUID, now: datetime) -> None:
        """The portal says that a dossier it gave a receipt for is in its backup. Raises StoreProblem."""
        self._change(client_ref, now, outbox_rules.durable)

    def shred(self, client_ref: UUID, now: datetime) -> None:
        """Destroy the keys and papers of a durable dossier; a tombstone with codes, digests and receipt stays.

        Raises StoreProblem for a dossier that is not durable: nothing is destroyed that the portal may lose.
        """
        self._destroy(partial(shred, client_ref=client_ref, now=now))

    def requeue(self, client_ref: UUID, now: datetime) -> None:
        """The portal has lost a dossier that it gave a receipt for: send it again. The receipt stays as proof.

        Raises StoreProblem for one that has no receipt, or was shredded: then the receipt is all there is.
        """
        self._write(lambda connection: requeue(connection, client_ref, now))

    def withdraw(self, client_ref: UUID, now: datetime) -> OutboxEntry:
        """Its citizen wants it back. While nothing of it has left, keys and papers are destroyed at once (WITHDRAWN);
        else it is sent no more, and `withdrawals_due` has it until the portal knows. Asking again changes nothing.

        Raises StoreProblem for a dossier that was shredded: it is at the portal, and is asked for there.
        """
        return self._destroy(partial(withdraw, client_ref=client_ref, now=now))

    def withdrawal_confirmed(self, client_ref: UUID, now: datetime, proof: str = "") -> None:
        """The portal knows of the withdrawal: destroy keys and papers; a receipt stays. `proof` is the signed text that
        was delivered. Raises StoreProblem where nobody asked for it."""
        self._destroy(partial(confirm_withdrawal, client_ref=client_ref, proof=proof, now=now))

    def advance_seq(self, at_least: int, now: datetime) -> None:
        """Let the next dossier's number be above `at_least`, which the portal has seen: this file is an older copy."""
        self._write(lambda connection: advance_seq(connection, at_least, now))

    def wake_all(self, now: datetime) -> None:
        """Let everything that waits be due now: the line is back."""
        self._write(lambda connection: wake_all(connection, now))

    def set_value(self, key: str, value: bytes) -> None:
        """Keep a small value (the enrolment, the server's time). Keys that begin with "store." are the store's own."""
        self._write(lambda connection: set_value(connection, key, value))

    def record_event(self, kind: AuditEvent, client_ref: UUID | None, now: datetime) -> None:
        """Add an event of the kiosk's work to the audit chain; changes of a dossier's state add their own."""
        self._write(lambda connection: audit.append(connection, kind, client_ref, now))

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

    def _destroy(self, work: Callable[..., T]) -> T:
        """Keys and papers at once; on a disk that is too full for a journal of the papers, the keys first."""
        try:
            return self._write(lambda connection: work(connection, room=True))
        except DiskFull:
            result = self._write(lambda connection: work(connection, room=False))
        with suppress(DiskFull):  # what is left now, the next upkeep takes
            self.upkeep.sweep()
        return result

    def _change(self, client_ref: UUID, now: datetime, rule: Callable[[OutboxEntry], OutboxEntry]) -> None:
        def work(connection: apsw.Connection) -> None:
            before = existing(connection, client_ref)
            save(connection, before, rule(before), now)

        self._write(work)
