"""What a portal may answer, and what is refused: codes of the national form, digests, instants with a time zone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from kiosk.manifest import WireCode
from kiosk.receipt import (
    Enrolment,
    Limits,
    NeutralStatus,
    Problem,
    ProblemType,
    Receipt,
    ReceiptDocument,
    ReconcileRequest,
    SubmissionStatus,
    TokenAnswer,
)
from tests.sample_forms import AT

SHA = "0123456789abcdef" * 4
RECEIPT = Receipt(
    client_ref=UUID(int=1),
    kiosk_id="kiosk-01",
    manifest_sha256=SHA,
    documents=(ReceiptDocument(id=UUID(int=2), sha256=SHA, size=5),),
    remote_id="42",
    national_code="H26.21.03-261121-0012",
    received_at=AT,
    due_at=AT + timedelta(days=1),
)


def changed(**members: Any) -> str:
    """The receipt as JSON with other members, which no check has seen."""
    return RECEIPT.model_copy(update=members).model_dump_json(warnings=False)


def test_a_receipt_survives_the_way() -> None:
    assert Receipt.model_validate_json(RECEIPT.model_dump_json()) == RECEIPT


def test_what_a_newer_portal_adds_is_passed_over() -> None:
    text = RECEIPT.model_dump_json().replace('{"client_ref"', '{"queue":{"place":3},"client_ref"', 1)
    assert Receipt.model_validate_json(text) == RECEIPT


@pytest.mark.parametrize(
    "code",
    [
        "H26.21.03-261121-0012",
        "000.00.53.H48-220921-0099",
        "H15.50.05.13-261008-0975",
        "G09.20-20260609-0092637",
        "G15-261121-123456",
    ],
)
def test_codes_that_portals_have_given_are_taken(code: str) -> None:
    assert Receipt.model_validate_json(changed(national_code=code)).national_code == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "H26.21.03-261121-012",
        "H26.21.03-261121-00120012",
        "H26.21.03-2611-0012",
        "H26.21.03-2611211-0012",
        "h26.21.03-261121-0012",
        "H26.21.03-261121-0012\n",
        "H26..03-261121-0012",
        "H26.21.03-٢٦١١٢١-0012",
        "<b>H26</b>-261121-0012",
    ],
)
def test_what_is_no_national_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="national_code"):
        Receipt.model_validate_json(changed(national_code=code))


@pytest.mark.parametrize("digest", ["", SHA[:-1], SHA + "0", SHA.upper(), SHA[:-1] + "g", SHA + "\n"])
def test_what_is_no_digest_is_refused(digest: str) -> None:
    with pytest.raises(ValidationError, match="manifest_sha256"):
        Receipt.model_validate_json(changed(manifest_sha256=digest))


@pytest.mark.parametrize("member", ["received_at", "due_at"])
def test_an_instant_without_a_time_zone_is_refused(member: str) -> None:
    """Nobody could say on which day it is: the slip promises a day."""
    naive = datetime(2026, 11, 21, 23, 30)  # noqa: DTZ001 - that is what is refused
    with pytest.raises(ValidationError, match=member):
        Receipt.model_validate_json(changed(**{member: naive}))


@pytest.mark.parametrize("member", ["client_ref", "kiosk_id", "manifest_sha256", "documents", "remote_id"])
def test_a_receipt_without_a_part_is_none(member: str) -> None:
    members = RECEIPT.model_dump(mode="json")
    del members[member]
    with pytest.raises(ValidationError, match=member):
        Receipt.model_validate(members)


def test_a_code_and_a_day_may_come_later() -> None:
    early = Receipt.model_validate_json(changed(national_code=None, due_at=None))
    assert (early.national_code, early.due_at) == (None, None)


def test_the_neutral_status_stands_beside_the_portals_own() -> None:
    text = """{"receipt": "jws", "status": "in_work", "raw_status": "4", "status_text": "Đang xử lý",
        "durable": false, "national_code": null, "supplements": [{"id": "1", "text": "Thiếu trang 2",
        "requested_at": "2026-11-21T09:00:00+07:00"}]}"""
    status = SubmissionStatus.model_validate_json(text)
    assert (status.status, status.raw_status) == (NeutralStatus.IN_WORK, "4")
    assert status.supplements[0].requested_at == datetime(2026, 11, 21, 2, tzinfo=UTC)
    with pytest.raises(ValidationError, match="status"):
        SubmissionStatus.model_validate_json(text.replace("in_work", "approved"))


def test_a_kiosk_asks_about_a_thousand_dossiers_at_most() -> None:
    refs = tuple(UUID(int=number) for number in range(1001))
    assert len(ReconcileRequest(client_refs=refs[:-1]).client_refs) == 1000
    with pytest.raises(ValidationError, match="client_refs"):
        ReconcileRequest(client_refs=refs)


def test_only_a_bearer_token_is_one() -> None:
    with pytest.raises(ValidationError, match="token_type"):
        TokenAnswer.model_validate({"access_token": "t", "token_type": "mac", "expires_in": 600})


def test_an_enrolment_survives_the_way() -> None:
    enrolment = Enrolment(
        kiosk_id="kiosk-01",
        agency=WireCode(code="H26", name="UBND phường Mẫu", scheme="20/2020/QĐ-TTg"),
        office_name="Bộ phận Một cửa",
        hotline="",
        limits=Limits(piece_max_bytes=1, document_max_bytes=2, dossier_max_bytes=3),
        root_key={"kty": "OKP"},
        recovery_key_id="r1",
        recovery_public_key="AA",
        token_audience="https://portal.example",
        test=False,
    )
    assert Enrolment.model_validate_json(enrolment.model_dump_json()) == enrolment


def test_the_types_of_problems_are_stable_names() -> None:
    assert all(kind.startswith("urn:diem-truy-cap:problem:") for kind in ProblemType)
    problem = Problem.model_validate_json('{"type": "about:blank", "title": "Bad Gateway", "status": 502}')
    assert (problem.missing, problem.sha256, problem.detail) == ((), "", "")
