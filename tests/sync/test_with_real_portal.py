"""The whole client against the reference portal as its own process: filing, dying in the middle, coming back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from jwt.utils import base64url_decode

from commands.wall_clock import WallClock
from kiosk.keys import DemoKeys
from kiosk.outbox import Accepted, OutboxEntry, QueueCondition, State
from kiosk.store import Identity, Store
from sync.enrolment import Enrolled, enrol, open_portal
from sync.loop import SyncLoop
from sync.portal import Parcel, PortalPort
from sync.server_time import ServerTime
from sync.syncer import Rules, Syncer
from sync.transport import Transport
from tests.portal.running import RunningPortal
from tests.sample_dossiers import random_paper, sample_dossier
from tests.sync.desk import MIB

WAIT_S = 30.0


@dataclass
class Kiosk:
    """A kiosk that is enrolled with the running portal."""

    portal_process: RunningPortal
    enrolled: Enrolled
    store: Store
    portal: PortalPort
    syncer: Syncer
    clock: WallClock

    def file(self, number: int, size_bytes: int) -> UUID:
        enrolment = self.enrolled.enrolment
        recovery = base64url_decode(enrolment.recovery_public_key)
        dossier = sample_dossier(number, random_paper(number, size_bytes), b"a second, small paper")
        self.store.seal(dossier, Identity(enrolment.kiosk_id, enrolment.recovery_key_id, recovery))
        return dossier.client_ref

    def entry(self, client_ref: UUID) -> OutboxEntry:
        entry = self.store.entry(client_ref)
        assert entry is not None
        return entry


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    process = RunningPortal(tmp_path / "portal")
    code = process.enrol_code()
    process.start()
    clock, keys = WallClock(), DemoKeys(tmp_path / "keys")
    time = ServerTime(clock)
    transport = Transport(process.url, time)
    enrolled = enrol(transport, code, keys, "máy thử")
    transport.close()
    assert isinstance(enrolled, Enrolled)
    with Store.open(tmp_path / "store", keys, clock, reserve_bytes=0) as store:
        portal = open_portal(enrolled, keys, clock, time, None)
        syncer = Syncer(store, portal, clock, Random(1), Rules(check_up_every_s=0, grace=timedelta(0)))
        yield Kiosk(process, enrolled, store, portal, syncer, clock)
        portal.close()
    assert process.stop() == ""


def test_a_dossier_is_filed_becomes_durable_and_is_shredded(kiosk: Kiosk) -> None:
    ref = kiosk.file(1, 3 * MIB + 7)
    states = []
    for _ in range(3):
        assert kiosk.syncer.run_once(kiosk.clock.now()).condition is QueueCondition.CLEAR
        states.append(kiosk.entry(ref).state)
    assert states[0] is State.RECEIPTED
    assert states[-1] is State.SHREDDED
    assert kiosk.entry(ref).national_code


def test_a_dossier_survives_the_death_of_the_portal_and_arrives_once(kiosk: Kiosk) -> None:
    port = kiosk.portal_process.url.rpartition(":")[2]
    ref, other = kiosk.file(1, 2 * MIB), kiosk.file(2, 10)
    kiosk.portal_process.kill()
    assert kiosk.syncer.run_once(kiosk.clock.now()).condition is QueueCondition.OFFLINE
    assert [kiosk.entry(each).attempts for each in (ref, other)] == [0, 0]
    kiosk.portal_process.start("--port", port)
    loop = SyncLoop(kiosk.syncer, kiosk.store, kiosk.clock, Random(1))
    loop.start()
    loop.kick()
    settled = [loop.wait_for(each, WAIT_S) for each in (ref, other)]
    assert loop.stop(WAIT_S)
    assert {entry.state for entry in settled} <= {State.RECEIPTED, State.DURABLE, State.SHREDDED}
    assert len({entry.national_code for entry in settled}) == 2


@pytest.mark.proof
def test_a_portal_that_dies_while_pieces_are_sent_gets_the_rest_later(kiosk: Kiosk) -> None:
    port = kiosk.portal_process.url.rpartition(":")[2]
    ref = kiosk.file(1, 6 * MIB)
    taken: list[str] = []

    class Deadly:
        """The store, whose third piece is the portal's death."""

        def __getattr__(self, name: str) -> object:
            return getattr(kiosk.store, name)

        def piece(self, client_ref: UUID, sha256: str) -> bytes:
            taken.append(sha256)
            if len(taken) == 3:
                kiosk.portal_process.kill()
            return kiosk.store.piece(client_ref, sha256)

    syncer = Syncer(Deadly(), kiosk.portal, kiosk.clock, Random(1))  # type: ignore[arg-type]  # the rest is delegated
    syncer.run_once(kiosk.clock.now())
    assert kiosk.entry(ref).state is State.SENDING
    kiosk.portal_process.start("--port", port)
    kiosk.store.wake_all(kiosk.clock.now())
    assert syncer.run_once(kiosk.clock.now()).accepted == 1
    assert len(taken) < 2 * 7, "what arrived before is not sent again"


@pytest.mark.proof
def test_a_crash_after_the_commit_gives_the_same_receipt(kiosk: Kiosk) -> None:
    """The portal committed, the kiosk died before it noted the receipt: asking or committing again, it is the same."""
    ref = kiosk.file(1, MIB)
    kiosk.syncer.run_once(kiosk.clock.now())
    kept = kiosk.store.receipt(ref)
    assert kept is not None
    parcel = Parcel(ref, kiosk.store.manifest(ref), lambda sha256: kiosk.store.piece(ref, sha256))
    assert kiosk.portal.recall(parcel) == kiosk.portal.commit(parcel) == Accepted(*kept)
