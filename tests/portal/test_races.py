"""Races on a portal that several processes serve, and a database that goes away in the middle: once, or come again."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, select, text

from commands.own_postgres import OwnPostgres, find_programs
from kiosk.receipt import ProblemType
from portal.app import make_app
from portal.enrolment import new_code
from portal.instants import utc_now
from portal.opening import Portal, open_portal
from portal.schema import submission
from portal.settings import Settings
from tests.portal.desk import OFFICE, TIMEOUT_S, Desk, Dossier, enrol, problem
from tests.portal.running import RunningPortal
from tests.portal.serving import serving

COUNT = 20


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, engine: Callable[[Path], str]) -> Iterator[tuple[Desk, Desk]]:
    """One kiosk that calls either of two processes, which share a database, a folder and the keys."""
    home = tmp_path_factory.mktemp("two")
    first = RunningPortal(home, database_url=engine(home / "db"))
    second = RunningPortal(home, database_url=first.database_url)
    code = first.enrol_code()
    for running in (first, second):
        running.start()
    desk = enrol(first.url, code)
    desk.call("GET", "/v1/catalog")  # fetches the token, which the other process takes too
    other = Desk(second.url, desk.key, desk.enrolment, token=desk.token)
    yield desk, other
    for each in (desk, other):
        each.http.close()
    assert [running.stop() for running in (first, second)] == ["", ""]


def test_one_dossier_at_two_processes_at_once_is_stored_once(two: tuple[Desk, Desk]) -> None:
    first, second = two
    for _ in range(5):
        dossier = first.dossier()
        second.put_piece(dossier.pieces[0])
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda desk, it=dossier: desk.commit(it), (first, second) * 4))
        assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
        assert len({answer.content for answer in answers}) == 1


def test_codes_of_two_processes_are_all_different(two: tuple[Desk, Desk]) -> None:
    desks = [desk for desk in two for _ in range(4)]

    def file(desk: Desk) -> list[str | None]:
        own = Desk(desk.url, desk.key, desk.enrolment, token=desk.token)
        with own.http:
            return [own.receipt(own.file(own.dossier())).national_code for _ in range(5)]

    with ThreadPoolExecutor(8) as threads:
        codes = [code for filed in threads.map(file, desks) for code in filed]
    assert len(codes) == 40
    assert len(set(codes)) == 40
    assert None not in codes


def test_an_assertion_buys_one_token_at_two_processes(two: tuple[Desk, Desk]) -> None:
    assertion = two[0].assertion()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda desk: desk.exchange(assertion), two * 4))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7


def test_a_code_enrols_one_kiosk_however_many_try(portal: Portal, url: str, code: str) -> None:
    start = threading.Barrier(8)

    def try_it(_: int) -> str | None:
        start.wait(TIMEOUT_S)
        try:
            desk = enrol(url, code)
        except AssertionError:
            return None
        desk.http.close()
        return desk.enrolment.kiosk_id

    with ThreadPoolExecutor(8) as threads:
        kiosks = list(threads.map(try_it, range(8)))
    assert len([kiosk for kiosk in kiosks if kiosk]) == 1


def test_many_commit_at_once_and_every_code_is_new(portal: Portal, desk: Desk) -> None:
    dossiers = [desk.dossier() for _ in range(24)]
    for dossier in dossiers:
        desk.put_piece(dossier.pieces[0])

    def commit(dossier: Dossier) -> int:
        return desk.commit(dossier).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(commit, dossiers)) == {201}
    with portal.database.read() as connection:
        distinct = func.count(submission.c.national_code.distinct())
        assert connection.execute(select(func.count(), distinct).select_from(submission)).one() == (24, 24)


# The database goes away


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[tuple[OwnPostgres, Portal, Desk]]:
    """A portal whose PostgreSQL server may be stopped."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine. As an administrator: apt-get install postgresql")
    server = OwnPostgres(programs)
    settings = Settings(server.new_database(), tmp_path / "papers", tmp_path / "keys", test=True)
    portal = open_portal(settings, utc_now)
    with portal.database.write() as connection:
        code = new_code(connection, OFFICE, portal.now())
    with serving(make_app(portal)) as url:
        desk = enrol(url, code)
        yield server, portal, desk
        desk.http.close()
    portal.database.close()
    server.remove()


@pytest.mark.proof
def test_a_database_that_is_away_asks_to_come_again_and_is_found_again(
    mortal: tuple[OwnPostgres, Portal, Desk],
) -> None:
    """Stopped between requests, and lines broken in the middle of them, in whatever statement that may be: every answer
    is a receipt or "try later", and at the end every dossier is there once."""
    server, portal, desk = mortal
    filed, waiting = desk.dossier(), desk.dossier()
    first = desk.file(filed)
    desk.put_piece(waiting.pieces[0])
    server.disconnect_all()
    assert desk.commit(filed).content == first.content  # pooled lines are looked at before they are used
    server.stop()
    for answer in (desk.commit(waiting), desk.put_piece(b"another"), desk.exchange(desk.assertion())):
        problem(answer, 503, ProblemType.TRY_LATER)
        assert int(answer.headers["Retry-After"]) > 0
    server.start()
    assert desk.commit(waiting).status_code == 201
    again = desk.commit(filed)
    assert (again.status_code, again.content) == (200, first.content)
    assert desk.receipt(first).national_code != desk.receipt(desk.commit(waiting)).national_code

    _break_lines_under(desk, server)
    assert _count(portal) == COUNT + 2


def _break_lines_under(desk: Desk, server: OwnPostgres) -> None:
    dossiers = [desk.dossier() for _ in range(COUNT)]
    for dossier in dossiers:
        desk.put_piece(dossier.pieces[0])
    statuses: list[int] = []

    def commit(number: int) -> None:
        statuses.append(desk.commit(dossiers[number]).status_code)
        if number in (5, 10, 15):
            server.disconnect_all()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(commit, range(COUNT)))
    assert set(statuses) <= {200, 201, 503}
    for dossier in dossiers:
        assert desk.commit(dossier).status_code in (200, 201)


def _count(portal: Portal) -> int:
    with portal.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(submission)) or 0


@pytest.mark.engine("postgresql")
def test_a_deadlock_asks_to_come_again(portal: Portal) -> None:
    """Ours lock in one order; should others come to lock against it, nobody gets a fault."""
    app = make_app(portal)
    both = threading.Barrier(2)

    @app.post("/v1/lock/{first}/{second}")
    def lock(first: str, second: str) -> None:
        with portal.database.write() as connection:
            for number, name in enumerate((first, second)):
                connection.execute(text("SELECT 1 FROM setting WHERE name = :name FOR UPDATE"), {"name": name})
                if number == 0:
                    both.wait(TIMEOUT_S)

    with serving(app) as url, ThreadPoolExecutor(2) as threads:
        paths = ("schema/test", "test/schema")
        answers = list(threads.map(lambda path: requests.post(f"{url}/v1/lock/{path}", timeout=TIMEOUT_S), paths))
    assert sorted(answer.status_code for answer in answers) == [200, 503]


@pytest.mark.engine("postgresql")
def test_two_processes_that_open_a_new_database_at_once_both_find_it_made(settings: Settings) -> None:
    start = threading.Barrier(4)

    def open_it(_: int) -> str:
        start.wait(TIMEOUT_S)
        portal = open_portal(settings, utc_now)
        portal.database.close()
        return portal.token_audience

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(open_it, range(4)))) == 1
