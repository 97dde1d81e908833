"""The exported schema and the form agree on every set of answers that JSON Schema has words for."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kiosk.form import Address, Answer, AnswerValue, Choice, Compare, Field, FieldType, Form, Op, Rule, RuleKind
from kiosk.form_rules import completed
from kiosk.form_schema import form_schema
from tests.sample_forms import (
    FATHERS_DEATH,
    HOME,
    OWN_BIRTH,
    TODAY,
    answered,
    extract_copy,
    field_of,
    form_of,
    form_problems,
)

FORM = extract_copy().form
FIELDS = [field for page in FORM.pages for field in page.fields]
ROUTES = ["desk", "online_by_agreement"]
VALIDATORS = {route: Draft202012Validator(form_schema(FORM, {"route": route})) for route in ROUTES}

# One good value of each type; dates are such that none is in the future, nor registered before a birth.
GOOD: dict[FieldType, AnswerValue] = {
    FieldType.TEXT: "Mẫu",
    FieldType.NAME: "NGUYỄN VĂN MẪU",
    FieldType.ID_NUMBER: "001099000123",
    FieldType.NUMBER: 2,
    FieldType.PHONE: "0912345678",
    FieldType.DATE: "1958-03-27",
    FieldType.YES_NO: True,
    FieldType.ADDRESS: HOME,
}
BAD: list[AnswerValue] = [
    "",
    "x" * 400,
    "\n",
    "Mẫu\n",
    "\u202e",
    "123",
    "1958-13",
    "1958-04-31",
    0,
    100,
    -1,
    True,
    False,
]
PARTLY: list[AnswerValue] = ["1958", "1958-03", "Mẫu 2", "H'Hen Niê", "+14155552671", 99]
NOWHERE = Address("", "", "", "", "")
SPOILED: list[AnswerValue | None] = [*BAD, *PARTLY, NOWHERE, None]


def document(answers: dict[str, Answer]) -> dict[str, Any]:
    """Answers as they stand in a manifest."""

    def value(answer: Answer) -> Any:
        if answer.unknown:
            return None
        if isinstance(address := answer.value, Address):
            return {
                "province": {"code": address.province_code, "name": address.province_name},
                "commune": {"code": address.commune_code, "name": address.commune_name},
                "line": address.line,
            }
        return answer.value

    return {key: value(answer) for key, answer in answers.items()}


def agree(form: Form, answers: dict[str, Answer], validator: Draft202012Validator, **facts: str) -> bool:
    """Whether the form and the schema say the same of the answers."""
    accepted = not form_problems(form, answers, TODAY, facts)
    return bool(validator.is_valid(document(completed(form, answers, facts)))) is accepted


@st.composite
def mostly_good(draw: st.DrawFn) -> dict[str, AnswerValue | None]:
    """An answer for every field, good ones but for a few."""
    values: dict[str, AnswerValue | None] = {}
    for field in FIELDS:
        codes = [choice.code for choice in field.choices][:15]
        values[field.id] = draw(st.sampled_from(codes)) if codes else GOOD[field.type]
        if field.type is FieldType.YES_NO:
            values[field.id] = draw(st.booleans())
        if field.unknown_label and draw(st.integers(0, 3)) == 0:
            values[field.id] = None
    for spoiled in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        values[spoiled.id] = draw(st.sampled_from(SPOILED))
    for missing in draw(st.lists(st.sampled_from(FIELDS), max_size=2)):
        values.pop(missing.id, None)
    return values


@given(values=mostly_good(), route=st.sampled_from(ROUTES))
def test_the_schema_accepts_what_the_form_accepts_and_nothing_else(
    values: dict[str, AnswerValue | None], route: str
) -> None:
    assert agree(FORM, answered(values), VALIDATORS[route], route=route)


@pytest.mark.parametrize("values", [OWN_BIRTH, FATHERS_DEATH])
def test_the_samples_are_accepted(values: dict[str, AnswerValue | None]) -> None:
    VALIDATORS["desk"].validate(document(completed(FORM, answered(values))))


@pytest.mark.parametrize(
    "changed",
    [
        {"subject_name": "LÊ VĂN"},
        {"event_other": "6"},
        {"relation": "5"},
        {"subject_residence": HOME},
        {"nonsense": "x"},
    ],
)
def test_an_answer_that_nobody_asked_for_is_refused(changed: dict[str, AnswerValue]) -> None:
    whole = {**completed(FORM, answered(FATHERS_DEATH, subject_birth_date="1930-01-01", subject_id_number="0" * 12))}
    assert VALIDATORS["desk"].is_valid(document(whole))
    spoiled = {**whole, **answered(changed)}
    assert VALIDATORS["desk"].is_valid(document(spoiled)) is (changed == {"subject_name": "LÊ VĂN"})


CONDITIONS = [
    Compare("x", Op.EQUALS, ("1",)),
    Compare("x", Op.ONE_OF, ("1", "2")),
    Compare("x", Op.AT_LEAST, ("2",)),
    Compare("x", Op.ANSWERED),
]


@given(
    condition=st.sampled_from(CONDITIONS),
    number=st.sampled_from([None, 0, 1, 2, 3]),
    given_y=st.sampled_from(["a", "b", None]),
    missing=st.booleans(),
)
def test_every_comparison_and_every_rule_has_its_words(
    condition: Compare, number: int | None, given_y: str | None, missing: bool
) -> None:
    choices = (Choice("a", "A"), Choice("b", "B", when=condition))
    form = form_of(
        field_of(FieldType.NUMBER, unknown_label="Không rõ", rules=(Rule(RuleKind.MAX, "2", "sửa"),)),
        Field("y", FieldType.CHOICE, "Y", choices=choices, required=False, required_when=condition),
    )
    answers = answered({"x": number} if missing else {"x": number, "y": given_y})
    assert agree(form, answers, Draft202012Validator(form_schema(form)))


@given(text=st.text(alphabet="ab1/\n ", max_size=6))
def test_lengths_and_patterns_mean_the_same_on_both_sides(text: str) -> None:
    rules = (
        Rule(RuleKind.MIN, "2", "sửa"),
        Rule(RuleKind.MAX, "4", "sửa"),
        Rule(RuleKind.PATTERN, "[ab]+(/1)?", "sửa"),
    )
    form = form_of(field_of(FieldType.TEXT, rules=rules))
    assert agree(form, answered({"x": text}), Draft202012Validator(form_schema(form)))


@given(day=st.dates())
def test_every_day_of_the_calendar_is_a_date(day: Any) -> None:
    form = form_of(field_of(FieldType.DATE, rules=(Rule(RuleKind.FULL_DATE, "", "sửa"),)))
    validator = Draft202012Validator(form_schema(form))
    assert agree(form, answered({"x": day.isoformat()}), validator)
    assert not validator.is_valid({"x": day.isoformat()[:7]})


def test_it_is_a_schema_of_2020_12_in_plain_json_that_says_what_it_leaves_out() -> None:
    schema = form_schema(FORM, {"route": "desk"})
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$id"] == "urn:diem-truy-cap:form:2.000635:1"
    assert "not after today" in schema["$comment"]
