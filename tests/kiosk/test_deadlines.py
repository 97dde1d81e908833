"""The terms of the law: counted from an answer, told when near, never in the way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from kiosk.catalog import Confidence, Deadline, Fact
from kiosk.conditions import NO_FACTS
from kiosk.deadlines import near_terms, terms
from kiosk.form import AnswerValue
from kiosk.resources import resource_path
from kiosk.working_days import load_calendar
from tests.sample_forms import OWN_BIRTH, answered, extract_copy

CALENDAR = load_calendar(resource_path("calendar"))
FACT = Fact("", "Luật Hộ tịch 60/2014/QH13, Điều 15", date(2026, 11, 21), Confidence.FOUND)
SIXTY = Deadline("registered_on", 60, "Đăng ký trong 60 ngày", "Đăng ký muộn có thể phải nộp lệ phí", FACT)
SERVICE = replace(extract_copy(), deadlines=(SIXTY,))


def told(today: date, registered_on: str | None, service: Deadline = SIXTY) -> tuple[str, ...]:
    given: Mapping[str, AnswerValue | None] = {**OWN_BIRTH, "registered_on": registered_on}
    asked = replace(SERVICE, deadlines=(service,))
    return near_terms(asked, answered(given), NO_FACTS, today, CALENDAR)


@pytest.mark.parametrize(
    ("today", "sentences"),
    [
        (date(2026, 10, 14), ()),  # 16 days left
        (date(2026, 10, 15), ("Đăng ký trong 60 ngày. Hạn cuối là Thứ Sáu, 30/10/2026, còn 15 ngày.",)),
        (date(2026, 10, 30), ("Đăng ký trong 60 ngày. Hôm nay là ngày cuối.",)),
        (date(2026, 10, 31), ("Đã quá hạn Thứ Sáu, 30/10/2026. Đăng ký muộn có thể phải nộp lệ phí.",)),
    ],
)
def test_a_term_is_told_in_its_last_quarter_and_when_it_is_over(today: date, sentences: tuple[str, ...]) -> None:
    assert told(today, "2026-08-31") == sentences


def test_a_last_day_off_moves_to_the_next_working_day() -> None:
    (term,) = terms(
        SERVICE, answered({**OWN_BIRTH, "registered_on": "2026-09-25"}), NO_FACTS, date(2026, 11, 23), CALENDAR
    )
    assert (term.last_day, term.days_left) == (date(2026, 11, 25), 2)  # 24 November is a holiday


def test_beyond_the_calendar_the_last_day_stays() -> None:
    assert told(date(2028, 1, 9), "2027-11-10") == ("Đăng ký trong 60 ngày. Hôm nay là ngày cuối.",)


@pytest.mark.parametrize("unsure", ["2026-09", "2026", None])
def test_a_date_not_known_to_the_day_sets_no_term(unsure: str | None) -> None:
    assert told(date(2026, 11, 21), unsure) == ()


def test_what_was_not_verified_says_so() -> None:
    unsure = replace(SIXTY, fact=replace(FACT, confidence=Confidence.UNVERIFIED))
    (text,) = told(date(2026, 10, 20), "2026-08-31", unsure)
    assert text.startswith("Đăng ký trong 60 ngày (cần hỏi lại quầy). Hạn cuối")
