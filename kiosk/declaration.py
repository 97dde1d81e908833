"""The content of a printed declaration: every text final and none of it markup, and which template prints it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.catalog import Service
from kiosk.conditions import NO_FACTS, Facts, value_text
from kiosk.field_rules import PRINTABLE
from kiosk.form import Answers
from kiosk.form_rules import completed, display_text


@dataclass(frozen=True, slots=True)
class DeclarationContent:
    """What a template is given. `texts` has every field of the form as a person reads it, "" where the line stays
    blank: not asked, left out, or unknown. `codes` has the same answers as they are stored, for the template's own
    choices. `office` is who it is addressed to, `place` and `day` are where and when it is signed."""

    template: str
    title: str
    office: str
    place: str
    day: date
    pledge: str
    texts: Mapping[str, str]
    codes: Mapping[str, str]
    demo: bool


@dataclass(frozen=True, slots=True)
class Signing:
    """Where and when a declaration is signed, and to which office it goes. `demo` marks it "BẢN THỬ"."""

    office: str
    place: str
    day: date
    demo: bool


def declaration_content(
    service: Service, answers: Answers, signing: Signing, facts: Facts = NO_FACTS
) -> DeclarationContent:
    """The declaration of the service. ValueError where the service has none to print."""
    if not service.declaration:
        raise ValueError(f"{service.code} has no printed declaration")
    fields = [field for page in service.form.pages for field in page.fields]
    live = completed(service.form, answers, facts)
    known = {key: answer for key, answer in live.items() if not answer.unknown}
    texts = {field.id: display_text(field, known[field.id].value) for field in fields if field.id in known}
    codes = {key: value_text(answer) for key, answer in known.items()}
    blank = dict.fromkeys((field.id for field in fields), "")
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
    )


def _printable(text: str) -> str:
    """The text with "?" for what the form's typeface cannot show: a PDF/A must not hold an empty box, and a strange
    letter must not cost the citizen the whole paper."""
    return re.sub(f"(?!{PRINTABLE}).", "?", " ".join(text.split()), flags=re.DOTALL)
