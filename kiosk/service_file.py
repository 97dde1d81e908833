"""Reads a service's service.yaml: its facts with their sources, its parts and its fees, every mistake with its line."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from kiosk.catalog import (
    Coded,
    Confidence,
    Deadline,
    IdentityAssurance,
    LifeEvent,
    Linked,
    Online,
    Processing,
    Route,
    SaidByName,
    Service,
    TimeUnit,
)
from kiosk.computed import all_fields
from kiosk.fact_file import CHECKED_ON, check_dates, read_fact
from kiosk.fee_file import Filing, check_number, read_fees
from kiosk.form import Field, FieldType, Form
from kiosk.part_file import read_part
from kiosk.typed_yaml import Section, duplicates

NATIONAL_CODE = re.compile(r"[0-9]\.[0-9]{6}")  # a procedure's code in the national database
OWN_CODE = re.compile(r"x\.[a-z0-9]+(-[a-z0-9]+)*")  # ours, for a procedure whose code was not found

DAYS_MAX = 3660  # no procedure and no term takes longer; a slip of the keys would lead beyond any calendar


@dataclass(frozen=True, slots=True)
class Names:
    """What the services of a catalogue may name: its fields by id, the printed forms of this release, and the codes of
    today's provinces."""

    fields: Mapping[str, Coded]
    declarations: Set[str]
    provinces: Set[str]


def read_service(root: Section, code: str, form: Form, names: Names) -> Service:
    """The service of the file with its form; `code` is the name of its folder. Mistakes are reported by `root`, and the
    service is of use only when there are none. What names other services is for the whole catalogue to check."""
    fields = all_fields(form)
    service = _service(root, form, fields, names)
    if service.declaration and service.declaration not in names.declarations:
        root.problem(f"this release has no printed form {service.declaration!r}", "declaration")
    if service.copies_field:
        check_number(root, "copies_field", service.copies_field, fields)
    for index, part in enumerate(service.parts):
        if part.code in {earlier.code for earlier in service.parts[:index]}:
            root.follow_up(f"the part {part.code!r} stands here twice", "parts", index, "code")
    for name in duplicates((service.code, *service.aliases)):
        root.problem(f"{name!r} stands here twice", "aliases")
    if service.processing and service.processing_time.confidence is not Confidence.FOUND:
        root.follow_up("days are counted only where the 'processing_time' was found", "processing")
    if service.linked_first and service.linked_first.code == code:
        root.problem("a service is not linked to itself", "linked_first", "code")
    for index, said in enumerate(service.said_by_name):
        if said.name not in service.everyday_names:
            root.follow_up(f"{said.name!r} is none of the 'everyday_names'", "said_by_name", index, "name")
    _check_code(root, service, code)
    check_dates(root, service.valid_from, service.valid_to)
    root.close()
    return service


def _service(root: Section, form: Form, fields: Mapping[str, Field], names: Names) -> Service:
    root.day_or_none(CHECKED_ON)
    name, valid_from, valid_to = root.text("name"), root.day_or_none("valid_from"), root.day_or_none("valid_to")
    route = root.one_of("route", Route)
    return Service(
        code=root.text("code"),
        name=name,
        named=read_fact(root.section("named"), name),
        everyday_names=root.texts("everyday_names", at_least=1),
        aliases=root.texts("aliases"),
        field=_field(root, names.fields),
        authority=read_fact(root.section("authority")),
        route=route,
        route_reason=read_fact(root.section("route_reason")),
        online=root.one_of("online", Online),
        level_fact=read_fact(root.section("level_fact")),
        valid_from=valid_from,
        valid_to=valid_to,
        processing_time=read_fact(root.section("processing_time")),
        minutes_at_kiosk=root.whole("minutes_at_kiosk"),
        fees=read_fees(root, fields, Filing(route, (valid_from or date.min, valid_to or date.max), names.provinces)),
        payment=read_fact(root.section("payment")),
        parts=tuple(read_part(section, fields) for section in root.sections("parts")),
        result=read_fact(root.section("result")),
        legal_basis=tuple(read_fact(section) for section in root.sections("legal_basis", at_least=1)),
        needs_identity=root.one_of("needs_identity", IdentityAssurance),
        form=form,
        declaration=root.text("declaration", ""),
        declaration_pledge=root.text("declaration_pledge"),
        addressee=root.text("addressee", ""),
        copies_field=root.text("copies_field", ""),
        notes=tuple(read_fact(section) for section in root.sections("notes")),
        after_filing=tuple(read_fact(section) for section in root.sections("after_filing")),
        life_events=root.some_of("life_events", LifeEvent),
        processing=_processing(root.section("processing")) if root.has("processing") else None,
        deadlines=tuple(_deadline(section, fields) for section in root.sections("deadlines")),
        said_by_name=tuple(_said(section, fields) for section in root.sections("said_by_name")),
        linked_first=_linked(root.section("linked_first")) if root.has("linked_first") else None,
        paper_form=read_fact(root.section("paper_form")) if root.has("paper_form") else None,
    )


def _field(root: Section, fields: Mapping[str, Coded]) -> Coded:
    field_id = root.text("field")
    if field_id and fields and field_id not in fields:
        root.problem(f"'field' is {field_id!r}: needs one of {', '.join(fields)}", "field")
    return fields.get(field_id, Coded("", "", ""))


def _days(section: Section) -> int:
    days = section.whole("days")
    if days > DAYS_MAX:
        section.problem(f"{days} days are more than ten years", "days")
        return 0
    return days


def _processing(section: Section) -> Processing:
    cutoff_hour = section.whole("cutoff_hour") if section.has("cutoff_hour") else None
    if cutoff_hour is not None and not 0 < cutoff_hour < 24:
        section.follow_up(f"{cutoff_hour} is no hour of a day", "cutoff_hour")
    processing = Processing(_days(section), section.one_of("unit", TimeUnit), cutoff_hour)
    section.close()
    return processing


def _said(section: Section, fields: Mapping[str, Field]) -> SaidByName:
    said = SaidByName(
        name=section.text("name"),
        field=section.text("field"),
        choice=section.text("choice"),
        life_events=section.some_of("life_events", LifeEvent),
    )
    asked = fields.get(said.field)
    if asked is None or all(choice.code != said.choice for choice in asked.choices):
        section.follow_up(f"{said.field!r} has no choice {said.choice!r}", "choice")
    section.close()
    return said


def _deadline(section: Section, fields: Mapping[str, Field]) -> Deadline:
    deadline = Deadline(
        field=section.text("field"),
        days=_days(section),
        text=section.text("text"),
        late_text=section.text("late_text"),
        fact=read_fact(section.section("fact")),
    )
    field = fields.get(deadline.field)
    if deadline.field and (field is None or field.type is not FieldType.DATE):
        section.follow_up(f"{deadline.field!r} is no date of the form", "field")
    section.close()
    return deadline


def _linked(section: Section) -> Linked:
    linked = Linked(section.text("code"), read_fact(section.section("fact")))
    section.close()
    return linked


def _check_code(root: Section, service: Service, folder: str) -> None:
    """A citizen relies on a code that counts as found: it has to be one of the national database."""
    if service.code and service.code != folder:
        root.problem(f"has the code {service.code}, unlike its folder", "code")
    elif not service.code or NATIONAL_CODE.fullmatch(service.code):
        return
    elif not OWN_CODE.fullmatch(service.code):
        root.problem(
            f"{service.code!r} is no code: needs the form 2.000635, or x.some-name where none is known", "code"
        )
    elif service.named.confidence is Confidence.FOUND:
        root.problem("a code of our own is never 'found': needs confidence: unverified", "named", "confidence")
