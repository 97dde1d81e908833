"""Tests of portal/national_code.py: the right form and day, and no number given twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from kiosk.receipt import NATIONAL_CODE_PATTERN
from portal.national_code import give_code
from portal.opening import Portal
from portal.schema import counter
from tests.portal.desk import NOON


def code_of(portal: Portal, agency: str = "H32.15", at: datetime = NOON) -> str:
    with portal.database.write() as connection:
        return give_code(connection, agency, at)


def test_numbers_count_up_per_agency(portal: Portal) -> None:
    assert code_of(portal) == "H32.15-261116-0001"
    assert code_of(portal) == "H32.15-261116-0002"
    assert code_of(portal, "H33") == "H33-261116-0001"


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), "261231"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "270101"),  # midnight in Vietnam
    ],
)
def test_the_day_is_vietnams(portal: Portal, at: datetime, day: str) -> None:
    assert code_of(portal, at=at) == f"H32.15-{day}-0001"


def test_a_day_with_more_than_9999_goes_on_with_five_digits(portal: Portal) -> None:
    code_of(portal)
    with portal.database.write() as connection:
        connection.execute(update(counter).values(last=9999))
    code = code_of(portal)
    assert code == "H32.15-261116-10000"
    assert re.fullmatch(NATIONAL_CODE_PATTERN, code)


def test_a_commit_that_fails_gives_nothing_twice(portal: Portal) -> None:
    first = code_of(portal)
    with pytest.raises(RuntimeError), portal.database.write() as connection:  # noqa: PT012 (the transaction is the test)
        give_code(connection, "H32.15", NOON)
        raise RuntimeError
    assert code_of(portal) != first


def test_the_first_codes_of_a_day_at_the_same_time_differ(portal: Portal) -> None:
    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(lambda _: code_of(portal), range(40)))
    assert len(set(codes)) == 40
