"""An enrolled kiosk for tests: real store, real client, a fake portal on loopback, time in the hands of the test."""

from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID

from kiosk.keys import DemoKeys
from kiosk.outbox import OutboxEntry
from kiosk.store import Store
from sync.enrolment import Enrolled
from sync.kiosk_portal import LINES, KioskPortal
from sync.line import Line
from sync.receipts import PortalKeys
from sync.server_time import ServerTime
from sync.signing import Signer
from sync.syncer import Rules, Syncer, SyncReport
from sync.tokens import TokenSource
from sync.transport import ExchangeLimits, Transport
from tests.fakes import FakeClock
from tests.fakes_portal import KIOSK_ID, FakePortal, jwk_of
from tests.memory_store import MemoryStore
from tests.sample_dossiers import IDENTITY, random_paper, sample_dossier

MIB = 1024 * 1024
# Short enough for a test, long enough for a busy machine to answer honestly.
QUICK = ExchangeLimits(connect_s=1.0, base_s=1.0, slowest_bytes_per_s=10 * MIB)


class Desk:
    """A kiosk with its queue. `close` it."""

    def __init__(
        self,
        folder: Path,
        server: FakePortal,
        clock: FakeClock,
        rules: Rules | None = None,
        store: Store | MemoryStore | None = None,
        *,
        limits: ExchangeLimits = QUICK,
        url: str = "",
    ) -> None:
        """`url` is the way to the server, if it is not the server itself."""
        self.server = server
        self.clock = clock
        self.keys = DemoKeys(folder / "keys")
        self.store = store or Store.open(folder / "store", self.keys, clock, reserve_bytes=0)
        server.device_jwk = jwk_of(self.keys.device_key())
        self.enrolled = Enrolled(portal_url=server.url, enrolment=server.enrolment())
        self.server_time = ServerTime(clock)
        self.rng = Random(1)
        self._rules = rules
        self._limits = limits
        self._url = url or server.url
        self._connect()

    def _connect(self) -> None:
        server_time, enrolment = self.server_time, self.enrolled.enrolment
        tokens = TokenSource(enrolment, self.keys.device_key(), server_time, self.clock)
        self.transports = [Transport(self._url, server_time, limits=self._limits) for _ in range(LINES)]
        lines = [Line(transport, tokens) for transport in self.transports]
        self.portal = KioskPortal(
            lines, PortalKeys(enrolment.root_key), Signer(enrolment.kiosk_id, self.keys.device_key())
        )
        self.syncer = Syncer(self.store, self.portal, self.clock, self.rng, self._rules, self.server_time)

    def start_again(self) -> None:
        """The program ends and begins again; the store is what it was."""
        self.portal.close()
        self._connect()

    def file(self, number: int, *papers: bytes, service: str = "2.000635") -> UUID:
        """A citizen files a dossier; without papers given it has one of three pieces."""
        dossier = sample_dossier(number, *(papers or (random_paper(number, 2 * MIB + 5),)))
        dossier = replace(dossier, service_code=service)
        self.store.seal(dossier, replace(IDENTITY, kiosk_id=KIOSK_ID))
        return dossier.client_ref

    def round(self) -> SyncReport:
        """One round of sending, now."""
        return self.syncer.run_once(self.clock.now())

    def entry(self, client_ref: UUID) -> OutboxEntry:
        """Where that dossier is."""
        entry = self.store.entry(client_ref)
        assert entry is not None
        return entry

    def close(self) -> None:
        """Close the connections and the store."""
        self.portal.close()
        self.store.close()
