"""Reads the text in the code of an identity card. The code is not signed: it saves typing and proves nothing."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.dates import PartialDate
from kiosk.vietnamese import fold, is_vietnamese_name

MAX_BYTES = 4096
_LAW_OF_2023 = date(2024, 7, 1)  # Law 26/2023/QH15: "thẻ căn cước" in place of "thẻ căn cước công dân"

_NUMBER = re.compile(r"\d{12}", re.ASCII)
_OLD_NUMBER = re.compile(r"\d{9}|\d{12}", re.ASCII)
_DATE = re.compile(r"(\d\d)(\d\d)(\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
# What an address has is letters, digits and these; markup and web addresses are not among them.
_ADDRESS_MARKS = frozenset(" ,;./-–'’()&+:#")
_SEXES = {"nam": "Nam", "nu": "Nữ"}


class NotACardReason(StrEnum):
    """Why a text is not that of a card."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTERS = "control_characters"
    TOO_FEW_PARTS = "too_few_parts"
    NUMBER = "number"
    OLD_NUMBER = "old_number"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class NotACard:
    """The text is not that of an identity card. It is not repeated here: it may be anything."""

    reason: NotACardReason


class Layout(StrEnum):
    """Which card the text seems to be of; nothing depends on it."""

    CARD_2021 = "2021"  # chip card by Circular 06/2021/TT-BCA, code on the front
    CARD_2024 = "2024"  # by Circular 16/2024/TT-BCA, code on the back, more parts
    MRZ = "mrz"  # the lines on the back, in which names have no marks (kiosk.mrz)
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CardRead:
    """What the card says. `sex` is "Nam" or "Nữ"; `address` may be empty and may name abolished districts.

    `name` is empty where its marks are not known (the lines of the back, a hand-held reader that loses them) and is
    left to be typed; `plain_name` is then what is known of it, in capitals without marks.

    `extras` are the parts after the known ones in their order, empty ones too, unexplained: on newer cards
    a cancelled number and the names of the parents may be among them.
    """

    number: str
    old_number: str | None
    name: str
    birth_date: PartialDate
    sex: str
    address: str
    issued_on: date | None
    extras: tuple[str, ...]
    layout: Layout
    plain_name: str = ""


class CardWarning(StrEnum):
    """The number's own digits say something else than the card. A reason to look again, never to refuse."""

    SEX_DIGIT = "sex_digit"
    BIRTH_YEAR_DIGITS = "birth_year_digits"


def parse_card(text: str) -> CardRead | NotACard:
    """Read `number|old number|name|ddmmyyyy|sex|address|ddmmyyyy of issue|...`; never raises.

    Each part must look like what it is. The old number's part may be missing altogether; the day or month of
    birth may be 00; any number of further parts may follow. A number is any 12 digits: Law 26/2023/QH15,
    Art. 12 promises no more.
    """
    if reason := _refuse_whole(text):
        return NotACard(reason)
    parts = [" ".join(part.split()) for part in unicodedata.normalize("NFC", text).strip().split("|")]
    if not _NUMBER.fullmatch(parts[0]):
        return NotACard(NotACardReason.NUMBER)
    if len(parts) > 1 and parts[1] and not parts[1][0].isdigit():
        parts.insert(1, "")
    if len(parts) < 7:
        return NotACard(NotACardReason.TOO_FEW_PARTS)
    return _read(parts)


def soft_warnings(card: CardRead) -> tuple[CardWarning, ...]:
    """Where digits 4 to 6 of the number (century and sex, year) differ from the card's own words.

    Circular 59/2021/TT-BCA gave them this meaning and lapsed on 1 July 2024, so a difference is no error.
    """
    century_and_sex, year = int(card.number[3]), int(card.number[4:6])
    warnings = []
    if century_and_sex % 2 != (card.sex == "Nữ"):
        warnings.append(CardWarning.SEX_DIGIT)
    if 1900 + century_and_sex // 2 * 100 + year != card.birth_date.year:
        warnings.append(CardWarning.BIRTH_YEAR_DIGITS)
    return tuple(warnings)


def _refuse_whole(text: str) -> NotACardReason | None:
    if len(text) > MAX_BYTES or len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        return NotACardReason.TOO_LONG
    if not (stripped := text.strip()):
        return NotACardReason.EMPTY
    # Control, invisible, private and unassigned characters and line ends: nothing a card prints.
    if any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in stripped):
        return NotACardReason.CONTROL_CHARACTERS
    return None


def _read(parts: list[str]) -> CardRead | NotACard:
    number, old_number, name, born, sex, address, *rest = parts
    if old_number and not _OLD_NUMBER.fullmatch(old_number):
        return NotACard(NotACardReason.OLD_NUMBER)
    if not is_vietnamese_name(name):
        return NotACard(NotACardReason.NAME)
    if (birth_date := _birth_date(born)) is None:
        return NotACard(NotACardReason.BIRTH_DATE)
    if fold(sex) not in _SEXES:
        return NotACard(NotACardReason.SEX)
    if not _is_address(address):
        return NotACard(NotACardReason.ADDRESS)
    issued_on, extras = _split_issue_date(rest)
    return CardRead(
        number=number,
        old_number=old_number or None,
        name=name,
        birth_date=birth_date,
        sex=_SEXES[fold(sex)],
        address=address,
        issued_on=issued_on,
        extras=extras,
        layout=_layout(issued_on, extras),
    )


def _birth_date(text: str) -> PartialDate | None:
    if _YEAR.fullmatch(text):
        text = "0000" + text
    if not (found := _DATE.fullmatch(text)):
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return PartialDate(year, month or None, day or None)
    except ValueError:
        return None


def _is_address(text: str) -> bool:
    return (
        all(letter in _ADDRESS_MARKS or letter.isalnum() or unicodedata.combining(letter) for letter in text)
        and "://" not in text
    )


def _split_issue_date(rest: list[str]) -> tuple[date | None, tuple[str, ...]]:
    """The first whole date, wherever it stands, and all other parts."""
    for place, part in enumerate(rest):
        read = _birth_date(part)
        if read and read.day:
            return read.earliest, (*rest[:place], *rest[place + 1 :])
    return None, tuple(rest)


def _layout(issued_on: date | None, extras: tuple[str, ...]) -> Layout:
    if issued_on is None:
        return Layout.UNKNOWN
    if issued_on >= _LAW_OF_2023:
        return Layout.CARD_2024
    return Layout.UNKNOWN if any(extras) else Layout.CARD_2021
