"""Answers that follow from a date: a person's age, days gone by, and the date in words as official papers have it."""

from dataclasses import dataclass
from datetime import date

from kiosk.dates import PartialDate, parse_iso
from kiosk.form import Answer, Answers, Computed, ComputedKind, Field, FieldType, Form, Source

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")


def as_field(computed: Computed) -> Field:
    """The field that conditions, records and papers see in place of a computed answer."""
    kind = FieldType.TEXT if computed.kind is ComputedKind.DATE_WORDS else FieldType.NUMBER
    return Field(id=computed.id, type=kind, label=computed.label, required=False)


def all_fields(form: Form) -> dict[str, Field]:
    """Every field of the form by its id, with one for each computed answer right after the page that it follows from:
    the order of kiosk.form_rules.completed."""
    fields: dict[str, Field] = {}
    for page in form.pages:
        fields |= {field.id: field for field in page.fields}
        fields |= {one.id: as_field(one) for one in computed_of(form, {field.id for field in page.fields})}
    return fields


def computed_of(form: Form, field_ids: set[str]) -> tuple[Computed, ...]:
    """What is computed from some of these fields."""
    return tuple(one for one in form.computed if one.of in field_ids)


@dataclass(frozen=True, slots=True)
class Days:
    """What is counted to: today, and the last working day before it; None where the desk does not know."""

    today: date | None
    last_workday: date | None


def computed_answer(computed: Computed, answers: Answers, days: Days) -> Answer | None:
    """The computed answer, or None where its date is not known, or not well enough, or lies ahead of today."""
    answer = answers.get(computed.of)
    day = parse_iso(str(answer.value)) if answer is not None and not answer.unknown else None
    value = _value(computed.kind, day, days) if day is not None else None
    return None if answer is None or value is None else Answer(value, Source.COMPUTED, answer.at)


def _value(kind: ComputedKind, day: PartialDate, days: Days) -> str | int | None:
    if kind is ComputedKind.DATE_WORDS:
        return date_words(day)
    if days.today is None or days.today < day.earliest:
        return None
    if kind is ComputedKind.AGE_YEARS:
        return age_years(day.earliest, days.today)
    if day.day is None:
        return None
    if kind is ComputedKind.DAYS_SINCE:
        return (days.today - day.earliest).days
    return None if days.last_workday is None else max(0, (days.last_workday - day.earliest).days)


def age_years(born: date, today: date) -> int:
    """Full years on that day; who was born on 29 February has the birthday on 1 March of other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def date_words(day: PartialDate) -> str | None:
    """The date as official papers write it out: "ngày hai mươi bảy tháng ba năm một nghìn chín trăm năm mươi tám";
    None where the day is not known."""
    if day.day is None or day.month is None:
        return None
    return f"ngày {number_words(day.day)} tháng {_MONTHS[day.month - 1]} năm {number_words(day.year)}"


def number_words(number: int) -> str:
    """A number from 0 to 9999 in the words of official papers: 1905 is "một nghìn chín trăm linh năm", 2024 is "hai
    nghìn không trăm hai mươi tư". ValueError for others."""
    if not 0 <= number <= 9999:
        raise ValueError(f"no words for {number}")
    thousands, rest = divmod(number, 1000)
    words = [f"{_DIGITS[thousands]} nghìn"] if thousands else []
    hundreds, tens = divmod(rest, 100)
    if hundreds or (thousands and rest):
        words.append(f"{_DIGITS[hundreds]} trăm")
    if tens or not words:
        words.append(_below_hundred(tens, after_hundreds=bool(words)))
    return " ".join(words)


def _below_hundred(number: int, *, after_hundreds: bool) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return f"linh {_DIGITS[ones]}" if after_hundreds else _DIGITS[ones]
    last = {0: "", 1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{'mười' if tens == 1 else _DIGITS[tens] + ' mươi'} {last}".strip()
