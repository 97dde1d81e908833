"""Tests of kiosk.mrz: the synthetic card, every single misreading, look-alikes, centuries of birth."""

import string
from dataclasses import replace
from datetime import date

import pytest

from commands.mrz_backs import mrz_lines
from kiosk.card import CardRead, Layout
from kiosk.dates import PartialDate
from kiosk.mrz import MrzRead, NotMrz, NotMrzReason, as_card, check_digit, parse_mrz

CARD = MrzRead("001099000123", "NGUYEN VAN A", date(1999, 1, 15), "Nam", date(2039, 1, 15))
# The synthetic vector that was checked against a public sample's structure (not made by the code under test).
VECTOR = """IDVNM0990001232001099000123<<3
9901155M3901153VNM<<<<<<<<<<<4
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<"""


def reason(text: str) -> NotMrzReason | None:
    read = parse_mrz(text)
    return read.reason if isinstance(read, NotMrz) else None


def test_the_synthetic_vector() -> None:
    assert parse_mrz(VECTOR) == MrzRead("001099000123", "NGUYEN VAN A", date(1999, 1, 15), "Nam", date(2039, 1, 15))


def test_the_lines_that_tests_make_are_those_of_the_vector() -> None:
    assert mrz_lines(CARD) == tuple(VECTOR.splitlines())


@pytest.mark.parametrize("text", ["".join(VECTOR.split()), VECTOR.lower(), " ".join(VECTOR), f"\n{VECTOR}\r\n"])
def test_line_ends_spaces_and_case_do_not_matter(text: str) -> None:
    assert parse_mrz(text) == parse_mrz(VECTOR)


@pytest.mark.parametrize(("text", "digit"), [("520727", "3"), ("AB2134<<<", "5"), ("", "0"), ("<<<", "0")])
def test_check_digits_of_the_standards_own_examples(text: str, digit: str) -> None:
    assert check_digit(text) == digit


def test_no_single_wrong_sign_changes_what_the_checked_lines_say_but_the_sex() -> None:
    """60 places, every other sign: refused, or mended to the very same card. ICAO left the sex out of all five digits:
    two frames that agree, and the person at the desk, must see to it."""
    right = parse_mrz(VECTOR)
    signs = "".join(VECTOR.split())
    changed = [
        (at, sign)
        for at in range(60)
        for sign in string.ascii_uppercase + string.digits + "<"
        if sign != signs[at]
        and isinstance(read := parse_mrz(signs[:at] + sign + signs[at + 1 :]), MrzRead)
        and read != right
    ]
    assert changed == [(signs.index("M390"), "F")]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("1DVNM", "IDVNM"), ("IDVNMO99OOOI2320O", "IDVNM099000123200"), ("99O1I5S", "9901155"), ("39OI1S3", "3901153")],
)
def test_look_alikes_are_mended_where_only_one_kind_can_stand(wrong: str, right: str) -> None:
    assert right in VECTOR
    assert parse_mrz(VECTOR.replace(right, wrong)) == parse_mrz(VECTOR)


def test_a_digit_in_the_name_is_the_letter_that_it_looks_like() -> None:
    read = parse_mrz("\n".join(mrz_lines(CARD)).replace("NGUYEN<<VAN<A", "B0<<V1N<8<<<"[:13].ljust(13, "<")))
    assert isinstance(read, MrzRead)
    assert read.plain_name == "BO VIN B"


@pytest.mark.parametrize("other", ["D", "Q", "G", "T", "<", "A"])
def test_what_might_be_two_digits_is_not_guessed(other: str) -> None:
    assert reason(VECTOR.replace("2001099", f"2{other}01099")) is NotMrzReason.LAYOUT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", NotMrzReason.LINES),
        ("IDVNM", NotMrzReason.LINES),
        (VECTOR + "<", NotMrzReason.LINES),
        (VECTOR.replace("A", "Ă"), NotMrzReason.LINES),
        (VECTOR.replace("IDVNM", "IDUTO"), NotMrzReason.LAYOUT),
        (VECTOR.replace("0VNM", "0THA").replace("3VNM", "3THA"), NotMrzReason.LAYOUT),
        (VECTOR.replace("M39", "<39"), NotMrzReason.LAYOUT),
        (VECTOR.replace("<<3", "<<4"), NotMrzReason.CHECK_DIGIT),
        (VECTOR.replace("NGUYEN", "<<<<<<"), NotMrzReason.NAME),
    ],
)
def test_what_is_no_card_has_a_reason(text: str, expected: NotMrzReason) -> None:
    assert reason(text) is expected


def test_the_nine_digits_that_are_there_twice_must_agree() -> None:
    lines = mrz_lines(CARD, tail="099000132")
    assert reason("\n".join(lines)) is NotMrzReason.NUMBER


@pytest.mark.parametrize(("born", "end"), [("991332", "390115"), ("000229", "250230"), ("990229", "390228")])
def test_days_that_do_not_exist(born: str, end: str) -> None:
    assert reason("\n".join(mrz_lines(CARD, born=born, end=end))) is NotMrzReason.DATE


@pytest.mark.parametrize(
    ("number", "born", "end", "expected"),
    [
        ("001158000123", "580327", "991231", date(1958, 3, 27)),  # a card without an end
        ("001099000123", "990115", "390115", date(1999, 1, 15)),
        ("001210000123", "100115", "350115", date(2010, 1, 15)),
        ("001225000123", "250115", "390115", date(2025, 1, 15)),  # a child
        ("999999999999", "100115", "350115", date(2010, 1, 15)),  # the number's digits are no year: they say nothing
    ],
)
def test_the_century_of_birth(number: str, born: str, end: str, expected: date) -> None:
    read = parse_mrz("\n".join(mrz_lines(replace(CARD, number=number), born=born, end=end)))
    assert isinstance(read, MrzRead)
    assert read.birth_date == expected


@pytest.mark.parametrize(
    ("number", "born", "end", "expected"),
    [
        ("001010000123", "100115", "350115", NotMrzReason.CENTURY),  # 1910 by the number, 2010 by the card's end
        ("001210000123", "100115", "991231", NotMrzReason.CENTURY),
        ("999999999999", "500115", "250115", NotMrzReason.DATE),  # 75 years old at the card's end, or not born
    ],
)
def test_a_doubtful_century_is_refused(number: str, born: str, end: str, expected: NotMrzReason) -> None:
    assert reason("\n".join(mrz_lines(replace(CARD, number=number), born=born, end=end))) is expected


def test_a_card_without_an_end() -> None:
    read = parse_mrz("\n".join(mrz_lines(replace(CARD, number="001058000123"), born="580327", end="991231")))
    assert isinstance(read, MrzRead)
    assert read.expires_on is None


def test_as_a_card_it_has_no_name_and_no_address() -> None:
    read = parse_mrz(VECTOR)
    assert isinstance(read, MrzRead)
    assert as_card(read) == CardRead(
        number="001099000123",
        old_number=None,
        name="",
        birth_date=PartialDate(1999, 1, 15),
        sex="Nam",
        address="",
        issued_on=None,
        extras=(),
        layout=Layout.MRZ,
        plain_name="NGUYEN VAN A",
    )
