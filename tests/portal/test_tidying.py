"""Tests of portal/tidying.py: what nobody needs goes, and nothing that somebody may still use."""

import dataclasses
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import Connection, delete, select, update

from kiosk.manifest import sha256_hex
from portal import holdings, tidying
from portal.enrolment import Kiosk, find_kiosk
from portal.opening import Portal
from portal.problems import Refused
from portal.schema import document_piece, piece, submission
from portal.settings import Capacity, Settings
from portal.tidying import Tidied, Tidying, tidy
from tests.portal.desk import TIMEOUT_S, Desk

WEEK_S = Capacity().pieces_kept_s
PAPER = b"a paper of which no dossier is made"
DIGEST = sha256_hex(PAPER)


def after(portal: Portal, seconds: float) -> Portal:
    return dataclasses.replace(portal, now=lambda: portal.now() + timedelta(seconds=seconds))


@pytest.fixture
def caller(portal: Portal, desk: Desk) -> Kiosk:
    with portal.database.read() as connection:
        found = find_kiosk(connection, desk.enrolment.kiosk_id)
    assert found is not None
    return found


@pytest.fixture
def week_old(portal: Portal, caller: Kiosk) -> Portal:
    """The portal a week after PAPER was brought."""
    assert holdings.keep(portal, caller, DIGEST, PAPER)
    return after(portal, WEEK_S + 60)


def shelved(portal: Portal) -> set[str]:
    return {each.name for each in portal.pieces.shelf.listed()}


def test_what_no_dossier_is_made_of_goes_after_its_time(portal: Portal, desk: Desk, caller: Kiosk) -> None:
    used = os.urandom(100)
    desk.file(desk.dossier(used))
    holdings.keep(portal, caller, DIGEST, PAPER)
    assert tidy(after(portal, WEEK_S - 60)) == Tidied()
    assert tidy(after(portal, WEEK_S + 60)) == Tidied(pieces=1, size_bytes=len(PAPER))
    assert shelved(portal) == {portal.pieces.name(sha256_hex(used))}
    assert tidy(after(portal, 100 * WEEK_S)) == Tidied()


def test_what_lies_there_without_a_row_goes_too(portal: Portal) -> None:
    """Its row was lost with a database that was restored from a backup: it has a week from when it is found."""
    portal.pieces.put(DIGEST, PAPER)
    assert tidy(after(portal, WEEK_S - 60)) == Tidied()
    assert tidy(after(portal, WEEK_S + 60)) == Tidied(found=1)
    assert tidy(after(portal, 2 * WEEK_S)) == Tidied()
    assert tidy(after(portal, 2 * WEEK_S + 120)).pieces == 1
    assert shelved(portal) == set()


def test_an_older_database_on_the_same_papers_removes_none_at_once(portal: Portal, desk: Desk) -> None:
    """A restore that is tried out, or the wrong backup: what came since has no row there."""
    paper = os.urandom(100)
    desk.file(desk.dossier(paper))
    with portal.database.write() as connection:
        for table in (document_piece, piece):
            connection.execute(delete(table))
    assert tidy(after(portal, 10 * WEEK_S)) == Tidied(found=1)
    assert portal.pieces.get(sha256_hex(paper)) == paper


def test_what_no_portal_has_put_there_is_left_alone(portal: Portal, settings: Settings) -> None:
    stray = [settings.files / "ab" / name for name in ("x" * 100, "a" * 64 + ".bak", "note")]
    for path in stray:
        path.write_bytes(b"somebody's")
        os.utime(path, (0, 0))
    assert tidy(after(portal, 2 * WEEK_S)) == Tidied()
    assert tidy(after(portal, 4 * WEEK_S)) == Tidied()
    assert all(path.exists() for path in stray)


def test_many_go_in_batches(portal: Portal, caller: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "BATCH", 2)
    for number in range(5):
        content = bytes([number])
        holdings.keep(portal, caller, sha256_hex(content), content)
    assert tidy(after(portal, WEEK_S + 60)).pieces == 5
    assert shelved(portal) == set()


def test_nothing_goes_while_dossiers_of_the_old_schema_are_unread(week_old: Portal, desk: Desk) -> None:
    desk.file(desk.dossier())
    with week_old.database.write() as connection:
        connection.execute(update(submission).values(seq=None))
    assert tidy(week_old) == Tidied()


def test_a_crash_between_shelf_and_database_is_mended_by_the_next_time(
    week_old: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = week_old.pieces.shelf.remove

    def die(name: str) -> None:
        remove(name)
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(week_old.pieces.shelf, "remove", die)
        with pytest.raises(OSError, match="power cut"):
            tidy(week_old)
    assert tidy(week_old).pieces == 1
    with week_old.database.read() as connection:
        assert connection.execute(select(piece)).all() == []


# Races: each lets the other side go as far as it can at the worst moment.


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as thread:
        yield thread


def held_up(shelf_method: Callable[..., object], started: Event, go_on: Event) -> Callable[..., object]:
    def call(*arguments: object) -> object:
        started.set()
        assert go_on.wait(TIMEOUT_S)
        return shelf_method(*arguments)

    return call


def test_brought_again_while_it_is_removed(
    week_old: Portal, caller: Kiosk, beside: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kiosk puts the piece, then waits for the row that tidying has locked: it finds the piece gone, and puts it
    once more."""
    removing, brought = Event(), Event()
    shelf = week_old.pieces.shelf
    monkeypatch.setattr(shelf, "remove", held_up(shelf.remove, removing, brought))
    put = shelf.put

    def put_and_tell(name: str, sealed: bytes) -> None:
        put(name, sealed)
        brought.set()

    tidied = beside.submit(tidy, week_old)
    assert removing.wait(TIMEOUT_S)
    monkeypatch.setattr(shelf, "put", put_and_tell)
    # Looking for it first would wait for the lock on some databases: it is known not to be held.
    monkeypatch.setattr(holdings, "is_held", lambda *_: False)
    assert holdings.keep(week_old, caller, DIGEST, PAPER)
    assert tidied.result(TIMEOUT_S).pieces == 1
    assert week_old.pieces.get(DIGEST) == PAPER
    assert holdings.missing(week_old, caller, [DIGEST]) == ()


def test_asked_for_between_two_looks(week_old: Portal, caller: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told "held" when its time was all but over, it stays for days, however soon it is tidied."""
    nearly = after(week_old, -120)
    assert holdings.is_held(nearly, caller, DIGEST)
    assert tidy(week_old) == Tidied()
    assert holdings.missing(after(week_old, 5 * 24 * 3600), caller, [DIGEST]) == ()


def test_brought_again_between_the_search_and_the_lock(
    week_old: Portal, caller: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, later = week_old.database, after(week_old, 1)
    write, searched = database.write, [False, True]  # the first transaction ends old leases, the second removes

    def write_after_another() -> AbstractContextManager[Connection]:
        if searched and searched.pop(0):
            assert holdings.keep(later, caller, DIGEST, PAPER)
        return write()

    monkeypatch.setattr(database, "write", write_after_another)
    assert tidy(week_old) == Tidied()
    assert holdings.missing(later, caller, [DIGEST]) == ()


def test_removed_between_the_look_and_the_commit(week_old: Portal, desk: Desk, caller: Kiosk) -> None:
    """The commit's own transaction sees it, and the kiosk is asked for the piece."""
    manifest = desk.dossier(PAPER)
    tidy(week_old)
    with pytest.raises(Refused) as refused, week_old.database.write() as connection:
        holdings.use(connection, week_old, caller, manifest.client_ref, [DIGEST])
    assert refused.value.problem.missing == (DIGEST,)


@pytest.mark.engine("postgresql")
def test_what_a_commit_has_locked_is_left_alone(week_old: Portal, desk: Desk, caller: Kiosk) -> None:
    """On SQLite the two cannot be at work at the same time at all."""
    with week_old.database.write() as connection:
        locked = select(piece.c.name).with_for_update(key_share=True, read=True)
        connection.execute(locked).all()
        assert tidy(week_old) == Tidied()
    assert tidy(week_old).pieces == 1


@pytest.mark.parametrize("fault", [OSError, ValueError])
def test_it_is_done_from_time_to_time_and_ends_when_told(
    week_old: Portal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: type[Exception]
) -> None:
    done = Event()

    def tidied(_portal: Portal, _stop: Event) -> Tidied:
        done.set()
        raise fault("the first fault ends nothing")

    monkeypatch.setattr(tidying, "tidy", tidied)
    often = dataclasses.replace(week_old, capacity=Capacity(tidy_every_s=0.01))
    tidying_thread = Tidying(often)
    tidying_thread.start()
    for _ in range(2):
        assert done.wait(TIMEOUT_S)
        done.clear()
    tidying_thread.stop()
    assert "tidying was broken off" in caplog.text
