"""Reads the conditions of catalogue files, and refuses those that ask about something that cannot be answered so."""

from collections.abc import Mapping

from kiosk.catalog import Route
from kiosk.conditions import FACT_PREFIX, PROVINCE, ROUTE
from kiosk.form import AllOf, AnyOf, Compare, Condition, Field, FieldType, Not, Op
from kiosk.typed_yaml import Section

# The facts that the desk can give, and the values that they can have. The codes of provinces are two digits; which ones
# there are is not known here.
KNOWN_FACTS: Mapping[str, tuple[str, ...]] = {
    ROUTE: tuple(Route),
    PROVINCE: tuple(f"{number:02}" for number in range(1, 100)),
}

_GROUPS = ("all", "any", "not")
_YES_NO = ("yes", "no")


def read_condition(section: Section, key: str, known: Mapping[str, Field]) -> Condition | None:
    """The condition under the key, or None where there is none. `known` are the fields that it may ask about: those
    that were asked before. In a file it is one of

        {field: event, equals: "2"}     {field: event, one_of: ["0", "1"]}     {field: copies, at_least: 2}
        {field: id_number, answered: yes}     {field: birth_date, full_date: yes}
        {field: "fact:route", equals: desk}     {field: "fact:province", one_of: ["01", "31"]}
        {all: [...]}     {any: [...]}     {not: {...}}
    """
    return _condition(section.section(key), known) if section.has(key) else None


def _condition(section: Section, known: Mapping[str, Field]) -> Condition:
    for group in _GROUPS:
        if section.has(group):
            return _group(section, group, known)
    name = section.text("field")
    given = [op for op in Op if section.has(op)]
    if not given:
        section.follow_up(f"needs exactly one of {', '.join(Op)}")  # the one that is meant may be misspelt
    for op in given[1:]:
        section.problem(f"needs exactly one of {', '.join(Op)}", op)
        section.texts(op)
    compare = Compare(name, given[0], _values(section, given[0])) if given else Compare(name, Op.ANSWERED)
    if name:
        _check(section, compare, known)
    section.close()
    return compare


def _group(section: Section, group: str, known: Mapping[str, Field]) -> Condition:
    if group == "not":
        inner = _condition(section.section("not"), known)
        section.close()
        return Not(inner)
    parts = tuple(_condition(part, known) for part in section.sections(group, at_least=1))
    section.close()
    return AllOf(parts) if group == "all" else AnyOf(parts)


def _values(section: Section, op: Op) -> tuple[str, ...]:
    if op in {Op.ANSWERED, Op.FULL_DATE}:
        if not section.flag(op, default=True):
            section.problem(f"{op.value!r} can only be yes; put it under 'not' for the contrary", op)
        return ()
    values = section.texts(op, at_least=1)
    if op is not Op.ONE_OF and len(values) > 1:
        section.problem(f"{op.value!r} needs one value", op)
    return values


def _check(section: Section, compare: Compare, known: Mapping[str, Field]) -> None:
    """A comparison that can never be true is a mistake of the file, not a rule."""
    possible: tuple[str, ...] | None = None
    if compare.field.startswith(FACT_PREFIX):
        possible = KNOWN_FACTS.get(compare.field.removeprefix(FACT_PREFIX))
        if possible is None or compare.op not in {Op.EQUALS, Op.ONE_OF}:
            section.problem(f"no such fact: {compare.field!r}, or not to be compared so", "field")
            return
    elif compare.field not in known:
        section.follow_up(f"asks about {compare.field!r}, which is not asked before this", "field")
        return
    else:
        field = known[compare.field]
        if field.type not in _FITTING[compare.op]:
            section.follow_up(f"a field of type {field.type} has no {compare.op.value!r}", compare.op)
            return
        possible = _possible(field, compare.op)
    for value in compare.values:
        if possible is None and not (value.isascii() and value.isdigit()):
            section.follow_up(f"{value!r} is not a whole number", compare.op)
        if possible is not None and value not in possible:
            section.follow_up(f"{compare.field!r} can never be {value!r}", compare.op)


def _possible(field: Field, op: Op) -> tuple[str, ...] | None:
    """The values that the field can have; None for any number."""
    if field.type is FieldType.CHOICE:
        return tuple(choice.code for choice in field.choices)
    return _YES_NO if field.type is FieldType.YES_NO or op in {Op.ANSWERED, Op.FULL_DATE} else None


_COMPARABLE = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.NUMBER})
_FITTING: Mapping[Op, frozenset[FieldType]] = {
    Op.EQUALS: _COMPARABLE,
    Op.ONE_OF: _COMPARABLE,
    Op.AT_LEAST: frozenset({FieldType.NUMBER}),
    Op.ANSWERED: frozenset(FieldType),
    Op.FULL_DATE: frozenset({FieldType.DATE}),
}
