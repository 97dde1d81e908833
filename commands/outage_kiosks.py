"""Kiosks of a simulated province: real syncer and back-off, a queue in memory, and a clock that is only a number."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Thread
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from commands.bench_portal import bench_manifest
from kiosk import outbox_rules
from kiosk.audit import AuditEvent
from kiosk.manifest import sha256_hex
from kiosk.outbox import UNSENT, Held, OutboxEntry, Outcome, QueueCondition, State, TryLater, Withdrawal
from kiosk.receipt import Enrolment, ProblemType
from portal.problems import Refused, problem_response
from sync.backoff import condition_delay_s
from sync.kiosk_portal import LINES, KioskPortal
from sync.line import Line
from sync.loop import pause_s
from sync.receipts import PortalKeys
from sync.server_time import ServerTime
from sync.signing import Signer
from sync.syncer import Syncer, SyncReport
from sync.tokens import TokenSource
from sync.transport import Answer, Call, Transport

EPOCH = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ROUND_TRIP_S = 0.1  # a line over mobile data


class KioskClock:
    """One kiosk's time: seconds since EPOCH, moved by whoever makes it wait."""

    def __init__(self) -> None:
        self.at_s = 0.0

    def now(self) -> datetime:
        """The instant."""
        return EPOCH + timedelta(seconds=self.at_s)

    def monotonic_s(self) -> float:
        """The seconds."""
        return self.at_s


class BusyServer:
    """The real application, called directly, as if it did `per_s` requests a second and let `in_flight` wait."""

    def __init__(self, app: FastAPI, per_s: int, in_flight: int) -> None:
        self.at_s = 0.0  # what the portal takes for now
        self.refused = 0
        self._app = app
        self._per_s = per_s
        self._in_flight = in_flight
        self._taken: dict[int, int] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="portal")
        self._thread.start()

    def now(self) -> datetime:
        """The portal's clock."""
        return EPOCH + timedelta(seconds=self.at_s)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def answer(self, call: Call, bearer: str, clock: KioskClock) -> Answer:
        """The answer to a kiosk, whose clock is then as late as it is."""
        clock.at_s += ROUND_TRIP_S
        second = int(clock.at_s)
        while self._taken.get(second, 0) >= self._per_s:
            second += 1
        if (second - int(clock.at_s)) * self._per_s > self._in_flight:
            self.refused += 1
            refused = Refused(ProblemType.TRY_LATER, "too many requests at once")
            said = problem_response(refused.problem, refused.headers)
            return _read(said.status_code, said.raw_headers, bytes(said.body))
        self._taken[second] = self._taken.get(second, 0) + 1
        clock.at_s = max(clock.at_s, float(second))
        self.at_s = max(self.at_s, clock.at_s)
        return self.call(call, bearer)

    def call(self, call: Call, bearer: str = "") -> Answer:
        """The application's own answer, at no time at all."""
        return asyncio.run_coroutine_threadsafe(self._call(call, bearer), self._loop).result()

    async def _call(self, call: Call, bearer: str) -> Answer:
        headers = [(b"content-type", call.media_type.encode()), (b"content-length", b"%d" % len(call.body or b""))]
        if bearer:
            headers.append((b"authorization", f"Bearer {bearer}".encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": call.method,
            "scheme": "http",
            "path": call.path,
            "raw_path": call.path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        said: list[dict[str, object]] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": call.body or b"", "more_body": False}

        async def send(message: dict[str, object]) -> None:
            said.append(message)

        await self._app(scope, receive, send)  # type: ignore[arg-type]  # messages are plain dictionaries
        start, *parts = said
        body = b"".join(bytes(part.get("body", b"")) for part in parts)  # type: ignore[call-overload]
        return _read(start["status"], start["headers"], body)


def _read(status: object, headers: object, body: bytes) -> Answer:
    assert isinstance(status, int)
    assert isinstance(headers, list)
    named = {name.decode(): value.decode() for name, value in headers}
    media_type = named.get("content-type", "").partition(";")[0]
    return Answer(status, media_type, body, retry_after=named.get("retry-after", ""))


class SimulatedTransport(Transport):
    """A line to a BusyServer."""

    def __init__(self, server: BusyServer, clock: KioskClock) -> None:
        super().__init__("http://127.0.0.1", ServerTime(clock))
        self._server = server
        self._clock = clock

    def send(self, call: Call, bearer: str = "") -> Answer | Held | TryLater:
        """As a real one, but that nothing is sent."""
        return self._server.answer(call, bearer, self._clock)


class QuietOutbox:
    """What a queue is asked for when nothing was lost, withdrawn or is old: there is none of it."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def durable_before(self, _moment: datetime) -> Sequence[UUID]:
        return ()

    def by_slip_code(self, _slip_code: str) -> None:
        return None

    def record_event(self, _kind: AuditEvent, _client_ref: UUID | None, _now: datetime) -> None:
        return None

    def requeue(self, client_ref: UUID, _now: datetime) -> None:
        raise LookupError(client_ref)

    def withdrawals_due(self) -> tuple[UUID, ...]:
        return ()

    def withdrawal(self, _client_ref: UUID) -> Withdrawal | None:
        return None

    def withdraw(self, client_ref: UUID, _now: datetime) -> object:
        raise LookupError(client_ref)

    def withdrawal_confirmed(self, client_ref: UUID, _now: datetime, _proof: str = "") -> None:
        raise LookupError(client_ref)

    def highest_seq(self) -> int:
        return 10**9  # no older disk

    def advance_seq(self, at_least: int, _now: datetime) -> None:
        raise LookupError(at_least)

    def value(self, key: str) -> bytes | None:
        return self._values.get(key)

    def set_value(self, key: str, value: bytes) -> None:
        self._values[key] = value


class MemoryOutbox(QuietOutbox):
    """A queue in memory, by the rules of the real one (kiosk/outbox_rules.py)."""

    def __init__(self, enrolment: Enrolment, papers: Sequence[bytes]) -> None:
        super().__init__()
        self._entries: dict[UUID, OutboxEntry] = {}
        self._manifests: dict[UUID, bytes] = {}
        self._papers = {sha256_hex(paper): paper for paper in papers}
        for seq, paper in enumerate(papers, 1):
            sealed = bench_manifest(enrolment, paper)
            ref = sealed.client_ref
            self._entries[ref] = OutboxEntry(ref, seq, "7K3M9PQRS2", "2.000635", State.SEALED, 0, EPOCH)
            self._manifests[ref] = sealed.to_bytes()

    def due(self, now: datetime, limit: int) -> Sequence[OutboxEntry]:
        ready = [each for each in self._waiting() if each.next_try_at is None or each.next_try_at <= now]
        return sorted(ready, key=lambda each: (each.attempts, each.seq))[:limit]

    def entries(self) -> Sequence[OutboxEntry]:
        return tuple(self._entries.values())

    def entry(self, client_ref: UUID) -> OutboxEntry | None:
        return self._entries.get(client_ref)

    def page(self, after_seq: int, limit: int, states: Collection[State]) -> Sequence[OutboxEntry]:
        return [each for each in self.entries() if each.seq > after_seq and each.state in states][:limit]

    def receipted(self, after_seq: int = 0, limit: int = 1000) -> Sequence[OutboxEntry]:
        return self.page(after_seq, limit, (State.RECEIPTED,))

    def manifest(self, client_ref: UUID) -> bytes:
        return self._manifests[client_ref]

    def piece(self, _client_ref: UUID, sha256: str) -> bytes:
        return self._papers[sha256]

    def begin(self, client_ref: UUID, state: State, _now: datetime) -> None:
        self._change(client_ref, lambda entry: outbox_rules.begun(entry, state))

    def record(
        self, client_ref: UUID, outcome: Outcome, now: datetime, next_try_at: datetime | None = None
    ) -> OutboxEntry:
        return self._change(client_ref, lambda entry: outbox_rules.tried(entry, outcome, now, next_try_at))

    def mark_durable(self, client_ref: UUID, _now: datetime) -> None:
        self._change(client_ref, outbox_rules.durable)

    def shred(self, client_ref: UUID, _now: datetime) -> None:
        self._change(client_ref, outbox_rules.shredded)

    def wake_all(self, now: datetime) -> None:
        for entry in self._waiting():
            self._entries[entry.client_ref] = replace(entry, next_try_at=now)

    def highest_seq(self) -> int:
        return len(self._entries)

    def advance_seq(self, _at_least: int, _now: datetime) -> None:
        """Nothing more is sealed here."""

    def drained(self) -> bool:
        """Whether a receipt is there for every dossier."""
        return not self._waiting()

    def _waiting(self) -> list[OutboxEntry]:
        return [entry for entry in self._entries.values() if entry.state in UNSENT]

    def _change(self, client_ref: UUID, rule: Callable[[OutboxEntry], OutboxEntry]) -> OutboxEntry:
        self._entries[client_ref] = rule(self._entries[client_ref])
        return self._entries[client_ref]


class SimulatedKiosk:
    """One kiosk. `look` is one round and the wait after it."""

    def __init__(
        self, server: BusyServer, key: Ed25519PrivateKey, enrolment: Enrolment, papers: Sequence[bytes], rng: Random
    ) -> None:
        self.clock = KioskClock()
        self.outbox = MemoryOutbox(enrolment, papers)
        tokens = TokenSource(enrolment, key, ServerTime(self.clock), self.clock)
        lines = [Line(SimulatedTransport(server, self.clock), tokens) for _ in range(LINES)]
        self._syncer = Syncer(
            self.outbox,
            KioskPortal(lines, PortalKeys(enrolment.root_key), Signer(enrolment.kiosk_id, key)),
            self.clock,
            rng,
        )
        self._rng = rng
        self._troubled = 100  # it has been offline for hours
        self.clock.at_s = condition_delay_s(self._troubled, rng)
        self.drained_at_s = self.clock.at_s  # when the last round ended

    def look(self) -> None:
        """A round; then the clock is at the next, as sync/loop.py would have it."""
        report: SyncReport = self._syncer.run_once(self.clock.now())
        self.drained_at_s = self.clock.at_s
        clear = report.condition is QueueCondition.CLEAR
        self._troubled = 0 if clear else self._troubled + 1
        self.clock.at_s += pause_s(report, self._troubled, self._rng)
