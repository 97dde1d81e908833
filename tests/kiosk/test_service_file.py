"""Service 2.000635 is complete: every fact with its source, every paper for whom the law asks it, every code."""

from datetime import date

import pytest

from kiosk.catalog import Confidence, Fact, Route
from kiosk.conditions import holds
from kiosk.form import AnswerValue, FieldType, Privacy
from kiosk.form_rules import completed
from tests.sample_forms import OWN_BIRTH, answered, extract_copy

SERVICE = extract_copy()
FIELDS = {field.id: field for page in SERVICE.form.pages for field in page.fields}


def facts() -> list[Fact]:
    single = [SERVICE.authority, SERVICE.route_reason, SERVICE.level_fact, SERVICE.processing_time, SERVICE.result]
    single.append(SERVICE.payment)
    listed = [*SERVICE.legal_basis, *SERVICE.notes]
    return [*single, *listed, *(fee.fact for fee in SERVICE.fees), *(part.fact for part in SERVICE.parts)]


def codes(field_id: str) -> set[str]:
    return {choice.code for choice in FIELDS[field_id].choices}


def parts(**changed: AnswerValue | None) -> dict[str, bool]:
    live = completed(SERVICE.form, answered(OWN_BIRTH, **changed))
    return {part.code: part.required for part in SERVICE.parts if holds(part.when, live) and not part.replaced_by_data}


def test_the_time_is_the_one_of_the_law() -> None:
    assert SERVICE.processing_time.text == (
        "Trong ngày làm việc; nộp sau 3 giờ chiều thì trả trong ngày làm việc tiếp theo"
    )
    assert "60/2014/QH13" in SERVICE.processing_time.source


def test_it_is_filed_at_the_desk_until_the_new_law_begins() -> None:
    assert SERVICE.route is Route.DESK
    assert SERVICE.valid_to == date(2027, 2, 28)
    assert SERVICE.level == 4


def test_how_to_pay_is_the_offices_own_and_not_verified() -> None:
    assert (SERVICE.payment.text, SERVICE.payment.confidence) == ("Nộp phí tại quầy", Confidence.UNVERIFIED)
    assert SERVICE.payment.told() == "Nộp phí tại quầy (cần hỏi lại quầy)"
    assert "281/2016/TT-BTC" in SERVICE.payment.source


def test_what_nobody_was_asked_claims_no_more_than_people_bring() -> None:
    first = {part.code: part.copy_kinds[0] for part in SERVICE.parts if not part.replaced_by_data}
    assert first == {
        "authorisation": "original",
        "representation": "copy",
        "authorisation_family": "original",
        "old_copy": "copy",
    }


def test_every_fact_says_where_it_is_from() -> None:
    assert len(facts()) > 25
    assert all(fact.source and fact.checked_on <= date(2026, 11, 21) for fact in facts())
    assert {fact.confidence for fact in facts()} == set(Confidence)


def test_events_relations_and_ways_of_delivery_are_those_of_the_electronic_form() -> None:
    assert codes("event") - {"other"} | codes("event_other") == {
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "9",
        "11",
        "12",
    }
    changed = codes("changed_event") - {"other"} | codes("changed_event_other")
    assert changed == {"0", "1", "2", "3", "5", "6", "9", "11"}
    assert codes("relation") == {str(code) for code in range(2, 15)}
    assert codes("delivery") == {"desk", "post", "electronic"}


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"has_old_copy": False}, {}),
        ({"has_old_copy": True}, {"old_copy": False}),
        ({"has_old_copy": False, "for_whom": "child", "relation": "5"}, {"authorisation_family": False}),
        ({"has_old_copy": False, "for_whom": "kin", "relation": "13"}, {"authorisation_family": False}),
        ({"has_old_copy": False, "for_whom": "other", "relation_other": "authorised"}, {"authorisation": True}),
        ({"has_old_copy": False, "for_whom": "other", "relation_other": "guardian"}, {"representation": False}),
    ],
)
def test_no_paper_is_asked_that_the_law_does_not_ask(
    changed: dict[str, AnswerValue | None], asked: dict[str, bool]
) -> None:
    assert parts(**changed) == asked


def test_identity_and_residence_are_looked_up_not_collected() -> None:
    looked_up = {part.code for part in SERVICE.parts if part.replaced_by_data}
    assert looked_up == {"identity", "residence"}
    assert not any(part.required for part in SERVICE.parts if part.replaced_by_data)


def test_what_names_a_person_is_masked() -> None:
    private = {FieldType.ID_NUMBER, FieldType.PHONE, FieldType.ADDRESS}
    masked = {key for key, field in FIELDS.items() if field.privacy is Privacy.MASKED}
    assert {key for key, field in FIELDS.items() if field.type in private} <= masked
    assert {"requester_birth_date", "subject_birth_date", "requester_document_number"} <= masked


def test_questions_are_questions_to_a_person() -> None:
    for page in SERVICE.form.pages:
        assert page.title.endswith("?"), page.id
        assert len(page.title) <= 60, page.id
        assert len(page.hint) <= 120, page.id
        for field in page.fields:
            assert all(rule.message.endswith(".") for rule in field.rules), field.id


def test_only_fields_of_the_form_are_required() -> None:
    assert not FIELDS["contact_phone"].required
    assert not FIELDS["registered_number"].required
    assert not FIELDS["registered_book"].required
    assert FIELDS["registered_on"].unknown_label
