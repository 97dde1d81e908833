"""The portal contract over HTTP: what any portal must do that receives from kiosks.

Without more, our reference portal is started and tested. Another: `pytest --portal URL --portal-code CODE`.
The fixtures are in tests/contracts/conftest.py.
"""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.manifest import MEDIA_TYPE, PIECE_MAX_BYTES, Piece, sha256_hex
from kiosk.receipt import (
    RECEIPT_MEDIA_TYPE,
    ProblemType,
    ReconcileAnswer,
    SubmissionStatus,
)
from kiosk.roster import ROSTER_MEDIA_TYPE
from tests.portal.desk import TIMEOUT_S, Desk, Dossier, document, dossier_of, enrol, enrol_call, jwk_of, problem
from tests.portal.rosters import roster_in

# Enrolment and tokens


def test_enrolment_again_with_the_same_key_answers_the_same(address: tuple[str, str], desk: Desk) -> None:
    """The answer may have been lost on the line."""
    assert enrol(*address, key=desk.key).enrolment == desk.enrolment


def test_a_code_is_not_taken_from_another_key(address: tuple[str, str], desk: Desk) -> None:
    other = jwk_of(Ed25519PrivateKey.generate())
    problem(enrol_call(*address, other), 403, ProblemType.ENROL_CODE)


def test_an_unknown_code_is_refused(address: tuple[str, str], desk: Desk) -> None:
    problem(enrol_call(address[0], "0000-0000-0000", jwk_of(desk.key)), 403, ProblemType.ENROL_CODE)


def test_a_token_is_given_for_the_kiosks_signature(desk: Desk) -> None:
    answer = desk.exchange(desk.assertion())
    assert answer.status_code == 200
    assert answer.json()["token_type"] == "Bearer"
    assert 60 <= answer.json()["expires_in"] <= 600


def test_an_assertion_is_taken_once(desk: Desk) -> None:
    assertion = desk.assertion()
    assert desk.exchange(assertion).status_code == 200
    problem(desk.exchange(assertion), 401, ProblemType.UNAUTHENTICATED)


@pytest.mark.parametrize(
    "changes",
    [{"iss": "another"}, {"sub": "another"}, {"aud": "urn:another"}, {"exp": 1}, {"jti": None}, {"exp": 2**33}],
    ids=["iss", "sub", "aud", "exp past", "no jti", "exp far"],
)
def test_an_assertion_that_does_not_hold_is_refused(desk: Desk, changes: dict[str, object]) -> None:
    problem(desk.exchange(desk.assertion(**changes)), 401, ProblemType.UNAUTHENTICATED)


def test_an_assertion_by_another_key_is_refused(desk: Desk) -> None:
    stranger = Desk(desk.url, Ed25519PrivateKey.generate(), desk.enrolment, desk.http)
    problem(desk.exchange(stranger.assertion()), 401, ProblemType.UNAUTHENTICATED)


@pytest.mark.parametrize("off_s", [-3600, 3600])
def test_a_clock_that_is_off_is_told_apart_and_the_time_given(desk: Desk, off_s: int) -> None:
    answer = desk.exchange(desk.assertion(iat=1_700_000_000 + off_s, exp=1_700_000_060 + off_s))
    problem(answer, 401, ProblemType.CLOCK)
    assert answer.headers["Date"]


@pytest.mark.parametrize("token", ["", "Bearer nonsense", "Basic bm9uc2Vuc2U="])
def test_no_call_of_a_dossier_goes_without_a_token(desk: Desk, token: str) -> None:
    headers = {"Authorization": token} if token else {}
    calls = [("PUT", f"/v1/blobs/{'0' * 64}"), ("PUT", f"/v1/submissions/{uuid.uuid4()}"), ("GET", "/v1/catalog")]
    for method, path in calls:
        answer = desk.http.request(method, desk.url + path, data=b"x" * 900_000, headers=headers, timeout=TIMEOUT_S)
        problem(answer, 401, ProblemType.UNAUTHENTICATED)


# Pieces


def test_a_piece_is_there_after_it_was_put(desk: Desk) -> None:
    piece = os.urandom(PIECE_MAX_BYTES)
    path = f"/v1/blobs/{sha256_hex(piece)}"
    assert desk.call("HEAD", path).status_code == 404
    assert desk.put_piece(piece).status_code == 201
    assert desk.call("HEAD", path).status_code == 200
    assert desk.put_piece(piece).status_code in (200, 204)


def test_a_piece_with_another_digest_is_refused(desk: Desk) -> None:
    digest = sha256_hex(os.urandom(8))
    assert problem(desk.put_piece(b"other bytes", digest), 422, ProblemType.DIGEST_MISMATCH).sha256 == digest
    assert desk.call("HEAD", f"/v1/blobs/{digest}").status_code == 404


@pytest.mark.parametrize("size", [PIECE_MAX_BYTES + 1, 3 * PIECE_MAX_BYTES])
def test_a_piece_that_is_too_large_is_refused(desk: Desk, size: int) -> None:
    problem(desk.put_piece(bytes(size)), 413, ProblemType.TOO_LARGE)


# The commit


def test_a_commit_answers_a_signed_receipt_that_lists_everything(desk: Desk) -> None:
    papers = (os.urandom(2 * PIECE_MAX_BYTES + 17), os.urandom(1000))
    dossier = desk.dossier(*papers)
    answer = desk.file(dossier)
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == RECEIPT_MEDIA_TYPE
    receipt = desk.receipt(answer)
    assert receipt.client_ref == dossier.client_ref
    assert receipt.kiosk_id == desk.enrolment.kiosk_id
    assert receipt.manifest_sha256 == sha256_hex(dossier.content)
    assert {(each.sha256, each.size) for each in receipt.documents} == {(sha256_hex(p), len(p)) for p in papers}


def test_a_replay_answers_the_same_bytes(desk: Desk) -> None:
    dossier = desk.dossier()
    first = desk.file(dossier)
    again = desk.commit(dossier)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content


def test_two_documents_may_have_the_same_content(desk: Desk) -> None:
    paper = os.urandom(100)
    receipt = desk.receipt(desk.file(desk.dossier(paper, paper)))
    assert [each.sha256 for each in receipt.documents] == [sha256_hex(paper)] * 2


def test_a_dossier_may_have_no_documents(desk: Desk) -> None:
    assert desk.commit(dossier_of(desk.manifest())).status_code == 201


def test_other_content_under_the_same_reference_is_refused(desk: Desk) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    changed = Dossier(dossier.client_ref, dossier.content + b" ", dossier.pieces)
    problem(desk.commit(changed), 409, ProblemType.DIFFERENT_CONTENT)
    assert desk.commit(dossier).status_code == 200


def test_missing_pieces_are_named(desk: Desk) -> None:
    dossier = desk.dossier(os.urandom(PIECE_MAX_BYTES + 5))
    desk.put_piece(dossier.pieces[0])
    refused = problem(desk.commit(dossier), 422, ProblemType.MISSING_PIECES)
    assert refused.missing == (sha256_hex(dossier.pieces[1]),)
    assert desk.file(dossier).status_code == 201


@pytest.mark.parametrize("fault", ["digest", "size", "piece size"])
def test_a_document_that_its_pieces_do_not_give_is_refused(desk: Desk, fault: str) -> None:
    paper = os.urandom(100)
    good = document(paper)
    changes: dict[str, dict[str, object]] = {
        "digest": {"sha256": sha256_hex(b"another")},
        "size": {"size": 101},
        "piece size": {"pieces": (Piece(sha256=sha256_hex(paper), size=99),)},
    }
    dossier = dossier_of(desk.manifest(good.model_copy(update=changes[fault])), paper)
    refused = problem(desk.file(dossier), 422, ProblemType.DIGEST_MISMATCH)
    assert refused.sha256 in (good.sha256, sha256_hex(b"another"))


@pytest.mark.parametrize("content", [b"", b"not JSON", b"[]", b"{}", b'{"client_ref": 1}', b"[" * 100_000])
def test_what_is_no_manifest_is_refused(desk: Desk, content: bytes) -> None:
    dossier = Dossier(uuid.uuid4(), content, ())
    problem(desk.commit(dossier), 422, ProblemType.INVALID_MANIFEST)


@pytest.mark.parametrize("member", ["client_ref", "kiosk_id", "test"])
def test_a_manifest_that_does_not_belong_here_is_refused(desk: Desk, member: str) -> None:
    others = {"client_ref": uuid.uuid4(), "kiosk_id": "another", "test": not desk.enrolment.test}
    sealed = desk.manifest()
    changed = sealed.model_copy(update={member: others[member]})
    refused = problem(desk.commit(Dossier(sealed.client_ref, changed.to_bytes(), ())), 422)
    assert refused.type == ProblemType.INVALID_MANIFEST


def test_a_manifest_of_a_newer_kind_asks_for_an_update(desk: Desk) -> None:
    dossier = Dossier(uuid.uuid4(), b'{"schema_name": "diem-truy-cap/manifest/2"}', ())
    problem(desk.commit(dossier), 415, ProblemType.UPDATE_NEEDED)


def test_another_media_type_asks_for_an_update(desk: Desk) -> None:
    dossier = desk.dossier()
    answer = desk.call("PUT", f"/v1/submissions/{dossier.client_ref}", dossier.content, "application/json")
    problem(answer, 415, ProblemType.UPDATE_NEEDED)


def test_members_that_are_not_known_are_ignored(desk: Desk) -> None:
    sealed = desk.manifest()
    content = b'{"news": {"of": "tomorrow"},' + sealed.to_bytes()[1:]
    answer = desk.commit(Dossier(sealed.client_ref, content, ()))
    assert desk.receipt(answer).manifest_sha256 == sha256_hex(content)


def test_a_manifest_that_is_too_large_is_refused(desk: Desk) -> None:
    content = b" " * (2 * 1024 * 1024 + 1)
    answer = desk.call("PUT", f"/v1/submissions/{uuid.uuid4()}", content, MEDIA_TYPE)
    problem(answer, 413, ProblemType.TOO_LARGE)


def test_commits_at_the_same_time_give_one_receipt(desk: Desk) -> None:
    dossier = desk.dossier()
    desk.put_piece(dossier.pieces[0])
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: desk.commit(dossier), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1


def test_dossiers_at_the_same_time_get_different_codes(desk: Desk) -> None:
    dossiers = [desk.dossier() for _ in range(50)]
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(desk.file, dossiers))
    receipts = [desk.receipt(answer) for answer in answers]
    given = [receipt.national_code for receipt in receipts if receipt.national_code]
    assert len(set(given)) == len(given)
    assert len({receipt.remote_id for receipt in receipts}) == 50


# Asking later


def test_the_status_brings_the_receipt_again(desk: Desk) -> None:
    dossier = desk.dossier()
    filed = desk.file(dossier)
    answer = desk.call("GET", f"/v1/submissions/{dossier.client_ref}")
    status = SubmissionStatus.model_validate_json(answer.content)
    assert status.receipt == filed.json()["receipt"]
    assert status.national_code == desk.receipt(filed).national_code
    assert status.status_text


def test_an_unknown_dossier_is_not_found(desk: Desk) -> None:
    problem(desk.call("GET", f"/v1/submissions/{uuid.uuid4()}"), 404, ProblemType.NOT_FOUND)


def test_reconciling_names_each_dossier_once(desk: Desk) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    stranger = uuid.uuid4()
    body = f'{{"client_refs": ["{dossier.client_ref}", "{stranger}"]}}'.encode()
    answer = desk.call("POST", "/v1/submissions/reconcile", body, "application/json")
    read = ReconcileAnswer.model_validate_json(answer.content)
    assert sorted((*read.held, *read.durable)) == [dossier.client_ref]
    assert read.unknown == (stranger,)


@pytest.mark.parametrize(("name", "member"), [("catalog", "document"), ("roster", "roster")])
def test_a_signed_document_is_fetched_once(desk: Desk, name: str, member: str) -> None:
    first = desk.call("GET", f"/v1/{name}")
    assert first.status_code == 200
    assert first.json()[member].count(".") == 2
    headers = {"Authorization": f"Bearer {desk.token}", "If-None-Match": first.headers["ETag"]}
    again = desk.http.get(f"{desk.url}/v1/{name}", headers=headers, timeout=TIMEOUT_S)
    assert (again.status_code, again.content) == (304, b"")


def test_the_roster_is_that_of_the_kiosks_agency_and_signed_as_one(desk: Desk) -> None:
    answer = desk.call("GET", "/v1/roster")
    assert answer.headers["Content-Type"].partition(";")[0] == ROSTER_MEDIA_TYPE
    assert roster_in(desk, answer).agency == desk.enrolment.agency.code


# Errors that nobody thought of


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nothing", 404), ("DELETE", "/v1/keys", 405), ("PUT", "/v1/blobs/short", 422)],
)
def test_every_error_is_a_problem(desk: Desk, method: str, path: str, status: int) -> None:
    problem(desk.call(method, path, b"" if method == "PUT" else None), status)
