"""Tests of `kiosk portal` as an operator runs it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kiosk.receipt import ProblemType
from tests.portal.desk import TIMEOUT_S, Desk, enrol
from tests.portal.running import RunningPortal

PASSWORD = "mật khẩu dài\n"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningPortal]:
    portal = RunningPortal(tmp_path)
    yield portal
    portal.stop()


@pytest.fixture
def desk(running: RunningPortal) -> Iterator[Desk]:
    code = running.enrol_code()
    running.start()
    enrolled = enrol(running.url, code)
    yield enrolled
    enrolled.http.close()


def test_it_says_where_it_answers(running: RunningPortal, tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    running.start("--ready-file", str(ready))
    assert json.loads(ready.read_text())["url"] == running.url
    assert requests.get(f"{running.url}/v1/keys", timeout=TIMEOUT_S).status_code == 200


def test_a_kiosk_is_enrolled_by_a_printed_code_while_it_runs(running: RunningPortal, desk: Desk) -> None:
    assert desk.enrolment.test
    assert enrol(running.url, running.enrol_code()).enrolment.kiosk_id != desk.enrolment.kiosk_id


def test_without_an_account_it_binds_loopback_only(running: RunningPortal) -> None:
    refused = running.command("--host", "0.0.0.0", "--port", "0")
    assert refused.code == 2
    assert "chỉ mở trên chính máy này" in refused.err
    assert running.command("user", "add", "mau", stdin=PASSWORD).code == 0
    running.start("--host", "0.0.0.0")
    assert "without TLS" in running.stop()


def test_an_account_is_made_and_its_password_changed(running: RunningPortal) -> None:
    made = running.command("user", "add", "mau", stdin=PASSWORD)
    assert (made.code, made.out) == (0, "Đã tạo tài khoản mau.\n")
    changed = running.command("user", "add", "mau", stdin=PASSWORD)
    assert (changed.code, changed.out) == (0, "Đã đổi mật khẩu của mau.\n")


@pytest.mark.parametrize("stdin", ["", "ngắn\n"])
def test_a_password_that_will_not_do_is_refused(running: RunningPortal, stdin: str) -> None:
    refused = running.command("user", "add", "mau", stdin=stdin)
    assert refused.code == 2
    assert "ít nhất 10 ký tự" in refused.err


def test_an_agency_code_that_will_not_do_is_refused(running: RunningPortal) -> None:
    refused = running.command("enrol-code", "--agency", "phường", "Phường Mẫu", "--office", "Một cửa")
    assert refused.code == 2
    assert "H32.15" in refused.err


def test_a_kiosk_is_revoked(running: RunningPortal, desk: Desk) -> None:
    assert running.command("revoke", "nobody").code == 2
    assert running.command("revoke", desk.enrolment.kiosk_id).code == 0
    assert desk.exchange(desk.assertion()).json()["type"] == ProblemType.REVOKED


def test_a_document_is_published(running: RunningPortal, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "roster.json").write_text('{"helpers": []}')
    (tmp_path / "broken.json").write_text("[]")
    before = desk.call("GET", "/v1/roster").headers["ETag"]
    published = running.command("publish", "roster", str(tmp_path / "roster.json"))
    assert published.out == "Đã phát hành phiên bản 1.\n"
    assert desk.call("GET", "/v1/roster").headers["ETag"] != before
    assert running.command("publish", "roster", str(tmp_path / "broken.json")).code == 1


def test_a_receipt_stays_good_after_the_key_was_rotated(running: RunningPortal, desk: Desk) -> None:
    dossier = desk.dossier()
    first = desk.file(dossier)
    assert running.command("rotate-key").code == 0
    running.stop()
    running.start()
    desk.url = running.url
    assert desk.commit(dossier).content == first.content
    assert len(desk.keys()) == 2
    desk.receipt(first)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--keys", "papers/keys", "Khóa phải nằm ngoài"),
        ("--keys", "db", "Khóa phải nằm ngoài"),
        ("--key-file", "elsewhere/key", "không phải khóa đã dùng"),
    ],
)
def test_places_that_will_not_do_are_refused_with_a_sentence(
    running: RunningPortal, option: str, value: str, said: str
) -> None:
    running.enrol_code()
    running.options = [option, str(running.home / value)]  # the last one given counts
    refused = running.command("enrol-code", "--agency", "H32", "Mẫu", "--office", "Mẫu")
    assert refused.code == 2
    assert said in refused.err


def test_a_folder_that_cannot_be_made_is_told(running: RunningPortal, tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("a file is in the way")
    failed = running.command("--port", "0")
    assert failed.code == 1
    assert "Không dùng được thư mục" in failed.err
