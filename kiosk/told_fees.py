"""The fees as the guide tells them, for what is known of the person by now: what it costs, and what else it may."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kiosk.catalog import Service
from kiosk.certainty import decided
from kiosk.fees import FeeAmount, fee_lines
from kiosk.form import Answers
from kiosk.texts import _, composed, joined
from kiosk.visit import Visit


def fees_of(visit: Visit, service: Service, today: date) -> tuple[FeeAmount, ...]:
    """The lines of the bill for this visit, by the fee table of `service`."""
    return fee_lines(service, visit.answers, visit.route, today, visit.province, visit.last_workday)


def fee_text(lines: Sequence[FeeAmount]) -> str:
    """What it costs; the reason tells the amount. Where no row fits, nobody is told that it costs nothing."""
    if not lines:
        return _("Hỏi quầy")
    texts = [
        line.told() if line.amount_vnd is not None else _("Hỏi quầy – {reason}").format(reason=_(line.reason))
        for line in lines
    ]
    if len(lines) > 1:
        texts = [composed("{}: {}", _(line.name), text) for line, text in zip(lines, texts, strict=True)]
    return joined("; ", texts)


def fee_exceptions(visit: Visit, live: Answers, lines: Sequence[FeeAmount], today: date) -> Iterator[str]:
    """What it costs some people, as long as nobody knows whether this is one of them: of each fee the rows that may
    still fit, up to the one that fits all who are left."""
    service, told = visit.chosen(), {line.reason for line in lines}
    settled: set[str] = set()
    for rule in service.fees:
        sure = decided(rule.when, service.form, live, visit.facts)
        if sure is False or rule.code in settled:
            continue
        for line in fees_of(visit, replace(service, fees=(replace(rule, when=None),)), today):
            if sure:
                settled.add(rule.code)
            if line.reason not in told:
                told.add(line.reason)
                yield _exception(line)


def _exception(line: FeeAmount) -> str:
    if line.amount_vnd is not None:
        return line.told()
    return _("{reason}: hỏi quầy").format(reason=_(line.reason))
