"""Reads the rules of a form's fields, and refuses those that their field can never be checked by."""

import re
from collections.abc import Mapping

from kiosk.form import Field, FieldType, Rule, RuleKind
from kiosk.typed_yaml import Section

PERIOD_RULES = frozenset({RuleKind.STARTS_AT_AGE, RuleKind.NO_GAPS, RuleKind.NO_OVERLAPS, RuleKind.ENDS_TODAY})
PATTERN_MAX = 200
REPEATS_MAX = 3
START, END = "start", "end"  # the columns that make the rows of a table periods

_SIZED = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.NUMBER, FieldType.ADDRESS})
_DATE = frozenset({FieldType.DATE})
_TABLE = frozenset({FieldType.TABLE})
_FITTING: Mapping[RuleKind, frozenset[FieldType]] = {
    RuleKind.MIN: _SIZED,
    RuleKind.MAX: _SIZED,
    RuleKind.PATTERN: frozenset({FieldType.TEXT}),
    RuleKind.NOT_AFTER_TODAY: _DATE,
    RuleKind.NOT_BEFORE_FIELD: _DATE,
    RuleKind.NOT_AFTER_FIELD: _DATE,
    RuleKind.DIFFERS_FROM: frozenset(FieldType) - {FieldType.TABLE, FieldType.YES_NO},
    RuleKind.FULL_DATE: _DATE,
    RuleKind.MONTH_KNOWN: _DATE,
    RuleKind.MIN_AGE: _DATE,
    RuleKind.MAX_AGE: _DATE,
    **dict.fromkeys(PERIOD_RULES, _TABLE),
}
_NUMBERED = frozenset({RuleKind.MIN, RuleKind.MAX, RuleKind.MIN_AGE, RuleKind.MAX_AGE})
_DATES = frozenset({RuleKind.NOT_BEFORE_FIELD, RuleKind.NOT_AFTER_FIELD})
_WITH_ARGUMENT = _NUMBERED | _DATES | {RuleKind.PATTERN, RuleKind.DIFFERS_FROM, RuleKind.STARTS_AT_AGE}


def read_rules(section: Section, kind: FieldType, known: Mapping[str, Field]) -> tuple[Rule, ...]:
    """The rules of a field of that type. `known` are the fields that they may compare it with: those asked before."""
    return tuple(_rule(part, kind, known) for part in section.sections("rules"))


def _rule(section: Section, kind: FieldType, known: Mapping[str, Field]) -> Rule:
    rule_kind = section.one_of("kind", RuleKind, decides=True)
    argument = section.text("argument") if rule_kind in _WITH_ARGUMENT else ""
    message = section.text("message")
    rule = Rule(rule_kind, argument, message, section.flag("ask", default=rule_kind in PERIOD_RULES))
    if kind not in _FITTING[rule_kind]:
        section.problem(f"a field of type {kind} has no rule {rule_kind.value!r}", "kind")
    elif argument and (reason := _wrong_argument(rule, kind, known)):
        section.follow_up(reason, "argument")
    if rule_kind in PERIOD_RULES and not rule.ask:
        section.problem(f"{rule_kind.value!r} can only ask", "ask")
    allowed = {START, END} if rule_kind in PERIOD_RULES else set()
    for place in set(re.findall(r"\{(\w*)\}", message)) - allowed:
        section.problem(f"nothing stands for {{{place}}} in this message", "message")
    section.close()
    return rule


def _wrong_argument(rule: Rule, kind: FieldType, known: Mapping[str, Field]) -> str:
    """Why the rule's argument cannot be used; "" where it can."""
    argument = rule.argument
    if rule.kind in _NUMBERED:
        return "" if re.fullmatch("[0-9]{1,9}", argument) else f"{argument!r} is not a whole number"
    if rule.kind is RuleKind.PATTERN:
        return _wrong_pattern(argument)
    if rule.kind is RuleKind.STARTS_AT_AGE:
        found = re.fullmatch(r"[0-9]{1,3} (\w+)", argument)
        fits = found and _is(known, found[1], FieldType.DATE)
        return "" if fits else f"{argument!r} is no age and date that is asked before this, such as '14 birth_date'"
    if rule.kind in _DATES:
        found = re.fullmatch(r"(?:[0-9]{1,3} )?(\w+)", argument)
        fits = found and _is(known, found[1], FieldType.DATE)
        return "" if fits else f"{argument!r} is no date that is asked before this, with or without years ('12 born')"
    return "" if _is(known, argument, kind) else f"{argument!r} is no {kind} field that is asked before this"


def _is(known: Mapping[str, Field], name: str, kind: FieldType) -> bool:
    return name in known and known[name].type is kind


def _wrong_pattern(pattern: str) -> str:
    """Why the pattern is refused. One that repeats what repeats, as (a+)+b, can take longer than anybody waits for a
    text of thirty letters, and so can one with many open repetitions, as a?a?a?… . So what repeats is a character or a
    class of them and never a group, and only a few repetitions are open: that is quick on any text that a field takes.
    """
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"{pattern!r} is no pattern: {error}"
    if len(pattern) > PATTERN_MAX:
        return f"a pattern has at most {PATTERN_MAX} characters"
    plain = re.sub(r"\[\^?\]?[^]]*\]", "x", re.sub(r"\\.", "x", pattern))  # escapes and classes stand for one character
    if re.search(r"\)[*+{]", plain):
        return f"{pattern!r} repeats a group (…): a pattern can repeat only a character or a class [...]"
    if len(re.findall(r"(?<!\()[*+?]|\{[0-9]*,[0-9]*\}", plain)) > REPEATS_MAX:
        return f"{pattern!r} has more than {REPEATS_MAX} open repetitions (*, +, ?, {{m,n}})"
    return ""
