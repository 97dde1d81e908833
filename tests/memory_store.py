"""A store in memory that behaves as `kiosk.store.Store` does (tests/contracts/test_store.py), for tests of others."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from kiosk import audit, outbox_rules
from kiosk.errors import StoreProblem
from kiosk.manifest import PIECE_MAX_BYTES, Manifest, cut, sha256_hex
from kiosk.outbox import UNSENT, Accepted, OutboxEntry, Outcome, State, Withdrawal
from kiosk.ports import Clock
from kiosk.receipt import Receipt
from kiosk.store import Identity, Sealable
from kiosk.store_schema import microseconds


@dataclass
class _Kept:
    """One dossier: its entry, what was sealed, and the receipt."""

    entry: OutboxEntry
    manifest: Manifest
    contents: dict[str, bytes]
    parked_from: State = State.SEALED
    receipts: tuple[tuple[Receipt, str], ...] = ()
    lost: bool = False
    proof: str = ""

    @property
    def has_left(self) -> bool:
        """Whether some of it may be at the portal, now or before the portal lost it."""
        state = self.parked_from if self.entry.state is State.PARKED else self.entry.state
        return state is not State.SEALED or bool(self.receipts)


@dataclass
class _Sealers:
    """See `kiosk.store_sealers.Sealers`."""

    kept: dict[UUID, _Kept]

    def names(self) -> dict[UUID, str]:
        return {ref: kept.manifest.kiosk_id for ref, kept in self.kept.items() if kept.contents}


@dataclass
class MemoryStore:
    """See `kiosk.store.Store`."""

    clock: Clock
    set_aside: tuple[str, ...] = ()
    _kept: dict[UUID, _Kept] = field(default_factory=dict)
    _values: dict[str, bytes] = field(default_factory=dict)
    _events: list[audit.Link] = field(default_factory=list)
    _highest_seq: int = 0

    def __post_init__(self) -> None:
        self.record_event(audit.AuditEvent.STORE_CREATED, None, self.clock.now())

    def seal(self, dossier: Sealable, identity: Identity) -> OutboxEntry:
        if kept := self._kept.get(dossier.client_ref):
            if _manifest_again(dossier, kept.manifest) != kept.manifest.to_bytes():
                raise StoreProblem("another dossier was sealed under this reference")
            return kept.entry
        now = self.clock.now().astimezone(UTC)
        manifest = dossier.manifest(
            kiosk_id=identity.kiosk_id, seq=self._highest_seq + 1, audit_head=self.audit_head(), sealed_at=now
        )
        pieces = {document: cut(content) for document, content in dossier.papers.items()}
        if {document.id: document.pieces for document in manifest.documents} != pieces:
            raise StoreProblem("the manifest does not fit the dossier")
        contents = {
            piece.sha256: dossier.papers[document][index * PIECE_MAX_BYTES :][: piece.size]
            for document, of_document in pieces.items()
            for index, piece in enumerate(of_document)
        }
        entry = OutboxEntry(
            client_ref=dossier.client_ref,
            seq=manifest.seq,
            slip_code=dossier.slip_code,
            service_code=dossier.service_code,
            state=State.SEALED,
            attempts=0,
            sealed_at=now,
            size_bytes=sum(len(content) for content in contents.values()),
        )
        contents[sha256_hex(manifest.to_bytes())] = manifest.to_bytes()
        self._kept[dossier.client_ref] = _Kept(entry, manifest, contents)
        self._highest_seq = entry.seq
        self.record_event(audit.AuditEvent.DOSSIER_SEALED, dossier.client_ref, now)
        return entry

    def entries(self) -> tuple[OutboxEntry, ...]:
        return tuple(kept.entry for kept in self._kept.values())

    def page(
        self, after_seq: int = 0, limit: int = 50, states: Collection[State] = tuple(State)
    ) -> tuple[OutboxEntry, ...]:
        found = [entry for entry in self.entries() if entry.seq > after_seq and entry.state in states]
        return tuple(found[:limit])

    def receipted(self, after_seq: int = 0, limit: int = 1000) -> tuple[OutboxEntry, ...]:
        return self.page(after_seq, limit, (State.RECEIPTED,))

    def counts(self) -> dict[State, int]:
        return {state: sum(entry.state is state for entry in self.entries()) for state in State}

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        kept = self._kept.get(client_ref)
        return kept.entry if kept else None

    def by_slip_code(self, slip_code: str) -> OutboxEntry | None:
        return next((entry for entry in reversed(self.entries()) if entry.slip_code == slip_code), None)

    def due(self, now: datetime, limit: int = 20) -> tuple[OutboxEntry, ...]:
        def waits(at: datetime | None) -> bool:
            return at is not None and now < at <= now + outbox_rules.LONGEST_WAIT

        wanted = [entry for entry in self.entries() if entry.state in UNSENT and entry.withdrawal_asked_at is None]
        ready = [entry for entry in wanted if not waits(entry.next_try_at)]
        return tuple(sorted(ready, key=lambda entry: (entry.attempts, entry.seq))[:limit])

    def durable_before(self, moment: datetime) -> tuple[UUID, ...]:
        kind, before = audit.AuditEvent.DOSSIER_DURABLE.value, microseconds(moment)
        told_us = {link.client_ref: link.at_us for link in self._events if link.kind == kind}  # the last word counts
        durable = [entry for entry in self.entries() if entry.state is State.DURABLE]
        return tuple(
            entry.client_ref
            for entry in durable
            if told_us[entry.client_ref] < before and entry.withdrawal_asked_at is None
        )

    def manifest(self, client_ref: UUID) -> bytes:
        return self.piece(client_ref, sha256_hex(self._existing(client_ref).manifest.to_bytes()))

    def piece(self, client_ref: UUID, sha256: str) -> bytes:
        contents = self._existing(client_ref).contents
        if sha256 not in contents:
            raise StoreProblem("no such content")
        return contents[sha256]

    def begin(self, client_ref: UUID, state: State, now: datetime) -> None:
        self._change(client_ref, now, lambda entry: outbox_rules.begun(entry, state))

    def record(
        self, client_ref: UUID, outcome: Outcome, now: datetime, next_try_at: datetime | None = None
    ) -> OutboxEntry:
        kept = self._existing(client_ref)
        after = outbox_rules.tried(kept.entry, outcome, now, next_try_at)
        if isinstance(outcome, Accepted):
            receipt = outcome.receipt
            if (receipt.client_ref, receipt.manifest_sha256) != (client_ref, sha256_hex(kept.manifest.to_bytes())):
                raise StoreProblem("the receipt is not for what was sealed")
            last = (receipt, outcome.jws)
            kept.receipts = (*(kept.receipts if kept.lost else kept.receipts[:-1]), last)
            kept.lost = False
        if after.state is State.PARKED:
            kept.parked_from = kept.entry.state
        return self._change(client_ref, now, lambda _: after)

    def unpark(self, client_ref: UUID, now: datetime) -> None:
        back = self._existing(client_ref).parked_from
        self._change(
            client_ref, now, lambda entry: outbox_rules.unparked(entry, back), audit.AuditEvent.DOSSIER_UNPARKED
        )

    def mark_durable(self, client_ref: UUID, now: datetime) -> None:
        self._change(client_ref, now, outbox_rules.durable)

    def shred(self, client_ref: UUID, now: datetime) -> None:
        self._change(client_ref, now, outbox_rules.shredded)
        self._kept[client_ref].contents.clear()

    def receipt(self, client_ref: UUID) -> tuple[Receipt, str] | None:
        found = self.receipts(client_ref)
        return found[-1] if found else None

    def receipts(self, client_ref: UUID) -> tuple[tuple[Receipt, str], ...]:
        kept = self._kept.get(client_ref)
        return kept.receipts if kept else ()

    def requeue(self, client_ref: UUID, now: datetime) -> None:
        self._change(client_ref, now, outbox_rules.requeued, audit.AuditEvent.DOSSIER_REQUEUED)
        self._kept[client_ref].lost = True

    def withdraw(self, client_ref: UUID, now: datetime) -> OutboxEntry:
        kept = self._existing(client_ref)
        before, has_left = kept.entry, kept.has_left
        after = self._change(
            client_ref, now, lambda entry: outbox_rules.withdrawal_asked(entry, now, has_left=has_left)
        )
        if after.state is State.WITHDRAWN:
            kept.contents.clear()
        elif after != before:
            self.record_event(audit.AuditEvent.WITHDRAWAL_ASKED, client_ref, now)
        return after

    def withdrawals_due(self) -> tuple[UUID, ...]:
        asked = [
            (entry.withdrawal_asked_at, entry.seq, entry.client_ref)
            for entry in self.entries()
            if entry.withdrawal_asked_at and entry.state is not State.WITHDRAWN
        ]
        return tuple(ref for _at, _seq, ref in sorted(asked))

    def withdrawal(self, client_ref: UUID) -> Withdrawal | None:
        kept = self._kept.get(client_ref)
        if kept is None or kept.entry.withdrawal_asked_at is None:
            return None
        return Withdrawal(client_ref, sha256_hex(kept.manifest.to_bytes()), kept.entry.withdrawal_asked_at, kept.proof)

    def withdrawal_confirmed(self, client_ref: UUID, now: datetime, proof: str = "") -> None:
        before = self._existing(client_ref).entry
        if self._change(client_ref, now, outbox_rules.withdrawal_confirmed) is not before:
            self._kept[client_ref].proof = proof
            self._kept[client_ref].contents.clear()

    @property
    def sealers(self) -> "_Sealers":
        return _Sealers(self._kept)

    def highest_seq(self) -> int:
        return self._highest_seq

    def advance_seq(self, at_least: int, now: datetime) -> None:
        if at_least > self._highest_seq:
            self._highest_seq = at_least
            self.record_event(audit.AuditEvent.SEQ_ADVANCED, None, now)

    def wake_all(self, now: datetime) -> None:
        for kept in self._kept.values():
            if kept.entry.state in UNSENT and kept.entry.next_try_at is not None:
                kept.entry = replace(kept.entry, next_try_at=now)

    def set_value(self, key: str, value: bytes) -> None:
        self._values[key] = value

    def value(self, key: str) -> bytes | None:
        return self._values.get(key)

    def record_event(self, kind: audit.AuditEvent, client_ref: UUID | None, now: datetime) -> None:
        seq = len(self._events) + 1
        self._events.append(audit.Link(seq, microseconds(now), kind.value, client_ref, self.audit_head()))

    def audit_head(self) -> str:
        return self._events[-1].digest() if self._events else audit.GENESIS

    def verify_audit(self) -> int:
        return len(self._events)

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _existing(self, client_ref: UUID) -> _Kept:
        if client_ref not in self._kept:
            raise StoreProblem(f"there is no dossier {client_ref}")
        return self._kept[client_ref]

    def _change(
        self,
        client_ref: UUID,
        now: datetime,
        rule: Callable[[OutboxEntry], OutboxEntry],
        event: audit.AuditEvent | None = None,
    ) -> OutboxEntry:
        kept = self._existing(client_ref)
        before, kept.entry = kept.entry, rule(kept.entry)
        if kept.entry.state is not before.state:
            self.record_event(event or audit.OF_STATE[kept.entry.state], client_ref, now)
        return kept.entry


def _manifest_again(dossier: Sealable, sealed: Manifest) -> bytes:
    again = dossier.manifest(
        kiosk_id=sealed.kiosk_id, seq=sealed.seq, audit_head=sealed.audit_head, sealed_at=sealed.sealed_at.at
    )
    return again.to_bytes()
