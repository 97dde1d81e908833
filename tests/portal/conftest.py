"""A portal of the test's own, opened in this process; and the same behind real HTTP on loopback.

Every test that opens one runs on SQLite and on PostgreSQL; without `make proof`, on PostgreSQL only what is about
transactions.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands.own_postgres import OwnPostgres
from portal.app import make_app
from portal.enrolment import new_code
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.settings import Settings
from tests.portal.desk import OFFICE, Desk, enrol
from tests.portal.serving import serving

ABOUT_TRANSACTIONS = {
    "test_commits",
    "test_database",
    "test_migrations",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test of a portal once for each database that it is meant for."""
    if "engine" not in metafunc.fixturenames:
        return
    only = [mark.args[0] for mark in metafunc.definition.iter_markers("engine")]
    always = metafunc.module.__name__.rpartition(".")[2] in ABOUT_TRANSACTIONS or "postgresql" in only
    on_postgresql = pytest.param("postgresql", marks=[] if always else pytest.mark.proof)
    engines = [pytest.param("sqlite"), on_postgresql]
    metafunc.parametrize(
        "engine", [each for each in engines if not only or each.values[0] in only], indirect=True, scope="session"
    )


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Callable[[Path], str]:
    """Makes the URL of a new database; SQLite's is in the given folder."""
    if request.param == "postgresql":
        server: OwnPostgres = request.getfixturevalue("postgres")
        return lambda _folder: server.new_database()
    return lambda folder: f"sqlite:///{folder / 'portal.db'}"


@pytest.fixture
def settings(tmp_path: Path, engine: Callable[[Path], str]) -> Settings:
    database_url = engine(tmp_path / "db")
    return Settings(database_url=database_url, files=tmp_path / "papers", keys=tmp_path / "keys", test=True)


@pytest.fixture
def portal(settings: Settings) -> Iterator[Portal]:
    opened = open_portal(settings, utc_now)
    yield opened
    opened.database.close()


@pytest.fixture
def url(portal: Portal) -> Iterator[str]:
    """Where the portal answers."""
    with serving(make_app(portal)) as address:
        yield address


@pytest.fixture
def code(portal: Portal) -> str:
    with portal.database.write() as connection:
        return new_code(connection, OFFICE, portal.now())


@pytest.fixture
def desk(url: str, code: str) -> Iterator[Desk]:
    enrolled = enrol(url, code)
    yield enrolled
    enrolled.http.close()
