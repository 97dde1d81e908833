"""Decides the declarative conditions of forms, parts and fees against answers and the facts of the desk."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from kiosk.dates import parse_iso
from kiosk.form import AllOf, Answer, Answers, AnyOf, Compare, Condition, Not, Op

# What the desk knows without asking: "route", "today" (ISO 8601), "last_workday" (the working day before it), and
# "province" (its code of two digits, "" where it is not known). A condition names it "fact:route"; of days it asks
# through computed answers only.
Facts = Mapping[str, str]

FACT_PREFIX = "fact:"
ROUTE, TODAY, LAST_WORKDAY, PROVINCE = "route", "today", "last_workday", "province"
NO_FACTS: Facts = MappingProxyType({})


def desk_facts(route: str, on: date | None, province: str, last_workday: date | None) -> Facts:
    """What the desk knows, as facts. Without the last working day, yesterday stands for it."""
    days = {}
    if on is not None:
        worked = last_workday or on - timedelta(days=1)
        days = {TODAY: on.isoformat(), LAST_WORKDAY: worked.isoformat()}
    return MappingProxyType({ROUTE: str(route), PROVINCE: province, **days})


def holds(condition: Condition | None, answers: Answers, facts: Facts = NO_FACTS) -> bool:
    """Whether the condition is true; no condition always is. What was not answered, or is unknown, compares false."""
    match condition:
        case None:
            return True
        case AllOf(parts):
            return all(holds(part, answers, facts) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers, facts) for part in parts)
        case Not(part):
            return not holds(part, answers, facts)
        case Compare(field, op, values):
            text = _text_of(field, answers, facts)
            return text is not None and _compare(op, text, values)


def compared_fields(condition: Condition | None) -> Iterator[str]:
    """The ids of the fields that the condition looks at, and the facts, "fact:" and name."""
    match condition:
        case None:
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from compared_fields(part)
        case Not(part):
            yield from compared_fields(part)
        case Compare(field):
            yield field


def value_text(answer: Answer) -> str:
    """The value as conditions write it: yes or no, a number's digits, a choice's code; of a table nothing."""
    if isinstance(answer.value, bool):
        return "yes" if answer.value else "no"
    if isinstance(answer.value, tuple):
        return ""
    return str(answer.value)


def _text_of(field: str, answers: Answers, facts: Facts) -> str | None:
    if field.startswith(FACT_PREFIX):
        return facts.get(field.removeprefix(FACT_PREFIX))
    answer = answers.get(field)
    return None if answer is None or answer.unknown else value_text(answer)


def _compare(op: Op, text: str, values: tuple[str, ...]) -> bool:
    match op:
        case Op.EQUALS | Op.ONE_OF:
            return text in values
        case Op.ANSWERED:
            return True
        case Op.AT_LEAST:
            return text.isascii() and text.isdigit() and int(text) >= int(values[0])
        case Op.FULL_DATE:
            found = parse_iso(text)
            return found is not None and found.day is not None
