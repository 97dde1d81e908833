"""The forms of criminal record, certified copies, nationality and auctioneers' cards, and the shared ones: what is
asked, where it ends, what it costs."""

from datetime import date

import pytest

from kiosk.catalog import Route
from kiosk.declaration import Signing, declaration_content
from kiosk.form_rules import completed, visible_pages
from tests.kiosk.other_forms import (
    AUCTION_CARD,
    CARDS,
    COPIES,
    CRIMINAL_RECORD,
    DESK,
    FATHERS_RECORD,
    FOR_ANOTHER,
    NATIONALITY,
    NEW_OFFICE,
    ONLINE,
    OWN_NATIONALITY,
    OWN_RECORD,
    PAPERS,
    PLACES,
    PREPARE,
    Given,
    asked,
    facts,
    fee,
    history,
    of,
    parts,
    problems,
    rows,
    stop_of,
)
from tests.sample_forms import HOME, TODAY, answered


@pytest.mark.parametrize(
    ("code", "given"),
    [
        (CRIMINAL_RECORD, OWN_RECORD),
        (CRIMINAL_RECORD, FATHERS_RECORD),
        (COPIES, PAPERS),
        (NATIONALITY, OWN_NATIONALITY),
        (AUCTION_CARD, CARDS),
        ("2.000908", FOR_ANOTHER),
    ],
)
def test_the_samples_are_complete_and_end_without_a_stop(code: str, given: Given) -> None:
    assert problems(code, given) == []
    assert stop_of(code, given) == ""


@pytest.mark.parametrize("code", [CRIMINAL_RECORD, COPIES, NATIONALITY, AUCTION_CARD])
def test_every_fact_names_its_source_and_the_form_prints(code: str) -> None:
    service = of(code)
    made = declaration_content(service, {}, Signing("Sở", "xã", TODAY, demo=False), facts())
    assert made.template == service.declaration
    assert not service.information_only
    assert service.paper_form is None or code == CRIMINAL_RECORD


# -- Criminal record -------------------------------------------------------------------------------------------------


def test_who_asks_for_their_own_record_is_named_once() -> None:
    pages = asked(CRIMINAL_RECORD, OWN_RECORD)
    assert not {"subject_name", "subject_birth_date", "subject_id_number", "subject_sex"} & set(pages)
    live = completed(of(CRIMINAL_RECORD).form, answered(OWN_RECORD), facts())
    assert live["subject_name"].value == "TRẦN THỊ MẪU"
    assert live["subject_age"].value == 32


def test_for_the_father_both_are_named_and_the_sex_is_asked_of_him_alone() -> None:
    pages = asked(CRIMINAL_RECORD, FATHERS_RECORD)
    assert {"requester_name", "subject_name", "subject_sex"} <= set(pages)
    assert "requester_sex" not in pages


def test_parents_may_be_unknown_and_their_birth_dates_are_then_not_asked() -> None:
    pages = asked(CRIMINAL_RECORD, {**OWN_RECORD, "father_name": None, "mother_name": None})
    assert not {"father_birth_date", "mother_birth_date"} & set(pages)


@pytest.mark.parametrize(
    ("changed", "stop"),
    [
        ({"requester_birth_date": "2010-11-22"}, "requester_too_young"),
        ({"requester_birth_date": "2010-11-21"}, ""),
        ({"requester_birth_date": "2011"}, "requester_too_young"),
        ({"requester_birth_date": "2010"}, ""),
        ({"form_type": "2", "for_whom": "other"}, "number_two_in_person"),
        ({"form_type": "2", "for_whom": "family", "relation": "spouse"}, "number_two_in_person"),
        ({"form_type": "2", "for_whom": "self"}, ""),
        ({"subject_permanent": None}, "no_residence"),
        ({"subject_permanent": None, "has_temporary": True, "subject_temporary": HOME}, ""),
    ],
)
def test_who_cannot_ask_for_a_record_here_is_told_the_way_on(changed: Given, stop: str) -> None:
    assert stop_of(CRIMINAL_RECORD, {**OWN_RECORD, **changed}) == stop


def test_of_whom_is_younger_than_sixteen_the_police_are_asked_and_a_child_asks_for_nobody() -> None:
    ward = {**FATHERS_RECORD, "relation": "guardian"}
    assert stop_of(CRIMINAL_RECORD, {**ward, "subject_birth_date": "2010-11-22"}) == "subject_too_young"
    assert stop_of(CRIMINAL_RECORD, {**ward, "subject_birth_date": "2010-11-21"}) == ""
    assert stop_of(CRIMINAL_RECORD, {**FATHERS_RECORD, "requester_birth_date": "2010-11-22"}) == "requester_too_young"
    page = next(page for page in of(CRIMINAL_RECORD).form.pages if page.id == "subject_too_young")
    assert page.stop is not None
    assert "hỏi cơ quan công an" in " ".join(page.stop.text.split())


@pytest.mark.parametrize(("born", "stop"), [("2008-11-22", ""), ("2008-11-21", "number_two_of_adult")])
def test_a_parent_asks_for_number_two_only_for_a_minor(born: str, stop: str) -> None:
    given = {**FATHERS_RECORD, "relation": "parent", "form_type": "2", "subject_birth_date": born}
    assert stop_of(CRIMINAL_RECORD, given) == stop


def test_the_ban_on_positions_is_a_question_of_number_one_only() -> None:
    assert "ban_confirmation" in asked(CRIMINAL_RECORD, OWN_RECORD)
    assert "ban_confirmation" not in asked(CRIMINAL_RECORD, {**OWN_RECORD, "form_type": "2"})


def test_the_residence_history_is_asked_about_and_never_refused() -> None:
    first, last = PLACES
    assert history(first, last) == []
    assert "chưa bắt đầu từ lúc đủ 14 tuổi" in history(last)[0]
    assert history(first, {**last, "start": "2014-01"}) == [
        "Từ 09/2012 đến 12/2013 chưa ghi nơi ở. Ông/bà có ghi thêm không?"
    ]
    assert "có hai nơi ở" in history(first, {**last, "start": "2011-01"})[0]
    assert "chưa phải “Đến nay”" in history(first, {**last, "end": "2026-01"})[0]


def test_a_year_alone_is_no_month_of_the_history() -> None:
    first, last = PLACES
    assert problems(CRIMINAL_RECORD, {**OWN_RECORD, "residences": rows({**first, "start": "2008"}, last)}) == [
        "residences"
    ]


@pytest.mark.parametrize(
    ("group", "amount", "proof"),
    [
        ("none", 200_000, False),
        ("student", 100_000, True),
        ("merit", 100_000, True),
        ("disabled", 0, True),
        ("poor", 0, True),
        ("area", 0, True),
    ],
)
def test_the_fee_of_each_group_and_its_proof(group: str, amount: int, proof: bool) -> None:
    given = {**OWN_RECORD, "fee_group": group, "digital_citizen": False}
    assert {fee(CRIMINAL_RECORD, given, route) for route in Route} == {amount}
    assert ("exemption" in parts(CRIMINAL_RECORD, given)) is proof


@pytest.mark.parametrize(
    ("born", "amount"), [("1966-11-21", 0), ("1966-11-22", 200_000), ("1966", 0), ("1967", 200_000)]
)
def test_from_sixty_the_birth_date_alone_waives_the_fee(born: str, amount: int) -> None:
    given = {**OWN_RECORD, "requester_birth_date": born}
    assert fee(CRIMINAL_RECORD, given) == amount
    assert ("fee_group" in asked(CRIMINAL_RECORD, given)) is (amount > 0)
    assert "exemption" not in parts(CRIMINAL_RECORD, given)


@pytest.mark.parametrize(
    ("route", "on", "digital", "amount"),
    [
        (ONLINE, date(2026, 8, 14), True, 200_000),
        (ONLINE, date(2026, 8, 15), True, 0),
        (ONLINE, date(2027, 2, 28), True, 0),
        (ONLINE, date(2027, 3, 1), True, 200_000),
        (ONLINE, TODAY, False, 200_000),
        (ONLINE, TODAY, None, 200_000),
        (PREPARE, TODAY, True, 200_000),
        (DESK, TODAY, True, 200_000),
    ],
)
def test_digital_citizens_pay_nothing_where_the_filing_is_online_in_its_time(
    route: Route, on: date, digital: bool | None, amount: int
) -> None:
    assert fee(CRIMINAL_RECORD, {**OWN_RECORD, "digital_citizen": digital}, route, on) == amount


def test_an_online_record_is_electronic_and_has_no_number_of_copies() -> None:
    form = of(CRIMINAL_RECORD).form
    pages = visible_pages(form, answered(OWN_RECORD), facts(ONLINE))
    assert "copies" not in [page.id for page in pages]
    delivery = next(page for page in pages if page.id == "delivery")
    assert [choice.code for choice in delivery.fields[0].choices] == ["electronic"]


def test_only_for_others_than_the_family_an_authorisation_is_needed() -> None:
    assert "authorisation" not in parts(CRIMINAL_RECORD, FATHERS_RECORD)
    assert "authorisation" in parts(CRIMINAL_RECORD, {**FATHERS_RECORD, "for_whom": "other"})
    assert "travel_paper" in parts(CRIMINAL_RECORD, {**OWN_RECORD, "requester_nationality": "200"})


# -- Nationality -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "stop"),
    [({"for_whom": "other"}, "not_for_others"), ({"lives_here": False}, "lives_abroad")],
)
def test_nobody_asks_for_anothers_nationality_or_from_abroad(changed: Given, stop: str) -> None:
    assert stop_of(NATIONALITY, {**OWN_NATIONALITY, **changed}) == stop


@pytest.mark.parametrize(("group", "amount"), [("none", 100_000), ("lao", 0), ("neighbour", 0)])
def test_the_fee_of_a_certificate_of_nationality(group: str, amount: int) -> None:
    given = {**OWN_NATIONALITY, "fee_group": group}
    assert fee(NATIONALITY, given, DESK) == amount
    assert ("hardship" in parts(NATIONALITY, given)) is (group == "neighbour")


def test_who_has_no_proof_writes_a_statement_of_their_life() -> None:
    assert parts(NATIONALITY, OWN_NATIONALITY) == ["photos", "identity"]
    assert "life_statement" in parts(NATIONALITY, {**OWN_NATIONALITY, "proof_kind": "none"})
    assert "proof" not in asked(NATIONALITY, {**OWN_NATIONALITY, "proof_kind": "none"})


def test_a_child_is_named_apart_from_the_parent_who_asks() -> None:
    pages = asked(NATIONALITY, {**OWN_NATIONALITY, "for_whom": "represented"})
    assert {"relation", "subject_name", "subject_sex"} <= set(pages)
    assert "requester_sex" not in pages


# -- Auctioneers' cards ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "stop"),
    [({"asked_by": "person"}, "organisation_only"), ({"first_card": False}, "reissue")],
)
def test_a_card_is_asked_for_by_the_organisation_and_once(changed: Given, stop: str) -> None:
    assert stop_of(AUCTION_CARD, {**CARDS, **changed}) == stop


def test_a_card_costs_nothing_and_its_head_is_named_once() -> None:
    assert fee(AUCTION_CARD, CARDS, DESK) == 0
    assert "head" not in asked(AUCTION_CARD, CARDS)
    assert "head" in asked(AUCTION_CARD, {**CARDS, "capacity": "sent"})
    assert parts(AUCTION_CARD, CARDS) == ["certificates", "photos"]


# -- Shared forms ----------------------------------------------------------------------------------------------------


def test_who_files_for_another_names_them_and_who_files_for_themselves_does_not() -> None:
    assert {"other", "relation"} <= set(asked("2.000908", FOR_ANOTHER))
    pages = asked("2.000908", {**FOR_ANOTHER, "for_whom": "self", "delivery": "desk"})
    persons = ["requester_name", "requester_birth_date", "requester_id_number"]
    assert pages == ["for_whom", *persons, "contact", "note", "delivery"]


def test_an_organisation_that_is_only_being_founded_has_no_paper_yet() -> None:
    code = "2.001807"
    assert problems(code, NEW_OFFICE) == []
    assert "organisation_paper" not in asked(code, NEW_OFFICE)
    assert "organisation_paper" in asked(code, {**NEW_OFFICE, "organisation_paper_kind": "business"})
