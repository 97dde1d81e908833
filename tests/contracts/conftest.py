"""The stores that every contract test of the store runs on, and the portal that those of the portal call."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.keys import DemoKeys
from kiosk.outbox import OutboxEntry
from kiosk.store import Store
from tests.contracts.store_steps import AnyStore
from tests.fakes import FakeClock
from tests.memory_store import MemoryStore
from tests.portal.desk import Desk, enrol
from tests.portal.running import RunningPortal
from tests.sample_dossiers import IDENTITY, sample_dossier


@pytest.fixture(params=["real", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[AnyStore]:
    """An empty store."""
    if request.param == "memory":
        yield MemoryStore(clock)
        return
    with Store.open(tmp_path / "store", DemoKeys(tmp_path / "keys"), clock, reserve_bytes=0) as opened:
        yield opened


@pytest.fixture
def sealed(store: AnyStore) -> OutboxEntry:
    """A dossier that was just sealed in it."""
    return store.seal(sample_dossier(1), IDENTITY)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A portal that was named; else ours, once on each database."""
    if "portal_kind" in metafunc.fixturenames:
        named = metafunc.config.getoption("--portal")
        ours = ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)]
        metafunc.parametrize("portal_kind", ["named"] if named else ours, indirect=True, scope="session")


@pytest.fixture(scope="session")
def portal_kind(request: pytest.FixtureRequest) -> str:
    """Which portal is under test."""
    return str(request.param)


@pytest.fixture(scope="session")
def address(
    portal_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Base URL and a one-time code of the portal under test."""
    if portal_kind == "named":
        code = request.config.getoption("--portal-code")
        assert code, "--portal-code: the portal's operator gives a one-time code"
        yield request.config.getoption("--portal").rstrip("/"), code
        return
    database_url = request.getfixturevalue("postgres").new_database() if portal_kind == "postgresql" else ""
    reference = RunningPortal(tmp_path_factory.mktemp("portal"), database_url=database_url)
    code = reference.enrol_code()
    reference.start()
    yield reference.url, code
    assert reference.stop() == ""


@pytest.fixture(scope="session")
def desk(address: tuple[str, str]) -> Iterator[Desk]:
    """A kiosk that the portal under test has enrolled."""
    enrolled = enrol(*address)
    yield enrolled
    enrolled.http.close()
