"""The form at work: which pages and fields are asked for these answers, what is wrong with them, how they read."""

import re
from dataclasses import replace
from datetime import date

from kiosk.computed import Days, computed_answer, computed_of
from kiosk.conditions import LAST_WORKDAY, NO_FACTS, TODAY, Facts, holds
from kiosk.dates import parse_iso
from kiosk.field_rules import normalise, questions, row_problems, unanswered, value_problem
from kiosk.form import (
    Answer,
    Answers,
    AnswerValue,
    Field,
    FieldProblem,
    FieldType,
    Form,
    Privacy,
    QuestionPage,
    TableRow,
)
from kiosk.texts import _, sayable
from kiosk.vietnamese import in_a_sentence

__all__ = [
    "PERIOD",
    "asked_about",
    "cell_text",
    "check_field",
    "check_page",
    "coarse_address",
    "completed",
    "display_text",
    "holds",
    "masked",
    "masked_aloud",
    "masked_number",
    "normalise",
    "private_columns",
    "row_problems",
    "row_text",
    "screen_text",
    "visible_pages",
]

SAME_AS = "field:"
PERIOD = ("start", "end")
"""The columns that make a row of a table a period."""
_OFFERED = (FieldType.CHOICE, FieldType.YES_NO)


def visible_pages(form: Form, answers: Answers, facts: Facts = NO_FACTS) -> tuple[QuestionPage, ...]:
    """The pages to ask, each as it is to be asked now: only the fields that are asked, only their open choices, and
    `required` settled. A page sees only answers of pages before it that are themselves asked, and what is computed from
    them. A page that stops (`QuestionPage.stop`, without fields) is the last."""
    return _walk(form, answers, facts)[0]


def completed(form: Form, answers: Answers, facts: Facts = NO_FACTS) -> dict[str, Answer]:
    """The answers as they are filed, in the form's order: without those to questions that are not asked any more, and
    with those that were not asked because they are the same as another's (`Field.same_when`), so that every block of
    the form is full, and with those that are computed (`Form.computed`; ages and days only with the fact "today")."""
    return _walk(form, answers, facts)[1]


def check_field(field: Field, answer: Answer | None, answers: Answers, today: date) -> FieldProblem | None:
    """What is wrong with one answer, or with its absence. `today` is the calendar day in Vietnam."""
    if answer is None:
        needed = field.required or (field.required_when is not None and holds(field.required_when, answers))
        return FieldProblem(field.id, unanswered()) if needed else None
    if answer.unknown:
        return None if field.unknown_label else FieldProblem(field.id, _("Câu này cần có câu trả lời."))
    message = value_problem(field, answer.value, answers, today)
    return FieldProblem(field.id, message) if message else None


def check_page(page: QuestionPage, answers: Answers, today: date) -> tuple[FieldProblem, ...]:
    """The problems of a page as `visible_pages` gives it, in the order of its fields."""
    found = (check_field(field, answers.get(field.id), answers, today) for field in page.fields)
    return tuple(problem for problem in found if problem is not None)


def asked_about(page: QuestionPage, answers: Answers, today: date) -> tuple[FieldProblem, ...]:
    """What is asked once about the page's answers and never refused: the rules that only ask (`Rule.ask`), in the order
    of the fields. A field with a problem (`check_page`) is not asked about; a table may be asked about several times.
    """
    found: list[FieldProblem] = []
    for field in page.fields:
        answer = answers.get(field.id)
        if answer is None or answer.unknown or value_problem(field, answer.value, answers, today):
            continue
        found += (FieldProblem(field.id, text) for text in questions(field, answer.value, answers, today))
    return tuple(found)


def display_text(field: Field, value: AnswerValue) -> str:
    """The value as a person reads it, in Vietnamese: what is filed and printed does not change with the screen. The
    rows of a table are parted by "; "."""
    if isinstance(value, tuple):
        return "; ".join(row_text(field, row) for row in value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if field.type is FieldType.CHOICE:
        return next((choice.label for choice in field.choices if choice.code == value), str(value))
    if field.type is FieldType.DATE and (day := parse_iso(str(value))):
        return day.display()
    return str(value)


@sayable
def row_text(table: Field, row: TableRow, *, on_screen: bool = False, hides: bool = False) -> str:
    """One row of a table as a person reads it: its cells parted by ", ", a period as "03/2001 – 09/2010", and what says
    nothing by itself after its label: "số trang 3". `on_screen` in the language of the screen, else in Vietnamese;
    `hides` masks the cells that others must not read."""
    texts = {column.id: _in_row(column, row, on_screen=on_screen) for column in table.columns}
    if hides:
        texts |= {each.id: masked(each, texts[each.id]) for each in private_columns(table) if texts[each.id]}
    if texts.get("start") and texts.get("end"):
        texts["start"] += f" – {texts.pop('end')}"
    return ", ".join(text for text in texts.values() if text)


def private_columns(table: Field) -> tuple[Field, ...]:
    """The columns that others must not read."""
    return tuple(column for column in table.columns if column.privacy is not Privacy.PLAIN)


def _in_row(column: Field, row: TableRow, *, on_screen: bool) -> str:
    text, label = cell_text(column, row), column.label
    if on_screen:
        translated = column.id not in row.cells or (column.type in _OFFERED and not column.code_list)
        text, label = _(text) if text and translated else text, _(label)
    bare = column.type is FieldType.YES_NO or not any(letter.isalpha() for letter in text)
    return f"{in_a_sentence(label)} {text}" if text and bare and column.id not in PERIOD else text


def cell_text(column: Field, row: TableRow) -> str:
    """One cell as a person reads it; an open one is what the column has for that ("Đến nay"), or ""."""
    value = row.cells.get(column.id)
    return column.unknown_label if value is None else display_text(column, value)


def screen_text(field: Field, value: AnswerValue) -> str:
    """The same in the language of the screen: what the form offers is translated, what was typed and the names of
    official lists are not."""
    text = display_text(field, value)
    return _(text) if field.type in _OFFERED and not field.code_list else text


def masked(field: Field, text: str) -> str:
    """The text as others may see it: of a date the year, of an address the province, of an e-mail address the first
    letter and the domain, of a table and of whole sentences nothing, of a number or one word the last three characters;
    names stay, and choices that are not private."""
    if field.privacy is Privacy.PRIVATE and field.type in _OFFERED:
        return "•••"
    match field.type:
        case FieldType.NAME | FieldType.CHOICE | FieldType.YES_NO:
            return text
        case FieldType.DATE:
            return re.sub(r"\d(?=.*/)", "•", text)
        case FieldType.ADDRESS:
            return "•••, " + text.rpartition(", ")[2]
        case FieldType.EMAIL:
            return re.sub(r"(?<=.).*(?=@)", "•••", text, count=1)
        case FieldType.TABLE:
            return "•••"
        case FieldType.TEXT if " " in text:
            return "•••"
        case FieldType.ID_NUMBER | FieldType.PHONE | FieldType.TEXT | FieldType.NUMBER:
            return masked_number(text)


def coarse_address(text: str) -> str:
    """A card's address of the three old tiers without house, street and hamlet: so much is needed to say what the place
    is called today."""
    return ", ".join(("•••", *(part.strip() for part in text.split(",")[-3:])))


def masked_aloud(text: str) -> str:
    """A masked text as a screen reader may say it: that something is kept back, and what is not."""
    return re.sub(r"•[•\s/.,]*", _("đã che") + " ", text).strip()


def masked_number(text: str) -> str:
    """A number as others may see it, on a screen or on paper: its last three characters, "••• ••• ••• 123"."""
    hidden = re.sub(r"\w(?=(?:\W*\w){3})", "•", text)
    return re.sub(r"(?<=.)(?=(?:.{3})+$)", " ", hidden) if text.isdigit() else hidden


def _walk(form: Form, answers: Answers, facts: Facts) -> tuple[tuple[QuestionPage, ...], dict[str, Answer]]:
    """The pages that are asked, as they are asked, and all answers that count."""
    pages: list[QuestionPage] = []
    live: dict[str, Answer] = {}
    today, last_workday = (parse_iso(facts.get(name, "")) for name in (TODAY, LAST_WORKDAY))
    days = Days(today.earliest if today else None, last_workday.earliest if last_workday else None)
    for page in form.pages:
        if not holds(page.when, live, facts):
            continue
        if page.stop is not None:
            pages.append(page)
            break
        asked = []
        for field in page.fields:
            if field.same_when is not None and holds(field.same_when, live, facts):
                answer = live.get(field.prefill.removeprefix(SAME_AS))
            else:
                asked.append(_as_asked(field, live, facts))
                answer = _still_open(asked[-1], answers.get(field.id))
            if answer is not None:
                live[field.id] = answer
        for computed in computed_of(form, {field.id for field in page.fields}):
            if (answer := computed_answer(computed, live, days)) is not None:
                live[computed.id] = answer
        if asked:
            pages.append(replace(page, fields=tuple(asked)))
    return tuple(pages), live


def _as_asked(field: Field, live: Answers, facts: Facts) -> Field:
    """Most fields are asked as they are, and not made anew: a page turn walks through the form several times."""
    required = field.required or (field.required_when is not None and holds(field.required_when, live, facts))
    choices = tuple(choice for choice in field.choices if choice.when is None or holds(choice.when, live, facts))
    if field.required_when is None and len(choices) == len(field.choices):
        return field
    return replace(field, required=required, required_when=None, choices=choices)


def _still_open(field: Field, answer: Answer | None) -> Answer | None:
    """The answer, unless it is a choice that another answer has closed since."""
    if answer is None or answer.unknown or field.type is not FieldType.CHOICE:
        return answer
    return answer if any(choice.code == answer.value for choice in field.choices) else None
