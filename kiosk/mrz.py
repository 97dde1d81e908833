"""Reads the three machine-readable lines on the back of an identity card (ICAO Doc 9303-5, TD1)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import cycle

from kiosk.card import CardRead, Layout
from kiosk.dates import PartialDate

LINE_LENGTH = 30
_FILLER = "<"
_NO_EXPIRY = "991231"
_OLDEST_AT_EXPIRY = 60  # Law 26/2023/QH15, Art. 21: a card ends at the age of 14, 25, 40 or 60, or never

# What a reader of print takes for each other. Each letter stands for one digit only, so a correction has one outcome.
_DIGIT_OF = {"O": "0", "I": "1", "Z": "2", "S": "5", "B": "8"}
_TO_DIGITS = str.maketrans(_DIGIT_OF)
_TO_LETTERS = str.maketrans({digit: letter for letter, digit in _DIGIT_OF.items()})

_FIRST = re.compile(r"IDVNM(?P<tail>\d{9})(?P<c1>\d)(?P<number>\d{12})<<(?P<c2>\d)", re.ASCII)
_SECOND = re.compile(r"(?P<born>\d{6})(?P<c3>\d)(?P<sex>[MF])(?P<end>\d{6})(?P<c4>\d)VNM<{11}(?P<c5>\d)", re.ASCII)
_THIRD = re.compile(r"(?P<name>[A-Z]+(?:<{1,2}[A-Z]+)*)<*", re.ASCII)

# Where the lines have digits (9), letters (A) or either; elsewhere nothing is corrected.
_FIRST_KINDS = "AAAAA" + "9" * 22 + "..9"
_SECOND_KINDS = "9999999" + "." + "9999999" + "AAA" + "." * 11 + "9"
_THIRD_KINDS = "A" * LINE_LENGTH


class NotMrzReason(StrEnum):
    """Why lines are not those of a Vietnamese identity card."""

    LINES = "lines"  # not three of 30 signs
    LAYOUT = "layout"  # a sign where it cannot be: another document, or misread
    CHECK_DIGIT = "check_digit"
    NUMBER = "number"  # the number's last nine digits are there twice and differ
    DATE = "date"
    CENTURY = "century"  # the card's end and the number's digits name different centuries of birth
    NAME = "name"


@dataclass(frozen=True, slots=True)
class NotMrz:
    """The text is not what the back of an identity card says. It is not repeated here: it may be anything."""

    reason: NotMrzReason


@dataclass(frozen=True, slots=True)
class MrzRead:
    """What the lines say, all five check digits right. `plain_name` is in capitals without marks: no accents are known,
    and no check digit is over it. `expires_on` is None for a card without an end."""

    number: str
    plain_name: str
    birth_date: date
    sex: str
    expires_on: date | None


def check_digit(text: str) -> str:
    """The digit that ICAO Doc 9303-3, §4.9 puts behind `text`: weights 7, 3, 1, and `<` counts nothing.

    A typed 12-digit number has none of its own (Law 26/2023/QH15, Art. 12): only these lines can be checked so.
    """
    values = (0 if sign == _FILLER else int(sign, 36) for sign in text)
    return str(sum(value * weight for value, weight in zip(values, cycle((7, 3, 1)), strict=False)) % 10)


def parse_mrz(text: str) -> MrzRead | NotMrz:
    """Read three lines of 30 signs, or the 90 in one; spaces and case do not matter. Never raises.

    A letter where only a digit can stand, and the reverse, is taken for the one that looks like it (O 0, I 1, Z 2, S 5,
    B 8); all five check digits must hold afterwards, and the nine digits that are there twice must agree.
    """
    lines = _lines(text)
    if lines is None:
        return NotMrz(NotMrzReason.LINES)
    first_line, second_line, third_line = lines
    first, second, third = _FIRST.fullmatch(first_line), _SECOND.fullmatch(second_line), _THIRD.fullmatch(third_line)
    if first is None or second is None:
        return NotMrz(NotMrzReason.LAYOUT)
    if not _checks_hold(first, second):
        return NotMrz(NotMrzReason.CHECK_DIGIT)
    if first["number"][3:] != first["tail"]:
        return NotMrz(NotMrzReason.NUMBER)
    if third is None:
        return NotMrz(NotMrzReason.NAME)
    dates = _dates(second["born"], second["end"], first["number"])
    if isinstance(dates, NotMrzReason):
        return NotMrz(dates)
    name = " ".join(third["name"].replace(_FILLER, " ").split())
    return MrzRead(first["number"], name, dates[0], "Nam" if second["sex"] == "M" else "Nữ", dates[1])


def as_card(mrz: MrzRead) -> CardRead:
    """What the lines say as a card, for the page that asks whether it is right. The name is left to be typed."""
    born = mrz.birth_date
    return CardRead(
        number=mrz.number,
        old_number=None,
        name="",
        birth_date=PartialDate(born.year, born.month, born.day),
        sex=mrz.sex,
        address="",
        issued_on=None,
        extras=(),
        layout=Layout.MRZ,
        plain_name=mrz.plain_name,
    )


def _lines(text: str) -> tuple[str, str, str] | None:
    signs = "".join(text.upper().split())
    if len(signs) != 3 * LINE_LENGTH or not signs.isascii():
        return None
    first, second, third = (signs[at : at + LINE_LENGTH] for at in range(0, len(signs), LINE_LENGTH))
    return _corrected(first, _FIRST_KINDS), _corrected(second, _SECOND_KINDS), _corrected(third, _THIRD_KINDS)


def _corrected(line: str, kinds: str) -> str:
    tables: dict[str, dict[int, str]] = {"9": _TO_DIGITS, "A": _TO_LETTERS, ".": {}}
    return "".join(sign.translate(tables[kind]) for sign, kind in zip(line, kinds, strict=True))


def _checks_hold(first: re.Match[str], second: re.Match[str]) -> bool:
    """The five: short number, whole number, birth, end, and the one over all of them (Doc 9303-5, §4.2.4)."""
    one, two = first.string, second.string
    parts = [
        (first["tail"], first["c1"]),
        (first["number"], first["c2"]),
        (second["born"], second["c3"]),
        (second["end"], second["c4"]),
        (one[5:] + two[:7] + two[8:15] + two[18:29], second["c5"]),
    ]
    return all(check_digit(part) == digit for part, digit in parts)


def _dates(born: str, end: str, number: str) -> tuple[date, date | None] | NotMrzReason:
    """Birth and end of the card, written with two digits for the year.

    A card ends after 2000. A person is born in the century in which the card's end comes at the age of at most 60; who
    has a card without an end was born before 2000 (that holds until 2060). Where digits 5 and 6 of the number are the
    year of birth, digit 4 tells the century too (Circular 59/2021/TT-BCA, lapsed), and both must agree; where they
    are not, nothing follows from them.
    """
    expires_on = None if end == _NO_EXPIRY else _day(2000, end)
    if end != _NO_EXPIRY and expires_on is None:
        return NotMrzReason.DATE
    candidates = [day for century in (1900, 2000) if (day := _day(century, born))]
    if expires_on is None:
        fitting = [day for day in candidates if day.year < 2000]
    else:
        fitting = [day for day in candidates if day < expires_on and expires_on.year - day.year <= _OLDEST_AT_EXPIRY]
    if len(fitting) != 1:
        return NotMrzReason.DATE
    told = 1900 + int(number[3]) // 2 * 100
    if number[4:6] == born[:2] and fitting[0].year != told + int(born[:2]):
        return NotMrzReason.CENTURY
    return fitting[0], expires_on


def _day(century: int, yymmdd: str) -> date | None:
    try:
        return date(century + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:]))
    except ValueError:
        return None
