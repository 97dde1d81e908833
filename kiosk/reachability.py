"""Finds the pages of a form that no answers can ever lead to: a mistake in their conditions."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice, product

from kiosk.condition_file import KNOWN_FACTS
from kiosk.conditions import FACT_PREFIX, Facts, compared_fields, holds
from kiosk.form import AllOf, Answer, AnswerValue, AnyOf, Compare, Condition, Field, FieldType, Form, Not, Source
from kiosk.form_rules import SAME_AS, completed

TRIES_MAX = 20_000  # a condition that needs more tries than this to decide is taken as reachable

_AT = datetime(2000, 1, 1, tzinfo=UTC)  # when an answer was given decides nothing

Tried = tuple[Answer | None, ...]


def unreachable_pages(form: Form) -> tuple[str, ...]:
    """The ids of the pages whose condition is false for every way to answer the pages before them."""
    return tuple(page.id for page in form.pages if page.when is not None and not _reachable(form, page.id, page.when))


def _reachable(form: Form, page_id: str, when: Condition) -> bool:
    names = _relevant(form, when)
    place = [page.id for page in form.pages].index(page_id)
    pages = tuple(page for page in form.pages[:place] if any(field.id in names for field in page.fields))
    fields = [field for page in pages for field in page.fields if field.id in names]
    before = Form(form.id, form.version, pages)
    tries = _tries(form, fields, names)
    for tried, facts in islice(tries, TRIES_MAX):
        answers = {field.id: answer for field, answer in zip(fields, tried, strict=True) if answer is not None}
        if holds(when, completed(before, answers, facts), facts):
            return True
    return next(tries, None) is not None


def _relevant(form: Form, when: Condition) -> set[str]:
    """The fields and facts that decide the condition: those it names, and those that decide whether they are asked."""
    names: set[str] = set()
    left = list(compared_fields(when))
    while left:
        name = left.pop()
        if name in names:
            continue
        names.add(name)
        if name.startswith(FACT_PREFIX):
            continue
        field = form.field(name)
        page = next(page for page in form.pages if field in page.fields)
        conditions = [page.when, field.same_when, *(choice.when for choice in field.choices)]
        left += [other for condition in conditions for other in compared_fields(condition)]
        if field.same_when is not None:
            left.append(field.prefill.removeprefix(SAME_AS))
    return names


def _tries(form: Form, fields: list[Field], names: set[str]) -> Iterator[tuple[Tried, Facts]]:
    """Every way to answer the fields that can matter, with every state of the facts that are named."""
    facts = sorted(name.removeprefix(FACT_PREFIX) for name in names if name.startswith(FACT_PREFIX))
    constants = _constants(form)
    for state in product(*(KNOWN_FACTS[fact] for fact in facts)):
        for tried in product(*(_candidates(field, constants) for field in fields)):
            yield tried, dict(zip(facts, state, strict=True))


def _candidates(field: Field, constants: set[tuple[str, str]]) -> list[Answer | None]:
    """Answers that can tell the conditions apart: every constant that the field is compared with, something else,
    and none where none is allowed."""
    named = [constant for name, constant in constants if name == field.id]
    values: Sequence[AnswerValue]
    match field.type:
        case FieldType.CHOICE:
            others = [choice.code for choice in field.choices if choice.code not in named]
            values = [*named, *(others if any(choice.when for choice in field.choices) else others[:1])]
        case FieldType.YES_NO:
            values = [True, False]
        case FieldType.NUMBER:
            values = sorted({number for text in named for number in (int(text) - 1, int(text), int(text) + 1)} or {1})
        case FieldType.DATE:
            values = ["2000-01-01", "2000"]
        case _:
            values = ["x"]
    answers: list[Answer | None] = [Answer(value, Source.CITIZEN, _AT) for value in values]
    return answers if field.required and not field.unknown_label else [*answers, None]


def _constants(form: Form) -> set[tuple[str, str]]:
    """Every pair of a field and a value that some condition of the form compares it with."""
    fields = [field for page in form.pages for field in page.fields]
    conditions = [page.when for page in form.pages]
    conditions += [condition for field in fields for condition in (field.same_when, field.required_when)]
    conditions += [choice.when for field in fields for choice in field.choices]
    return {(compare.field, value) for one in conditions for compare in _compares(one) for value in compare.values}


def _compares(condition: Condition | None) -> Iterator[Compare]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _compares(part)
        case Not(part):
            yield from _compares(part)
        case Compare():
            yield condition
