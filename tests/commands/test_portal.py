"""Tests of `kiosk portal` as an operator runs it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kiosk.manifest import sha256_hex
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
    (tmp_path / "catalog.json").write_text('{"services": []}')
    (tmp_path / "broken.json").write_text("[]")
    before = desk.call("GET", "/v1/catalog").headers["ETag"]
    published = running.command("publish", "catalog", str(tmp_path / "catalog.json"))
    assert published.out == "Đã phát hành phiên bản 1.\n"
    assert desk.call("GET", "/v1/catalog").headers["ETag"] != before
    assert running.command("publish", "catalog", str(tmp_path / "broken.json")).code == 1


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


def test_another_portals_papers_are_refused_with_a_sentence(running: RunningPortal) -> None:
    running.enrol_code()
    running.options = ["--database", f"sqlite:///{(running.home / 'drill' / 'portal.db').as_posix()}"]
    refused = running.command("tidy")
    assert refused.code == 2
    assert "Kho giấy tờ này là của một cổng khác." in refused.err


def test_a_folder_that_cannot_be_made_is_told(running: RunningPortal, tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("a file is in the way")
    failed = running.command("--port", "0")
    assert failed.code == 1
    assert "Không dùng được thư mục" in failed.err


def test_old_pieces_that_no_dossier_is_made_of_are_tidied_away(running: RunningPortal, desk: Desk) -> None:
    filed = desk.dossier(b"paper")
    desk.file(filed)
    desk.put_piece(b"never used")
    running.stop()
    kept = running.command("tidy")
    assert (kept.code, kept.out) == (0, "Đã dọn 0 mảnh giấy tờ không thuộc hồ sơ nào (0,0 MB).\n")
    assert running.command("tidy", "--keep-pieces", "0").out.startswith("Đã dọn 1 mảnh")
    running.start()
    desk.url = running.url
    assert desk.call("HEAD", f"/v1/blobs/{sha256_hex(b'never used')}").status_code == 404
    assert desk.call("HEAD", f"/v1/blobs/{sha256_hex(b'paper')}").status_code == 200


@pytest.mark.proof
def test_two_processes_may_share_a_port(running: RunningPortal, desk: Desk, tmp_path: Path) -> None:
    running.stop()
    running.start("--share-port")
    second = RunningPortal(tmp_path)
    second.start("--share-port", "--port", running.url.rpartition(":")[2])
    try:
        assert second.url == running.url
        desk.url = running.url
        dossier = desk.dossier()
        desk.put_piece(dossier.pieces[0])
        answers = []
        for _ in range(6):
            desk.http.close()  # a new connection, to either of the two
            answers.append(desk.commit(dossier))
        assert [answer.status_code for answer in answers] == [201] + [200] * 5
        assert len({answer.content for answer in answers}) == 1
    finally:
        second.stop()


def test_a_bucket_that_cannot_be_reached_is_told(running: RunningPortal) -> None:
    running.options = ["--files", "s3://papers?endpoint=http://papers.example"]
    refused = running.command("tidy")
    assert refused.code == 2
    assert "kho lưu giấy tờ" in refused.err
