"""A helper's own number is refused as the citizen's contact, however it is written, also when the helper is gone."""

from dataclasses import replace

import pytest

from kiosk.contact_check import contact_problem, home_digits
from kiosk.form import FieldType
from kiosk.review import problems
from kiosk.visit import Helper, HelperKind, PastHelp, Place, Step, Visit
from kiosk.visit_events import AnotherWanted, HelperChosen, ServiceChosen, WentOn
from tests.factories import HELPING, PRIVACY, VOLUNTEER, make_field, make_visit
from tests.kiosk.visits_played import play
from tests.sample_forms import OWN_BIRTH, TODAY

PHONE = make_field("phone", FieldType.PHONE)
WITH_PHONES = replace(VOLUNTEER, code="TNV-0231", phones=("0912345678", "02363000000"))
HELPED = Visit(helper=WITH_PHONES, consents=(PRIVACY, HELPING))


@pytest.mark.parametrize(
    "written", ["0912345678", "0912 345 678", "+84912345678", "84 912 345 678", "0084912345678", "+84 0912345678"]
)
def test_every_way_of_writing_it_is_the_same_number(written: str) -> None:
    assert home_digits(written) == "0912345678"
    assert "số của người hỗ trợ" in contact_problem(PHONE, written, HELPED)


def test_the_number_of_who_helped_with_a_dossier_before_is_refused_too() -> None:
    done = replace(make_visit(helper=WITH_PHONES, consents=(PRIVACY, HELPING)), place=Place(Step.DONE))
    second = play(
        done, AnotherWanted(), ServiceChosen(done.chosen(), done.route), WentOn(), HelperChosen(HelperKind.NONE)
    )
    assert (second.place.step, second.helper) == (Step.FORM, Helper())
    assert "người hỗ trợ" in contact_problem(PHONE, "0912345678", second)


def test_another_number_and_another_kind_of_answer_are_fine() -> None:
    assert contact_problem(PHONE, "0912345679", HELPED) == ""
    assert contact_problem(PHONE, "0912345678", Visit()) == ""
    assert contact_problem(make_field("note"), "0912345678", HELPED) == ""
    assert "người hỗ trợ" in contact_problem(PHONE, "0236 3000000", HELPED)


def test_a_number_typed_before_the_helper_was_known_is_found_in_the_review() -> None:
    values = {**OWN_BIRTH, "contact_phone": "0912345678"}
    gone = make_visit(values=values, past_help=(PastHelp(WITH_PHONES, HELPING),))
    [problem] = problems(gone, TODAY)
    assert (problem.page_id, "người hỗ trợ" in problem.message) == ("contact_phone", True)
    assert problems(make_visit(values=values), TODAY) == ()
