"""The content of a printed declaration: every text final and none of it markup, and which template prints it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.catalog import Service
from kiosk.computed import all_fields
from kiosk.conditions import NO_FACTS, Facts, value_text
from kiosk.field_rules import PRINTABLE
from kiosk.form import Answer, Answers, Field, FieldType, Form
from kiosk.form_rules import cell_text, completed, display_text


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A heading of the form, and under it each answer with its label."""

    section: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table's own label, the labels of its columns, and the texts of its rows."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DeclarationContent:
    """What a template is given. `texts` has every field of the form as a person reads it, "" where the line stays
    blank: not asked, left out, or unknown. `codes` has the same answers as they are stored, for the template's own
    choices; computed answers stand in both. `sheet` is all that was answered, in the form's order, for a template that
    knows no form; `tables` has each table of the form, without rows where it was not filled in. `office` is who it is
    addressed to, `place` and `day` are where and when it is signed, None on a blank form."""

    template: str
    title: str
    office: str
    place: str
    day: date | None
    pledge: str
    texts: Mapping[str, str]
    codes: Mapping[str, str]
    demo: bool
    sheet: tuple[SheetSection, ...] = ()
    tables: Mapping[str, PrintedTable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signing:
    """Where and when a declaration is signed, and to which office it goes. `demo` marks it "BẢN THỬ"; a blank form has
    no day."""

    office: str
    place: str
    day: date | None
    demo: bool


def declaration_content(
    service: Service, answers: Answers, signing: Signing, facts: Facts = NO_FACTS
) -> DeclarationContent:
    """The declaration of the service. ValueError where the service has none to print."""
    if not service.declaration:
        raise ValueError(f"{service.code} has no printed declaration")
    fields = all_fields(service.form)
    live = completed(service.form, answers, facts)
    known = {key: answer for key, answer in live.items() if not answer.unknown}
    texts = {key: display_text(fields[key], answer.value) for key, answer in known.items()}
    codes = {key: value_text(answer) for key, answer in known.items()}
    blank = dict.fromkeys(fields, "")
    return DeclarationContent(
        template=service.declaration,
        title=_printable(service.name),
        office=_printable(signing.office),
        place=_printable(signing.place),
        day=signing.day,
        pledge=_printable(service.declaration_pledge),
        texts=blank | {key: _printable(text) for key, text in texts.items()},
        codes=blank | codes,
        demo=signing.demo,
        sheet=_sheet(service.form, live),
        tables={key: _table(one, known.get(key)) for key, one in fields.items() if one.type is FieldType.TABLE},
    )


def _sheet(form: Form, live: Answers) -> tuple[SheetSection, ...]:
    """What was answered under its headings; a heading that comes back goes on where it first stood. While nothing is
    answered, it is a form to fill in by hand: every field with an empty line."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in form.pages:
        for asked in page.fields:
            answer = live.get(asked.id)
            if answer is not None or not live:
                row = (_printable(asked.label), _printable(_told(asked, answer)))
                found.setdefault(page.section, []).append(row)
    return tuple(SheetSection(_printable(section), tuple(rows)) for section, rows in found.items())


def _told(asked: Field, answer: Answer | None) -> str:
    if answer is None:
        return ""
    return asked.unknown_label if answer.unknown else display_text(asked, answer.value)


def _table(table: Field, answer: Answer | None) -> PrintedTable:
    rows = answer.value if answer is not None and isinstance(answer.value, tuple) else ()
    return PrintedTable(
        _printable(table.label),
        tuple(_printable(column.label) for column in table.columns),
        tuple(tuple(_printable(cell_text(column, row)) for column in table.columns) for row in rows),
    )


def _printable(text: str) -> str:
    """The text with "?" for what the form's typeface cannot show: a PDF/A must not hold an empty box, and a strange
    letter must not cost the citizen the whole paper."""
    return re.sub(f"(?!{PRINTABLE}).", "?", " ".join(text.split()), flags=re.DOTALL)
