"""The dossier: made once from a reviewed visit, with everything a portal needs and nothing that was not reviewed."""

import base64
import dataclasses
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kiosk.catalog import Route
from kiosk.dates import VIETNAM
from kiosk.documents import CopyKind, Origin
from kiosk.dossier import Dossier, Identifiers, file
from kiosk.errors import NotReviewed
from kiosk.form import Answer, AnswerValue, Source
from kiosk.ids import parse_slip_code, slip_code
from kiosk.manifest import PIECE_MAX_BYTES, Manifest, sha256_hex
from kiosk.visit import Visit
from tests.factories import (
    DESK,
    HELPING,
    IDS,
    LATER,
    PLEDGE,
    PRIVACY,
    fixture_catalog,
    helped,
    make_declaration,
    make_document,
    make_dossier,
    make_paper,
    make_service,
    make_visit,
    papers_of,
    with_answers,
)
from tests.kiosk.visits_played import answered_on, at_review, confirmation_of, typing, with_card
from tests.sample_dossiers import random_paper
from tests.sample_forms import AT, FATHERS_DEATH, OWN_BIRTH, TODAY, extract_copy
from tests.sample_life import LIFE, LONG_LIFE

HEAD = "ab" * 32
ONLINE: dict[str, AnswerValue | None] = {**OWN_BIRTH, "digital_citizen": True}


def sealed(dossier: Dossier, seq: int = 7, at: datetime = LATER) -> Manifest:
    return dossier.manifest(kiosk_id="kiosk-01", seq=seq, audit_head=HEAD, sealed_at=at)


def with_old_copy(visit: Visit) -> Visit:
    return visit.with_document(make_document("old_copy", pages=2))


# -- what it carries -----------------------------------------------------------------------------------------------


def test_codes_go_with_their_names_schemes_and_versions() -> None:
    manifest = make_dossier().draft
    assert (manifest.procedure.code, manifest.procedure.scheme_version) == ("2.000635", "2026-11-21")
    assert manifest.procedure.name == manifest.summary == extract_copy().name
    assert (manifest.domain.code, manifest.domain.name) == ("G15-TP07", "Hộ tịch")
    assert manifest.agency.model_dump() == {
        "code": "H26.21.03",
        "name": "UBND phường Mẫu",
        "scheme": "20/2020/QĐ-TTg",
        "scheme_version": "2026",
    }
    assert (manifest.catalog_version, manifest.form_version) == ("2026-11-21", extract_copy().form.version)


def test_its_own_names_are_made_at_the_desk_and_can_be_said_on_the_phone() -> None:
    dossier = make_dossier()
    assert dossier.client_ref == dossier.draft.client_ref == IDS.client_ref
    assert dossier.slip_code == dossier.draft.slip_code == slip_code(IDS.client_ref)
    assert parse_slip_code(dossier.slip_code) == dossier.slip_code
    assert dossier.service_code == "2.000635"


def test_every_answer_says_where_it_came_from() -> None:
    visit = with_answers(at_review(), copies=Answer(3, Source.HELPER, LATER))
    with pytest.raises(NotReviewed, match="not confirmed"):  # whoever typed it, the citizen has the last word
        make_dossier(visit)
    visit = replace(visit, confirmation=confirmation_of(visit))
    records = {record.field: record for record in make_dossier(visit).draft.answers}
    assert (records["requester_name"].source, records["requester_name"].text) == ("card", "NGUYỄN VĂN MẪU")
    assert (records["copies"].source, records["copies"].value, records["copies"].text) == ("helper", 3, "3")
    assert records["event"].model_dump(exclude={"at"}) == {
        "field": "event",
        "label": "Loại giấy tờ",
        "value": "0",
        "text": "Giấy khai sinh",
        "source": "citizen",
        "unknown": False,
    }


def test_both_blocks_of_the_form_are_full() -> None:
    records = {record.field: record for record in make_dossier(at_review()).draft.answers}
    assert records["subject_name"].value == "NGUYỄN VĂN MẪU"
    assert records["subject_name"].source == "card"


def test_what_is_not_known_is_filed_as_not_known() -> None:
    records = {record.field: record for record in make_dossier(make_visit(values=FATHERS_DEATH)).draft.answers}
    assert records["subject_birth_date"].unknown
    assert records["subject_birth_date"].text == "Tôi không rõ"


def test_what_is_not_asked_is_not_filed() -> None:
    hidden = {**OWN_BIRTH, "subject_residence": "Ở ĐÂU ĐÓ", "delivery_address": "Ở ĐÂU ĐÓ"}
    assert "Ở ĐÂU ĐÓ" not in make_dossier(make_visit(values=hidden)).draft.to_bytes().decode()


def test_fees_are_lines_in_whole_dong() -> None:
    [line] = make_dossier().draft.fees
    assert (line.code, line.kind, line.unit_vnd, line.quantity, line.amount_vnd) == ("copy", "phi", 8000, 2, 16000)
    assert (line.reason, line.payment) == ("8.000 đồng một bản sao của một sự kiện hộ tịch đã đăng ký", "at_counter")
    assert make_dossier().draft.copies_count == 2


def test_filing_online_is_filed_as_such_with_its_own_fee() -> None:
    manifest = sealed(make_dossier(make_visit(values=ONLINE, route=Route.ONLINE_BY_AGREEMENT)))
    assert manifest.route == "online_by_agreement"
    assert [(line.amount_vnd, line.payment) for line in manifest.fees] == [(0, "none")]
    assert make_dossier().draft.route == "desk"


def test_each_document_has_its_digest_and_its_pieces() -> None:
    content = random_paper(1, 2 * PIECE_MAX_BYTES + 5)
    paper = make_paper("old_copy", content, part_name="Bản sao cũ", page_count=2, copy_kind=CopyKind.CERTIFIED)
    dossier = make_dossier(with_old_copy(make_visit()), (make_declaration(), paper))
    declaration, record = dossier.draft.documents
    assert (record.part.code, record.part.name, record.file_name) == ("old_copy", "Bản sao cũ", "old_copy.pdf")
    assert (record.sha256, record.size, record.page_count) == (sha256_hex(content), len(content), 2)
    assert (record.copy_kind, record.origin, record.media_type) == ("certified", "scanner", "application/pdf")
    assert (declaration.part.code, declaration.origin, declaration.copy_kind) == ("TK", "generated", "electronic")
    assert dossier.papers[record.id] == content
    starts = [sum(piece.size for piece in record.pieces[:index]) for index in range(len(record.pieces))]
    cut = [content[start : start + piece.size] for start, piece in zip(starts, record.pieces, strict=True)]
    assert b"".join(cut) == content
    assert [sha256_hex(part) for part in cut] == [piece.sha256 for piece in record.pieces]
    assert list(dossier.papers) == [document.id for document in dossier.draft.documents]


def test_each_consent_has_the_exact_words_and_their_digest() -> None:
    visit = helped()
    consents = make_dossier(visit).draft.consents
    assert [consent.kind for consent in consents] == ["privacy", "helper", "declaration"]
    assert [consent.text for consent in consents] == [PRIVACY.text, HELPING.text, PLEDGE.text]
    assert all(consent.text_sha256 == sha256_hex(consent.text.encode()) for consent in consents)
    assert [consent.accepted_at.at for consent in consents] == [AT, AT, LATER]


def test_the_helper_is_named_or_there_is_none() -> None:
    helper = make_dossier(helped()).draft.helper
    assert (helper.kind, helper.name, helper.unit) == ("volunteer", "Lê Thị Thử", "Đoàn phường Mẫu")
    assert (make_dossier().draft.helper.kind, make_dossier().draft.helper.name) == ("none", "")


def test_a_card_is_a_source_where_something_of_it_is_filed() -> None:
    assert make_dossier(at_review()).draft.data_sources_used == ("card_code",)
    assert make_dossier(answered_on(typing())).draft.data_sources_used == ()
    typed = {key: replace(answer, source=Source.CITIZEN) for key, answer in at_review().answers.items()}
    assert make_dossier(with_answers(at_review(), **typed)).draft.data_sources_used == ()


def test_the_slips_secret_is_in_it_as_a_digest_only() -> None:
    dossier = make_dossier()
    text = dossier.draft.to_bytes()
    assert dossier.draft.slip_token_sha256 == sha256_hex(IDS.slip_token)
    token = IDS.slip_token
    for secret in (token, token.hex().encode(), base64.b64encode(token), base64.urlsafe_b64encode(token).rstrip(b"=")):
        assert secret not in text


def test_a_rehearsal_and_the_clocks_quality_are_said() -> None:
    assert make_dossier(test=True).draft.test
    checked = sealed(make_dossier(clock="portal_checked"))
    assert {event.at.clock for event in checked.events} == {"portal_checked"}
    assert (checked.sealed_at.clock, make_dossier().draft.sealed_at.clock) == ("portal_checked", "unchecked")


# -- sealing -------------------------------------------------------------------------------------------------------


def test_sealing_adds_what_only_the_store_knows() -> None:
    dossier = make_dossier()
    at = LATER + timedelta(seconds=1)
    manifest = sealed(dossier, at=at)
    assert (manifest.kiosk_id, manifest.seq, manifest.audit_head) == ("kiosk-01", 7, HEAD)
    assert manifest.sealed_at.at == at
    assert [(event.kind, event.actor, event.at.at) for event in manifest.events] == [
        ("declared", "citizen", LATER),
        ("sealed", "citizen", at),
    ]
    changed = {"kiosk_id", "seq", "audit_head", "sealed_at", "events"}
    assert manifest.model_dump(exclude=changed) == dossier.draft.model_dump(exclude=changed)


def test_the_same_facts_give_the_same_bytes() -> None:
    visit = with_old_copy(at_review())
    assert sealed(make_dossier(visit)).to_bytes() == sealed(make_dossier(visit)).to_bytes()
    assert Manifest.model_validate_json(sealed(make_dossier(visit)).to_bytes()) == sealed(make_dossier(visit))


def test_filed_again_after_a_crash_it_is_the_same_dossier() -> None:
    visit = with_old_copy(at_review())
    later = LATER + timedelta(minutes=3)
    again = file(visit, DESK, papers_of(visit), IDS, replace(PLEDGE, at=later), later)
    first = make_dossier(visit)
    assert again.papers == first.papers
    times: Any = {"sealed_at": True, "events": True, "consents": {-1: {"accepted_at"}}}
    assert again.draft.model_dump(exclude=times) == first.draft.model_dump(exclude=times)


def test_documents_of_different_dossiers_have_different_names() -> None:
    visit = with_old_copy(make_visit())
    other = file(visit, DESK, papers_of(visit), Identifiers.new(LATER), PLEDGE, LATER)
    names = {*make_dossier(visit).papers, *other.papers}
    assert len(names) == 4
    assert {name.version for name in names} == {7}


def test_identifiers_are_of_their_instant_and_cannot_be_guessed() -> None:
    made = [Identifiers.new(LATER) for _number in range(50)]
    assert {ids.client_ref.int >> 80 for ids in made} == {int(LATER.timestamp() * 1000)}
    assert {(ids.client_ref.version, len(ids.slip_token)) for ids in made} == {(7, 16)}
    assert len({ids.client_ref for ids in made}) == len({ids.slip_token for ids in made}) == 50


def test_instants_are_written_in_one_zone() -> None:
    declared = replace(PLEDGE, at=LATER.astimezone(VIETNAM))
    manifest = file(make_visit(), DESK, papers_of(make_visit()), IDS, declared, LATER.astimezone(VIETNAM)).draft
    assert {instant.at.tzinfo for instant in (manifest.sealed_at, manifest.consents[-1].accepted_at)} == {UTC}


# -- what it refuses -----------------------------------------------------------------------------------------------


def test_what_is_only_prepared_is_never_filed() -> None:
    service = fixture_catalog().service("3.000333")
    visit = make_visit(service, {"requester_name": "NGUYỄN VĂN MẪU"})
    with pytest.raises(NotReviewed, match="never filed"):
        make_dossier(visit, ())
    with pytest.raises(NotReviewed, match="never filed"):
        make_dossier(replace(make_visit(), route=Route.PREPARE))


def test_what_the_review_would_stop_is_not_filed() -> None:
    with pytest.raises(NotReviewed, match="1 problems"):
        make_dossier(make_visit(values={**OWN_BIRTH, "copies": 100}))
    with pytest.raises(NotReviewed, match="problems"):
        make_dossier(with_card())


@pytest.mark.parametrize("papers", [(), ("authorisation",), ("old_copy", "authorisation"), ("old_copy", "old_copy")])
def test_no_other_papers_are_filed_than_the_review_showed(papers: tuple[str, ...]) -> None:
    """A paper whose question was answered differently since stays with the visit, and out of the dossier."""
    visit = with_old_copy(make_visit()).with_document(make_document("authorisation"))
    with pytest.raises(NotReviewed, match="papers"):
        make_dossier(visit, (make_declaration(), *(make_paper(code) for code in papers)))
    assert make_dossier(visit, (make_declaration(), make_paper("old_copy"))).papers


def test_a_finished_dossier_cannot_be_changed() -> None:
    dossier = make_dossier()
    with pytest.raises(dataclasses.FrozenInstanceError):
        dossier.service_code = "x"  # type: ignore[misc]  # that is what must not work
    with pytest.raises(TypeError):
        dossier.papers[IDS.client_ref] = b""  # type: ignore[index]  # as above
    assert make_declaration().origin is Origin.GENERATED


def test_beyond_the_last_day_of_the_service_nothing_is_filed() -> None:
    """In Việt Nam the last day, 28/02/2027, ends at 17:00 UTC."""
    visit = make_visit()
    ends = datetime(2027, 2, 28, 17, tzinfo=UTC)
    before = file(visit, DESK, papers_of(visit), IDS, PLEDGE, ends - timedelta(minutes=1))
    assert before.service_code == "2.000635"
    with pytest.raises(NotReviewed, match="1 problems left"):
        file(visit, DESK, papers_of(visit), IDS, PLEDGE, ends)


def test_tables_travel_as_rows_and_computed_answers_by_their_name() -> None:
    visit = make_visit(make_service(form=LIFE), LONG_LIFE, on=TODAY)
    whole = Manifest.model_validate_json(sealed(make_dossier(visit)).to_bytes())
    answers = {answer.field: answer for answer in whole.answers}
    assert answers["homes"].value == (
        {"start": "1972-03", "end": "2001-09", "place": "Thôn Mẫu"},
        {"start": "2001-10", "place": "Phường Mẫu", "kind": "1"},
    )
    assert answers["homes"].text.startswith("03/1972 – 09/2001, Thôn Mẫu; 10/2001")
    assert (answers["age"].value, answers["age"].source, answers["age"].label) == (68, "computed", "Tuổi")
