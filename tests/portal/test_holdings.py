"""Tests of portal/holdings.py: a kiosk is told of its own pieces alone, and what it was told to be held stays."""

import dataclasses
import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from kiosk.manifest import sha256_hex
from kiosk.receipt import Problem, ProblemType
from portal.app import make_app
from portal.enrolment import new_code
from portal.folder_shelf import FolderShelf
from portal.opening import Portal
from portal.schema import document_piece, lease
from portal.settings import Capacity
from portal.tidying import tidy
from tests.portal.desk import OFFICE, Desk, enrol, problem
from tests.portal.serving import serving

DAY_S = 24 * 3600.0


@pytest.fixture
def other(portal: Portal, url: str) -> Iterator[Desk]:
    """A second kiosk."""
    with portal.database.write() as connection:
        code = new_code(connection, OFFICE, portal.now())
    enrolled = enrol(url, code)
    yield enrolled
    enrolled.http.close()


def head(desk: Desk, content: bytes) -> int:
    return desk.call("HEAD", f"/v1/blobs/{sha256_hex(content)}").status_code


def later(portal: Portal, after_s: float) -> Portal:
    """The same portal, some time from now."""
    return dataclasses.replace(portal, now=lambda: portal.now() + timedelta(seconds=after_s))


def test_nobody_learns_what_another_kiosk_has_brought(desk: Desk, other: Desk) -> None:
    """Neither by asking, nor by bringing, nor by filing: who can guess a paper must not learn that it was filed."""
    paper = os.urandom(100)
    desk.file(desk.dossier(paper))
    assert head(desk, paper) == 200
    assert head(other, paper) == 404
    guess = other.dossier(paper)
    refused = Problem.model_validate_json(other.commit(guess).content)
    assert (refused.type, refused.missing) == (ProblemType.MISSING_PIECES, (sha256_hex(paper),))
    assert other.put_piece(paper).status_code == 201
    assert other.put_piece(paper).status_code == 200
    assert other.commit(guess).status_code == 201


def test_a_piece_may_be_used_by_two_dossiers_of_a_kiosk(portal: Portal, desk: Desk) -> None:
    paper = os.urandom(100)
    desk.file(desk.dossier(paper))
    again = desk.dossier(paper)
    assert head(desk, paper) == 200
    assert desk.put_piece(paper).status_code == 200
    assert desk.commit(again).status_code == 201
    with portal.database.read() as connection:
        assert connection.execute(select(lease)).all() == []
        assert len(connection.execute(select(document_piece)).all()) == 2


def test_who_asks_keeps_a_piece_from_growing_old(portal: Portal, desk: Desk) -> None:
    """Asked on the sixth day, sent off on the twelfth: it is still there, and is removed a week after."""
    desk.put_piece(b"paper")
    for day, status in ((6, 200), (12, 200), (20, 404)):
        then = later(portal, day * DAY_S)
        tidy(then)
        with serving(make_app(then)) as moved:
            bearer = requests.post(f"{moved}/v1/token", data=_form(desk, day), timeout=30).json()["access_token"]
            headers = {"Authorization": f"Bearer {bearer}"}
            answer = requests.head(f"{moved}/v1/blobs/{sha256_hex(b'paper')}", headers=headers, timeout=30)
        assert answer.status_code == status, day


def _form(desk: Desk, day: int) -> dict[str, str]:
    now = int(time.time() + day * DAY_S)
    then = {"iat": now, "exp": now + 60}
    return {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": desk.assertion(**then)}


def test_a_piece_that_vanished_from_the_shelf_is_asked_for_again(portal: Portal, desk: Desk) -> None:
    desk.put_piece(b"paper")
    portal.pieces.shelf.remove(portal.pieces.name(sha256_hex(b"paper")))
    assert head(desk, b"paper") == 404
    assert desk.put_piece(b"paper").status_code == 201
    assert head(desk, b"paper") == 200


def limited(portal: Portal, capacity: Capacity) -> Portal:
    return dataclasses.replace(portal, capacity=capacity)


def test_a_kiosk_brings_no_more_than_it_may_hold_and_gets_room_by_filing(portal: Portal, desk: Desk) -> None:
    with serving(make_app(limited(portal, Capacity(held_max_bytes=1000)))) as desk.url:
        first, second = os.urandom(600), os.urandom(600)
        assert desk.put_piece(first).status_code == 201
        refused = desk.put_piece(second)
        assert (refused.status_code, int(refused.headers["Retry-After"])) == (429, 600)
        assert Problem.model_validate_json(refused.content).type == ProblemType.TRY_LATER
        assert desk.file(desk.dossier(first)).status_code == 201
        assert desk.put_piece(second).status_code == 201


def test_what_is_refused_for_good_takes_nothing_of_what_a_kiosk_may_hold(portal: Portal, desk: Desk) -> None:
    """Else a few such dossiers would keep an honest office's others out."""
    with serving(make_app(limited(portal, Capacity(held_max_bytes=1000)))) as desk.url:
        withdrawn, good = desk.dossier(os.urandom(600)), desk.dossier(os.urandom(600))
        desk.put_piece(withdrawn.pieces[0])
        desk.withdraw(withdrawn)
        problem(desk.commit(withdrawn), 410, ProblemType.WITHDRAWN)
        other = desk.dossier(os.urandom(600))
        content = json.loads(other.content) | {"test": False}
        problem(desk.file(dataclasses.replace(other, content=json.dumps(content).encode())), 422)
        assert desk.file(good).status_code == 201


def test_a_disk_that_is_nearly_full_takes_no_pieces_and_still_commits(portal: Portal, desk: Desk) -> None:
    """What is there already may be filed: a manifest is small, and it is what the citizen waits for."""
    dossier = desk.dossier(b"paper")
    desk.put_piece(b"paper")
    with serving(make_app(limited(portal, Capacity(disk_reserve_bytes=2**60)))) as desk.url:
        refused = desk.put_piece(b"another")
        assert refused.status_code == 507
        assert int(refused.headers["Retry-After"]) >= 300
        assert Problem.model_validate_json(refused.content).type == ProblemType.TRY_LATER
        assert desk.commit(dossier).status_code == 201


def test_a_folder_knows_how_much_room_there_is(tmp_path: Path) -> None:
    assert FolderShelf(tmp_path).free_bytes() > 0
