"""Partial birth dates say only what is certain; moments are shown on a Vietnamese clock."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.dates import (
    PartialDate,
    format_day,
    format_moment,
    format_weekday,
    parse_iso,
    parse_typed,
    vietnam_day,
)

full_dates = st.dates(min_value=date(1000, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day))
partial_dates = (
    full_dates | full_dates.map(lambda d: PartialDate(d.year, d.month)) | full_dates.map(lambda d: PartialDate(d.year))
)


@pytest.mark.parametrize(
    ("made", "iso", "shown"),
    [
        (PartialDate(1958), "1958", "1958"),
        (PartialDate(1958, 3), "1958-03", "03/1958"),
        (PartialDate(1958, 3, 7), "1958-03-07", "07/03/1958"),
    ],
)
def test_texts_of_each_precision(made: PartialDate, iso: str, shown: str) -> None:
    assert (made.iso(), made.display()) == (iso, shown)
    assert parse_iso(iso) == made


@given(partial_dates)
def test_iso_text_reads_back(made: PartialDate) -> None:
    assert parse_iso(made.iso()) == made
    assert made.earliest <= made.latest


@pytest.mark.parametrize(
    "parts", [(1958, None, 3), (1958, 13), (1958, 0), (1958, 2, 29), (1958, 1, 0), (58,), (0,), (10000,)]
)
def test_a_date_that_cannot_exist_is_refused(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["", "58", "1958-3", "1958-13", "1958-02-30", "19580327", "1958-03-27T00:00", "١٩٥٨"])
def test_other_texts_are_not_iso_dates(text: str) -> None:
    assert parse_iso(text) is None


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        (("7", "3", "1958"), PartialDate(1958, 3, 7)),
        (("07", " 03 ", "1958 "), PartialDate(1958, 3, 7)),
        (("", "3", "1958"), PartialDate(1958, 3)),
        (("", "", "1958"), PartialDate(1958)),
        (("29", "2", "2024"), PartialDate(2024, 2, 29)),
        (("29", "2", "2023"), None),
        (("7", "", "1958"), None),
        (("", "", ""), None),
        (("7", "3", "58"), None),
        (("0", "3", "1958"), None),
        (("7", "3", "0000"), None),
        (("-7", "3", "1958"), None),
        (("7/3", "", "1958"), None),
        (("٧", "3", "1958"), None),
        (("²", "3", "1958"), None),
        (("bảy", "ba", "1958"), None),
    ],
)
def test_typed_dates(typed: tuple[str, str, str], made: PartialDate | None) -> None:
    assert parse_typed(*typed) == made


@given(st.text(max_size=4), st.text(max_size=4), st.text(max_size=6))
def test_no_typing_raises(day: str, month: str, year: str) -> None:
    parse_typed(day, month, year)
    parse_iso(f"{year}-{month}-{day}")


@pytest.mark.parametrize(
    ("made", "certainly_after", "certainly_before"),
    [
        (PartialDate(2026, 11, 21), False, False),
        (PartialDate(2026, 11, 22), True, False),
        (PartialDate(2026, 11, 20), False, True),
        (PartialDate(2026, 11), False, False),
        (PartialDate(2026, 12), True, False),
        (PartialDate(2026, 10), False, True),
        (PartialDate(2026), False, False),
        (PartialDate(2027), True, False),
        (PartialDate(2025), False, True),
    ],
)
def test_comparing_says_only_what_is_certain(made: PartialDate, certainly_after: bool, certainly_before: bool) -> None:
    today = date(2026, 11, 21)
    assert (made.is_after(today), made.is_before(today)) == (certainly_after, certainly_before)


def test_moments_are_shown_on_a_vietnamese_clock() -> None:
    late_evening = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    assert format_moment(late_evening) == "01:05 ngày 21/11/2026"
    assert format_moment(late_evening.astimezone(timezone(timedelta(hours=-8)))) == "01:05 ngày 21/11/2026"
    assert vietnam_day(late_evening) == date(2026, 11, 21)


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    naive = datetime(2026, 11, 20, 18, 5, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        format_moment(naive)


def test_days_and_weekdays() -> None:
    assert format_day(date(2026, 1, 2)) == "02/01/2026"
    shown = [format_weekday(date(2026, 11, 23) + timedelta(days=offset)) for offset in range(7)]
    assert shown[0] == "Thứ Hai, 23/11/2026"
    assert shown[6] == "Chủ Nhật, 29/11/2026"
    assert len({text.split(",")[0] for text in shown}) == 7
