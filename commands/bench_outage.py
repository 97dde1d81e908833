"""2,000 kiosks come back at once after an outage: whether all are drained, none twice, and nobody waits much longer."""

import dataclasses
import heapq
import os
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.embedded_portal import DEMO_OFFICE
from commands.outage_kiosks import BusyServer, KioskClock, SimulatedKiosk
from kiosk.receipt import Enrolment, EnrolRequest
from portal.app import make_app
from portal.enrolment import new_code
from portal.jwk import signing_jwk
from portal.opening import Portal, open_portal
from portal.schema import submission
from portal.settings import Capacity, Settings
from sync.transport import Call

KIOSKS = 2000
DOSSIERS = 2
# Less than half of what ours does (`kiosk bench portal`: three a dossier): for minutes they want more than it has.
REQUESTS_PER_S = 200
TIMES_MEAN = 3.0
PATIENCE_S = 6 * 3600.0
PAPER_BYTES = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Outage:
    """What came of it. `drained_s` has for each kiosk when its last dossier was filed, seconds after the line's
    return; a kiosk that never got so far is not in it."""

    drained_s: tuple[float, ...]
    filed: int
    codes: int
    refused: int


def measure() -> list[Figure]:
    """The whole province, in a time that is only numbers."""
    with scratch() as folder:
        outage = simulate(folder, KIOSKS, DOSSIERS, REQUESTS_PER_S, Capacity().in_flight)
    expected = KIOSKS * DOSSIERS
    mean_s = sum(outage.drained_s) / max(1, len(outage.drained_s))
    wrong = abs(outage.filed - expected) + abs(outage.codes - expected) + KIOSKS - len(outage.drained_s)
    lines = [f"{KIOSKS} kiosks, {expected} dossiers, {outage.refused} requests asked to come later"]
    told = figure_of("outage: a kiosk is drained after", "s", outage.drained_s or [0.0])
    last = max(outage.drained_s, default=PATIENCE_S) / max(mean_s, 1e-9)
    return [
        figure_of("outage: lost, doubled or not drained", "", [float(wrong)]).judged_by(wrong, "count", 0.0),
        told.judged_by(last, "last, times the mean", TIMES_MEAN).with_details(lines=lines),
    ]


def simulate(folder: Path, kiosks: int, dossiers: int, requests_per_s: int, in_flight: int) -> Outage:
    """Let so many kiosks come back with so many dossiers each, every request answered by the real portal."""
    rng = Random(1)  # noqa: S311 - the same province each time
    settings = Settings(f"sqlite:///{folder / 'db' / 'portal.db'}", folder / "papers", folder / "keys", test=True)
    server: BusyServer | None = None
    portal = open_portal(settings, lambda: server.now() if server else KioskClock().now())
    server = BusyServer(make_app(portal), requests_per_s, in_flight)
    try:
        province = [_enrolled(portal, server, dossiers, rng) for _ in range(kiosks)]
        server.refused = 0
        drained_s = _drain(province)
        with portal.database.read() as connection:
            count = select(func.count(), func.count(submission.c.national_code.distinct()))
            filed, codes = connection.execute(count.select_from(submission)).one()
        return Outage(tuple(drained_s), filed, codes, server.refused)
    finally:
        server.close()
        portal.database.close()


def _drain(province: list[SimulatedKiosk]) -> list[float]:
    """Always the kiosk whose time has come first, until each is drained or out of patience."""
    waiting = [(kiosk.clock.at_s, number) for number, kiosk in enumerate(province)]
    heapq.heapify(waiting)
    drained_s = []
    while waiting:
        at_s, number = heapq.heappop(waiting)
        kiosk = province[number]
        kiosk.look()
        if kiosk.outbox.drained():
            drained_s.append(kiosk.drained_at_s)
        elif at_s < PATIENCE_S:
            heapq.heappush(waiting, (kiosk.clock.at_s, number))
    return drained_s


def _enrolled(portal: Portal, server: BusyServer, dossiers: int, rng: Random) -> SimulatedKiosk:
    with portal.database.write() as connection:
        code = new_code(connection, DEMO_OFFICE, portal.now())
    key = Ed25519PrivateKey.generate()
    request = EnrolRequest(code=code, public_key=signing_jwk(key.public_key()), device_name="máy mô phỏng")
    json = ("application/json",)
    call = Call("POST", "/v1/kiosks/enrol", json, request.model_dump_json().encode(), *json)
    answer = server.call(call)
    papers = [os.urandom(PAPER_BYTES) for _ in range(dossiers)]
    return SimulatedKiosk(server, key, Enrolment.model_validate_json(answer.body), papers, Random(rng.random()))  # noqa: S311
