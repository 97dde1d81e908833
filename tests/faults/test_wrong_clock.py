"""Case 57: a kiosk whose clock is years off, or jumps: the portal's Date heals it, or a person is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.keys import DemoKeys
from kiosk.outbox import Held, QueueCondition, State
from portal.app import make_app
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.settings import Settings
from sync.enrolment import enrol
from sync.server_time import ServerTime
from sync.succession import Succeeded
from sync.transport import Transport
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.portal.serving import serving
from tests.sync.real_kiosk import RealKiosk, code_at
from tests.sync.test_tls import TODAY, YEAR, Authority, https

FIVE_YEARS = timedelta(days=5 * 365)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    places = Settings(f"sqlite:///{tmp_path / 'db' / 'portal.db'}", tmp_path / "papers", tmp_path / "keys", test=True)
    opened = open_portal(places, utc_now)
    yield opened
    opened.database.close()


@pytest.fixture
def url(portal: Portal) -> Iterator[str]:
    with serving(make_app(portal)) as address:
        yield address


@pytest.mark.parametrize("off", [-FIVE_YEARS, FIVE_YEARS], ids=["behind", "ahead"])
def test_a_clock_that_is_years_off_holds_nothing_up(
    tmp_path: Path, portal: Portal, url: str, clock: FakeClock, off: timedelta
) -> None:
    """Enrolled, filed, sent, confirmed and shredded; the legal time is the portal's, in the receipt."""
    clock.instant = utc_now() + off
    kiosk = RealKiosk(tmp_path / "disk", url, clock).start()
    assert kiosk.enrol(code_at(portal)) == Succeeded()
    ref = kiosk.file(1)
    assert kiosk.round().condition is QueueCondition.CLEAR
    receipt = kiosk.store.receipt(ref)
    assert receipt is not None
    assert abs(receipt[0].received_at - utc_now()) < timedelta(minutes=1)
    for _asked_again in range(2):  # durable at the first, and still so at the second
        assert kiosk.token_ends().condition is QueueCondition.CLEAR
    assert kiosk.states() == {1: State.SHREDDED}
    kiosk.stop()


def test_a_clock_that_jumps_back_and_forth_between_rounds_loses_nothing(
    tmp_path: Path, portal: Portal, url: str, clock: FakeClock
) -> None:
    clock.instant = utc_now()
    kiosk = RealKiosk(tmp_path / "disk", url, clock).start()
    assert kiosk.enrol(code_at(portal)) == Succeeded()
    for number, jump in enumerate((FIVE_YEARS, -2 * FIVE_YEARS, FIVE_YEARS), start=1):
        kiosk.file(number)
        clock.instant += jump
        clock.elapsed_s += 600  # the token has ended too
        assert kiosk.round().condition is QueueCondition.CLEAR
        assert kiosk.states()[number] is not State.SEALED
    assert [entry.seq for entry in kiosk.store.entries()] == [1, 2, 3]
    kiosk.stop()


@pytest.mark.parametrize(
    ("begins", "ends", "condition"),
    [(YEAR, 2 * YEAR, QueueCondition.CLOCK), (-2 * YEAR, -YEAR, QueueCondition.CERTIFICATE)],
    ids=["clock behind the certificate", "clock after it, or expired"],
)
def test_without_tls_nothing_can_be_learned_and_a_person_is_told(
    tmp_path: Path, clock: FakeClock, begins: timedelta, ends: timedelta, condition: QueueCondition
) -> None:
    """No word of the portal's is believed before TLS stands, its Date neither. The code is still good afterwards."""

    class RealKeys(DemoKeys):
        demo = False

    store, authority = MemoryStore(clock), Authority()
    with https(authority.server(tmp_path, TODAY + begins, TODAY + ends, "127.0.0.1"), clock) as server:
        time = ServerTime(clock)
        transport = Transport(server.url, time, authority.pem(tmp_path))
        result = enrol(transport, "ABCD-EFGH-JKMN", RealKeys(tmp_path), "máy 1", store=store)
        transport.close()
        assert isinstance(result, Held)
        assert result.condition is condition
        assert (server.seen, time.offset_s) == ([], None)
