"""A page that no answers lead to is found; one that some answers lead to is left alone."""

import pytest

from kiosk.form import (
    AllOf,
    AnyOf,
    Choice,
    Compare,
    Computed,
    ComputedKind,
    Condition,
    Field,
    FieldType,
    Form,
    Not,
    Op,
    QuestionPage,
    Stop,
)
from kiosk.reachability import dead_conditions
from tests.sample_forms import extract_copy, field_of, form_of
from tests.sample_life import LIFE

ANY = (Choice("1", "Một"), Choice("2", "Hai"), Choice("3", "Ba"))
IS_1 = Compare("x", Op.EQUALS, ("1",))
IS_2 = Compare("x", Op.EQUALS, ("2",))
NAMED = Compare("y", Op.ANSWERED)
DESK = Compare("fact:route", Op.EQUALS, ("desk",))
ONLINE = Compare("fact:route", Op.EQUALS, ("online_by_agreement",))


def unreachable_pages(form: Form) -> tuple[str, ...]:
    return tuple(page for page, reason in dead_conditions(form) if reason.startswith("no answers ever lead"))


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


def aged(*whens: Condition, stop: Condition | None = None) -> Form:
    """A birth date, a page that stops if there is a `stop`, and a page for each condition."""
    born = QuestionPage("born", "", "", "", (Field("born", FieldType.DATE, "B"),))
    stops = (QuestionPage("stop", "", "", "", (), stop, Stop("Không được.")),) if stop else ()
    asked = [
        QuestionPage(f"p{n}", "", "", "", (Field(f"p{n}", FieldType.TEXT, "P"),), when) for n, when in enumerate(whens)
    ]
    computed = (
        Computed("age", ComputedKind.AGE_YEARS, "born", "Tuổi"),
        Computed("days", ComputedKind.DAYS_SINCE, "born", "Ngày"),
    )
    return Form("f", "1", (born, *stops, *asked), computed)


def at_least(name: str, number: int) -> Compare:
    return Compare(name, Op.AT_LEAST, (str(number),))


@pytest.mark.parametrize(
    ("when", "reachable"),
    [
        (at_least("age", 18), True),
        (Not(at_least("age", 18)), True),
        (AllOf((at_least("age", 18), Not(at_least("age", 19)))), True),
        (AllOf((at_least("age", 20), Not(at_least("age", 18)))), False),
        (AllOf((at_least("days", 61), Not(at_least("days", 62)))), True),
        (AllOf((at_least("days", 61), Not(at_least("days", 61)))), False),
        (AllOf((at_least("days", 61), Not(Compare("born", Op.FULL_DATE)))), False),
    ],
)
def test_conditions_on_what_is_computed(when: Condition, reachable: bool) -> None:
    assert unreachable_pages(aged(when)) == (() if reachable else ("p0",))


def test_nothing_comes_after_a_page_that_stops() -> None:
    adult = at_least("age", 18)
    form = aged(adult, Not(adult), at_least("age", 60), stop=Not(adult))
    assert unreachable_pages(form) == ("p1",)
    assert unreachable_pages(aged(adult, stop=AllOf((adult, Not(adult))))) == ("stop",)


def test_a_choice_that_is_never_open_and_a_rule_that_is_never_true() -> None:
    first = field_of(FieldType.CHOICE, choices=ANY)
    never = AllOf((IS_1, IS_2))
    closed = Field("z", FieldType.CHOICE, "Z", choices=(*ANY, Choice("4", "Bốn", when=never)))
    needed = Field("w", FieldType.TEXT, "W", required=False, required_when=never)
    assert [reason for _page, reason in dead_conditions(form_of(first, closed, needed))] == [
        "the choice '4' of 'z' is never open",
        "the 'required_when' of 'w' is never true",
    ]


def test_a_choice_of_a_page_that_is_asked_only_where_it_is_closed() -> None:
    first = field_of(FieldType.CHOICE, choices=ANY)
    choices = (Choice("a", "A"), Choice("b", "B", when=IS_2))
    last = QuestionPage("last", "", "", "", (Field("z", FieldType.CHOICE, "Z", choices=choices),), IS_1)
    form = Form("f", "1", (*form_of(first).pages, last))
    assert [reason for _page, reason in dead_conditions(form)] == ["the choice 'b' of 'z' is never open"]


@pytest.mark.parametrize("form", [extract_copy().form, LIFE], ids=["2.000635", "life"])
def test_every_condition_of_a_good_form_lives(form: Form) -> None:
    assert list(dead_conditions(form)) == []
