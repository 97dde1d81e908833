"""A page that no answers lead to is found; one that some answers lead to is left alone."""

import pytest

from kiosk.form import AllOf, AnyOf, Choice, Compare, Condition, Field, FieldType, Form, Not, Op, QuestionPage
from kiosk.reachability import unreachable_pages
from tests.sample_forms import extract_copy, field_of, form_of

ANY = (Choice("1", "Một"), Choice("2", "Hai"), Choice("3", "Ba"))
IS_1 = Compare("x", Op.EQUALS, ("1",))
IS_2 = Compare("x", Op.EQUALS, ("2",))
NAMED = Compare("y", Op.ANSWERED)
DESK = Compare("fact:route", Op.EQUALS, ("desk",))
ONLINE = Compare("fact:route", Op.EQUALS, ("online_by_agreement",))


def last_page(*fields: Field, when: Condition) -> Form:
    form = form_of(*fields)
    last = QuestionPage("last", "", "", "", (Field("last", FieldType.TEXT, "L"),), when)
    return Form("f", "1", (*form.pages, last))


@pytest.mark.parametrize(
    ("when", "reachable"),
    [
        (IS_1, True),
        (Not(AnyOf((IS_1, IS_2))), True),
        (AllOf((IS_1, IS_2)), False),
        (AllOf((IS_1, NAMED)), True),
        (AllOf((IS_1, Not(NAMED))), True),
        (AllOf((DESK, ONLINE)), False),
        (AllOf((DESK, IS_1)), True),
    ],
)
def test_conditions_on_a_choice_a_text_and_a_fact(when: Condition, reachable: bool) -> None:
    form = last_page(
        field_of(FieldType.CHOICE, choices=ANY), Field("y", FieldType.TEXT, "Y", required=False), when=when
    )
    assert unreachable_pages(form) == (() if reachable else ("last",))


@pytest.mark.parametrize(
    ("kind", "when", "reachable"),
    [
        (FieldType.NUMBER, Compare("x", Op.AT_LEAST, ("5",)), True),
        (FieldType.NUMBER, AllOf((Compare("x", Op.AT_LEAST, ("5",)), Compare("x", Op.EQUALS, ("4",)))), False),
        (FieldType.DATE, Not(Compare("x", Op.FULL_DATE)), True),
        (FieldType.DATE, AllOf((Compare("x", Op.FULL_DATE), Not(Compare("x", Op.ANSWERED)))), False),
        (FieldType.YES_NO, Compare("x", Op.EQUALS, ("no",)), True),
    ],
)
def test_conditions_on_the_other_types(kind: FieldType, when: Condition, reachable: bool) -> None:
    assert unreachable_pages(last_page(field_of(kind), when=when)) == (() if reachable else ("last",))


def test_a_choice_that_is_closed_leads_nowhere() -> None:
    choices = (Choice("a", "A", when=IS_1), Choice("b", "B", when=IS_2))
    second = Field("z", FieldType.CHOICE, "Z", choices=choices)
    a_and_2 = AllOf((Compare("z", Op.EQUALS, ("a",)), IS_2))
    a_and_1 = AllOf((Compare("z", Op.EQUALS, ("a",)), IS_1))
    first = field_of(FieldType.CHOICE, choices=ANY)
    assert unreachable_pages(last_page(first, second, when=a_and_2)) == ("last",)
    assert unreachable_pages(last_page(first, second, when=a_and_1)) == ()


def test_an_answer_that_equals_another_leads_where_that_one_leads() -> None:
    first = field_of(FieldType.CHOICE, choices=ANY)
    same = Field("z", FieldType.CHOICE, "Z", choices=ANY, prefill="field:x", same_when=IS_1)
    assert unreachable_pages(last_page(first, same, when=AllOf((IS_1, Compare("z", Op.EQUALS, ("2",)))))) == ("last",)
    assert unreachable_pages(last_page(first, same, when=AllOf((IS_2, Compare("z", Op.EQUALS, ("1",)))))) == ()


def test_every_page_of_the_shipped_service_can_be_reached() -> None:
    assert unreachable_pages(extract_copy().form) == ()
