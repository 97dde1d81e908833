"""Tests of sync/check_ups.py: what became of dossiers at the portal, with a real store where shredding is at stake."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.outbox import State
from sync.alarms import SyncAlarm
from sync.check_ups import LAST_NIGHT_KEY
from sync.losses import lost_slip_codes
from sync.syncer import Rules
from tests.fakes import FakeClock
from tests.fakes_http import Cut, Say
from tests.fakes_portal import FakePortal
from tests.memory_store import MemoryStore
from tests.sync.desk import Desk

DAY_S = 86400.0
RECONCILE = ("POST", "/v1/submissions/reconcile")
FEW_MINUTES_S = 600.0


@pytest.fixture
def light(tmp_path: Path, server: FakePortal, clock: FakeClock) -> Iterator[Desk]:
    kiosk = Desk(tmp_path, server, clock, Rules(grace=timedelta(days=2)), MemoryStore(clock))
    yield kiosk
    kiosk.close()


@pytest.fixture
def real(tmp_path: Path, server: FakePortal, clock: FakeClock) -> Iterator[Desk]:
    """The same with a real store."""
    kiosk = Desk(tmp_path, server, clock, Rules(grace=timedelta(days=2)))
    yield kiosk
    kiosk.close()


def lose(server: FakePortal, *refs: UUID) -> None:
    """The portal goes back to a backup in which these are not."""
    for ref in refs:
        server.receipts.pop(ref)
        server.manifests.pop(ref)
        server.durable.discard(ref)
    server.pieces.clear()


def until_night(desk: Desk) -> None:
    """A day passes; the kiosk is on."""
    for _ in range(25):
        desk.clock.advance(3600)
        desk.round()


def filed(desk: Desk, *numbers: int) -> list[UUID]:
    refs = [desk.file(number, f"paper {number}".encode()) for number in numbers]
    desk.round()
    return refs


def test_what_the_portal_lost_before_its_backup_goes_out_again(light: Desk, server: FakePortal) -> None:
    lost, held = filed(light, 1, 2)
    first = light.store.receipt(lost)
    lose(server, lost)
    light.clock.advance(FEW_MINUTES_S)
    report = light.round()
    assert (report.accepted, report.alarms) == (1, (SyncAlarm.PORTAL_LOST,))
    assert [light.entry(ref).state for ref in (lost, held)] == [State.RECEIPTED] * 2
    assert server.manifests[lost] == light.store.manifest(lost)
    assert light.store.receipts(lost)[0] == first, "the first receipt stays as proof"


@pytest.mark.parametrize("state", [State.RECEIPTED, State.DURABLE])
def test_what_the_portal_lost_after_its_backup_is_found_at_night(light: Desk, server: FakePortal, state: State) -> None:
    [ref] = filed(light, 1)
    server.durable.add(ref)
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    assert light.entry(ref).state is State.DURABLE
    lose(server, ref)
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    assert ref not in server.receipts, "what is durable is asked for at night"
    until_night(light)
    assert ref in server.receipts
    assert light.entry(ref).state is State.RECEIPTED


def test_a_dossier_is_not_shredded_on_an_old_word(light: Desk, server: FakePortal) -> None:
    ref, safe = filed(light, 1, 2)
    server.durable.update((ref, safe))
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    light.clock.advance(2 * DAY_S + 1)
    lose(server, ref)
    light.round()
    assert light.entry(safe).state is State.SHREDDED
    assert ref in server.receipts, "it was here still, and went out again"
    assert light.entry(ref).state is State.RECEIPTED


def test_a_portal_that_takes_its_word_back_keeps_the_kiosks_copy(light: Desk, server: FakePortal) -> None:
    """It holds the dossier, but its backup was lost: the last copy beside the portal's own stays here."""
    [ref] = filed(light, 1)
    server.durable.add(ref)
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    server.durable.discard(ref)
    light.clock.advance(2 * DAY_S + 1)
    light.round()
    assert light.entry(ref).state is State.DURABLE
    server.durable.add(ref)
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    assert light.entry(ref).state is State.SHREDDED


def test_while_the_portal_does_not_answer_nothing_is_shredded(light: Desk, server: FakePortal) -> None:
    [ref] = filed(light, 1)
    server.durable.add(ref)
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    server.always(*RECONCILE, Say(500))
    light.clock.advance(30 * DAY_S)
    light.round()
    assert light.entry(ref).state is State.DURABLE
    server.heal()
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    assert light.entry(ref).state is State.SHREDDED


def test_of_what_was_destroyed_here_the_receipt_is_the_proof_and_the_loss_an_alarm(
    light: Desk, server: FakePortal, caplog: pytest.LogCaptureFixture
) -> None:
    [ref] = filed(light, 1)
    server.durable.add(ref)
    for _ in range(2):
        light.clock.advance(2 * DAY_S + FEW_MINUTES_S)
        light.round()
    assert light.entry(ref).state is State.SHREDDED
    receipt = server.receipts[ref]
    lose(server, ref)
    until_night(light)
    assert lost_slip_codes(light.store) == (light.entry(ref).slip_code,)
    assert light.round().alarms == (SyncAlarm.PORTAL_LOST,)
    until_night(light)
    assert caplog.text.count("its receipt is the proof") == 1, "told once, not every night"
    kept = light.store.receipt(ref)
    assert kept is not None
    assert kept[1] == receipt
    light.start_again()
    light.round()
    assert light.round().alarms == (SyncAlarm.PORTAL_LOST,), "not forgotten with the program"
    server.receipts[ref] = receipt  # the operator had it on another tape
    until_night(light)
    assert lost_slip_codes(light.store) == ()
    assert light.round().alarms == ()


def test_a_portal_that_contradicts_itself_does_not_turn_the_queue_in_circles(light: Desk, server: FakePortal) -> None:
    [ref] = filed(light, 1)
    nothing = b'{"held": [], "durable": [], "unknown": ["%s"]}' % str(ref).encode()
    server.always(*RECONCILE, Say(200, nothing, "application/json"))
    for _ in range(12):
        light.clock.advance(FEW_MINUTES_S)
        light.round()
    assert server.count("PUT", "/v1/submissions/") == 2
    assert light.entry(ref).state is State.RECEIPTED


def test_what_is_to_be_withdrawn_is_not_sent_again(light: Desk, server: FakePortal) -> None:
    [ref] = filed(light, 1)
    light.store.withdraw(ref, light.clock.now())
    lose(server, ref)
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    assert light.entry(ref).state is State.WITHDRAWN
    assert ref not in server.receipts


def test_the_night_asks_for_everything_once_in_pages_and_remembers_that_it_did(
    light: Desk, server: FakePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.check_ups._PAGE", 2)
    refs = filed(light, *range(1, 6))
    server.durable.update(refs)
    light.clock.advance(FEW_MINUTES_S)
    light.round()
    until_night(light)
    assert light.store.value(LAST_NIGHT_KEY) is not None
    server.seen.clear()
    light.start_again()
    for _ in range(6):
        light.clock.advance(1)
        light.round()
    assert server.count(*RECONCILE) == 1, "the question at the start, and no second night"


def test_a_night_that_is_disturbed_goes_on_later(light: Desk, server: FakePortal) -> None:
    filed(light, 1)
    until_night(light)
    light.store.set_value(LAST_NIGHT_KEY, (light.clock.now() - timedelta(days=3)).isoformat().encode())
    light.start_again()
    light.clock.advance(10)
    light.round()
    server.always(*RECONCILE, Cut())
    until_night(light)
    before = light.store.value(LAST_NIGHT_KEY)
    server.heal()
    until_night(light)
    assert light.store.value(LAST_NIGHT_KEY) != before


@pytest.fixture
def portal_time(server: FakePortal, clock: FakeClock) -> FakeClock:
    """The portal's own clock, which nobody at the kiosk can set."""
    own = FakeClock(clock.instant)
    server.now = own.now
    return own


def pass_by(desk: Desk, portal_time: FakeClock, seconds: float) -> None:
    """Time passes for both, and the kiosk asks."""
    desk.clock.advance(seconds)
    portal_time.advance(seconds)
    desk.round()


def test_a_clock_that_jumps_ahead_shreds_nothing_early(light: Desk, server: FakePortal, portal_time: FakeClock) -> None:
    [ref] = filed(light, 1)
    server.durable.add(ref)
    pass_by(light, portal_time, FEW_MINUTES_S)
    light.clock.instant += timedelta(days=3000)
    pass_by(light, portal_time, FEW_MINUTES_S)
    assert light.entry(ref).state is State.DURABLE
    pass_by(light, portal_time, 2 * DAY_S)
    assert light.entry(ref).state is State.SHREDDED


def test_a_clock_that_was_ahead_when_the_portal_said_it_keeps_nothing_for_years(
    light: Desk, server: FakePortal, portal_time: FakeClock
) -> None:
    light.clock.instant += timedelta(days=3000)
    [ref] = filed(light, 1)
    server.durable.add(ref)
    pass_by(light, portal_time, FEW_MINUTES_S)
    light.clock.instant -= timedelta(days=3000)
    for _ in range(2):  # the first answer tells how late it is
        pass_by(light, portal_time, DAY_S + FEW_MINUTES_S)
    pass_by(light, portal_time, FEW_MINUTES_S)
    assert light.entry(ref).state is State.SHREDDED


def test_what_was_noted_in_the_future_is_noted_anew(real: Desk, server: FakePortal) -> None:
    """As an older program did under a clock that was years ahead."""
    [ref] = filed(real, 1)
    server.durable.add(ref)
    real.store.mark_durable(ref, real.clock.now() + timedelta(days=3000))
    until_night(real)
    assert real.entry(ref).state is State.DURABLE
    for _ in range(3):
        until_night(real)
    assert real.entry(ref).state is State.SHREDDED
    assert real.store.verify_audit() > 0


@pytest.mark.parametrize("why", ["its tombstone ended", "another portal"])
def test_the_alarm_of_a_loss_ends_where_nothing_could_ever_end_it(light: Desk, server: FakePortal, why: str) -> None:
    [ref] = filed(light, 1)
    server.durable.add(ref)
    for _ in range(2):
        light.clock.advance(2 * DAY_S + FEW_MINUTES_S)
        light.round()
    lose(server, ref)
    until_night(light)
    assert light.round().alarms == (SyncAlarm.PORTAL_LOST,)
    if why == "another portal":
        light.store.set_value("portal.left_seq", b"1")
    else:
        light.store._kept.clear()  # type: ignore[union-attr]  # a store in memory
    until_night(light)
    assert lost_slip_codes(light.store) == ()
    assert light.round().alarms == ()
