"""The drafts in the store: each sealed with a key of its own, found again by keyed digests only, shredded in time.

A draft's state is small and rewritten with each change; the pictures that it names are written once. Its key is wrapped
for this kiosk alone: who loses the kiosk loses drafts, never dossiers. In the columns stands nothing of a person: card
numbers and codes are HMACs by a key that comes from the kiosk's.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import apsw

from kiosk import audit
from kiosk.draft_age import Ages, Kept
from kiosk.draft_guesses import DraftGuesses
from kiosk.drafts import CodeAnswer, CodesPaused, KeptDraft, NoSuchDraft, OpenedDraft, PackedVisit, StaffNeeded
from kiosk.errors import DiskFull, StoreCorrupt, StoreProblem
from kiosk.ids import DRAFT_CODE_BYTES, draft_code
from kiosk.keys import derive
from kiosk.manifest import sha256_hex
from kiosk.ports import Clock
from kiosk.sealing import DossierSeal, new_dek, unwrap, wrap
from kiosk.store_draft_rows import clear, forget, note_opening, put_contents, there
from kiosk.store_folder import StoreFolder
from kiosk.store_keys import generation
from kiosk.store_reserve import ReservedWorker
from kiosk.store_schema import instant, microseconds
from kiosk.store_worker import StoreWorker
from kiosk.wrapping_keys import WrappingKeys

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class DraftLimits:
    """How long a draft is kept after its last change, and how many there may be. Beyond that the oldest without a code
    makes room; where all have one, nothing more is kept."""

    kept_h: int = 24
    at_most: int = 40


@dataclass(frozen=True, slots=True)
class _Row:
    kept: KeptDraft
    age: Kept
    has_code: bool


class StoreDrafts:
    """See kiosk.drafts.Drafts. Safe to use from every thread."""

    def __init__(
        self,
        worker: StoreWorker,
        reserved: ReservedWorker,
        folder: StoreFolder,
        wrapping: WrappingKeys,
        clock: Clock,
    ) -> None:
        """`reserved` is for what destroys drafts: that must go on a full disk too."""
        self._worker = worker
        self._reserved = reserved
        self._folder = folder
        self._clock = clock
        self._wrapping = wrapping
        self._digest_key = derive(wrapping.root, "drafts")
        self._run = os.urandom(8)
        self._ages = Ages(clock.now(), clock.monotonic_s())
        self._guesses = DraftGuesses(clock)
        self.limits = DraftLimits()

    @property
    def kept_h(self) -> int:
        """See kiosk.drafts.Drafts."""
        return self.limits.kept_h

    def keep(self, ref: UUID, packed: PackedVisit) -> None:
        """See kiosk.drafts.Drafts. What is sealed as a dossier is no draft any more: then nothing happens."""
        self._keep(ref, packed, None)

    def stop(self, ref: UUID, packed: PackedVisit) -> str:
        """See kiosk.drafts.Drafts."""
        code = draft_code(secrets.token_bytes(DRAFT_CODE_BYTES))
        self._keep(ref, packed, code)
        return code

    def discard(self, ref: UUID) -> None:
        """See kiosk.drafts.Drafts."""

        def work(connection: apsw.Connection) -> None:
            if forget(connection, ref):
                audit.append(connection, audit.AuditEvent.DRAFT_DISCARDED, ref, self._clock.now())
                clear(connection)

        self._reserved.write(work)

    def sweep(self) -> int:
        """Count how old the drafts are, and shred those whose time is over or whose dossier was sealed; how many were.
        To be called every minute or so. Writes nothing while there are none."""
        now, monotonic_s = self._clock.now(), self._clock.monotonic_s()

        def work(connection: apsw.Connection) -> int:
            sealed = "DELETE FROM draft WHERE ref IN (SELECT client_ref FROM dossier)"
            connection.execute(sealed)
            over = 0
            for row in self._rows(connection):
                age = self._ages.counted(row.age, now, monotonic_s)
                if age.aged_s >= self.limits.kept_h * 3600:
                    forget(connection, row.kept.ref)
                    audit.append(connection, audit.AuditEvent.DRAFT_EXPIRED, row.kept.ref, now)
                    over += 1
                elif not age.away:
                    self._note_age(connection, row.kept.ref, age)
            clear(connection)
            return over

        def is_empty(connection: apsw.Connection) -> bool:
            found = "SELECT EXISTS (SELECT 1 FROM draft) OR EXISTS (SELECT 1 FROM draft_content)"
            return not connection.execute(found).get

        over = 0 if self._worker.read(is_empty) else self._reserved.write(work)
        self._ages.count_from(monotonic_s)
        return over

    def any(self) -> bool:
        """See kiosk.drafts.Drafts."""
        return bool(self._worker.read(self._openable))

    def by_code(self, card_number: str, code: str) -> CodeAnswer:
        """See kiosk.drafts.Drafts. A try is written down before it is looked at: pulling the plug gives none back."""

        def work(connection: apsw.Connection) -> CodeAnswer:
            if wait_s := self._guesses.wait_s(connection):
                return CodesPaused(timedelta(seconds=wait_s))
            if kept := self._of_code(connection, card_number, code):
                self._guesses.right(connection)
                return kept
            tries_left = self._guesses.wrong(connection)
            kept = self._of_code(connection, "", code)
            return StaffNeeded(kept) if kept else NoSuchDraft(tries_left)

        return self._worker.write(work)

    def of_card(self, card_number: str) -> tuple[KeptDraft, ...]:
        """See kiosk.drafts.Drafts."""

        def read(connection: apsw.Connection) -> tuple[KeptDraft, ...]:
            digest = self._digest("person", card_number)
            refs = {row[0] for row in connection.execute("SELECT ref FROM draft WHERE person = ?", (digest,))}
            return tuple(kept for kept in self._openable(connection) if kept.ref.bytes in refs)

        return self._worker.read(read)

    def open(self, ref: UUID, attested_by: str) -> OpenedDraft | None:
        """See kiosk.drafts.Drafts. Raises StoreCorrupt where a content does not fit its digest."""

        def work(connection: apsw.Connection) -> OpenedDraft | None:
            kept = next((kept for kept in self._openable(connection) if kept.ref == ref), None)
            if kept is None:
                return None
            opened = OpenedDraft(kept, self._unsealed(connection, kept))
            note_opening(connection, ref, attested_by, microseconds(self._clock.now()))
            return opened

        return self._worker.write(work)

    def _of_code(self, connection: apsw.Connection, card_number: str, code: str) -> KeptDraft | None:
        digests = (self._digest("person", card_number), self._digest("code", code))
        ref: bytes | None = connection.execute("SELECT ref FROM draft WHERE person = ? AND code = ?", digests).get
        return next((kept for kept in self._openable(connection) if kept.ref.bytes == ref), None)

    def _keep(self, ref: UUID, packed: PackedVisit, code: str | None) -> None:
        if self._worker.damaged:
            raise StoreCorrupt("the store is damaged and keeps no more drafts")
        stored = self._worker.read(lambda connection: there(connection, ref))
        new = (len(content) for sha256, content in packed.contents.items() if sha256 not in stored)
        self._folder.check_room(len(packed.state) + sum(new))
        salted = os.urandom(_SALT_BYTES) + packed.state  # so that the digest in the clear says nothing of the state

        def work(connection: apsw.Connection) -> None:
            if connection.execute("SELECT EXISTS (SELECT 1 FROM dossier WHERE client_ref = ?)", (ref.bytes,)).get:
                if code is not None:
                    raise StoreProblem(f"a dossier was sealed as {ref}: there is no draft that a code could open")
                return
            dek = self._dek(connection, ref)
            if dek is None:
                self._make_room(connection)
                dek = new_dek()
                self._begin(connection, ref, dek)
            seal = DossierSeal(dek, ref)
            put_contents(connection, ref, seal, packed.contents)
            self._put_state(connection, ref, packed, seal.seal(memoryview(salted), sha256_hex(salted)), salted)
            if code is not None:
                connection.execute("UPDATE draft SET code = ? WHERE ref = ?", (self._digest("code", code), ref.bytes))
                audit.append(connection, audit.AuditEvent.DRAFT_STOPPED, ref, self._clock.now())

        self._worker.write(work)

    def _begin(self, connection: apsw.Connection, ref: UUID, dek: bytes) -> None:
        current = generation(connection)
        connection.execute(
            "INSERT INTO draft VALUES (?, '', x'', NULL, 0, 0, 0, x'', ?, ?, '', x'')",
            (ref.bytes, current, wrap(dek, self._wrapping.key(current), ref, current)),
        )

    def _put_state(
        self, connection: apsw.Connection, ref: UUID, packed: PackedVisit, sealed: bytes | bytearray, salted: bytes
    ) -> None:
        """A change makes the draft young again."""
        now = microseconds(self._clock.now())
        # What passed since the last count is taken off beforehand: the next count adds it to every draft.
        aged_s = -self._ages.uncounted_s(self._clock.monotonic_s())
        connection.execute(
            "UPDATE draft SET service_code = ?, person = ?, saved_at = ?, aged_s = ?, counted_at = ?, run = ?,"
            " state_sha256 = ?, state = ? WHERE ref = ?",
            (
                packed.service_code,
                self._digest("person", packed.card_number),
                now,
                aged_s,
                now,
                self._run,
                sha256_hex(salted),
                sealed,
                ref.bytes,
            ),
        )

    def _dek(self, connection: apsw.Connection, ref: UUID) -> bytes | None:
        row = connection.execute("SELECT dek_wrapped, kek_epoch FROM draft WHERE ref = ?", (ref.bytes,)).fetchone()
        return None if row is None else unwrap(row[0], self._wrapping.key(row[1]), ref, row[1])

    def _unsealed(self, connection: apsw.Connection, kept: KeptDraft) -> PackedVisit:
        dek = self._dek(connection, kept.ref)
        assert dek is not None  # it was just seen
        seal = DossierSeal(dek, kept.ref)
        [(digest, state)] = connection.execute("SELECT state_sha256, state FROM draft WHERE ref = ?", (kept.ref.bytes,))
        rows = connection.execute("SELECT sha256, sealed FROM draft_content WHERE draft = ?", (kept.ref.bytes,))
        contents = {sha256: seal.open(sealed, sha256) for sha256, sealed in rows}
        return PackedVisit(kept.service_code, "", seal.open(state, digest)[_SALT_BYTES:], contents)

    def _make_room(self, connection: apsw.Connection) -> None:
        rows = self._rows(connection)
        if len(rows) < self.limits.at_most:
            return
        oldest = next((row.kept.ref for row in reversed(rows) if not row.has_code), None)
        if oldest is None:
            raise DiskFull("there are as many drafts as there may be")
        forget(connection, oldest)
        audit.append(connection, audit.AuditEvent.DRAFT_EXPIRED, oldest, self._clock.now())

    def _rows(self, connection: apsw.Connection) -> list[_Row]:
        """All drafts, the newest first."""
        query = """SELECT ref, service_code, saved_at, aged_s, counted_at, run, code IS NOT NULL FROM draft
            ORDER BY saved_at DESC"""
        return [self._row(*row) for row in connection.execute(query)]

    def _row(self, *columns: Any) -> _Row:
        ref, service_code, saved_at, aged_s, counted_at, run, has_code = columns
        kept = KeptDraft(UUID(bytes=ref), service_code, instant(saved_at))
        return _Row(kept, Kept(aged_s, instant(counted_at), away=run != self._run), bool(has_code))

    def _openable(self, connection: apsw.Connection) -> tuple[KeptDraft, ...]:
        now, monotonic_s = self._clock.now(), self._clock.monotonic_s()
        limit_s = self.limits.kept_h * 3600
        rows = self._rows(connection)
        return tuple(row.kept for row in rows if self._ages.age_s(row.age, now, monotonic_s) < limit_s)

    def _note_age(self, connection: apsw.Connection, ref: UUID, age: Kept) -> None:
        connection.execute(
            "UPDATE draft SET aged_s = ?, counted_at = ?, run = ? WHERE ref = ?",
            (age.aged_s, microseconds(age.counted_at), self._run, ref.bytes),
        )

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(derive(self._digest_key, purpose), text.encode(), hashlib.sha256)
