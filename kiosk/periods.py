"""Looks over the rows of a table that are periods, by the month: what is missing between them, what is there twice.

A life has gaps that are right, so that all this is only asked about, never refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.dates import parse_iso
from kiosk.form import Answers, Rule, RuleKind, TableRow
from kiosk.texts import sayable

GAP_MAX_MONTHS = 1  # moving house takes its time


@dataclass(frozen=True, slots=True)
class _Period:
    """Months counted from the year 0. Where only a year is known, each end can lie anywhere in it."""

    start_first: int
    start_last: int
    end_first: int
    end_last: int


def period_questions(rule: Rule, rows: Sequence[TableRow], answers: Answers, today: date) -> tuple[str, ...]:
    """The rule's message for each place that it asks about, with the months of that place; empty when all is well.
    A row without an end goes on until today; one without a start is left out."""
    months = _months(today)
    periods = sorted(_periods(rows, months), key=lambda period: (period.start_first, period.end_last))
    if not periods:
        return ()
    match rule.kind:
        case RuleKind.NO_GAPS:
            places = _gaps(periods)
        case RuleKind.NO_OVERLAPS:
            places = _overlaps(periods)
        case RuleKind.STARTS_AT_AGE:
            places = _before_first(rule, periods[0], answers, months)
        case RuleKind.ENDS_TODAY:
            last = max(period.end_last for period in periods)
            places = iter([(last + 1, months)] if last < months else [])
        case _:
            return ()
    return tuple(_told(rule.message, _shown(a), _shown(b)) for a, b in places)


def _periods(rows: Sequence[TableRow], today_months: int) -> Iterator[_Period]:
    for row in rows:
        start = parse_iso(str(row.cells.get("start", "")))
        end = parse_iso(str(row.cells.get("end", "")))
        if start is None:
            continue
        last = (_months(end.earliest), _months(end.latest)) if end is not None else (today_months, today_months)
        yield _Period(_months(start.earliest), _months(start.latest), *last)


def _gaps(periods: Sequence[_Period]) -> Iterator[tuple[int, int]]:
    reached = periods[0].end_last
    for period in periods[1:]:
        if period.start_first - reached - 1 > GAP_MAX_MONTHS:
            yield reached + 1, period.start_first - 1
        reached = max(reached, period.end_last)


def _overlaps(periods: Sequence[_Period]) -> Iterator[tuple[int, int]]:
    """Who moves in the middle of a month lives in both places in that month."""
    reached = periods[0].end_first
    for period in periods[1:]:
        if period.start_last < reached:
            yield period.start_last, max(period.start_last, min(reached, period.end_first))
        reached = max(reached, period.end_first)


def _before_first(rule: Rule, first: _Period, answers: Answers, today_months: int) -> Iterator[tuple[int, int]]:
    years, _space, field_id = rule.argument.partition(" ")
    answer = answers.get(field_id)
    born = parse_iso(str(answer.value)) if answer is not None and not answer.unknown else None
    if born is None:
        return
    due = _months(born.latest) + 12 * int(years)
    if due < first.start_first and due <= today_months:
        yield due, first.start_first - 1


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


@sayable
def _told(message: str, start: str, end: str) -> str:
    return message.replace("{start}", start).replace("{end}", end)


def _shown(months: int) -> str:
    return f"{months % 12 + 1:02}/{months // 12:04}"
