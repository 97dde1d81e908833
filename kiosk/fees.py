"""What a dossier costs: the rows of the fee table that fit route, day and answers, in whole đồng."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.catalog import Confidence, FeeRule, Route, Service
from kiosk.conditions import Facts, holds
from kiosk.form import Answers
from kiosk.form_rules import completed


@dataclass(frozen=True, slots=True)
class FeeAmount:
    """One line of the bill. `kind` is "phi" (service fee) or "le_phi" (state charge); `reason` is shown to the citizen,
    and so is "cần hỏi lại quầy" where `confidence` is UNVERIFIED."""

    code: str
    name: str
    kind: str
    unit_vnd: int
    quantity: int
    amount_vnd: int
    reason: str
    confidence: Confidence


def fee_lines(service: Service, answers: Answers, route: Route, on: date) -> tuple[FeeAmount, ...]:
    """The lines for a filing by that route on that day: of each fee the first row that fits, none where no row does.

    The route decides with the answers, for an exemption that the law gives to online filing is never owed at a desk.
    """
    facts: Facts = {"route": route.value}
    live = completed(service.form, answers, facts)
    lines: dict[str, FeeAmount] = {}
    for rule in service.fees:
        if rule.code not in lines and _fits(rule, route, on) and holds(rule.when, live, facts):
            lines[rule.code] = _line(rule, live)
    return tuple(lines.values())


def total_vnd(lines: Iterable[FeeAmount]) -> int:
    """The sum of the lines."""
    return sum(line.amount_vnd for line in lines)


def _fits(rule: FeeRule, route: Route, on: date) -> bool:
    begun = rule.valid_from is None or rule.valid_from <= on
    ended = rule.valid_to is not None and rule.valid_to < on
    return begun and not ended and route in rule.routes


def _line(rule: FeeRule, live: Answers) -> FeeAmount:
    answer = live.get(rule.per_field)
    quantity = answer.value if answer is not None and isinstance(answer.value, int) else 1
    return FeeAmount(
        code=rule.code,
        name=rule.name,
        kind=rule.kind,
        unit_vnd=rule.amount_vnd,
        quantity=quantity,
        amount_vnd=rule.amount_vnd * quantity,
        reason=rule.reason,
        confidence=rule.fact.confidence,
    )
