"""What a dossier costs: the rows of the fee table that fit province, route, day and answers, in whole đồng."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.catalog import Confidence, FeeRule, PageTariff, Route, Service, as_told
from kiosk.conditions import Facts, desk_facts, holds
from kiosk.form import Answers, TableRow
from kiosk.form_rules import completed
from kiosk.texts import _, marked
from kiosk.vietnamese import dong

MAY_HAVE_CHANGED = marked("Bảng phí trên máy lâu chưa cập nhật")


class Priced(Protocol):
    """A line of a bill, here or in a manifest."""

    @property
    def amount_vnd(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class FeeAmount:
    """One line of the bill. `kind` is "phi" (service fee) or "le_phi" (state charge); `reason` is shown to the citizen,
    and so is "cần hỏi lại quầy" where `confidence` is UNVERIFIED. The amounts are None where only the counter knows."""

    code: str
    name: str
    kind: str
    unit_vnd: int | None
    quantity: int
    amount_vnd: int | None
    reason: str
    confidence: Confidence

    def told(self) -> str:
        """Why it costs so, as a person is told it."""
        return as_told(self.reason, self.confidence)


def fee_lines(
    service: Service, answers: Answers, route: Route, on: date, province: str = "", last_workday: date | None = None
) -> tuple[FeeAmount, ...]:
    """The lines for a filing by that route, in the province with that code ("" where it is not known), on that day: of
    each fee the first row that fits, none where no row does. `last_workday` is the working day before it, for terms.

    The route decides with the answers, for an exemption that the law gives to online filing is never owed at a desk.
    After the day until which the fees are known (`Service.fees_known_until`) no amount is told any more.
    """
    facts = desk_facts(route, on, province, last_workday)
    live = completed(service.form, answers, facts)
    known = service.fees_known_until is None or on <= service.fees_known_until
    lines: dict[str, FeeAmount] = {}
    for rule in service.fees:
        if rule.code not in lines and _fits(rule, facts, on) and holds(rule.when, live, facts):
            lines[rule.code] = _line(rule, live) if known else _untold(rule)
    return tuple(lines.values())


def may_be_owed(lines: Collection[Priced]) -> bool:
    """Whether there is, or may be, something to pay: where no row fits, only the counter knows."""
    return not lines or any(line.amount_vnd != 0 for line in lines)


def owed_text(amounts_vnd: Iterable[int | None]) -> str:
    """What is owed altogether, in words: "16.000 đồng", "Không thu", "Hỏi quầy", or a known part and the rest. Nothing
    is free because no amount is known: "Không thu" is said only of amounts that are all 0."""
    amounts = tuple(amounts_vnd)
    known, open_lines = sum(amount or 0 for amount in amounts), None in amounts
    if open_lines or not amounts:
        return _("{amount}; phần còn lại hỏi quầy").format(amount=dong(known)) if known else _("Hỏi quầy")
    return dong(known) if known else _("Không thu")


def _fits(rule: FeeRule, facts: Facts, on: date) -> bool:
    begun = rule.valid_from is None or rule.valid_from <= on
    ended = rule.valid_to is not None and rule.valid_to < on
    here = not rule.provinces or facts["province"] in rule.provinces
    return begun and not ended and here and facts["route"] in rule.routes


def _line(rule: FeeRule, live: Answers) -> FeeAmount:
    quantity, amount = 1, rule.amount_vnd
    if rule.per_pages is not None and amount is not None:
        quantity, amount = _by_pages(rule.per_pages, amount, live)
    elif rule.per_field:
        answer = live.get(rule.per_field)
        quantity = answer.value if answer is not None and isinstance(answer.value, int) else 1
        amount = None if amount is None and quantity else (amount or 0) * quantity
    return FeeAmount(
        code=rule.code,
        name=rule.name,
        kind=rule.kind,
        unit_vnd=rule.amount_vnd if quantity else 0,
        quantity=quantity or 1,  # of no copies nothing is owed: that is once nothing
        amount_vnd=amount,
        reason=rule.reason,
        confidence=rule.fact.confidence,
    )


def _untold(rule: FeeRule) -> FeeAmount:
    return FeeAmount(rule.code, rule.name, rule.kind, None, 1, None, MAY_HAVE_CHANGED, Confidence.UNVERIFIED)


def _by_pages(tariff: PageTariff, first_vnd: int, live: Answers) -> tuple[int, int]:
    """How many copies, and what they cost together; before any paper is named, one page of one copy."""
    answer = live.get(tariff.table)
    rows = answer.value if answer is not None and isinstance(answer.value, tuple) else ()
    copies = [(_count(row, tariff.pages), _count(row, tariff.copies)) for row in rows] or [(1, 1)]
    amounts = (_one_copy(tariff, first_vnd, pages) * count for pages, count in copies)
    return sum(count for _pages, count in copies), sum(amounts)


def _one_copy(tariff: PageTariff, first_vnd: int, pages: int) -> int:
    later = max(0, pages - tariff.first_pages)
    return min(first_vnd * (pages - later) + tariff.later_vnd * later, tariff.cap_vnd)


def _count(row: TableRow, column: str) -> int:
    value = row.cells.get(column)
    return value if isinstance(value, int) else 1
