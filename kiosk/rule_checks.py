"""Whether a value obeys one rule of its field. What is not known well enough to tell is taken as obeying."""

import re
from datetime import date

from kiosk.computed import age_years
from kiosk.dates import PartialDate, parse_iso
from kiosk.form import Address, Answer, Answers, AnswerValue, Rule, RuleKind


def obeys(rule: Rule, value: AnswerValue, answers: Answers, today: date | None) -> bool:
    """Whether a value of a type that the rule fits obeys it. Rules about periods are those of kiosk.periods."""
    match rule.kind:
        case RuleKind.MIN:
            return _size(value) >= int(rule.argument)
        case RuleKind.MAX:
            return _size(value) <= int(rule.argument)
        case RuleKind.PATTERN:
            return re.fullmatch(rule.argument, str(value)) is not None
        case RuleKind.DIFFERS_FROM:
            other = _known(answers, rule.argument)
            return other is None or other.value != value
        case RuleKind.STARTS_AT_AGE | RuleKind.NO_GAPS | RuleKind.NO_OVERLAPS | RuleKind.ENDS_TODAY:
            return True
        case _:
            return _obeys_of_date(rule, _day(value), answers, today)


def _obeys_of_date(rule: Rule, day: PartialDate, answers: Answers, today: date | None) -> bool:
    match rule.kind:
        case RuleKind.FULL_DATE:
            return day.day is not None
        case RuleKind.MONTH_KNOWN:
            return day.month is not None
        case RuleKind.NOT_BEFORE_FIELD | RuleKind.NOT_AFTER_FIELD:
            return _is_apart(rule, day, answers)
    if today is None:
        return True
    match rule.kind:
        case RuleKind.NOT_AFTER_TODAY:
            return not day.is_after(today)
        case RuleKind.MIN_AGE:
            return age_years(day.earliest, today) >= int(rule.argument)
        case RuleKind.MAX_AGE:
            return age_years(day.latest, today) <= int(rule.argument)
        case _:
            raise ValueError(f"{rule.kind} is no rule about a date")


def _is_apart(rule: Rule, day: PartialDate, answers: Answers) -> bool:
    """Whether the day can be on its side of the other field's day, by as many full years as the rule has."""
    years, _space, name = rule.argument.rpartition(" ")
    other = _known_day(answers, name)
    if other is None:
        return True
    first, last = (other, day) if rule.kind is RuleKind.NOT_BEFORE_FIELD else (day, other)
    return age_years(first.earliest, last.latest) >= int(years or 0)


def _known(answers: Answers, field_id: str) -> Answer | None:
    answer = answers.get(field_id)
    return None if answer is None or answer.unknown else answer


def _known_day(answers: Answers, field_id: str) -> PartialDate | None:
    answer = _known(answers, field_id)
    return parse_iso(str(answer.value)) if answer is not None else None


def _size(value: AnswerValue) -> int:
    """What MIN and MAX measure: a number itself, the length of a text or of an address's own line."""
    if isinstance(value, int):
        return value
    return len(value.line if isinstance(value, Address) else value)


def _day(value: AnswerValue) -> PartialDate:
    if (day := parse_iso(str(value))) is None:
        raise ValueError("a rule about dates met what is none: the type is checked first")
    return day
