"""Reads the fee table of a service's file, and refuses rows that say two things at once or can never be the fee."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.catalog import FeeRule, PageTariff, Route
from kiosk.condition_file import read_condition
from kiosk.fact_file import check_dates, read_fact
from kiosk.form import Field, FieldType
from kiosk.typed_yaml import Section


class _FeeKind(StrEnum):
    """Service fee and state charge are two things in law (Law 97/2015/QH13, Art. 3)."""

    PHI = "phi"
    LE_PHI = "le_phi"


@dataclass(frozen=True, slots=True)
class Filing:
    """How a service can be filed, which its fees have to fit: by which route here, from the first to the last day, in
    the `provinces` that there are (two-digit codes of today)."""

    route: Route
    open_days: tuple[date, date]
    provinces: Set[str]


def read_fees(root: Section, fields: Mapping[str, Field], filing: Filing) -> tuple[FeeRule, ...]:
    """The rows under `fees` in their order. `fields` are those of the form, by which a row may be chosen or
    multiplied."""
    fees = tuple(_fee(section, fields, filing.provinces) for section in root.sections("fees", needed=True))
    for index, rule in enumerate(fees):
        if _first(rule) > filing.open_days[1] or _last(rule) < filing.open_days[0]:
            root.follow_up("never fits: the service is not open on these days", "fees", index)
        _check_order(root, fees, index)
    for index, hole in _holes(fees, filing):
        root.follow_up(hole, "fees", index)
    return fees


def check_number(section: Section, key: str, name: str, fields: Mapping[str, Field]) -> None:
    """A name that is not that of a number field is a mistake under the key."""
    if name not in fields or fields[name].type is not FieldType.NUMBER:
        section.follow_up(f"{name!r} is no number field of the form", key)


def _fee(section: Section, fields: Mapping[str, Field], provinces: Set[str]) -> FeeRule:
    rule = FeeRule(
        code=section.text("code"),
        name=section.text("name"),
        amount_vnd=section.whole("amount_vnd") if section.has("amount_vnd") else None,
        reason=section.text("reason"),
        fact=read_fact(section.section("fact")),
        routes=section.some_of("routes", Route, at_least=1),
        provinces=_provinces(section, provinces),
        valid_from=section.day_or_none("valid_from"),
        valid_to=section.day_or_none("valid_to"),
        when=read_condition(section, "when", fields),
        per_field=section.text("per_field", ""),
        per_pages=_tariff(section.section("per_pages"), fields) if section.has("per_pages") else None,
        kind=section.one_of("kind", _FeeKind, _FeeKind.PHI).value,
    )
    if rule.per_field:
        check_number(section, "per_field", rule.per_field, fields)
    if rule.per_field and rule.per_pages:
        section.problem("needs either 'per_field' or 'per_pages'", "per_pages")
    if rule.amount_vnd is None and (rule.per_field or rule.per_pages):
        section.follow_up("needs 'amount_vnd', for there is nothing to multiply")
    check_dates(section, rule.valid_from, rule.valid_to)
    section.close()
    return rule


def _provinces(section: Section, known: Set[str]) -> tuple[str, ...]:
    provinces = section.texts("provinces")
    for index, code in enumerate(provinces):
        if code not in known:
            section.problem(f"{code!r} is no code of a province of today: needs one as '01'", "provinces", index)
    return provinces


def _tariff(section: Section, fields: Mapping[str, Field]) -> PageTariff:
    tariff = PageTariff(
        table=section.text("table"),
        pages=section.text("pages"),
        copies=section.text("copies"),
        first_pages=section.whole("first_pages"),
        later_vnd=section.whole("later_vnd"),
        cap_vnd=section.whole("cap_vnd"),
    )
    table = fields.get(tariff.table)
    if table is None or table.type is not FieldType.TABLE:
        section.follow_up(f"{tariff.table!r} is no table of the form", "table")
    else:
        columns = {column.id: column for column in table.columns}
        check_number(section, "pages", tariff.pages, columns)
        check_number(section, "copies", tariff.copies, columns)
    section.close()
    return tariff


def _check_order(root: Section, fees: Sequence[FeeRule], index: int) -> None:
    """The first row that fits is the fee, so a narrower row has to stand before a wider one: a row that shares a day
    with an earlier one which asks no more than it does would be silently passed over on that day."""
    later = fees[index]
    before = [rule for rule in fees[:index] if rule.code == later.code and _asks_no_more(rule, later)]
    for earlier in before:
        if _first(earlier) <= _last(later) and _first(later) <= _last(earlier):
            covered = set(later.routes) <= set(earlier.routes) and _within(later, earlier)
            wrong = "can never fit: before it stands" if covered else "dates overlap with those of"
            root.follow_up(f"{wrong} {earlier.name!r} ({earlier.reason}) above", "fees", index)
            return


def _holes(fees: Sequence[FeeRule], filing: Filing) -> Iterator[tuple[int, str]]:
    """The last row of each fee that is told to some people and not to others only for the place where they file. A fee
    whose rows all have a condition is one that not everybody owes; else it is the rows without one that have to fit
    everywhere."""
    for code in dict.fromkeys(rule.code for rule in fees):
        rows = [rule for rule in fees if rule.code == code]
        last = max(index for index, rule in enumerate(fees) if rule.code == code)
        rows = [rule for rule in rows if rule.when is None] or rows
        here = [rule for rule in rows if filing.route in rule.routes]
        left = sorted(filing.provinces - {province for rule in here for province in rule.provinces})
        if not here:
            yield last, f"for the route {filing.route} no row of the fee {code!r} fits"
        elif left and all(rule.provinces for rule in here):
            more = f" and {len(left) - 1} more" if len(left) > 1 else ""
            yield last, f"for the province {left[0]}{more} no row of the fee {code!r} fits"


def _asks_no_more(earlier: FeeRule, later: FeeRule) -> bool:
    """Whether the earlier row fits at some place and on some route wherever the later one does."""
    routes = set(earlier.routes) & set(later.routes)
    places = not earlier.provinces or bool(set(earlier.provinces) & set(later.provinces))
    return bool(routes) and places and (earlier.when is None or earlier.when == later.when)


def _within(later: FeeRule, earlier: FeeRule) -> bool:
    dates = _first(earlier) <= _first(later) and _last(later) <= _last(earlier)
    return dates and (
        not earlier.provinces or (bool(later.provinces) and set(later.provinces) <= set(earlier.provinces))
    )


def _first(rule: FeeRule) -> date:
    return rule.valid_from or date.min


def _last(rule: FeeRule) -> date:
    return rule.valid_to or date.max
