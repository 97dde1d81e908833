"""Who files for another does it in the form's own words, with the own card and the paper of authority."""

from dataclasses import replace

from kiosk.parties import submitter
from kiosk.representing import can_represent, is_for_another, named_person, representing_problem
from kiosk.review import problems
from tests.factories import make_document, make_field, make_service, make_visit
from tests.sample_forms import FATHERS_DEATH, TODAY, extract_copy


def test_only_a_form_that_can_name_another_takes_a_representative() -> None:
    assert can_represent(extract_copy())
    assert not can_represent(make_service(make_field("name")))


def test_a_representative_whose_answers_name_nobody_else_is_told_so() -> None:
    own, another = make_visit(represents=True), make_visit(represents=True, values=FATHERS_DEATH)
    assert not is_for_another(own)
    assert is_for_another(another)
    assert named_person(another) == FATHERS_DEATH["subject_name"]
    assert representing_problem(own) in [problem.message for problem in problems(own, TODAY)]
    assert representing_problem(another) == representing_problem(replace(own, represents=False)) == ""


def test_the_paper_of_authority_is_told_with_who_files() -> None:
    visit = make_visit(values=FATHERS_DEATH)
    assert submitter(visit, "").authority_document == ""
    carried = visit.with_document(make_document("authorisation_family"))
    part = next(part for part in visit.chosen().parts if part.code == "authorisation_family")
    assert submitter(carried, "").authority_document == part.name
