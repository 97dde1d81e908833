"""Tests of portal/commits.py beyond the contract: what is stored, and what outlives the pieces."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, make_url, select

from kiosk.manifest import MEDIA_TYPE, Manifest, content_digest, sha256_hex
from kiosk.receipt import Problem, ProblemType
from portal import commits, limits
from portal.enrolment import Kiosk, revoke
from portal.opening import Portal
from portal.schema import submission
from portal.settings import Settings
from tests.portal.desk import NAME, NUMBER, OFFICE, TIMEOUT_S, Desk, document


def count(portal: Portal) -> int:
    with portal.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(submission)) or 0


def test_the_code_names_the_kiosks_own_agency(desk: Desk) -> None:
    """Whatever agency the manifest names: a kiosk cannot take another's numbers."""
    other = desk.enrolment.agency.model_copy(update={"code": "G09"})
    receipt = desk.receipt(desk.file(desk.dossier(agency=other)))
    assert receipt.national_code is not None
    assert receipt.national_code.startswith(f"{OFFICE.agency_code}-")


def test_nothing_of_a_person_lies_in_any_file_in_the_clear(settings: Settings, tmp_path: Path, desk: Desk) -> None:
    paper = f"%PDF {NAME} {NUMBER}".encode()
    assert desk.file(desk.dossier(paper)).status_code == 201
    server = make_url(settings.database_url).query.get("host")  # PostgreSQL's own files, its log of changes among them
    places = [tmp_path, *([Path(str(server))] if server else [])]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert any(path.name in ("portal.db", "PG_VERSION") for path in files)
    for path in files:
        content = path.read_bytes()
        assert NUMBER.encode() not in content, path
        assert NAME.split()[-1].encode() not in content, path


def test_a_replay_needs_no_pieces_any_more(settings: Settings, desk: Desk) -> None:
    dossier = desk.dossier()
    first = desk.file(dossier)
    shutil.rmtree(settings.files)
    assert desk.commit(dossier).content == first.content


def test_a_piece_that_was_damaged_here_is_asked_for_again(settings: Settings, desk: Desk) -> None:
    dossier = desk.dossier(b"paper")
    desk.put_piece(b"paper")
    [path] = [path for path in settings.files.glob("??/*") if path.is_file()]
    path.write_bytes(b"damaged")
    problem = Problem.model_validate_json(desk.commit(dossier).content)
    assert (problem.type, problem.missing) == (ProblemType.MISSING_PIECES, (sha256_hex(b"paper"),))
    assert desk.file(dossier).status_code == 201


def test_two_commits_that_both_found_nothing_give_one_receipt(
    portal: Portal, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either has stored: the database decides."""
    both = Barrier(2)
    check = commits._check_documents

    def check_together(portal: Portal, caller: Kiosk, manifest: Manifest) -> None:
        check(portal, caller, manifest)
        both.wait(TIMEOUT_S)

    monkeypatch.setattr(commits, "_check_documents", check_together)
    dossier = desk.dossier()
    desk.put_piece(dossier.pieces[0])
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: desk.commit(dossier), range(2))
    assert sorted((first.status_code, second.status_code)) == [200, 201]
    assert first.content == second.content
    assert count(portal) == 1


def test_a_refused_commit_leaves_nothing(portal: Portal, desk: Desk) -> None:
    assert desk.commit(desk.dossier()).status_code == 422
    assert count(portal) == 0


def test_what_is_wrong_is_named_without_what_was_written(desk: Desk) -> None:
    dossier = desk.dossier()
    broken = dossier.content.replace(b'"copies_count":2', f'"copies_count":"{NAME}"'.encode())
    answer = desk.commit(type(dossier)(dossier.client_ref, broken, dossier.pieces))
    problem = Problem.model_validate_json(answer.content)
    assert problem.type == ProblemType.INVALID_MANIFEST
    assert "copies_count" in problem.detail
    assert NAME.encode() not in answer.content


@pytest.mark.parametrize("limit", ["document_max_bytes", "dossier_max_bytes"])
def test_what_is_larger_than_the_limits_is_refused(desk: Desk, limit: str) -> None:
    size = getattr(limits.LIMITS, limit) + 1
    sealed = desk.manifest(document(b"small", size=size))
    desk.put_piece(b"small")
    answer = desk.call("PUT", f"/v1/submissions/{sealed.client_ref}", sealed.to_bytes(), MEDIA_TYPE)
    assert answer.status_code == 413
    assert Problem.model_validate_json(answer.content).type == ProblemType.TOO_LARGE


def test_a_revoked_kiosk_files_no_more_and_what_it_filed_stays(portal: Portal, desk: Desk) -> None:
    desk.file(desk.dossier())
    with portal.database.write() as connection:
        revoke(connection, desk.enrolment.kiosk_id, portal.now())
    answer = desk.exchange(desk.assertion())
    assert Problem.model_validate_json(answer.content).type == ProblemType.REVOKED
    assert desk.commit(desk.dossier()).status_code in (401, 403)
    assert count(portal) == 1


def test_a_dossier_is_taken_whole_from_many_pieces(desk: Desk) -> None:
    papers = [os.urandom(5 * 1024 * 1024), os.urandom(1)]
    receipt = desk.receipt(desk.file(desk.dossier(*papers)))
    assert [each.size for each in receipt.documents] == [5 * 1024 * 1024, 1]


def test_a_manifest_that_was_changed_on_its_way_is_not_taken(desk: Desk) -> None:
    dossier, sent = desk.dossier(), desk.dossier()
    for piece in dossier.pieces:
        desk.put_piece(piece)
    with desk.sending({"Content-Digest": content_digest(sent.content)}):
        refused = desk.commit(dossier)
    assert Problem.model_validate_json(refused.content).type == ProblemType.DIGEST_MISMATCH
    assert desk.call("GET", f"/v1/submissions/{dossier.client_ref}").status_code == 404
    with desk.sending({"Content-Digest": content_digest(dossier.content)}):
        assert desk.commit(dossier).status_code == 201
