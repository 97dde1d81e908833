"""A birth and a death in time or late, what that costs, and by which words people find them."""

import json
from datetime import date

import pytest

from kiosk.catalog import Route
from kiosk.civil_status_export import as_bytes, export
from kiosk.conditions import desk_facts
from kiosk.fees import fee_lines
from kiosk.form_rules import visible_pages
from kiosk.service_search import ServiceSearch
from kiosk.working_days import load_calendar
from tests.kiosk.forms_played import play, shipped
from tests.kiosk.test_civil_status_export import exchange
from tests.kiosk.test_forms_birth_death import BIRTH, DEATH
from tests.sample_forms import RESOURCES

LATE_BIRTH: dict[str, str | None] = {"child_birth_date": "1 2 2024", "birth_notice_on": None}
LATE_DEATH: dict[str, str | None] = {"death_on": "1 2 2024", "notice_on": None}
COUNCILS = [
    ("01", date(2026, 11, 21), 0),
    ("31", date(2026, 11, 21), 0),
    ("31", date(2026, 8, 7), None),
    ("92", date(2026, 11, 21), None),
]
TERMS = [
    (BIRTH, "child_birth_date", "25 9 2026", "2026-11-25", False),  # the last day, 24/11, is a holiday
    (BIRTH, "child_birth_date", "25 9 2026", "2026-11-26", True),
    (BIRTH, "child_birth_date", "24 9 2026", "2026-11-24", True),  # the last day was Monday
    (DEATH, "death_on", "7 11 2026", "2026-11-23", False),  # the last day is a Sunday
    (DEATH, "death_on", "7 11 2026", "2026-11-25", True),
]


@pytest.mark.parametrize(("code", "field", "day", "filed_on", "late"), TERMS)
def test_a_last_day_off_moves_the_term_in_questions_fee_and_exchange(
    code: str, field: str, day: str, filed_on: str, late: bool
) -> None:
    played = play(code, **{field: day, "birth_notice_on": None, "notice_on": None, "copies": "0"})
    today = date.fromisoformat(filed_on)
    worked = load_calendar(RESOURCES / "calendar").last_working_day_before(today)
    facts = desk_facts("desk", today, "92", worked)
    pages = {page.id for page in visible_pages(played.service.form, played.answers, facts)}
    assert ("fee_group" in pages) is late
    (line,) = fee_lines(played.service, played.answers, Route.DESK, today, "92", worked)
    assert line.amount_vnd == (None if late else 0)
    message = export(exchange(), played.service, played.answers, facts, "2025-07-01")
    assert message is not None
    assert json.loads(as_bytes(message))["data"]["loaiDangKy"] == ("4" if late else "1")


@pytest.mark.parametrize(("province", "on", "amount"), COUNCILS)
@pytest.mark.parametrize(("code", "changed"), [(BIRTH, LATE_BIRTH), (DEATH, LATE_DEATH)])
def test_online_a_late_registration_costs_what_the_council_says(
    code: str, changed: dict[str, str | None], province: str, on: date, amount: int | None
) -> None:
    played = play(code, **changed, fee_group="none", copies="0")
    (line,) = fee_lines(played.service, played.answers, Route.ONLINE_BY_AGREEMENT, on, province)
    assert line.amount_vnd == amount
    (at_the_desk,) = fee_lines(played.service, played.answers, Route.DESK, on, province)
    assert at_the_desk.amount_vnd is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khai tu cho me", DEATH),
        ("lam khai tu cho mẹ", DEATH),
        ("ba toi mat", DEATH),
        ("bo mat", DEATH),
        ("khai sinh 2 be sinh doi", BIRTH),
    ],
)
def test_people_find_it_by_what_they_say(typed: str, code: str) -> None:
    found = ServiceSearch(shipped().services).find(typed)
    assert code in [match.service.code for match in found[:2]]  # the linked service goes before
