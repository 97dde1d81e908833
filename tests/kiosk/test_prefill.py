"""What a card answers, as which source, and what it must leave to the citizen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.dates import PartialDate
from kiosk.form import Answer, Choice, Compare, FieldType, Op, Rule, RuleKind, Source
from kiosk.prefill import card_value, from_card, offer
from tests.factories import CARD, make_card
from tests.sample_forms import AT, HOME, OWN_BIRTH, UNKNOWN, answered, extract_copy, field_of, form_of

SEXES = (Choice("1", "Nam"), Choice("2", "Nữ"))


def test_the_card_answers_four_questions_of_the_extract() -> None:
    given = from_card(extract_copy().form, CARD, AT)
    assert {key: answer.value for key, answer in given.items()} == {
        "requester_name": "NGUYỄN VĂN MẪU",
        "requester_birth_date": "1958-03-27",
        "requester_sex": "1",
        "requester_id_number": "001058000123",
    }
    assert {answer.source for answer in given.values()} == {Source.CARD}
    assert {answer.at for answer in given.values()} == {AT}


@pytest.mark.parametrize(
    ("kind", "prefill", "options", "value"),
    [
        (FieldType.NAME, "card.name", {}, "Nguyễn Văn Mẫu"),
        (FieldType.NAME, "card.name", {"uppercase": True}, "NGUYỄN VĂN MẪU"),
        (FieldType.ID_NUMBER, "card.number", {}, "001058000123"),
        (FieldType.TEXT, "card.old_number", {}, "012345678"),
        (FieldType.DATE, "card.birth_date", {}, "1958-03-27"),
        (FieldType.DATE, "card.issued_on", {}, "2021-05-20"),
        (FieldType.CHOICE, "card.sex", {"choices": SEXES}, "1"),
        (FieldType.TEXT, "card.sex", {}, "Nam"),
    ],
)
def test_each_part_of_the_card_is_written_as_if_it_had_been_typed(
    kind: FieldType, prefill: str, options: dict[str, Any], value: str
) -> None:
    assert card_value(field_of(kind, prefill=prefill, **options), CARD) == value


@pytest.mark.parametrize(("sex", "code"), [("Nam", "1"), ("Nữ", "2")])
def test_the_sex_is_the_forms_own_code(sex: str, code: str) -> None:
    assert card_value(field_of(FieldType.CHOICE, prefill="card.sex", choices=SEXES), make_card(sex=sex)) == code


def test_a_choice_that_the_form_does_not_have_is_not_made() -> None:
    letters = (Choice("M", "Male"), Choice("F", "Female"))
    assert card_value(field_of(FieldType.CHOICE, prefill="card.sex", choices=letters), CARD) is None


def test_a_card_without_a_name_answers_the_rest() -> None:
    given = from_card(extract_copy().form, make_card(name="", plain_name="NGUYEN VAN MAU", address=""), AT)
    assert sorted(given) == ["requester_birth_date", "requester_id_number", "requester_sex"]


@pytest.mark.parametrize("part", ["old_number", "issued_on"])
def test_what_the_card_does_not_say_is_no_answer(part: str) -> None:
    form = form_of(field_of(FieldType.TEXT if part == "old_number" else FieldType.DATE, prefill=f"card.{part}"))
    assert from_card(form, make_card(**{part: None}), AT) == {}
    assert from_card(form, make_card(issued_on=date(2021, 5, 20)), AT) != {}


def test_an_old_address_answers_nothing() -> None:
    assert card_value(field_of(FieldType.ADDRESS, prefill="card.address"), CARD) is None


def test_what_does_not_fit_the_field_is_left_to_the_citizen() -> None:
    whole_date = field_of(FieldType.DATE, prefill="card.birth_date", rules=(Rule(RuleKind.FULL_DATE, "", "Đủ ngày."),))
    assert card_value(whole_date, CARD) == "1958-03-27"
    assert card_value(whole_date, make_card(birth_date=PartialDate(1958))) is None


def test_a_year_alone_is_an_answer_where_the_form_allows_it() -> None:
    field = field_of(FieldType.DATE, prefill="card.birth_date")
    assert card_value(field, make_card(birth_date=PartialDate(1958))) == "1958"


def test_a_field_that_names_no_card_gets_nothing_from_it() -> None:
    assert from_card(form_of(field_of(FieldType.NAME), field_of(FieldType.NAME, prefill="field:x")), CARD, AT) == {}


def test_an_earlier_answer_is_offered_and_never_filled_in() -> None:
    answers = answered(OWN_BIRTH)
    field = field_of(FieldType.NAME, prefill="field:requester_name")
    assert offer(form_of(field), field, answers) == answers["requester_name"]
    assert from_card(form_of(field), CARD, AT) == {}


def test_what_was_typed_for_the_dossier_before_is_whose_it_is_used_by() -> None:
    field = field_of(FieldType.NAME)
    form, by_helper = form_of(field), Answer("LÊ VĂN MẪU", Source.HELPER, AT, helper="TNV-0231")
    assert offer(form, field, {}, {field.id: by_helper}) == Answer("LÊ VĂN MẪU", Source.CITIZEN, AT)
    by_card = replace(by_helper, source=Source.CARD, helper="")
    assert offer(form, field, {}, {field.id: by_card}, Source.HELPER) == by_card


def test_nothing_is_offered_where_nothing_is_known() -> None:
    field = field_of(FieldType.NAME, prefill="field:requester_name")
    form = form_of(field)
    assert offer(form, field, {}) is None
    assert offer(form, field, {"requester_name": UNKNOWN}) is None
    own = field_of(FieldType.NAME, prefill="card.name")
    assert offer(form_of(own), own, {"card.name": Answer("x", Source.CARD, AT)}) is None


def test_what_can_be_the_same_as_another_is_asked_only_where_it_is_not() -> None:
    same = Compare("for_whom", Op.EQUALS, ("self",))
    field = field_of(FieldType.NAME, prefill="field:requester_name", same_when=same)
    assert offer(form_of(field), field, answered(OWN_BIRTH)) is None


def test_others_may_live_where_one_lives() -> None:
    same = Compare("for_whom", Op.EQUALS, ("self",))
    field = field_of(FieldType.ADDRESS, prefill="field:requester_residence", same_when=same)
    answers = answered({"requester_residence": HOME})
    assert offer(form_of(field), field, answers) == answers["requester_residence"]


def test_what_was_picked_for_the_address_of_the_card_is_offered_where_the_card_is_asked_again() -> None:
    home, post = (replace(field_of(FieldType.ADDRESS, prefill="card.address"), id=name) for name in ("home", "post"))
    form, answers = form_of(home, post), answered({"home": HOME})
    assert offer(form, post, answers) == answers["home"]
    assert offer(form, home, answers) is None


def test_the_dossier_before_offers_what_it_was_told() -> None:
    """A second child of the same birth has the same mother."""
    field = field_of(FieldType.NAME)
    earlier = answered({field.id: "TRẦN THỊ MẪU"})
    assert offer(form_of(field), field, {}, earlier) == earlier[field.id]
    assert offer(form_of(field), field, {}, answered({field.id: None})) is None
    table = replace(field_of(FieldType.NAME), type=FieldType.TABLE)
    assert offer(form_of(table), table, {}, earlier) is None
