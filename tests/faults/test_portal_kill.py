"""The portal is killed with kill -9 at the worst moments: nothing is half, lost or doubled when it is back."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from kiosk.manifest import MEDIA_TYPE, PIECE_MAX_BYTES, Manifest, sha256_hex
from tests.faults.invariants import Case, Promise, assert_no_secret, assert_portal_invariants, assert_quiet
from tests.faults.portal_evidence import evidence_of, settings_at
from tests.portal.desk import NAME, TIMEOUT_S, Desk, Dossier, dossier_of, enrol
from tests.portal.running import RunningPortal


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningPortal]:
    """A portal that can be killed."""
    portal = RunningPortal(tmp_path)
    yield portal
    if portal.process is not None:
        portal.stop()


@pytest.fixture
def desk(running: RunningPortal) -> Iterator[Desk]:
    """A kiosk that was enrolled while all was well; the portal is off afterwards."""
    with running.in_this_process() as url:
        enrolled = enrol(url, running.enrol_code())
        enrolled.call("GET", "/v1/catalog")  # fetches the token
    yield enrolled
    enrolled.http.close()


def start(running: RunningPortal, desk: Desk, dies_at: str = "") -> None:
    """Start the portal, and tell the kiosk where it is now."""
    running.start(dies_at=dies_at)
    desk.url = running.url


def send_and_forget(desk: Desk, path: str, media_type: str, body: bytes, announced: int) -> None:
    """Send a request, or the beginning of one, and read nothing."""
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {desk.token}\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {announced}\r\n\r\n"
    )
    place = urlsplit(desk.url)
    with socket.create_connection((place.hostname or "", place.port or 0), TIMEOUT_S) as line:
        line.sendall(head.encode() + body)


def promised(dossier: Dossier) -> Promise:
    """What was promised to the citizen of that dossier."""
    documents = Manifest.model_validate_json(dossier.content).documents
    return Promise(dossier.client_ref, {each.id: each.sha256 for each in documents})


def filed_once(running: RunningPortal, desk: Desk, dossier: Dossier) -> None:
    """The dossier can be filed to the end, every later answer is the first one's, and the portal holds it once."""
    answer = desk.file(dossier)
    assert answer.status_code in (200, 201)
    receipt = desk.receipt(answer)
    assert receipt.manifest_sha256 == sha256_hex(dossier.content)
    again = desk.commit(dossier)
    assert (again.status_code, again.content) == (200, answer.content)
    next_dossier = desk.dossier(seq=2)
    assert desk.receipt(desk.file(next_dossier)).national_code != receipt.national_code
    known = [promised(dossier), promised(next_dossier)]
    with evidence_of(settings_at(running.home)) as evidence:
        assert set(assert_portal_invariants(evidence, known)) == {each.client_ref for each in known}
    case = Case(sealed=known, folders=[running.home], log=running.stop().splitlines(), secrets=[NAME.encode()])
    assert_no_secret(known, case)
    assert_quiet(case.log)


def test_killed_in_the_middle_of_a_piece(running: RunningPortal, desk: Desk) -> None:
    piece = os.urandom(PIECE_MAX_BYTES)
    path = f"/v1/blobs/{sha256_hex(piece)}"
    start(running, desk)
    send_and_forget(desk, path, "application/octet-stream", piece[: PIECE_MAX_BYTES // 2], PIECE_MAX_BYTES)
    running.kill()
    start(running, desk)
    assert desk.call("HEAD", path).status_code == 404
    filed_once(running, desk, desk.dossier(piece))


@pytest.mark.proof
@pytest.mark.parametrize(
    ("dies_at", "held"),
    [
        ("before portal.durable._sync_content", False),
        pytest.param("before os.replace", False, marks=pytest.mark.proof),
        ("after os.replace", False),  # it lies there, but nothing says yet whose it is
        pytest.param("after portal.api.sha256_hex", False, marks=pytest.mark.proof),
    ],
)
def test_killed_while_a_piece_is_kept(running: RunningPortal, desk: Desk, dies_at: str, held: bool) -> None:
    piece = os.urandom(PIECE_MAX_BYTES)
    start(running, desk, dies_at)
    with pytest.raises(requests.ConnectionError):
        desk.put_piece(piece)
    running.wait_until_dead()
    start(running, desk)
    assert (desk.call("HEAD", f"/v1/blobs/{sha256_hex(piece)}").status_code == 200) is held
    filed_once(running, desk, desk.dossier(piece))


@pytest.mark.proof
def test_what_was_acknowledged_is_there_after_a_kill_in_full_traffic(running: RunningPortal, desk: Desk) -> None:
    acknowledged: list[bytes] = []

    def send(number: int) -> None:
        piece = os.urandom(100_000)
        try:
            if desk.put_piece(piece).status_code == 201:
                acknowledged.append(piece)
        except requests.ConnectionError:
            return
        if number == 20:
            running.kill()

    start(running, desk)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(send, range(40)))
    start(running, desk)
    assert len(acknowledged) >= 17
    dossier = desk.dossier(*acknowledged)
    assert desk.commit(dossier).status_code == 201  # every piece is there, whole: the portal hashed them again
    filed_once(running, desk, dossier)


@pytest.mark.proof
def test_killed_right_after_the_receipt(running: RunningPortal, desk: Desk) -> None:
    dossier = desk.dossier()
    start(running, desk)
    first = desk.file(dossier)
    running.kill()
    start(running, desk)
    again = desk.commit(dossier)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    filed_once(running, desk, dossier)


@pytest.mark.proof
@pytest.mark.parametrize(
    ("dies_at", "status"),
    [
        pytest.param("before portal.commits._store", 201, marks=pytest.mark.proof),
        pytest.param("after portal.commits.give_code", 201, marks=pytest.mark.proof),
        ("after portal.commits._store", 201),  # inside the transaction still
        ("after portal.api.commit", 200),  # committed, and nobody was told
    ],
)
def test_killed_while_a_dossier_is_committed(running: RunningPortal, desk: Desk, dies_at: str, status: int) -> None:
    dossier = desk.dossier()
    with running.in_this_process() as desk.url:
        for piece in dossier.pieces:
            desk.put_piece(piece)
    start(running, desk, dies_at)
    with pytest.raises(requests.ConnectionError):
        desk.commit(dossier)
    running.wait_until_dead()
    start(running, desk)
    assert desk.commit(dossier).status_code == status
    filed_once(running, desk, dossier)


@pytest.mark.proof
def test_killed_again_and_again_at_any_moment_of_a_commit(running: RunningPortal, desk: Desk) -> None:
    dossier = dossier_of(desk.manifest())
    path = f"/v1/submissions/{dossier.client_ref}"
    for _ in range(2):
        start(running, desk)
        send_and_forget(desk, path, MEDIA_TYPE, dossier.content, len(dossier.content))
        running.kill()
    start(running, desk)
    filed_once(running, desk, dossier)


def test_a_portal_ends_with_its_parent(running: RunningPortal) -> None:
    running.start()
    assert running.stop() == ""
