"""Finds what no answers to a form can ever lead to: pages, fields and choices closed by a mistake in a condition."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from math import prod

from kiosk.condition_file import KNOWN_FACTS
from kiosk.conditions import FACT_PREFIX, LAST_WORKDAY, PROVINCE, TODAY, Facts, compared_fields, holds
from kiosk.form import (
    AllOf,
    Answer,
    AnswerValue,
    AnyOf,
    Compare,
    ComputedKind,
    Condition,
    Field,
    FieldType,
    Form,
    Not,
    QuestionPage,
    Source,
)
from kiosk.form_rules import SAME_AS, completed, visible_pages

TRIES_MAX = 20_000  # a condition that needs more tries than this to decide is taken as possible

_STRIDE = 1_000_003  # a prime that divides no number of ways: its multiples meet each way once, far from the one before
_AT = datetime(2000, 1, 1, tzinfo=UTC)  # when an answer was given decides nothing
_TODAY = date(2026, 3, 10)  # any day with a day of its number in every month and year
_DAYS = {TODAY: _TODAY.isoformat(), LAST_WORKDAY: date(2026, 3, 9).isoformat()}

Tried = tuple[Answer | None, ...]


def dead_conditions(form: Form) -> Iterator[tuple[str, str]]:
    """The page and the fault, for each condition that is false, or leaves nothing to ask, for every way to answer the
    pages before it."""
    search = _Search(form)
    for index, page in enumerate(form.pages):
        if not search.possible(index, page.when):
            yield page.id, f"no answers ever lead to the page {page.id!r}"
            continue
        for field in page.fields:
            yield from ((page.id, reason) for reason in _dead_in(search, index, page, field))


def never_true(form: Form, *conditions: Condition | None) -> bool:
    """Whether no answers to the whole form make all these conditions true."""
    return not _Search(form, conditions).possible(len(form.pages), *conditions)


def _dead_in(search: "_Search", index: int, page: QuestionPage, field: Field) -> Iterator[str]:
    if field.same_when is not None:
        if not search.possible(index, page.when, field.same_when):
            yield f"the 'same_when' of {field.id!r} is never true"
        if not search.possible(index, page.when, Not(field.same_when)):
            yield f"the field {field.id!r} is never asked, for it always equals another"
    if field.required_when is not None and not search.possible(index + 1, page.when, field.required_when):
        yield f"the 'required_when' of {field.id!r} is never true"
    for choice in field.choices:
        if choice.when is not None and not search.possible(index, page.when, choice.when):
            yield f"the choice {choice.code!r} of {field.id!r} is never open"


class _Search:
    """Tries the ways to answer one form."""

    def __init__(self, form: Form, more: Sequence[Condition | None] = ()) -> None:
        """`more` are conditions beside those of the form that `possible` will be asked about."""
        self._form = form
        self._pages = {field.id: page for page in form.pages for field in page.fields}
        self._computed = {computed.id: computed for computed in form.computed}
        self._constants = _constants(form, more)

    def possible(self, end: int, *conditions: Condition | None) -> bool:
        """Whether some answers to the pages before the index `end` make all these conditions true, and none of those
        pages stops."""
        given = tuple(condition for condition in conditions if condition is not None)
        if not given:
            return True
        when = AllOf(given)
        names = self._relevant(when, end)
        pages = tuple(
            page
            for page in self._form.pages[:end]
            if (page.stop and not names.isdisjoint(compared_fields(page.when)))
            or any(field.id in names for field in page.fields)
        )
        fields = [field for page in pages for field in page.fields if field.id in names]
        before = Form(self._form.id, self._form.version, pages, self._form.computed)
        tries = self._tries(fields, names)
        for tried, facts in islice(tries, TRIES_MAX):
            answers = {field.id: answer for field, answer in zip(fields, tried, strict=True) if answer is not None}
            if holds(when, completed(before, answers, facts), facts) and not _stopped(before, answers, facts):
                return True
        return next(tries, None) is not None

    def _relevant(self, when: Condition, end: int) -> set[str]:
        """The fields and facts that decide the condition: those it names, those that decide whether they are asked, and
        those of the pages that stop for one of them."""
        names: set[str] = set()
        left = list(compared_fields(when))
        stops = [set(compared_fields(page.when)) for page in self._form.pages[:end] if page.stop]
        while left:
            while left:
                name = left.pop()
                if name not in names:
                    names.add(name)
                    left += self._deciding(name)
            left = [name for stop in stops if not stop.isdisjoint(names) for name in stop - names]
        return names

    def _deciding(self, name: str) -> Iterator[str]:
        """What decides whether the name has an answer, and which."""
        if name in self._computed:
            yield self._computed[name].of
        if name not in self._pages:
            return
        field = next(field for field in self._pages[name].fields if field.id == name)
        for condition in (self._pages[name].when, field.same_when, *(choice.when for choice in field.choices)):
            yield from compared_fields(condition)
        if field.same_when is not None:
            yield field.prefill.removeprefix(SAME_AS)

    def _tries(self, fields: list[Field], names: set[str]) -> Iterator[tuple[Tried, Facts]]:
        """Every way to answer the fields that can matter, with every state of the facts that are named, in an order
        that soon meets some of each kind."""
        facts = sorted(name.removeprefix(FACT_PREFIX) for name in names if name.startswith(FACT_PREFIX))
        states = [self._states(fact) for fact in facts]
        candidates = [self._candidates(field) for field in fields]
        total = prod(map(len, (*states, *candidates)))
        for number in range(total):
            rest = number * _STRIDE % total
            picked: list[int] = []
            for size in map(len, (*states, *candidates)):
                rest, index = divmod(rest, size)
                picked.append(index)
            state = [values[index] for values, index in zip(states, picked, strict=False)]
            tried = tuple(one[index] for one, index in zip(candidates, picked[len(states) :], strict=True))
            yield tried, {**_DAYS, **dict(zip(facts, state, strict=True))}

    def _states(self, fact: str) -> Sequence[str]:
        if fact != PROVINCE:
            return KNOWN_FACTS[fact]
        return ["", *sorted(value for name, value in self._constants if name == FACT_PREFIX + PROVINCE)]

    def _candidates(self, field: Field) -> list[Answer | None]:
        """Answers that can tell the conditions apart: every constant that the field is compared with, something else,
        and none where none is allowed."""
        named = sorted(constant for name, constant in self._constants if name == field.id)
        values: Sequence[AnswerValue]
        match field.type:
            case FieldType.CHOICE:
                others = [choice.code for choice in field.choices if choice.code not in named]
                values = [*named, *(others if any(choice.when for choice in field.choices) else others[:1])]
            case FieldType.YES_NO:
                values = [True, False]
            case FieldType.NUMBER:
                near = {number for text in named for number in (int(text) - 1, int(text), int(text) + 1)}
                values = sorted(number for number in near or {1} if number >= 0)
            case FieldType.DATE:
                values = ["2000-01-01", "2000", *self._telling_dates(field.id)]
            case _:
                values = ["x"]
        answers: list[Answer | None] = [Answer(value, Source.CITIZEN, _AT) for value in values]
        return answers if field.required and not field.unknown_label else [*answers, None]

    def _telling_dates(self, field_id: str) -> Iterator[str]:
        """Dates on either side of every constant that an age or a number of days is compared with."""
        for computed in self._form.computed:
            numbers = [int(text) for name, text in self._constants if name == computed.id and text.isdigit()]
            if computed.of != field_id or computed.kind is ComputedKind.DATE_WORDS:
                continue
            for number in sorted({near for one in numbers for near in (one - 1, one, one + 1) if near >= 0}):
                by_years = computed.kind is ComputedKind.AGE_YEARS
                year = max(1000, _TODAY.year - number)
                day = _TODAY.replace(year=year) if by_years else _TODAY - timedelta(days=min(number, 300_000))
                yield day.isoformat()


def _stopped(form: Form, answers: dict[str, Answer], facts: Facts) -> bool:
    pages = visible_pages(form, answers, facts) if any(page.stop for page in form.pages) else ()
    return bool(pages) and pages[-1].stop is not None


def _constants(form: Form, more: Sequence[Condition | None]) -> set[tuple[str, str]]:
    """Every pair of a field and a value that some condition of the form, or of `more`, compares it with."""
    fields = [field for page in form.pages for field in page.fields]
    conditions = [*more, *(page.when for page in form.pages)]
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
