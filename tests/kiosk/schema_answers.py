"""Answers to any form, good ones but for a few, and whether form and schema say the same of them."""

from dataclasses import replace
from typing import Any, cast

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kiosk.form import (
    Address,
    Answer,
    AnswerValue,
    Field,
    FieldType,
    Form,
    RuleKind,
    TableRow,
)
from kiosk.form_rules import completed, visible_pages
from tests.sample_forms import (
    HOME,
    TODAY,
    form_problems,
)

# One good value of each type; dates are such that none is in the future, nor registered before a birth.
GOOD: dict[FieldType, AnswerValue] = {
    FieldType.TEXT: "Mẫu",
    FieldType.NAME: "NGUYỄN VĂN MẪU",
    FieldType.ID_NUMBER: "001099000123",
    FieldType.NUMBER: 2,
    FieldType.PHONE: "0912345678",
    FieldType.DATE: "1958-03-27",
    FieldType.EMAIL: "mau@example.vn",
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
    (),
    (TableRow({}),),
    (TableRow({"nonsense": "x"}),),
]
PARTLY: list[AnswerValue] = ["1958", "1958-03", "Mẫu 2", "H'Hen Niê", "+14155552671", 99]
NOWHERE = Address("", "", "", "", "")
SPOILED: list[AnswerValue | None] = [*BAD, *PARTLY, NOWHERE, None]


def document(answers: dict[str, Answer]) -> dict[str, Any]:
    """Answers as they stand in a manifest."""

    return {key: None if answer.unknown else json_value(answer.value) for key, answer in answers.items()}


def json_value(value: AnswerValue) -> Any:
    if isinstance(value, tuple):
        return [{key: json_value(cell) for key, cell in row.cells.items()} for row in value]
    if isinstance(value, Address):
        return {
            "province": {"code": value.province_code, "name": value.province_name},
            "commune": {"code": value.commune_code, "name": value.commune_name},
            "line": value.line,
        }
    return value


def agree(form: Form, answers: dict[str, Answer], validator: Draft202012Validator, **facts: str) -> bool:
    """Whether the form and the schema say the same of the answers."""
    pages = visible_pages(form, answers, facts)
    stopped = bool(pages) and pages[-1].stop is not None
    accepted = not stopped and not form_problems(form, answers, TODAY, facts)
    return bool(validator.is_valid(document(completed(form, answers, facts)))) is accepted


def sayable(form: Form) -> Form:
    """The form without the rules that JSON Schema has no words for (kiosk.form_schema.LIMITS)."""
    words = {RuleKind.MIN, RuleKind.MAX, RuleKind.PATTERN, RuleKind.FULL_DATE, RuleKind.MONTH_KNOWN}

    def plain(field: Field) -> Field:
        rules = tuple(rule for rule in field.rules if rule.kind in words or rule.ask)
        return replace(field, rules=rules, columns=tuple(map(plain, field.columns)))

    pages = tuple(replace(page, fields=tuple(map(plain, page.fields))) for page in form.pages)
    return replace(form, pages=pages)


def good(draw: st.DrawFn, field: Field) -> AnswerValue:
    """A value that the field's type takes, and its rules as far as they are usual."""
    if field.type is FieldType.TABLE:
        return tuple(draw(st.lists(rows(field), min_size=field.rows_min, max_size=min(3, field.rows_max))))
    if field.choices:
        return draw(st.sampled_from([choice.code for choice in field.choices][:15]))
    if field.type is FieldType.YES_NO:
        return draw(st.booleans())
    if field.type is FieldType.DATE:
        return draw(st.sampled_from(["1958-03-27", "1990-01-01", "2015-06-30", "2026-11-01"]))
    return GOOD[field.type]


@st.composite
def rows(draw: st.DrawFn, table: Field) -> TableRow:
    cells = {column.id: good(draw, column) for column in table.columns if draw(st.integers(0, 9))}
    return TableRow(cast(dict[str, str], cells))


@st.composite
def mostly_good(draw: st.DrawFn, form: Form) -> dict[str, AnswerValue | None]:
    """An answer for every field, good ones but for a few."""
    fields = [field for page in form.pages for field in page.fields]
    values: dict[str, AnswerValue | None] = {}
    for field in fields:
        unknown = field.unknown_label and draw(st.integers(0, 3)) == 0
        values[field.id] = None if unknown else good(draw, field)
    for spoiled in draw(st.lists(st.sampled_from(fields), max_size=2)):
        values[spoiled.id] = draw(st.sampled_from(SPOILED))
    for missing in draw(st.lists(st.sampled_from(fields), max_size=1)):
        values.pop(missing.id, None)
    return values
