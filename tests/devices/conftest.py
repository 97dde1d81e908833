"""What tests of devices share."""

from collections.abc import Iterator

import pytest

from tests.devices.escl_desk import Desk
from tests.fakes_escl import EsclServer


@pytest.fixture
def desk() -> Iterator[Desk]:
    server = EsclServer()
    with server.running():
        yield Desk(server)
