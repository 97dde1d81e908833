"""A fake portal that runs, and a kiosk enrolled with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.fakes_portal import FakePortal
from tests.sync.desk import Desk


@pytest.fixture
def server(clock: FakeClock) -> Iterator[FakePortal]:
    portal = FakePortal(clock.now)
    with portal.running():
        yield portal


@pytest.fixture
def desk(tmp_path: Path, server: FakePortal, clock: FakeClock) -> Iterator[Desk]:
    kiosk = Desk(tmp_path, server, clock)
    yield kiosk
    kiosk.close()
