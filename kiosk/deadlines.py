"""The terms that the law sets the citizen (a birth: 60 days), counted from an answer, and said when they are near."""

from dataclasses import dataclass
from datetime import date

from kiosk.catalog import Deadline, Service, as_told
from kiosk.conditions import Facts
from kiosk.dates import format_weekday, parse_iso
from kiosk.form import Answers
from kiosk.form_rules import completed
from kiosk.texts import _, without_stop
from kiosk.working_days import WorkingCalendar

NEAR_SHARE, NEAR_DAYS = 4, 5  # near is the last quarter of the term, and at least its last five days


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it stands today. `last_day` is the day by which it has to be done: a last day off moves to the next
    working day (Civil Code 91/2015/QH13, Art. 148.5)."""

    deadline: Deadline
    last_day: date
    days_left: int  # negative when it is over

    @property
    def is_near(self) -> bool:
        """Whether it has to be spoken of: over, or soon to be."""
        return self.days_left <= max(self.deadline.days // NEAR_SHARE, NEAR_DAYS)

    def sentence(self) -> str:
        """What the citizen is told."""
        day, confidence = format_weekday(self.last_day), self.deadline.fact.confidence
        if self.days_left < 0:
            told = without_stop(as_told(self.deadline.late_text, confidence))
            return _("Đã quá hạn {day}. {consequence}.").format(day=day, consequence=told)
        text = without_stop(as_told(self.deadline.text, confidence))
        if self.days_left == 0:
            return _("{rule}. Hôm nay là ngày cuối.").format(rule=text)
        return _("{rule}. Hạn cuối là {day}, còn {count} ngày.").format(rule=text, day=day, count=self.days_left)


def terms(service: Service, answers: Answers, facts: Facts, today: date, calendar: WorkingCalendar) -> tuple[Term, ...]:
    """The terms that run for these answers. A date that is not known to the day sets none in motion; beyond the years
    of the calendar the last day stays where it falls."""
    live = completed(service.form, answers, facts)
    found = []
    for deadline in service.deadlines:
        answer = live.get(deadline.field)
        begun = parse_iso(str(answer.value)) if answer is not None and not answer.unknown else None
        if begun is not None and begun.day is not None:
            last = calendar.term_end(begun.earliest, deadline.days)
            found.append(Term(deadline, last, (last - today).days))
    return tuple(found)


def near_terms(
    service: Service, answers: Answers, facts: Facts, today: date, calendar: WorkingCalendar
) -> tuple[str, ...]:
    """The sentences about the terms that are near or over, to be said before the dossier is sealed."""
    return tuple(term.sentence() for term in terms(service, answers, facts, today, calendar) if term.is_near)
