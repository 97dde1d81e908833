"""The forms for registering a birth anew and for recognising a parent or child, and where they stop."""

from datetime import date

import pytest

from kiosk.catalog import Route
from kiosk.fees import fee_lines
from tests.kiosk.forms_played import play, shipped

ANEW, RECOGNITION = "1.004884", "1.001022"


@pytest.mark.parametrize("code", [ANEW, RECOGNITION])
def test_the_made_up_person_comes_to_the_end_without_a_problem(code: str) -> None:
    played = play(code)
    assert played.problems == ()
    assert played.stop is None
    assert played.pages[-1].id == "contact_phone"
    assert played.questions() == ()


# -- A birth registered anew -------------------------------------------------------------------------------------------


def test_who_asks_for_themselves_is_named_once() -> None:
    played = play(ANEW)
    assert played.said["subject_name"] == played.said["requester_name"]
    assert not {"subject_name", "subject_lives", "relation"} & played.asked
    assert played.needed == {"papers"}
    assert played.fees == {"registration": None, "copy": 8_000}


def test_of_dead_parents_neither_residence_nor_papers_are_asked() -> None:
    dead = play(ANEW)
    alive = play(ANEW, mother_dead="no", mother_id_number="?", mother_document_kind="?")
    assert not {"mother_id_number", "mother_residence", "father_id_number", "father_residence"} & dead.asked
    assert {"mother_id_number", "mother_document_kind", "mother_residence"} <= alive.asked
    assert alive.problems == ()


def test_a_mother_who_asks_for_her_child_stands_in_her_block() -> None:
    subject = {"subject_name": "PHẠM MẪU AN", "subject_birth_date": "1 2 2010", "subject_id_number": "001210000456"}
    played = play(ANEW, for_whom="other", subject_lives="yes", relation="mother", registered_on="2010", **subject)
    assert played.problems == ()
    assert played.said["mother_id_number"] == played.said["requester_id_number"]
    assert not {"mother_dead", "mother_name", "mother_id_number"} & played.asked
    assert "mother_ethnic_group" in played.asked
    assert played.needed == {"papers"}


@pytest.mark.parametrize(
    ("changed", "stop"),
    [
        ({"for_whom": "other", "subject_lives": "no"}, ("lives_stop", "2.000635")),
        ({"registered_when": "since"}, ("since_stop", "2.000635")),
        ({"registered_when": "never"}, ("never_stop", "1.004772")),
        ({"original_kept": "yes"}, ("original_stop", "2.000635")),
    ],
)
def test_who_cannot_register_anew_is_told_what_to_do(changed: dict[str, str], stop: tuple[str, str]) -> None:
    assert play(ANEW, **changed).stop == stop


@pytest.mark.parametrize(
    ("evidence", "part"), [("old_copy", "old_copy"), ("substitute", "old_substitute"), ("papers", "papers")]
)
def test_the_best_evidence_is_the_part_that_has_to_come(evidence: str, part: str) -> None:
    played = play(ANEW, best_evidence=evidence)
    assert played.needed == {part}
    assert ("old_number" in played.asked) is (evidence != "papers")


def test_without_parents_in_the_old_certificate_none_are_asked_about() -> None:
    played = play(ANEW, parents="4")
    assert played.problems == ()
    assert not [page for page in played.asked if page.startswith(("mother_", "father_"))]


@pytest.mark.parametrize(("registered", "asked"), [("22 11 2016", True), ("31 12 2015", False), ("?", False)])
def test_a_registration_that_was_not_before_2016_is_asked_about(registered: str, asked: bool) -> None:
    assert bool(play(ANEW, registered_on=registered).questions()) is asked


def test_a_registration_before_the_birth_is_told() -> None:
    (problem,) = play(ANEW, registered_on="1957").problems
    assert "trước ngày sinh" in problem.message


@pytest.mark.parametrize(("born", "stopped"), [("22 11 2016", True), ("21 11 2016", False), ("2016", False)])
def test_nobody_born_after_2016_was_registered_before_it(born: str, stopped: bool) -> None:
    child = {"subject_name": "PHẠM MẪU AN", "subject_birth_date": born, "subject_id_number": "001216000456"}
    played = play(ANEW, for_whom="other", subject_lives="yes", relation="kin", registered_on="?", **child)
    assert played.stop == (("young_stop", "2.000635") if stopped else None)
    assert "subject_birth_date" in {question.field_id for question in played.questions()}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"mother_birth_date": "1947"}, "mother_birth_date"),
        ({"father_birth_date": "2 1 1946"}, "father_birth_date"),
        ({"mother_dead": "no", "mother_id_number": "001058000123"}, "mother_id_number"),
        ({"father_dead": "no", "father_id_number": "001058000123"}, "father_id_number"),
    ],
)
def test_an_impossible_parent_is_asked_about(changed: dict[str, str], field: str) -> None:
    played = play(ANEW, **changed)
    assert played.problems == ()
    assert [question.field_id for question in played.questions()] == [field]


# -- Parent and child --------------------------------------------------------------------------------------------------


def test_the_father_who_takes_his_child_stands_in_the_first_block() -> None:
    played = play(RECOGNITION)
    assert played.said["parent_name"] == played.said["requester_name"] == "NGUYỄN VĂN MẪU"
    assert "parent_name" not in played.asked
    assert played.choices("requester_side") == {"parent", "other"}
    assert played.needed == {"expert_paper"}
    assert played.fees == {"registration": None, "copy": 8_000}


def test_a_grown_child_who_takes_a_mother_stands_in_the_second_block() -> None:
    parent = {"parent_name": "ĐỖ THỊ MẪU", "parent_birth_date": "1950", "parent_id_number": "001150000456"}
    played = play(RECOGNITION, recognition="4", requester_side="child", evidence="pledge", **parent)
    assert played.problems == ()
    assert played.said["child_name"] == played.said["requester_name"]
    assert played.needed == {"mutual_pledge"}


@pytest.mark.parametrize(
    ("changed", "stop"),
    [
        ({"requester_side": "other"}, ("other_stop", "")),
        ({"birth_registered": "no"}, ("birth_stop", "1.000689")),
        ({"both_come": "dead"}, ("court_stop", "")),
        ({"both_come": "absent"}, ("absent_stop", "")),
        ({"disputed": "yes"}, ("court_stop", "")),
        ({"parent_nationality": "Pháp"}, ("foreign_stop", "2.000779")),
    ],
)
def test_what_is_not_for_this_desk_stops_with_the_way_on(changed: dict[str, str], stop: tuple[str, str]) -> None:
    assert play(RECOGNITION, **changed).stop == stop


def test_a_guardian_asks_for_a_minor_and_says_who_they_are() -> None:
    parent = {"parent_name": "VŨ VĂN MẪU", "parent_birth_date": "1992", "parent_id_number": "001092000999"}
    played = play(RECOGNITION, recognition="3", requester_side="guardian", relation="mother", **parent)
    assert played.problems == ()
    assert played.choices("relation") == {"mother", "guardian"}
    assert {"parent_name", "child_name"} <= played.asked


GROWN = {"recognition": "4", "requester_side": "child", "evidence": "pledge"}
MOTHER_OF_GROWN = {"parent_name": "ĐỖ THỊ MẪU", "parent_birth_date": "1930", "parent_id_number": "001150000456"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"child_birth_date": "31 12 1969"}, "child_birth_date"),
        ({"child_id_number": "001058000123"}, "child_id_number"),
        ({**GROWN, **MOTHER_OF_GROWN, "parent_birth_date": "1960"}, "parent_birth_date"),
        ({**GROWN, **MOTHER_OF_GROWN, "parent_id_number": "001058000123"}, "parent_id_number"),
    ],
)
def test_a_child_older_than_the_parent_or_the_same_person_is_asked_about(changed: dict[str, str], field: str) -> None:
    played = play(RECOGNITION, **changed)
    assert played.problems == ()
    assert [question.field_id for question in played.questions()] == [field]


@pytest.mark.parametrize("code", [ANEW, RECOGNITION])
@pytest.mark.parametrize(
    ("province", "on", "amount"),
    [
        ("01", date(2026, 11, 21), 0),
        ("31", date(2026, 8, 8), 0),
        ("31", date(2026, 8, 7), None),
        ("92", date(2026, 11, 21), None),
    ],
)
def test_online_it_costs_what_the_council_says(code: str, province: str, on: date, amount: int | None) -> None:
    played = play(code, copies="0")
    (line,) = fee_lines(played.service, played.answers, Route.ONLINE_BY_AGREEMENT, on, province)
    assert line.amount_vnd == amount


def test_both_have_to_come_and_sign() -> None:
    (fact,) = shipped().service(RECOGNITION).after_filing
    assert "ký tên vào Sổ" in fact.text


@pytest.mark.parametrize(("born", "asked"), [("8 3 2021", True), ("8 3 1985", False)])
def test_for_a_child_under_age_the_signed_opinions_may_be_scanned(born: str, asked: bool) -> None:
    played = play(RECOGNITION, child_birth_date=born)
    assert ("signed_opinions" in played.offered) is asked
    assert "signed_opinions" not in played.needed
