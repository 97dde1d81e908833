"""What OpenCPS v2 and the national portal ask of a dossier, row by row, and the member of the manifest that has it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from kiosk.catalog import Route
from kiosk.manifest import Manifest
from kiosk.receipt import Receipt, SubmissionStatus
from kiosk.visit import Visit
from tests.factories import (
    CARD,
    HELPING,
    LATER,
    PRIVACY,
    VOLUNTEER,
    make_document,
    make_dossier,
    make_visit,
    with_answers,
)
from tests.kiosk.visits_played import answered_on, confirmation_of, with_card
from tests.sample_forms import FATHERS_DEATH

# Members of DongBoHoSoMC (national portal) and of the OpenCPS v2 dossier in words of neither, with where a first
# filing carries each. "*" is every element of a list.
CARRIED: Mapping[str, tuple[str, ...]] = {
    "client_ref": ("client_ref",),
    "receipt_no": ("slip_code",),
    "source_system, filing_place": ("kiosk_id", "channel"),
    "channel": ("route", "channel"),
    "procedure code, name, version": ("procedure.code", "procedure.name", "procedure.scheme_version"),
    "domain code, name": ("domain.code", "domain.name"),
    "agency code, name": ("agency.code", "agency.name", "agency.scheme"),
    "template_no": ("form_version", "catalog_version"),
    "owner_kind": ("owner.kind",),
    "owner_name": ("owner.name",),
    "owner_ids": ("owner.ids.*.kind", "owner.ids.*.number", "owner.ids.*.issued_on", "owner.ids.*.issued_by"),
    "identity_verified": ("owner.assurance.level",),
    "owner_birth_date, sex": ("owner.birth_date", "owner.sex"),
    "owner_address": (
        *("owner.address.province.code", "owner.address.province.name", "owner.address.province.scheme_version"),
        *("owner.address.commune.code", "owner.address.commune.name", "owner.address.line"),
    ),
    "owner_phone, owner_email": ("owner.phone", "owner.email"),
    "submitter": (
        *("submitter.name", "submitter.ids.*.number", "submitter.phone", "submitter.email", "submitter.address.line"),
        *("submitter.relation_to_owner", "submitter.authority_document"),
    ),
    "summary": ("summary",),
    "form_data": ("answers.*.field", "answers.*.value", "answers.*.text", "answers.*.source"),
    "copies_count": ("copies_count",),
    "submitted_at": ("sealed_at.at", "sealed_at.clock"),
    "events": ("events.*.kind", "events.*.at.at", "events.*.actor"),
    "supplements": ("supplements", "replaces"),
    "files ref, name, part_code": ("documents.*.id", "documents.*.file_name", "documents.*.part.code"),
    "files template_no, mime, size, sha256": (
        *("documents.*.part.name", "documents.*.media_type", "documents.*.size", "documents.*.sha256"),
    ),
    "files copy_kind": ("documents.*.copy_kind",),
    "files digitised, reused, from_store": ("documents.*.origin",),
    "fees": ("fees.*.code", "fees.*.name", "fees.*.kind", "fees.*.amount_vnd", "fees.*.reason"),
    "payment": ("fees.*.payment",),
    "return_by": ("delivery.by",),
    "return_address": (
        *("delivery.receiver.name", "delivery.receiver.phone"),
        *("delivery.address.commune.code", "delivery.address.line"),
    ),
    "lookup_secret": ("slip_token_sha256",),
    "data_sources_used": ("data_sources_used",),
}
# What the portal decides, or nobody is asked at this desk.
NOT_KNOWN: Mapping[str, str] = {
    "remote_id": "the portal's own id: it comes with the receipt",
    "national_code": "the portal's, perhaps later than the receipt",
    "procedure_case": "a portal's division of a procedure: it follows from the answers",
    "owner_account_id": "nobody logs in at the desk",
    "owner_fax": "nobody is asked for a fax",
    "applicant_note, agency_note": "the forms ask for no note",
    "accepted_at, due_at": "the portal's, with the receipt",
    "finished_at, returned_at, refused_at": "happen after the filing",
    "status": "begins with the receipt",
    "files url": "made by the portal that serves them",
    "files deleted": "nothing was filed before",
    "results": "happen after the filing",
    "collect_by_post": "the citizen stands at the desk",
    "notify": "phone and email are contacts; no channel of notices is asked for",
}
# Members that this filing has no words for: nobody was asked.
EMPTY_HERE = {
    *("owner.email", "submitter.email", "owner.sex", "submitter.relation_to_owner"),
    *("supplements", "replaces"),
}


def rich() -> Visit:
    """By card, with a helper, for another person, online, by post, with a paper: as much as a filing can have."""
    visit = make_visit(
        values={**FATHERS_DEATH, "digital_citizen": False},
        route=Route.ONLINE_BY_AGREEMENT,
        card=CARD,
        card_confirmed_at=LATER,
        helper=VOLUNTEER,
        consents=(PRIVACY, HELPING),
    )
    by_card = with_card().answers["requester_name"]
    whole = with_answers(visit, requester_name=by_card).with_document(make_document("authorisation_family", pages=2))
    return replace(whole, confirmation=confirmation_of(whole))


@pytest.fixture(scope="module")
def members() -> Any:
    """A sealed manifest as the portal reads it."""
    manifest = make_dossier(rich()).manifest(kiosk_id="kiosk-01", seq=1, audit_head="0" * 64, sealed_at=LATER)
    return json.loads(Manifest.model_validate_json(manifest.to_bytes()).to_bytes())


def values_at(place: Any, path: list[str]) -> Iterator[Any]:
    """Everything that stands at the path. KeyError where the manifest has no such member."""
    if not path:
        yield place
    elif path[0] == "*":
        for element in place:
            yield from values_at(element, path[1:])
    else:
        yield from values_at(place[path[0]], path[1:])


@pytest.mark.parametrize("row", CARRIED)
def test_each_row_that_a_first_filing_can_know_is_carried(row: str, members: Any) -> None:
    for path in CARRIED[row]:
        found = [value for value in values_at(members, path.split(".")) if value not in (None, "", [])]
        assert bool(found) is (path not in EMPTY_HERE), path


def test_what_is_not_carried_has_a_reason() -> None:
    assert all(NOT_KNOWN.values())
    assert not CARRIED.keys() & NOT_KNOWN.keys()


def test_what_the_portal_decides_has_its_place_in_its_answers() -> None:
    assert {"client_ref", "remote_id", "national_code", "due_at", "received_at"} <= Receipt.model_fields.keys()
    later = {"status", "raw_status", "status_text", "due_at", "events", "supplements", "payment", "result"}
    assert later <= SubmissionStatus.model_fields.keys()


def test_by_the_desk_nothing_less_is_carried() -> None:
    manifest = json.loads(make_dossier(answered_on(with_card())).draft.to_bytes())
    for path in ("owner.sex", "owner.birth_date", "owner.ids.*.number", "fees.*.amount_vnd", "procedure.code"):
        assert all(values_at(manifest, path.split("."))), path
