"""Numbers, dates, times and codes as the words that say them, in Vietnamese and in English; each word is one clip."""

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
TENS = tuple(f"{digit} mươi" for digit in DIGITS[2:])
MONTHS = tuple(
    f"tháng {name}"
    for name in ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
)
LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_GROUPS = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))
_BILLION = 1_000_000_000
_SIGNS = {"-": "gạch", ".": "chấm", "/": "trên"}

WORDS = (
    *DIGITS,
    *("mười", "mốt", "tư", "lăm", "linh", "trăm", "nghìn", "triệu", "tỷ", "phẩy", "âm"),
    *TENS,
    *("thứ nhất", "thứ", "ngày", "mùng", "năm", "giờ", "phút", "đến", "phần trăm", "đồng"),
    *MONTHS,
    *_SIGNS.values(),
    *LETTERS,
)
"""The closed list of Vietnamese clips that all values are put together from."""

# fmt: off
_ENGLISH_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
# fmt: on
_ENGLISH_GROUPS = ((_BILLION, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))
_ENGLISH_SIGNS = {"-": "dash", ".": "point", "/": "slash"}
ENGLISH_WORDS = (
    *_ENGLISH_ONES,
    *_ENGLISH_TENS,
    *(name for _size, name in _ENGLISH_GROUPS),
    *("number", "o'clock", "minus", "to", "percent", "đồng", *_ENGLISH_MONTHS),
    *_ENGLISH_SIGNS.values(),
    *LETTERS,
)
"""The same for English."""


def number_words(value: int) -> tuple[str, ...]:
    """A whole number: 1005 is "một nghìn không trăm linh năm". Zeros that are skipped inside are said ("không trăm",
    "linh"), so that no figure is lost by ear."""
    if value < 0:
        return ("âm", *number_words(-value))
    if value == 0:
        return (DIGITS[0],)
    if value >= _BILLION:
        rest = value % _BILLION
        return (*number_words(value // _BILLION), "tỷ", *(_below_billion(rest, begun=True) if rest else ()))
    return _below_billion(value, begun=False)


def _below_billion(value: int, *, begun: bool) -> tuple[str, ...]:
    words: list[str] = []
    for size, name in _GROUPS:
        group = value // size % 1000
        if group:
            words += _three(group, begun=begun or bool(words))
            words += [name] if name else []
    return tuple(words)


def _three(group: int, *, begun: bool) -> list[str]:
    """Hundreds, tens and ones; after a greater group also the hundreds that are none."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or begun else []
    if tens >= 2:
        words += [TENS[tens - 2]]
        words += [_AFTER_TENS.get(ones, DIGITS[ones])] if ones else []
    elif tens == 1:
        words += ["mười"]
        words += ["lăm" if ones == 5 else DIGITS[ones]] if ones else []
    elif ones:
        words += ["linh", DIGITS[ones]] if words else [DIGITS[ones]]
    return words


def ordinal_words(value: int) -> tuple[str, ...]:
    """A place in an order: "thứ nhất", "thứ hai", "thứ tư"."""
    if value == 1:
        return ("thứ nhất",)
    return ("thứ", "tư") if value == 4 else ("thứ", *number_words(value))


def date_words(day: int, month: int, year: int, language: str = "vi") -> tuple[str, ...]:
    """A day of the calendar; its first ten days are "mùng" in Vietnamese. Day 0: the month alone is known."""
    if language == "en":
        return (*(english_words(day) if day else ()), _ENGLISH_MONTHS[month - 1], *english_words(year))
    first = ("mùng",) if day <= 10 else ()
    said_day = ("ngày", *first, *number_words(day)) if day else ()
    return (*said_day, MONTHS[month - 1], "năm", *number_words(year))


def time_words(hour: int, minute: int, language: str = "vi") -> tuple[str, ...]:
    """A time of day on 24 hours."""
    if language == "en":
        return (*english_words(hour), *(english_words(minute) if minute else ("o'clock",)))
    return (*number_words(hour), "giờ", *((*number_words(minute), "phút") if minute else ()))


def spelled_words(code: str, language: str = "vi") -> tuple[str, ...]:
    """Letter by letter and digit by digit: codes and telephone numbers. Blanks are not said, other signs neither."""
    digits, signs = (_ENGLISH_ONES, _ENGLISH_SIGNS) if language == "en" else (DIGITS, _SIGNS)
    words = []
    for character in code.upper():
        if character.isascii() and character.isdigit():
            words.append(digits[int(character)])
        elif character in LETTERS:
            words.append(character)
        elif character in signs:
            words.append(signs[character])
    return tuple(words)


def english_words(value: int) -> tuple[str, ...]:
    """A whole number in English, without "and"."""
    if value < 0:
        return ("minus", *english_words(-value))
    if value < 20:
        return (_ENGLISH_ONES[value],)
    if value < 100:
        tens, ones = divmod(value, 10)
        return (_ENGLISH_TENS[tens - 2], *((_ENGLISH_ONES[ones],) if ones else ()))
    size, name = next(group for group in _ENGLISH_GROUPS if value >= group[0])
    many, rest = divmod(value, size)
    return (*english_words(many), name, *(english_words(rest) if rest else ()))


_DATE = r"(?:(?:ngày|date) )?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
_MONTH = r"(?:tháng )?(?P<only_month>0?[1-9]|1[0-2])/(?P<its_year>(?:19|20)\d\d)"
_TIME = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
_ORDINAL = r"thứ (?P<ordinal>\d{1,3})"
_GROUPED = r"(?P<grouped>\d{1,3}(?:[.,]\d{3})+)"
_CODE = r"(?P<code>(?=[A-ZĐ\d.\-]*[A-ZĐ])(?=[A-ZĐ.\-]*\d)[A-ZĐ\d]+(?:[.\-][A-ZĐ\d]+)*|\d\.\d{6})"
_PHONE = r"(?P<phone>0\d+(?: \d+)+|0\d{2,}|\d{9,})"
_DECIMAL = r"(?P<whole>\d{1,3}),(?P<tenths>\d{1,2})"
_PAIR = r"(?P<number>\d{1,6})/(?P<of>\d{1,6})"  # a number in a register: 25/1958
_PLAIN = r"(?P<plain>\d{1,8})"
_VALUE = re.compile(
    r"(?<![\w.,/])(?:"
    + "|".join((_DATE, _MONTH, _TIME, _ORDINAL, _GROUPED, _CODE, _PAIR, _PHONE, _DECIMAL, _PLAIN))
    + r")(?![\w])(?P<sign>\s?[%₫](?!\w)|\s?đ(?!\w))?(?P<to>\s?[–-]\s?(?=\d))?"
)
_SIGN_WORDS = {"vi": {"%": "phần trăm", "₫": "đồng", "đ": "đồng"}, "en": {"%": "percent", "₫": "đồng", "đ": "đồng"}}


def split_values(text: str, language: str = "vi") -> tuple[str | tuple[str, ...], ...]:
    """The text in pieces: what is fixed as text, and each value in it as the words that say it."""
    pieces: list[str | tuple[str, ...]] = []
    end = 0
    for found in _VALUE.finditer(text):
        if words := _words_of(found, language):
            pieces += [text[end : found.start()], words]
            end = found.end()
    pieces.append(text[end:])
    return tuple(piece for piece in pieces if piece)


def _words_of(found: re.Match[str], language: str) -> tuple[str, ...]:
    words = _bare_words({name: text for name, text in found.groupdict().items() if text is not None}, language)
    if not words:
        return ()
    sign = (found["sign"] or "").strip()
    to = ("to" if language == "en" else "đến",) if found["to"] else ()
    return (*words, *((_SIGN_WORDS[language][sign],) if sign else ()), *to)


def _bare_words(parts: dict[str, str], language: str) -> tuple[str, ...]:
    number = english_words if language == "en" else number_words
    if "day" in parts or "only_month" in parts:
        day, month = int(parts.get("day", "0")), int(parts.get("month") or parts["only_month"])
        year = int(parts.get("year") or parts["its_year"])
        return date_words(day, month, year, language) if day <= 31 and 1 <= month <= 12 else ()
    if "hour" in parts:
        return time_words(int(parts["hour"]), int(parts["minute"]), language)
    if "ordinal" in parts:
        return ordinal_words(int(parts["ordinal"])) if language == "vi" else ()
    if "grouped" in parts:
        return number(int(re.sub(r"\D", "", parts["grouped"])))
    if "of" in parts:
        over = "slash" if language == "en" else "trên"
        return (*number(int(parts["number"])), over, *number(int(parts["of"])))
    if "whole" in parts:
        point = "point" if language == "en" else "phẩy"
        return (*number(int(parts["whole"])), point, *spelled_words(parts["tenths"], language))
    if "plain" in parts:
        return number(int(parts["plain"]))
    return spelled_words(parts.get("code") or parts["phone"], language)
