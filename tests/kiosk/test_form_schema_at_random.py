"""Every form that ships, and forms made at random, agree with their schema on answers made at random."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

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
    Rule,
    RuleKind,
    Stop,
)
from kiosk.form_blocks import Blocks
from kiosk.form_file import read_form
from kiosk.form_schema import form_schema
from kiosk.yaml_text import YamlProblem
from tests.kiosk.schema_answers import agree, mostly_good, sayable
from tests.sample_forms import (
    RESOURCES,
    answered,
    release,
)
from tests.sample_life import FACTS, LIFE

CATALOG = RESOURCES / "catalog"
ROUTES = ["desk", "online_by_agreement"]


def _facts(route: str) -> dict[str, str]:
    return {**FACTS, "route": route}


def _shipped() -> dict[str, Form]:
    """Every form that ships, the shared ones, too, and the sample that has what those may lack."""
    found: list[YamlProblem] = []
    blocks, lists = Blocks(CATALOG / "_blocks"), release().code_lists
    paths = sorted([*CATALOG.glob("[!_]*/form.yaml"), *CATALOG.glob("_forms/*.yaml")])
    forms = {form.id: form for form in (read_form(path, blocks, lists, found, thorough=False) for path in paths)}
    assert found == []
    return {**forms, LIFE.id: LIFE}


FORMS = _shipped()


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), route=st.sampled_from(ROUTES))
def test_the_schema_accepts_what_the_form_accepts_and_nothing_else(name: str, data: st.DataObject, route: str) -> None:
    form, facts = sayable(FORMS[name]), _facts(route)
    answers = answered(data.draw(mostly_good(form)))
    assert agree(form, answers, Draft202012Validator(form_schema(form, facts)), **facts)


# Forms at random: each page has one field and may ask only where an answer before it, or a number computed from one,
# compares so; one page of three stops there.
KINDS = [FieldType.NUMBER, FieldType.YES_NO, FieldType.CHOICE, FieldType.DATE, FieldType.EMAIL, FieldType.TABLE]
TWO = (Choice("1", "Một"), Choice("2", "Hai"))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    pages: list[QuestionPage] = []
    computed: list[Computed] = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=6))):
        when = draw(st.none() | conditions(pages, computed)) if pages else None
        if when is not None and draw(st.integers(0, 2)) == 0:
            pages.append(QuestionPage(f"s{number}", "S", "T", "", (), when, Stop("Hết.")))
            continue
        needed = draw(st.none() | conditions(pages, computed)) if pages else None
        field = Field(
            f"f{number}",
            kind,
            "F",
            required=needed is None and draw(st.booleans()),
            required_when=needed,
            unknown_label=draw(st.sampled_from(["", "Không rõ"])),
            choices=TWO if kind is FieldType.CHOICE else (),
            columns=draw(st.sampled_from([COLUMNS, COLUMNS[1:]])) if kind is FieldType.TABLE else (),
            rules=(Rule(RuleKind.MAX, "1", "hỏi", ask=True),) if kind is FieldType.NUMBER else (),
            rows_max=2,
        )
        pages.append(QuestionPage(f"p{number}", "S", "T", "", (field,), when))
        if kind is FieldType.DATE:
            computed.append(Computed(f"c{number}", draw(st.sampled_from(ComputedKind)), field.id, "C"))
    return Form("random", "1", tuple(pages), tuple(computed))


COLUMNS = (
    Field("start", FieldType.DATE, "S", rules=(Rule(RuleKind.FULL_DATE, "", "sửa"),)),
    Field("n", FieldType.NUMBER, "N", required=False, rules=(Rule(RuleKind.MAX, "3", "sửa"),)),
)


def conditions(pages: list[QuestionPage], computed: list[Computed]) -> st.SearchStrategy[Condition]:
    """Conditions about what these pages ask."""
    fields = [field for page in pages for field in page.fields]
    found: list[Condition] = [Compare(field.id, Op.ANSWERED) for field in fields]
    for field in fields:
        match field.type:
            case FieldType.NUMBER:
                found += [Compare(field.id, Op.AT_LEAST, ("2",)), Compare(field.id, Op.EQUALS, ("1",))]
            case FieldType.CHOICE:
                found.append(Compare(field.id, Op.ONE_OF, ("1", "x")))
            case FieldType.YES_NO:
                found.append(Compare(field.id, Op.EQUALS, ("no",)))
            case FieldType.DATE:
                found.append(Compare(field.id, Op.FULL_DATE))
    found += [Compare(one.id, Op.AT_LEAST, ("18",)) for one in computed if one.kind is not ComputedKind.DATE_WORDS]
    found += [Compare("fact:route", Op.EQUALS, ("desk",))]
    some = st.sampled_from(found)
    pairs = st.lists(some, min_size=1, max_size=2).map(tuple)
    return some | some.map(Not) | pairs.map(AllOf) | pairs.map(AnyOf)


@given(form=forms(), data=st.data(), route=st.sampled_from(ROUTES))
def test_form_and_schema_agree_whatever_the_form(form: Form, data: st.DataObject, route: str) -> None:
    fields = [field for page in form.pages for field in page.fields]
    facts = _facts(route)
    answers = answered(data.draw(mostly_good(form)) if fields else {})
    schema = form_schema(form, facts)
    Draft202012Validator.check_schema(schema)
    assert agree(form, answers, Draft202012Validator(schema), **facts)
