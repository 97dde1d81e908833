"""A visit that is kept while it lasts, so that it can be gone on with: when it is worth it, to bytes, and back.

Nothing is kept of a person who has not agreed to it, nor of what is filed already. A draft is gone on with in the
catalogue of the day: what its form does not ask any more is left out, and the citizen is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from pydantic import ValidationError

from kiosk.catalog import Catalog, Route, Service
from kiosk.draft_record import VisitRecord, documents_of, recorded
from kiosk.drafts import PackedVisit
from kiosk.errors import StoreCorrupt
from kiosk.form import Address, Answer, AnswerValue, Field, FieldType, TableRow
from kiosk.form_rules import completed, visible_pages
from kiosk.next_place import needed_parts
from kiosk.review import problems
from kiosk.visit import ConsentKind, Place, Step, Visit
from kiosk.visit_help import needs_handover, without_helper

_OUTSIDE = frozenset((Step.HOME, Step.CHOOSE, Step.SENDING, Step.DONE, Step.GOODBYE))
_ASKS_WHO_HELPS = frozenset((Step.HELPER, Step.HELPER_NAME, Step.HELPER_BADGE, Step.HELPER_CONSENT))


@dataclass(frozen=True, slots=True)
class Reopened:
    """The visit as it can be gone on with. `left_out` counts the answers and papers that today's catalogue does not ask
    for any more; without its service (`gone`) only the card is left, and another service is to be chosen."""

    visit: Visit
    saved_at: datetime
    left_out: int = 0
    gone: bool = False


def worth_keeping(visit: Visit) -> bool:
    """Whether there is something that it would be a pity to lose, and leave to keep it."""
    agreed = any(consent.kind is ConsentKind.PRIVACY for consent in visit.consents)
    given = visit.card is not None or visit.answers or visit.documents
    return bool(visit.place.step not in _OUTSIDE and visit.service is not None and agreed and given)


def pack(visit: Visit, saved_at: datetime) -> PackedVisit:
    """The visit as bytes; equal visits give equal bytes. It must have chosen its service."""
    record, contents = recorded(visit, saved_at)
    number = visit.card.number if visit.card is not None else ""
    return PackedVisit(visit.chosen().code, number, record.model_dump_json().encode(), MappingProxyType(dict(contents)))


def unpack(packed: PackedVisit, catalog: Catalog, today: date) -> Reopened:
    """The visit again, with nobody beside the citizen: who helps is asked anew. Raises StoreCorrupt for bytes that no
    `pack` of ours has made."""
    try:
        record = VisitRecord.model_validate_json(packed.state)
        documents = documents_of(record, packed.contents)
    except (ValidationError, KeyError) as error:
        raise StoreCorrupt(f"the draft cannot be read: {type(error).__name__}") from None  # its text quotes the person
    service = next((each for each in catalog.services if each.code == record.service_code), None)
    if service is None or not service.open_on(today):
        return Reopened(_without_service(record), record.saved_at, gone=True)
    answers = _fitting_all(record.answers, service)
    asked_for = {part.code for part in service.parts}
    kept = MappingProxyType({code: each for code, each in documents.items() if code in asked_for})
    left_out = sum(answers.get(key) != answer for key, answer in record.answers.items()) + len(documents) - len(kept)
    route = record.route if record.route in (service.route, Route.PREPARE) else service.route
    visit = replace(_visit(record), service=service, route=route, answers=answers, documents=kept)
    return Reopened(_asking_who_helps(_standing(visit, today)), record.saved_at, left_out)


def _visit(record: VisitRecord) -> Visit:
    """Everything but what needs the catalogue. The privacy consent holds with its text and time; who helped does so no
    more, and what was confirmed is confirmed again."""
    return without_helper(_as_kept(record))


def _as_kept(record: VisitRecord) -> Visit:
    return Visit(
        place=record.place,
        trail=record.trail,
        route=record.route,
        on=record.on,
        last_workday=record.last_workday,
        province=record.province,
        called=record.called,
        card=record.card,
        card_confirmed_at=record.card_confirmed_at,
        helper=record.helper,
        consents=record.consents,
        filed=record.filed,
        earlier=MappingProxyType({code: MappingProxyType(answers) for code, answers in record.earlier.items()}),
        returns_to=record.returns_to,
        past_help=record.past_help,
        past_phones=record.past_phones,
        represents=record.represents,
    )


def _without_service(record: VisitRecord) -> Visit:
    return replace(_visit(record), place=Place(Step.CHOOSE), trail=(Place(Step.HOME),), returns_to=())


def _fitting_all(answers: Mapping[str, Answer], service: Service) -> Mapping[str, Answer]:
    fields = {field.id: field for page in service.form.pages for field in page.fields}
    found = {key: _fitting(fields.get(key), answer) for key, answer in answers.items()}
    return MappingProxyType({key: answer for key, answer in found.items() if answer is not None})


def _fitting(field: Field | None, answer: Answer) -> Answer | None:
    """The answer as far as it is one to the question of today. What rules say of it is looked at before filing."""
    if field is None or (answer.unknown and not field.unknown_label):
        return None
    if answer.unknown:
        return answer
    value = answer.value
    if field.type is FieldType.TABLE and isinstance(value, tuple):
        return replace(answer, value=tuple(_fitting_row(field, row) for row in value))
    return answer if _is_of(field, value) else None


def _fitting_row(table: Field, row: TableRow) -> TableRow:
    columns = {column.id: column for column in table.columns}
    return TableRow({key: cell for key, cell in row.cells.items() if key in columns and _is_of(columns[key], cell)})


def _is_of(field: Field, value: AnswerValue) -> bool:
    match field.type:
        case FieldType.TABLE:
            return isinstance(value, tuple)
        case FieldType.ADDRESS:
            return isinstance(value, Address)
        case FieldType.YES_NO:
            return isinstance(value, bool)
        case FieldType.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool)
        case FieldType.CHOICE:
            return value in {choice.code for choice in field.choices}
        case _:
            return isinstance(value, str)


def _standing(visit: Visit, today: date) -> Visit:
    """The visit where it was, or, where today's form has no such place, at the first one that needs something."""
    if visit.returns_to:  # it was asked who helps, and nothing else had happened since
        visit = replace(visit, place=visit.returns_to[-1], trail=visit.returns_to[:-1], returns_to=())
    pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
    match visit.place.step:
        case Step.FORM if visit.place.page_id not in {page.id for page in pages}:
            return _at_first_open_page(visit)
        case Step.PARTS if not needed_parts(visit):
            return visit.back_to(Step.REVIEW)
        case Step.CAPTURE | Step.ORIGINALS if visit.place.part_code not in needed_parts(visit):
            return visit.back_to(Step.PARTS if needed_parts(visit) else Step.REVIEW)
        case Step.HANDOVER | Step.CARD_AGAIN | Step.CERTAIN:
            return visit.back_to(Step.REVIEW)
        case Step.FILE if problems(visit, today) or needs_handover(visit):
            return visit.back_to(Step.REVIEW)
        case _:
            return visit


def _at_first_open_page(visit: Visit) -> Visit:
    live = completed(visit.chosen().form, visit.answers, visit.facts)
    for page in visible_pages(visit.chosen().form, visit.answers, visit.facts):
        if page.stop is not None or any(field.required and field.id not in live for field in page.fields):
            return replace(visit, place=Place(Step.FORM, page_id=page.id))
    return replace(visit, place=Place(Step.PARTS if needed_parts(visit) else Step.REVIEW))


def _asking_who_helps(visit: Visit) -> Visit:
    """The first page is the one that asks who stands beside the citizen now; from there it goes on where it was."""
    if visit.place.step in _ASKS_WHO_HELPS:
        return visit.back_to(Step.HELPER) if visit.place.step is not Step.HELPER else visit
    return replace(visit, place=Place(Step.HELPER), trail=(), returns_to=(*visit.trail, visit.place))
