"""The portal contract over HTTP: a dossier is wanted back, before it came, after it came, again and again."""

import os
import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.manifest import sha256_hex
from kiosk.receipt import WITHDRAWAL_MEDIA_TYPE, NeutralStatus, ProblemType, SubmissionStatus
from tests.portal.desk import Desk, Dossier, problem


def status(desk: Desk, dossier: Dossier) -> SubmissionStatus:
    answer = desk.call("GET", f"/v1/submissions/{dossier.client_ref}")
    return SubmissionStatus.model_validate_json(answer.content)


def test_a_filed_dossier_is_withdrawn_for_ever_and_its_receipt_stays(desk: Desk) -> None:
    dossier = desk.dossier(os.urandom(1000))
    filed = desk.file(dossier)
    first = desk.withdraw(dossier)
    assert first.status_code == 201
    assert first.headers["Content-Type"] == WITHDRAWAL_MEDIA_TYPE
    proof = desk.withdrawal_proof(first)
    assert (proof.client_ref, proof.manifest_sha256) == (dossier.client_ref, sha256_hex(dossier.content))
    again = desk.withdraw(dossier)
    assert (again.status_code, again.content) == (200, first.content)
    assert desk.call("GET", f"/v1/submissions/{dossier.client_ref}/withdrawal").content == first.content
    assert status(desk, dossier).status is NeutralStatus.WITHDRAWN
    replay = desk.commit(dossier)
    assert (replay.status_code, replay.content) == (200, filed.content), "what was accepted once stays accepted"
    assert status(desk, dossier).status is NeutralStatus.WITHDRAWN


def test_a_dossier_that_never_came_is_withdrawn_and_is_not_taken_any_more(desk: Desk) -> None:
    dossier = desk.dossier(os.urandom(1000))
    assert desk.withdraw(dossier).status_code == 201
    problem(desk.commit(dossier), 410, ProblemType.WITHDRAWN)
    problem(desk.file(dossier), 410, ProblemType.WITHDRAWN)
    problem(desk.call("GET", f"/v1/submissions/{dossier.client_ref}"), 410, ProblemType.WITHDRAWN)


def test_a_dossier_that_nobody_withdrew_has_no_proof(desk: Desk) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    answer = desk.call("GET", f"/v1/submissions/{dossier.client_ref}/withdrawal")
    problem(answer, 404, ProblemType.NOT_FOUND)
    assert status(desk, dossier).status is not NeutralStatus.WITHDRAWN


@pytest.mark.parametrize("filed", [True, False])
def test_another_manifest_cannot_be_withdrawn_under_the_reference(desk: Desk, filed: bool) -> None:
    dossier = desk.dossier()
    if filed:
        desk.file(dossier)
    else:
        desk.withdraw(dossier)
    signed = desk.withdrawal(dossier, manifest_sha256="0" * 64)
    problem(desk.withdraw(dossier, signed), 409, ProblemType.DIFFERENT_CONTENT)


@pytest.mark.parametrize("wrong", ["key", "typ", "client_ref", "kiosk_id", "text"])
def test_a_withdrawal_that_the_kiosk_has_not_signed_for_this_dossier_is_refused(desk: Desk, wrong: str) -> None:
    dossier = desk.dossier()
    desk.file(dossier)
    stranger = Desk(desk.url, Ed25519PrivateKey.generate(), desk.enrolment, desk.http)
    match wrong:
        case "key":
            signed = stranger.withdrawal(dossier)
        case "typ":
            signed = desk.withdrawal(dossier, "vnd.diem-truy-cap.receipt+json")
        case "client_ref":
            signed = desk.withdrawal(dossier, client_ref=uuid.uuid4())
        case "kiosk_id":
            signed = desk.withdrawal(dossier, kiosk_id="another")
        case _:
            signed = "nonsense"
    problem(desk.withdraw(dossier, signed), 422, ProblemType.INVALID_WITHDRAWAL)
    assert status(desk, dossier).status is not NeutralStatus.WITHDRAWN
