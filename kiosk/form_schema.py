"""Exports a form as JSON Schema 2020-12, so that a portal can check the same answers by the same rules."""

from dataclasses import replace
from typing import Any

from kiosk.computed import as_field
from kiosk.conditions import FACT_PREFIX, NO_FACTS, Facts, holds
from kiosk.field_rules import (
    EMAIL,
    EMAIL_MAX,
    ID_NUMBER,
    LINE_MAX,
    NAME_MAX,
    NUMBER_MAX,
    PHONE,
    PRINTABLE,
    TEXT_MAX,
)
from kiosk.form import (
    AllOf,
    AnyOf,
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
)
from kiosk.vietnamese import NAME_PATTERN

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

LIMITS = (
    "Not said here, for JSON Schema cannot: that a date is not after today, nor on the wrong side of another date of "
    "the form; how old who was born on a date is today; that an answer differs from another; that 29 February needs a "
    "leap year; that an answer that was not asked for equals the one it was taken from; what a computed answer is. "
    "What the form only asks about is not said either, for it refuses nothing."
)

_FULL_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MONTH_KNOWN = r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?"
_DATE = (
    r"[1-9][0-9]{3}(?:-(?:(?:0[13578]|1[02])(?:-(?:0[1-9]|[12][0-9]|3[01]))?"
    r"|(?:0[469]|11)(?:-(?:0[1-9]|[12][0-9]|30))?|02(?:-(?:0[1-9]|[12][0-9]))?))?"
)
_CODED: Schema = {
    "type": "object",
    "required": ["code", "name"],
    "properties": {name: {"type": "string", "minLength": 1} for name in ("code", "name")},
}


def form_schema(form: Form, facts: Facts = NO_FACTS) -> Schema:
    """The schema of one object: field id to value, as filed (kiosk.form_rules.completed), with null for what the
    citizen does not know, and addresses and tables as in a manifest. `facts` are those of the filing, e.g. its route.
    """
    fields = [field for page in form.pages for field in page.fields]
    computed = {one.id: {"title": one.label, **_computed_type(one)} for one in form.computed}
    return {
        "$schema": DIALECT,
        "$id": f"urn:diem-truy-cap:form:{form.id}:{form.version}",
        "$comment": LIMITS,
        "type": "object",
        "properties": {field.id: _field(field) for field in fields} | computed,
        "additionalProperties": False,
        "allOf": [
            True,
            *(part for page in form.pages for part in _page(page, _Conditions(form, facts))),
            *(_follows(one) for one in form.computed),
        ],
    }


class _Conditions:
    """Conditions as schemas: a document fits the schema exactly when the condition holds for its answers."""

    def __init__(self, form: Form, facts: Facts) -> None:
        asked = [field for page in form.pages for field in page.fields]
        self._types = {field.id: field.type for field in (*asked, *map(as_field, form.computed))}
        self._facts = facts

    def schema(self, condition: Condition | None) -> Schema | bool:
        match condition:
            case None:
                return True
            case AllOf(parts):
                return {"allOf": [self.schema(part) for part in parts]}
            case AnyOf(parts):
                return {"anyOf": [self.schema(part) for part in parts]}
            case Not(part):
                return {"not": self.schema(part)}
            case Compare(field) if field.startswith(FACT_PREFIX):
                return holds(condition, {}, self._facts)
            case Compare(field):
                return {"required": [field], "properties": {field: self._compared(condition)}}

    def _compared(self, compare: Compare) -> Schema:
        match compare.op:
            case Op.EQUALS | Op.ONE_OF:
                return {"enum": [_constant(self._types[compare.field], value) for value in compare.values]}
            case Op.ANSWERED:
                return {"not": {"type": "null"}}
            case Op.AT_LEAST:
                return {"type": "integer", "minimum": int(compare.values[0])}
            case Op.FULL_DATE:
                return _pattern(_FULL_DATE)


def _constant(kind: FieldType, value: str) -> str | int | bool:
    match kind:
        case FieldType.YES_NO:
            return value == "yes"
        case FieldType.NUMBER:
            return int(value)
        case _:
            return value


def _page(page: QuestionPage, conditions: _Conditions) -> list[Schema]:
    """What holds when the page is asked, and that its fields are not there when it is not. A page that stops makes
    every document invalid while its condition holds."""
    if page.stop is not None:
        return [{"not": conditions.schema(page.when)}]
    asked = [part for field in page.fields for part in (*_needed(field, conditions), *_closed(field, conditions))]
    if page.when is None:
        return asked
    absent = {"properties": {field.id: False for field in page.fields}}
    return [{"if": conditions.schema(page.when), "then": {"allOf": [True, *asked]}, "else": absent}]


def _needed(field: Field, conditions: _Conditions) -> list[Schema]:
    """That the field is there. One that was not asked, being the same as another, is there when the other is."""
    if not field.required and field.required_when is None:
        return []
    when = [conditions.schema(None if field.required else field.required_when)]
    if field.same_when is not None:
        when.append({"not": conditions.schema(field.same_when)})
    return [{"if": {"allOf": when}, "then": {"required": [field.id]}}]


def _closed(field: Field, conditions: _Conditions) -> list[Schema]:
    """That a choice which is open only under a condition is made only under it."""
    return [
        {
            "if": {"required": [field.id], "properties": {field.id: {"const": choice.code}}},
            "then": conditions.schema(choice.when),
        }
        for choice in field.choices
        if choice.when is not None
    ]


def _follows(computed: Computed) -> Schema:
    """That a computed answer is there only beside a date that it can follow from."""
    known = "[0-9-]+" if computed.kind is ComputedKind.AGE_YEARS else _FULL_DATE
    return {
        "if": {"required": [computed.id]},
        "then": {"required": [computed.of], "properties": {computed.of: _pattern(known)}},
    }


def _computed_type(computed: Computed) -> Schema:
    if computed.kind is ComputedKind.DATE_WORDS:
        return _text(TEXT_MAX)
    return {"type": "integer", "minimum": 0}


def _field(field: Field) -> Schema:
    rules = (_rule(field.type, rule) for rule in field.rules if not rule.ask)
    schema: Schema = {"allOf": [_type(field), *rules]}
    if field.unknown_label:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {"title": field.label, **schema}


def _type(field: Field) -> Schema:
    match field.type:
        case FieldType.TABLE:
            return {"type": "array", "items": _row(field), "minItems": field.rows_min, "maxItems": field.rows_max}
        case FieldType.EMAIL:
            return {**_pattern(EMAIL), "maxLength": EMAIL_MAX}
        case FieldType.TEXT:
            return _text(TEXT_MAX)
        case FieldType.NAME:
            return {"allOf": [_text(NAME_MAX), _pattern(NAME_PATTERN)]}
        case FieldType.ID_NUMBER:
            return _pattern(ID_NUMBER)
        case FieldType.NUMBER:
            return {"type": "integer", "minimum": 0, "maximum": NUMBER_MAX}
        case FieldType.PHONE:
            return _pattern(PHONE)
        case FieldType.DATE:
            return _pattern(_DATE)
        case FieldType.CHOICE:
            return {"enum": [choice.code for choice in field.choices]}
        case FieldType.YES_NO:
            return {"type": "boolean"}
        case FieldType.ADDRESS:
            return {
                "type": "object",
                "required": ["province", "commune", "line"],
                "properties": {"province": _CODED, "commune": _CODED, "line": _line(LINE_MAX)},
            }


def _row(table: Field) -> Schema:
    """One row. What a column leaves open is not there."""
    return {
        "type": "object",
        "minProperties": 1,
        "required": [column.id for column in table.columns if column.required and not column.unknown_label],
        "properties": {column.id: _field(replace(column, unknown_label="")) for column in table.columns},
        "additionalProperties": False,
    }


def _rule(kind: FieldType, rule: Rule) -> Schema:
    match rule.kind:
        case RuleKind.MIN | RuleKind.MAX:
            size = int(rule.argument)
            if kind is FieldType.NUMBER:
                return {"minimum" if rule.kind is RuleKind.MIN else "maximum": size}
            length = {"minLength" if rule.kind is RuleKind.MIN else "maxLength": size}
            return {"properties": {"line": length}} if kind is FieldType.ADDRESS else length
        case RuleKind.PATTERN:
            return _pattern(rule.argument)
        case RuleKind.FULL_DATE:
            return _pattern(_FULL_DATE)
        case RuleKind.MONTH_KNOWN:
            return _pattern(_MONTH_KNOWN)
        case _:
            return {"$comment": f"{rule.kind.value} {rule.argument}".strip()}


def _text(longest: int) -> Schema:
    return {"allOf": [_line(longest), {"pattern": r"\S"}]}


def _line(longest: int) -> Schema:
    return {**_pattern(f"{PRINTABLE}*"), "maxLength": longest}


def _pattern(pattern: str) -> Schema:
    """A text that the pattern matches from end to end. The last part is for dialects in which `$` stops before a
    line feed at the end."""
    return {"type": "string", "pattern": rf"^(?:{pattern})$(?!\n)"}
