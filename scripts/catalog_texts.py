"""Finds the texts of the catalogue that a citizen sees, for Babel (babel.cfg): the same message ids as those in code.

They are taken from the catalogue as it is read, not from its files: a block's texts are whole only where it is used.
What only staff read (sources, other names, the facts behind a fee) stays Vietnamese, and so do the names in code lists.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kiosk.catalog import DossierPart, Service
from kiosk.catalog_file import load_catalog, read_release
from kiosk.form import Field, Form

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def extract(
    file: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """(line, None, text, no comments) of every shown text of the whole catalogue, as Babel wants it of an extractor."""
    texts: dict[str, None] = {}
    for service in load_catalog(RESOURCES / "catalog", read_release(RESOURCES)).services:
        texts |= dict.fromkeys((*_of_service(service), *_of_form(service.form)))
    for text in filter(None, texts):
        yield 1, None, text, []


def _of_service(service: Service) -> Iterator[str]:
    yield from (service.name, *service.everyday_names, service.field.name, service.declaration_pledge)
    facts = [service.authority, service.route_reason, service.level_fact, service.processing_time]
    facts += [service.payment, service.result, *service.legal_basis, *service.notes, *service.after_filing]
    facts += [service.paper_form] if service.paper_form else []
    facts += [service.linked_first.fact] if service.linked_first else []
    yield from (fact.text for fact in facts)
    for fee in service.fees:
        yield from (fee.name, fee.reason)
    for deadline in service.deadlines:
        yield from (deadline.text, deadline.late_text)
    for part in service.parts:
        yield from _of_part(part)


def _of_part(part: DossierPart) -> Iterator[str]:
    yield from (part.name, part.hint, part.replaced_by_data, *part.alternatives)


def _of_form(form: Form) -> Iterator[str]:
    for page in form.pages:
        yield from (page.section, page.title, page.hint, page.stop.text if page.stop else "")
        for field in page.fields:
            yield from _of_field(field)
    yield from (computed.label for computed in form.computed)


def _of_field(field: Field) -> Iterator[str]:
    yield from (field.label, field.hint, field.unknown_label, field.row_label)
    yield from (rule.message for rule in field.rules)
    if not field.code_list:
        for choice in field.choices:
            yield from (choice.label, choice.hint)
    for column in field.columns:
        yield from _of_field(column)
