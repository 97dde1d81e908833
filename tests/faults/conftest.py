"""The kiosks and portals of the journeys, to be killed here; a kiosk with a fake portal, for faults of HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.transport import ExchangeLimits
from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal
from tests.faults.filed import Filed, Make
from tests.faults.invariants import promise
from tests.journeys.conftest import make_kiosk, one_theme, own_portal, portal, shipped
from tests.memory_store import MemoryStore
from tests.sample_dossiers import sample_dossier
from tests.sync.desk import QUICK, Desk

__all__ = ["make_kiosk", "one_theme", "own_portal", "portal", "shipped"]


@pytest.fixture
def make(tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture) -> Iterator[Make]:
    """Makes kiosks that have filed; their stores are in memory: there are many cases."""
    desks = []

    def make(server: FakePortal, limits: ExchangeLimits = QUICK) -> Filed:
        desk = Desk(tmp_path, server, clock, store=MemoryStore(clock), limits=limits)
        desks.append(desk)
        papers = {number: f"paper {number}".encode() for number in (1, 2)}
        for number, paper in papers.items():
            desk.file(number, paper)
        return Filed(desk, [promise(sample_dossier(*item)) for item in papers.items()], tmp_path, caplog)

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def server(clock: FakeClock) -> Iterator[FakePortal]:
    """A fake portal that runs."""
    portal = FakePortal(clock.now)
    with portal.running():
        yield portal


@pytest.fixture
def filed(make: Make, server: FakePortal) -> Filed:
    """A kiosk that has filed, with that portal."""
    return make(server)
