"""The exported schema and the form agree on every set of answers that JSON Schema has words for."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kiosk.form import (
    AnswerValue,
    Choice,
    Compare,
    Field,
    FieldType,
    Form,
    Op,
    Rule,
    RuleKind,
)
from kiosk.form_rules import completed
from kiosk.form_schema import form_schema
from tests.kiosk.schema_answers import agree, document
from tests.sample_forms import (
    FATHERS_DEATH,
    HOME,
    OWN_BIRTH,
    answered,
    extract_copy,
    field_of,
    form_of,
)
from tests.sample_life import FACTS, LIFE, LONG_LIFE

FORM = extract_copy().form


@pytest.mark.parametrize("values", [OWN_BIRTH, FATHERS_DEATH])
def test_the_samples_are_accepted(values: dict[str, AnswerValue | None]) -> None:
    validator(FORM).validate(document(completed(FORM, answered(values))))


def validator(form: Form) -> Draft202012Validator:
    return Draft202012Validator(form_schema(form, FACTS))


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
    assert validator(FORM).is_valid(document(whole))
    spoiled = {**whole, **answered(changed)}
    assert validator(FORM).is_valid(document(spoiled)) is (changed == {"subject_name": "LÊ VĂN"})


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


def test_a_whole_life_is_accepted_and_each_wrong_thing_in_it_is_not() -> None:
    whole = document(completed(LIFE, answered(LONG_LIFE), FACTS))
    assert whole["age"] == 68
    validator(LIFE).validate(whole)
    home = whole["homes"][1]
    spoiled: list[dict[str, Any]] = [
        {"age": 17},
        {"age": -1},
        {"age": "68"},
        {"birth_words": ""},
        {"birth_date": "1958-03"},
        {"email": "mau@example"},
        {"homes": []},
        {"homes": [home] * 5},
        {"homes": [{**home, "start": "1999"}]},
        {"homes": [{**home, "end": None}]},
        {"homes": [{**home, "pet": "1"}]},
        {"homes": [{"start": "1999-01"}]},
    ]
    for changed in spoiled:
        assert not validator(LIFE).is_valid({**whole, **changed}), changed
    without = {key: value for key, value in whole.items() if key not in ("days", "birth_words")}
    validator(LIFE).validate({**without, "birth_date": "1958-03"})
