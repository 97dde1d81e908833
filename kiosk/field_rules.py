"""What one field accepts: turns typed text into a value, and says in plain words how to mend what does not fit."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

from kiosk.dates import parse_iso, parse_typed
from kiosk.form import Address, Answer, Answers, AnswerValue, Field, FieldProblem, FieldType, Source, TableRow
from kiosk.periods import period_questions
from kiosk.rule_checks import obeys
from kiosk.texts import _, composed
from kiosk.vietnamese import is_vietnamese_name, name_case, number_grouped

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

# An address of electronic mail as browsers check it (HTML Living Standard, valid e-mail address), with a dot in its
# domain, and of the length that mail servers take (RFC 5321, 4.5.3.1).
_MAIL_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_MAIL_LABEL}(?:\.{_MAIL_LABEL})+"
EMAIL_MAX = 254

_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)  # when a cell was filled in decides nothing

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

    The rules that compare with other answers or with today are left out where those are not given, and so are those
    that only ask (`questions`).
    """
    if message := _table_problem(field, value, today) if field.type is FieldType.TABLE else _type_problem(field, value):
        return message
    for rule in field.rules:
        if not rule.ask and not obeys(rule, value, answers or {}, today):
            return _(rule.message)
    return ""


def questions(field: Field, value: AnswerValue, answers: Answers, today: date) -> tuple[str, ...]:
    """What is asked once about a value that fits: the rules that only ask, each place of a table on its own, and what
    several rules ask only once."""
    found: list[str] = []
    for rule in field.rules:
        if rule.ask and isinstance(value, tuple):
            found += period_questions(replace(rule, message=_(rule.message)), value, answers, today)
        elif rule.ask and not obeys(rule, value, answers, today):
            found.append(_(rule.message))
    return tuple(dict.fromkeys(found))


def row_problems(field: Field, row: TableRow, today: date | None = None) -> tuple[FieldProblem, ...]:
    """What is wrong with one row of a table, by the ids of its columns and in their order."""
    answers = {key: Answer(value, Source.CITIZEN, _NO_MOMENT) for key, value in row.cells.items()}
    found = []
    for column in field.columns:
        cell = answers.get(column.id)
        if cell is not None:
            message = value_problem(column, cell.value, answers, today)
        else:
            message = unanswered() if column.required and not column.unknown_label else ""
        if message:
            found.append(FieldProblem(column.id, message))
    return tuple(found)


def unanswered() -> str:
    """What stands beside a question that has to be answered and was not."""
    return _("Ông/bà chưa trả lời câu này.")


def _read(field: Field, text: str) -> AnswerValue | None:
    match field.type:
        case FieldType.TEXT | FieldType.NAME if field.uppercase:
            return text.upper()
        case FieldType.NAME:
            return name_case(text)
        case FieldType.TEXT | FieldType.CHOICE:
            return text
        case FieldType.ID_NUMBER:
            return re.sub(r"[\s.-]", "", text)
        case FieldType.NUMBER:
            grouped = re.fullmatch(
                r"[0-9]{1,3}(?:[\s.][0-9]{3})+", text
            )  # "12.000"; what is written "1.5" is no number
            digits = re.sub(r"[\s.]", "", text) if grouped else text
            return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None
        case FieldType.PHONE:
            return re.sub(r"^(?:\+84|0084|84(?=[0-9]{9}))0?", "0", re.sub(r"[\s.()-]", "", text))
        case FieldType.DATE:
            return _read_date(text)
        case FieldType.YES_NO:
            return {"yes": True, "no": False}.get(text)
        case FieldType.EMAIL:
            return text.replace(" ", "")
        case FieldType.ADDRESS | FieldType.TABLE:
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
        case FieldType.PHONE | FieldType.EMAIL | FieldType.DATE:
            return _written_problem(field.type, value)
        case FieldType.CHOICE:
            return "" if any(choice.code == value for choice in field.choices) else _choose()
        case FieldType.YES_NO:
            return "" if isinstance(value, bool) else _choose()
        case FieldType.ADDRESS:
            return _address_problem(value)
        case FieldType.TABLE:
            return _table_problem(field, value, None)


def _written_problem(kind: FieldType, value: AnswerValue) -> str:
    text = value if isinstance(value, str) else ""
    if kind is FieldType.PHONE:
        right = re.fullmatch(PHONE, text)
        hint = _("Số điện thoại có 10 chữ số và bắt đầu bằng số 0, ví dụ 0912 345 678. Ông/bà xem lại giúp.")
        return "" if right else hint
    if kind is FieldType.EMAIL:
        right = re.fullmatch(EMAIL, text) if len(text) <= EMAIL_MAX else None
        return "" if right else _("Địa chỉ thư điện tử có dạng ten@gmail.com, không dấu. Ông/bà xem lại giúp.")
    return "" if parse_iso(text) else _("Ngày này không có trong lịch. Ông/bà gõ ngày, tháng, năm, ví dụ 27 3 1958.")


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


def _table_problem(field: Field, value: AnswerValue, today: date | None) -> str:
    """The first problem of a table, with the row and the column that it is in."""
    if not isinstance(value, tuple) or not all(isinstance(row, TableRow) for row in value):
        return unanswered()
    if len(value) < field.rows_min:
        return _("Ông/bà thêm ít nhất {count} dòng.").format(count=field.rows_min)
    if len(value) > field.rows_max:
        return _("Ở đây ghi nhiều nhất {count} dòng.").format(count=field.rows_max)
    columns = {column.id: column for column in field.columns}
    for number, row in enumerate(value, start=1):
        if not row.cells or not row.cells.keys() <= columns.keys():
            return composed("{} {}: {}", _(field.row_label), number, unanswered())
        for problem in row_problems(field, row, today):
            label = _(columns[problem.field_id].label)
            return composed("{} {}, {}: {}", _(field.row_label), number, label, problem.message)
    return ""
