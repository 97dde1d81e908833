"""Tests of portal/problems.py: faults and full disks are problems too, and tell nothing of a person."""

import errno

import pytest
import requests

from kiosk.receipt import PROBLEM_MEDIA_TYPE, Problem, ProblemType
from portal import durable
from portal.app import make_app
from portal.opening import Portal
from portal.problems import NO_TYPE, describe
from tests.portal.desk import NAME, TIMEOUT_S, Desk
from tests.portal.serving import serving


def read(answer: requests.Response) -> Problem:
    assert answer.headers["Content-Type"] == PROBLEM_MEDIA_TYPE
    return Problem.model_validate_json(answer.content)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_takes_nothing_asks_to_come_again(desk: Desk, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(error, "disk")

    with monkeypatch.context() as broken:
        broken.setattr(durable, "_sync_content", fail)
        answer = desk.put_piece(b"piece")
    assert (answer.status_code, read(answer).type) == (503, ProblemType.TRY_LATER)
    assert int(answer.headers["Retry-After"]) > 0
    assert desk.put_piece(b"piece").status_code == 201


def test_a_database_that_fails_asks_to_come_again(portal: Portal, desk: Desk) -> None:
    desk.file(desk.dossier())
    with portal.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE submission RENAME TO gone")
    answer = desk.commit(desk.dossier())
    assert (answer.status_code, read(answer).type) == (503, ProblemType.TRY_LATER)


def test_a_fault_is_a_problem_and_is_logged(portal: Portal, caplog: pytest.LogCaptureFixture) -> None:
    app = make_app(portal)

    @app.get("/v1/fault")
    def fault() -> None:
        raise RuntimeError(NAME)

    with serving(app) as url:
        answer = requests.get(f"{url}/v1/fault", timeout=TIMEOUT_S)
    assert (answer.status_code, read(answer).type) == (500, NO_TYPE)
    assert NAME not in answer.text
    assert "Exception in ASGI application" in caplog.text


def test_malformed_members_are_named_without_their_values(url: str) -> None:
    body = {"code": 7, "public_key": {"x": [NAME]}, "device_name": "máy"}
    answer = requests.post(f"{url}/v1/kiosks/enrol", json=body, timeout=TIMEOUT_S)
    problem = read(answer)
    assert (answer.status_code, problem.type) == (422, NO_TYPE)
    assert "body.code" in problem.detail
    assert NAME not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b'{"code": ', b"\xff"])
def test_a_body_that_is_no_json_is_a_problem(url: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = requests.post(f"{url}/v1/kiosks/enrol", data=body, headers=headers, timeout=TIMEOUT_S)
    assert answer.status_code in (400, 422)
    read(answer)


def test_a_refused_method_says_which_are_allowed(url: str) -> None:
    answer = requests.delete(f"{url}/v1/keys", timeout=TIMEOUT_S)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    read(answer)


def test_a_long_list_of_errors_is_cut() -> None:
    assert describe([{"loc": ("a", 1), "msg": "wrong"}] * 50).count("wrong") == 10
