"""Ages and days are counted to a given day, dates are written out as on official papers, and no date gives nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.computed import Days, age_years, all_fields, computed_answer, date_words, number_words
from kiosk.dates import PartialDate
from kiosk.form import Computed, ComputedKind, FieldType, Source
from kiosk.resources import resource_path
from kiosk.working_days import load_calendar
from tests.sample_forms import AT, TODAY, answered
from tests.sample_life import LIFE

CALENDAR = load_calendar(resource_path("calendar"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (31, "ba mươi mốt"),
        (105, "một trăm linh năm"),
        (1001, "một nghìn không trăm linh một"),
        (1905, "một nghìn chín trăm linh năm"),
        (1910, "một nghìn chín trăm mười"),
        (1958, "một nghìn chín trăm năm mươi tám"),
        (1995, "một nghìn chín trăm chín mươi lăm"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2015, "hai nghìn không trăm mười lăm"),
        (2021, "hai nghìn không trăm hai mươi mốt"),
    ],
)
def test_numbers_in_the_words_of_papers(number: int, words: str) -> None:
    assert number_words(number) == words


def test_every_year_has_words_of_its_own() -> None:
    assert len({number_words(number) for number in range(10_000)}) == 10_000
    for number in (-1, 10_000):
        with pytest.raises(ValueError, match="no words"):
            number_words(number)


def test_a_date_in_words() -> None:
    words = "ngày hai mươi bảy tháng ba năm một nghìn chín trăm năm mươi tám"
    assert date_words(PartialDate(1958, 3, 27)) == words
    assert date_words(PartialDate(1990, 4, 5)) == "ngày năm tháng tư năm một nghìn chín trăm chín mươi"
    assert date_words(PartialDate(1958, 3)) is None


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2006, 11, 21), TODAY, 20),
        (date(2006, 11, 22), TODAY, 19),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_full_years_count_from_the_birthday(born: date, today: date, age: int) -> None:
    assert age_years(born, today) == age


@pytest.mark.parametrize(
    ("kind", "value", "result"),
    [
        (ComputedKind.AGE_YEARS, "2006-11-21", 20),
        (ComputedKind.AGE_YEARS, "2006-11", 20),  # of a month alone it counts from its first day
        (ComputedKind.AGE_YEARS, "2006", 20),
        (ComputedKind.AGE_YEARS, "2026", 0),
        (ComputedKind.AGE_YEARS, "2026-12", None),
        (ComputedKind.TERM_DAYS, "2026-09-21", 60),  # until Friday, 20 November
        (ComputedKind.TERM_DAYS, "2026-11-21", 0),
        (ComputedKind.TERM_DAYS, "2026-09", None),
        (ComputedKind.TERM_DAYS, "2026-11-22", None),
        (ComputedKind.AGE_YEARS, "2026-11-22", None),
        (ComputedKind.DAYS_SINCE, "2026-09-22", 60),
        (ComputedKind.DAYS_SINCE, "2026-11-21", 0),
        (ComputedKind.DAYS_SINCE, "2026-11-22", None),
        (ComputedKind.DAYS_SINCE, "2026-09", None),
        (ComputedKind.DATE_WORDS, "2026", None),
        (ComputedKind.AGE_YEARS, None, None),
        (ComputedKind.AGE_YEARS, "x", None),
    ],
)
def test_what_follows_from_a_date_as_far_as_it_is_known(
    kind: ComputedKind, value: str | None, result: int | None
) -> None:
    answer = computed_answer(Computed("y", kind, "x", "Y"), answered({"x": value}), Days(TODAY, date(2026, 11, 20)))
    assert (answer.value if answer else None) == result
    assert answer is None or (answer.source, answer.at) == (Source.COMPUTED, AT)


@given(begun=st.dates(date(2026, 2, 1), date(2027, 8, 1)), later=st.integers(0, 90), days=st.sampled_from([15, 30, 60]))
def test_a_term_is_over_when_its_deadline_says_so(begun: date, later: int, days: int) -> None:
    """Over every weekend, holiday and working Saturday of two years: form, fee and deadline never contradict."""
    today = begun + timedelta(days=later)
    known = Days(today, CALENDAR.last_working_day_before(today))
    answers = answered({"x": begun.isoformat()})
    answer = computed_answer(Computed("y", ComputedKind.TERM_DAYS, "x", "Y"), answers, known)
    assert answer is not None
    assert isinstance(answer.value, int)
    assert (answer.value >= days) == (CALENDAR.term_end(begun, days) < today)


def test_without_today_only_the_words_are_known() -> None:
    answers = answered({"birth_date": "1958-03-27"})
    known = [one.id for one in LIFE.computed if computed_answer(one, answers, Days(None, None))]
    assert known == ["birth_words"]


@given(born=st.dates(date(1000, 1, 1), TODAY), today=st.dates(TODAY, TODAY + timedelta(days=4000)))
def test_a_day_older_is_never_younger(born: date, today: date) -> None:
    assert age_years(born, today) <= age_years(born, today + timedelta(days=1)) <= age_years(born, today) + 1


def test_computed_answers_have_their_field_after_their_page() -> None:
    fields = all_fields(LIFE)
    assert list(fields)[:5] == ["birth_date", "age", "days", "birth_words", "name"]
    assert (fields["age"].type, fields["birth_words"].type) == (FieldType.NUMBER, FieldType.TEXT)
    assert fields["age"].label == "Tuổi"
