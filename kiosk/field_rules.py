"""What one field accepts: turns typed text into a value, and says in plain words how to mend what does not fit."""

import re
import unicodedata
from datetime import date

from kiosk.dates import PartialDate, parse_iso, parse_typed
from kiosk.form import Address, Answers, AnswerValue, Field, FieldProblem, FieldType, Rule, RuleKind
from kiosk.texts import _
from kiosk.vietnamese import is_vietnamese_name, number_grouped

TEXT_MAX = 300  # letters; a longer answer fits no line of the forms that we print
NAME_MAX = 100
LINE_MAX = 150  # of an address below the commune
NUMBER_MAX = 1_000_000

# The letters and signs that the printed forms can show: those of Liberation Serif 2 for the Latin script, with the
# marks of the highland languages. Not among them are signs that nobody sees (control, direction, zero width).
PRINTABLE = (
    r"[ -~\u00a0-\u00ac\u00ae-\u024f\u02bc\u0300-\u034e\u0350-\u036f\u1e00-\u1e9b\u1e9e\u1ea0-\u1ef9"
    r"\u2010-\u2022\u2026\u2030\u2032-\u2034\u2039\u203a\u20ab\u2116]"
)

ID_NUMBER = r"[0-9]{12}"

# Vietnamese numbers as dialled at home: mobile 03, 05, 07, 08, 09 and eight digits, land line 02 and nine digits
# (numbering plan 22/2014/TT-BTTTT and its change of 2018); all others in international form (ITU-T E.164).
PHONE = r"0[35789][0-9]{8}|02[0-9]{9}|\+(?!84)[1-9][0-9]{7,14}"

_PRINTABLE = re.compile(f"{PRINTABLE}*")
_DATE = re.compile(r"(?:(?:(\d{1,2})[\s./-]+)?(\d{1,2})[\s./-]+)?(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)


def normalise(field: Field, typed: str) -> AnswerValue | FieldProblem:
    """The value that the typed text means, or what is wrong with it. Empty text is a problem: no answer is no value.

    For a choice the text is its code, for yes or no it is "yes" or "no"; a date is typed as "27 3 1958", "3/1958",
    "27031958" or "1958", or comes in ISO form. An address is picked from lists and never typed.
    """
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    if not text:
        return FieldProblem(field.id, unanswered())
    value = _read(field, text)
    message = value_problem(field, text if value is None else value)
    return FieldProblem(field.id, message) if value is None or message else value


def value_problem(field: Field, value: AnswerValue, answers: Answers | None = None, today: date | None = None) -> str:
    """What is wrong with the value, in words that say how to mend it; "" when it fits.

    The rules that compare with other answers or with today are left out where those are not given.
    """
    if message := _type_problem(field, value):
        return message
    for rule in field.rules:
        if not _obeys(rule, value, answers or {}, today):
            return _(rule.message)
    return ""


def unanswered() -> str:
    """What stands beside a question that has to be answered and was not."""
    return _("Ông/bà chưa trả lời câu này.")


def _read(field: Field, text: str) -> AnswerValue | None:
    match field.type:
        case FieldType.TEXT | FieldType.NAME:
            return text.upper() if field.uppercase else text
        case FieldType.CHOICE:
            return text
        case FieldType.ID_NUMBER:
            return re.sub(r"[\s.-]", "", text)
        case FieldType.NUMBER:
            digits = re.sub(r"[\s.]", "", text)
            return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None
        case FieldType.PHONE:
            return re.sub(r"^(?:\+84|0084|84(?=[0-9]{9}))0?", "0", re.sub(r"[\s.()-]", "", text))
        case FieldType.DATE:
            return _read_date(text)
        case FieldType.YES_NO:
            return {"yes": True, "no": False}.get(text)
        case FieldType.ADDRESS:
            return None


def _read_date(text: str) -> str | None:
    if not (found := parse_iso(text)) and (parts := _DATE.fullmatch(text)):
        day, month, year = (parts[index] or parts[index + 3] or "" for index in (1, 2, 3))
        found = parse_typed(day, month, year)
    return found.iso() if found else None


def _type_problem(field: Field, value: AnswerValue) -> str:
    match field.type:
        case FieldType.TEXT:
            return _text_problem(value, TEXT_MAX)
        case FieldType.NAME:
            return _name_problem(value)
        case FieldType.ID_NUMBER:
            return _id_problem(value)
        case FieldType.NUMBER:
            return _number_problem(value)
        case FieldType.PHONE:
            if isinstance(value, str) and re.fullmatch(PHONE, value):
                return ""
            return _("Số điện thoại có 10 chữ số và bắt đầu bằng số 0, ví dụ 0912 345 678. Ông/bà xem lại giúp.")
        case FieldType.DATE:
            if isinstance(value, str) and parse_iso(value):
                return ""
            return _("Ngày này không có trong lịch. Ông/bà gõ ngày, tháng, năm, ví dụ 27 3 1958.")
        case FieldType.CHOICE:
            return "" if value in {choice.code for choice in field.choices} else _choose()
        case FieldType.YES_NO:
            return "" if isinstance(value, bool) else _choose()
        case FieldType.ADDRESS:
            return _address_problem(value)


def _text_problem(value: AnswerValue, longest: int) -> str:
    if not isinstance(value, str) or not value.strip():
        return unanswered()
    if not _PRINTABLE.fullmatch(value):
        return _("Câu trả lời có ký tự không in được. Ông/bà xóa đi và gõ lại.")
    if len(value) > longest:
        return _("Câu trả lời dài quá. Ông/bà viết ngắn lại, nhiều nhất {count} chữ cái.").format(count=longest)
    return ""


def _name_problem(value: AnswerValue) -> str:
    if message := _text_problem(value, NAME_MAX):
        return message
    return "" if is_vietnamese_name(str(value)) else _("Họ tên chỉ có chữ cái, không có chữ số hoặc ký hiệu.")


def _id_problem(value: AnswerValue) -> str:
    """Twelve digits and nothing more: the law promises no structure of them (Law 26/2023/QH15, Art. 12)."""
    if isinstance(value, str) and re.fullmatch(ID_NUMBER, value):
        return ""
    if isinstance(value, str) and re.fullmatch(r"[0-9]+", value):
        text = _("Số định danh có đúng 12 chữ số. Ông/bà đã gõ {count} chữ số, xin xem lại trên thẻ.")
        return text.format(count=len(value))
    return _("Số định danh chỉ có 12 chữ số. Ông/bà xem lại trên thẻ căn cước.")


def _number_problem(value: AnswerValue) -> str:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return _("Ông/bà gõ một số, ví dụ 2.")
    if value > NUMBER_MAX:
        return _("Ông/bà gõ một số không quá {most}.").format(most=number_grouped(NUMBER_MAX))
    return ""


def _choose() -> str:
    return _("Ông/bà chọn một câu trả lời trên màn hình.")


def _address_problem(value: AnswerValue) -> str:
    if not isinstance(value, Address) or not all((value.province_code, value.province_name)):
        return _("Ông/bà chọn tỉnh hoặc thành phố trong danh sách.")
    if not all((value.commune_code, value.commune_name)):
        return _("Ông/bà chọn xã, phường hoặc đặc khu trong danh sách.")
    texts = ((value.line, LINE_MAX), (value.as_printed, TEXT_MAX))
    return next((message for text, longest in texts if text and (message := _text_problem(text, longest))), "")


def _obeys(rule: Rule, value: AnswerValue, answers: Answers, today: date | None) -> bool:
    match rule.kind:
        case RuleKind.MIN:
            return _size(value) >= int(rule.argument)
        case RuleKind.MAX:
            return _size(value) <= int(rule.argument)
        case RuleKind.PATTERN:
            return re.fullmatch(rule.argument, str(value)) is not None
        case RuleKind.NOT_AFTER_TODAY:
            return today is None or not _day(value).is_after(today)
        case RuleKind.NOT_BEFORE_FIELD:
            other = answers.get(rule.argument)
            first = parse_iso(str(other.value)) if other and not other.unknown else None
            return first is None or not _day(value).is_before(first.earliest)
        case RuleKind.FULL_DATE:
            return _day(value).day is not None


def _size(value: AnswerValue) -> int:
    """What MIN and MAX measure: a number itself, the length of a text or of an address's own line."""
    if isinstance(value, int):
        return value
    return len(value.line if isinstance(value, Address) else value)


def _day(value: AnswerValue) -> PartialDate:
    if (day := parse_iso(str(value))) is None:
        raise ValueError("a rule about dates met what is none: the type is checked first")
    return day
