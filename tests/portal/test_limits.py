"""Tests of portal/limits.py: no body too large or too slow, and the answer arrives all the same."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests

from kiosk.receipt import PROBLEM_MEDIA_TYPE, Problem, ProblemType
from portal import limits
from portal.limits import BODY_MAX_BYTES
from tests.portal.desk import TIMEOUT_S, Desk

PATH = f"/v1/blobs/{'0' * 64}"


def read_problem(answer: requests.Response) -> str:
    assert answer.headers["Content-Type"] == PROBLEM_MEDIA_TYPE
    return Problem.model_validate_json(answer.content).type


@pytest.mark.parametrize("size", [BODY_MAX_BYTES + 1, 2 * BODY_MAX_BYTES + 1, 20 * BODY_MAX_BYTES])
def test_a_body_of_announced_length_is_refused(desk: Desk, size: int) -> None:
    assert read_problem(desk.call("PUT", PATH, bytes(size))) == ProblemType.TOO_LARGE


def test_a_body_of_unknown_length_is_refused_as_soon_as_it_is_too_large(desk: Desk) -> None:
    desk.call("HEAD", PATH)
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(BODY_MAX_BYTES // 65536 + 1):
            sent += 65536
            yield bytes(65536)

    headers = {"Authorization": f"Bearer {desk.token}"}
    answer = desk.http.put(desk.url + PATH, data=chunks(), headers=headers, timeout=TIMEOUT_S)
    assert read_problem(answer) == ProblemType.TOO_LARGE
    assert sent > BODY_MAX_BYTES


def test_an_early_refusal_reaches_a_sender_that_still_sends(url: str) -> None:
    """Without a token the body is never looked at; the line must not break over that."""
    place = urlsplit(url)
    head = f"PUT {PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {BODY_MAX_BYTES}\r\n\r\n"
    answer = b""
    with socket.create_connection((place.hostname or "", place.port or 0), TIMEOUT_S) as line:
        line.sendall(head.encode())
        for _ in range(4):
            line.sendall(bytes(BODY_MAX_BYTES // 4))
            requests.get(f"{url}/v1/keys", timeout=TIMEOUT_S)  # gives the portal its turn
        while part := line.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert ProblemType.UNAUTHENTICATED.encode() in answer


def raw_answer(url: str, request: bytes) -> bytes:
    """Send bytes and no more; read until the portal closes."""
    place = urlsplit(url)
    answer = b""
    with socket.create_connection((place.hostname or "", place.port or 0), TIMEOUT_S) as line:
        line.sendall(request)
        while part := line.recv(65536):
            answer += part
    return answer


def test_a_body_that_stays_away_is_not_waited_for(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_TIMEOUT_S", 0.0)
    head = b"POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\ngrant"
    answer = raw_answer(url, head + form)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert ProblemType.TRY_LATER.encode() in answer


def test_a_sender_that_goes_away_leaves_no_trace(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.call("HEAD", PATH)
    place = urlsplit(desk.url)
    head = f"PUT {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {desk.token}\r\nContent-Length: 1000\r\n\r\nhalf"
    with socket.create_connection((place.hostname or "", place.port or 0), TIMEOUT_S) as line:
        line.sendall(head.encode())
    assert desk.call("HEAD", PATH).status_code == 404
    assert caplog.records == []
