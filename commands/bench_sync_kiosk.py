"""A kiosk of a measurement without a window: store, line and syncer as they are, enrolled with a portal at hand."""

from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from types import TracebackType
from typing import Self

from jwt.utils import base64url_decode

from commands.bench_dossiers import BenchDossier
from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys
from kiosk.store import Identity, Store
from sync.enrolment import Enrolled, enrol, open_portal
from sync.portal import PortalPort
from sync.server_time import ServerTime
from sync.syncer import Rules, Syncer
from sync.transport import Transport

_RULES = Rules(check_up_every_s=1e9)  # only the first question: what is measured is sending


@dataclass(frozen=True, slots=True)
class Sent:
    """What a drain came to."""

    accepted: int
    rounds: int


class BenchKiosk:
    """Enrolled, with an empty queue. Leave it to close all of it."""

    def __init__(self, folder: Path, portal_url: str, code: str, line_url: str = "") -> None:
        """`line_url`, where given, is the way to the portal that dossiers take."""
        self.clock = WallClock()
        keys = DemoKeys(folder / "keys")
        transport = Transport(portal_url, ServerTime(self.clock))
        enrolled = enrol(transport, code, keys, "bench")
        transport.close()
        if not isinstance(enrolled, Enrolled):
            raise RuntimeError(f"the portal did not enrol: {enrolled}")
        of = enrolled.enrolment
        self.identity = Identity(of.kiosk_id, of.recovery_key_id, base64url_decode(of.recovery_public_key))
        enrolled = enrolled.model_copy(update={"portal_url": line_url or portal_url})
        self.store = Store.open(folder / "store", keys, self.clock, reserve_bytes=0)
        self.portal: PortalPort = open_portal(enrolled, keys, self.clock, ServerTime(self.clock), None)
        self.syncer = Syncer(self.store, self.portal, self.clock, SystemRandom(), _RULES)

    def seal(self, dossier: BenchDossier) -> None:
        """Into the queue."""
        self.store.seal(dossier, self.identity)

    def drain(self) -> Sent:
        """Rounds until nothing is left. Raises RuntimeError when the portal does not take all of it at once."""
        accepted = rounds = 0
        more = True
        while more:
            report = self.syncer.run_once(self.clock.now())
            accepted, rounds, more = accepted + report.accepted, rounds + 1, report.more
            if report.postponed or report.refused or report.detail:
                raise RuntimeError(f"sending was disturbed: {report}")
        return Sent(accepted, rounds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.syncer.close()
        self.store.close()
