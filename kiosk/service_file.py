"""Reads a service's service.yaml: its facts with their sources, its parts and its fees, every mistake with its line."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from kiosk.catalog import Coded, Confidence, DossierPart, Fact, FeeRule, IdentityAssurance, Route, Service
from kiosk.condition_file import read_condition
from kiosk.documents import CopyKind
from kiosk.form import Field, FieldType, Form
from kiosk.typed_yaml import Section, duplicates
from kiosk.yaml_text import YamlProblem, load_text

# Levels of online service; what Decree 42/2022/NĐ-CP calls "toàn trình" and "một phần" are 4 and 3.
_Level = StrEnum("_Level", {"ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4"})


class _FeeKind(StrEnum):
    """Service fee and state charge are two things in law (Law 97/2015/QH13, Art. 3)."""

    PHI = "phi"
    LE_PHI = "le_phi"


def read_service(path: Path, form: Form, declarations: Collection[str], found: list[YamlProblem]) -> Service | None:
    """The service of the file with its form. Mistakes are added to `found`, and the service is of use only when there
    are none; None where there was nothing to read. `declarations` are the printed forms that this release has."""
    try:
        file = load_text(path)
    except YamlProblem as problem:
        found.append(problem)
        return None
    root = Section(file, found, file.root)
    fields = {field.id: field for page in form.pages for field in page.fields}
    service = _service(root, form, fields)
    if service.code and service.code != path.parent.name:
        root.problem(f"has the code {service.code}, unlike its folder", "code")
    if service.declaration and service.declaration not in declarations:
        root.problem(f"this release has no printed form {service.declaration!r}", "declaration")
    if service.copies_field:
        _check_number(root, "copies_field", service.copies_field, fields)
    for code in duplicates(part.code for part in service.parts):
        root.problem(f"the part {code!r} stands here twice", "parts")
    _check_dates(root, service.valid_from, service.valid_to)
    _check_overlaps(root, service.fees)
    root.close()
    return service


def _service(root: Section, form: Form, fields: Mapping[str, Field]) -> Service:
    return Service(
        code=root.text("code"),
        name=root.text("name"),
        everyday_names=root.texts("everyday_names", at_least=1),
        aliases=root.texts("aliases"),
        field=_coded(root.section("field")),
        authority=_fact(root.section("authority")),
        route=root.one_of("route", Route),
        route_reason=_fact(root.section("route_reason")),
        level=int(root.one_of("level", _Level)),
        level_fact=_fact(root.section("level_fact")),
        valid_from=root.day_or_none("valid_from"),
        valid_to=root.day_or_none("valid_to"),
        processing_time=_fact(root.section("processing_time")),
        minutes_at_kiosk=root.whole("minutes_at_kiosk"),
        fees=tuple(_fee(section, fields) for section in root.sections("fees", at_least=1)),
        payment=_fact(root.section("payment")),
        parts=tuple(_part(section, fields) for section in root.sections("parts")),
        result=_fact(root.section("result")),
        legal_basis=tuple(_fact(section) for section in root.sections("legal_basis", at_least=1)),
        needs_identity=root.one_of("needs_identity", IdentityAssurance),
        form=form,
        declaration=root.text("declaration", ""),
        declaration_pledge=root.text("declaration_pledge"),
        copies_field=root.text("copies_field", ""),
        notes=tuple(_fact(section) for section in root.sections("notes")),
    )


def _fact(section: Section) -> Fact:
    fact = Fact(
        text=section.text("text"),
        source=section.text("source"),
        checked_on=section.day("checked_on"),
        confidence=section.one_of("confidence", Confidence),
    )
    section.close()
    return fact


def _coded(section: Section) -> Coded:
    version = section.text("scheme_version", "")
    coded = Coded(section.text("code"), section.text("name"), section.text("scheme"), version)
    section.close()
    return coded


def _fee(section: Section, fields: Mapping[str, Field]) -> FeeRule:
    routes = section.texts("routes", at_least=1)
    for route in set(routes) - set(Route):
        section.problem(f"{route!r} is no route: needs some of {', '.join(Route)}", "routes")
    rule = FeeRule(
        code=section.text("code"),
        name=section.text("name"),
        amount_vnd=section.whole("amount_vnd"),
        reason=section.text("reason"),
        fact=_fact(section.section("fact")),
        routes=tuple(route for route in Route if route in routes),
        valid_from=section.day_or_none("valid_from"),
        valid_to=section.day_or_none("valid_to"),
        when=read_condition(section, "when", fields),
        per_field=section.text("per_field", ""),
        kind=section.one_of("kind", _FeeKind, _FeeKind.PHI).value,
    )
    if rule.per_field:
        _check_number(section, "per_field", rule.per_field, fields)
    _check_dates(section, rule.valid_from, rule.valid_to)
    section.close()
    return rule


def _part(section: Section, fields: Mapping[str, Field]) -> DossierPart:
    copy_kinds = section.texts("copy_kinds") or (CopyKind.ORIGINAL.value,)
    for kind in set(copy_kinds) - set(CopyKind):
        section.problem(f"{kind!r} is no kind of copy: needs some of {', '.join(CopyKind)}", "copy_kinds")
    part = DossierPart(
        code=section.text("code"),
        name=section.text("name"),
        hint=section.text("hint", ""),
        required=section.flag("required", default=True),
        fact=_fact(section.section("fact")),
        when=read_condition(section, "when", fields),
        copy_kinds=copy_kinds,
        alternatives=section.texts("alternatives"),
        replaced_by_data=section.text("replaced_by_data", ""),
        return_original=section.flag("return_original", default=True),
        max_pages=section.whole("max_pages", 20),
    )
    section.close()
    return part


def _check_number(section: Section, key: str, name: str, fields: Mapping[str, Field]) -> None:
    if name not in fields or fields[name].type is not FieldType.NUMBER:
        section.problem(f"{name!r} is no number field of the form", key)


def _check_dates(section: Section, valid_from: date | None, valid_to: date | None) -> None:
    if valid_from and valid_to and valid_to < valid_from:
        section.problem(f"ends on {valid_to} before it begins on {valid_from}", "valid_to")


def _check_overlaps(root: Section, fees: Sequence[FeeRule]) -> None:
    """The first fitting row is the fee: a row that has the same condition as an earlier one must not share a day."""
    for index, later in enumerate(fees):
        for earlier in fees[:index]:
            same = (earlier.code, earlier.when) == (later.code, later.when) and set(earlier.routes) & set(later.routes)
            if same and _first(earlier) <= _last(later) and _first(later) <= _last(earlier):
                root.problem(f"dates overlap with those of {earlier.name!r} above", "fees", index)


def _first(rule: FeeRule) -> date:
    return rule.valid_from or date.min


def _last(rule: FeeRule) -> date:
    return rule.valid_to or date.max
