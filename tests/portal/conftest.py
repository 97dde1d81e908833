"""A portal of the test's own, opened in this process; and the same behind real HTTP on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.app import make_app
from portal.enrolment import new_code
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.settings import Settings
from tests.portal.desk import OFFICE, Desk, enrol
from tests.portal.serving import serving


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'db' / 'portal.db'}",
        files=tmp_path / "papers",
        keys=tmp_path / "keys",
        test=True,
    )


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
