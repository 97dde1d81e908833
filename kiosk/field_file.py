"""Reads one field of a form's file: its type, choices, columns, and where its answer comes from and goes."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.codes import CodeList
from kiosk.condition_file import read_condition
from kiosk.form import Choice, Condition, Field, FieldType, Privacy
from kiosk.form_rules import SAME_AS
from kiosk.rule_file import END, PERIOD_RULES, START, read_rules
from kiosk.typed_yaml import Section, duplicates

# What a card can offer (kiosk.prefill), and which places of the dossier an answer can fill (kiosk.parties).
CARD_VALUES = frozenset(
    {"card.name", "card.number", "card.old_number", "card.birth_date", "card.sex", "card.issued_on", "card.address"}
)
CARD_OFFERS = frozenset({"card.commune_office"})
_PERSON = ("name", "birth_date", "sex", "id_kind", "id_number", "id_issued_on", "id_issued_by", "address", "phone")
ROLES = frozenset(
    {f"{person}.{part}" for person in ("submitter", "owner") for part in (*_PERSON, "email")}
    | {"submitter.relation", "delivery.by", "delivery.address", "copies"}
)

RADIOS_MAX = 6  # more choices at once than one page can show at a readable size need a list that can be searched
ROWS_MAX = 100

_ID = re.compile(r"[a-z][a-z0-9_]*")
_COLUMN_TYPES = frozenset(FieldType) - {FieldType.TABLE, FieldType.ADDRESS, FieldType.EMAIL}


@dataclass(frozen=True, slots=True)
class Before:
    """What was read before a field: the fields of `earlier` pages, and all that it `knows`, those of its own page
    before it, too."""

    earlier: Mapping[str, Field]
    knows: Mapping[str, Field]


def read_id(section: Section) -> str:
    """The id of a page, field or computed answer."""
    name = section.text("id")
    if name and not is_id(name):
        section.problem(f"{name!r} is no id: needs small letters, digits and '_', a letter first", "id")
    return name


def is_id(name: str) -> bool:
    """Whether the name can be an id."""
    return _ID.fullmatch(name) is not None


def read_field(
    section: Section, code_lists: Mapping[str, CodeList], before: Before, same_when: Condition | None = None
) -> Field:
    """A field. `same_when` is that of the block it is in, for the fields that equal one of another person."""
    prefill = section.text("prefill", "")
    own = read_condition(section, "same_when", before.earlier)
    field = replace(
        _plain(section, code_lists, before),
        required_when=read_condition(section, "required_when", before.knows),
        prefill=prefill,
        same_when=own or (same_when if prefill.startswith(SAME_AS) else None),
        role=section.text("role", ""),
        offer=section.text("offer", ""),
    )
    if field.type is FieldType.TABLE:
        field = _table(section, field, code_lists, before)
    _check(section, field, before)
    section.close()
    return field


def _plain(section: Section, code_lists: Mapping[str, CodeList], before: Before) -> Field:
    """What a column of a table has, too."""
    field_id = read_id(section)
    kind = section.one_of("type", FieldType, decides=True)
    code_list = section.text("code_list", "")
    return Field(
        id=field_id,
        type=kind,
        label=section.text("label"),
        hint=section.text("hint", ""),
        required=section.flag("required", default=True),
        unknown_label=section.text("unknown_label", ""),
        choices=_choices(section, kind, code_lists, code_list, before.earlier),
        code_list=code_list,
        common=_common(section, code_lists.get(code_list)),
        rules=read_rules(section, kind, before.knows),
        privacy=section.one_of("privacy", Privacy, Privacy.PLAIN),
        uppercase=section.flag("uppercase", default=False),
    )


def _table(section: Section, field: Field, code_lists: Mapping[str, CodeList], before: Before) -> Field:
    columns: dict[str, Field] = {}
    for part in section.sections("columns", at_least=1):
        column = _plain(part, code_lists, Before({}, columns))  # a column knows only those before it in its row
        if column.type not in _COLUMN_TYPES:
            part.problem(f"a column cannot be of type {column.type}", "type")
        if column.id in columns:
            part.problem(f"the column {column.id!r} stands here twice", "id")
        part.close()
        columns[column.id] = column
    row_label = section.text("row_label")
    least, most = section.whole("rows_min", 1), section.whole("rows_max", 30)
    if not max(1, least) <= most <= ROWS_MAX:
        section.follow_up(f"needs from 'rows_min' up to {ROWS_MAX} rows", "rows_max")
    if field.prefill:
        section.problem("a table is not filled in from elsewhere", "prefill")
    periods = all(name in columns and columns[name].type is FieldType.DATE for name in (START, END))
    if not periods and any(rule.kind in PERIOD_RULES for rule in field.rules):
        section.follow_up(f"rules about periods need the columns {START!r} and {END!r}, both dates", "rules")
    return replace(field, columns=tuple(columns.values()), row_label=row_label, rows_min=least, rows_max=most)


def _check(section: Section, field: Field, before: Before) -> None:
    if field.id in before.knows:
        section.follow_up(f"the field {field.id!r} stands here twice", "id")
    if field.role and field.role not in ROLES:
        section.problem(f"no such place in a dossier: {field.role!r}", "role")
    if field.offer and (field.offer not in CARD_OFFERS or field.type is not FieldType.TEXT):
        section.problem(f"nothing offers {field.offer!r}", "offer")
    if field.required and field.required_when is not None:
        section.follow_up("'required_when' says nothing beside required: yes", "required_when")
    if field.same_when is not None and not field.prefill.startswith(SAME_AS):
        section.follow_up(f"'same_when' needs a 'prefill' that begins with {SAME_AS!r}", "same_when")
    if field.prefill.startswith(SAME_AS):
        source = before.earlier.get(field.prefill.removeprefix(SAME_AS))
        if source is None or source.type is not field.type:
            section.follow_up(f"{field.prefill!r} is no {field.type} field of an earlier page", "prefill")
        elif field.same_when is not None and source.unknown_label and not field.unknown_label:
            section.follow_up("needs an 'unknown_label', for the field that it equals has one", "same_when")
    elif field.prefill and field.prefill not in CARD_VALUES:
        section.problem(f"nothing offers {field.prefill!r}", "prefill")


def _common(section: Section, code_list: CodeList | None) -> tuple[str, ...]:
    """The codes of the list that most people have; with the row for all others they are no more than one page shows."""
    codes = section.texts("common")
    names = code_list.names if code_list is not None else {}
    for index, code in enumerate(codes):
        if code not in names:
            section.problem(f"the list has no {code!r}", "common", index)
    if len(codes) >= RADIOS_MAX:
        section.follow_up(f"at most {RADIOS_MAX - 1} codes stand before all others", "common")
    return codes


def _choices(
    section: Section, kind: FieldType, code_lists: Mapping[str, CodeList], code_list: str, earlier: Mapping[str, Field]
) -> tuple[Choice, ...]:
    parts = section.sections("choices")
    if kind is not FieldType.CHOICE:
        if parts or code_list:
            section.problem(f"a field of type {kind} has no choices", "choices" if parts else "code_list")
        return ()
    if code_list:
        if parts:
            section.problem("needs either 'choices' or 'code_list'", "choices")
        if code_list not in code_lists:
            section.problem(f"there is no code list {code_list!r}", "code_list")
            return ()
        return tuple(Choice(code, name) for code, name in code_lists[code_list].names.items())
    choices = tuple(_choice(part, earlier) for part in parts)
    for code in duplicates(choice.code for choice in choices):
        section.problem(f"the code {code!r} stands here twice", "choices")
    if len(choices) < 2:
        section.follow_up("needs at least two choices, or a 'code_list'", "choices")
    together = Counter(choice.when for choice in choices)
    if together[None] + max((count for when, count in together.items() if when), default=0) > RADIOS_MAX:
        section.problem(f"more than {RADIOS_MAX} choices at once: needs groups or a 'code_list'", "choices")
    return choices


def _choice(section: Section, earlier: Mapping[str, Field]) -> Choice:
    when = read_condition(section, "when", earlier)
    choice = Choice(section.text("code"), section.text("label"), section.text("hint", ""), when)
    section.close()
    return choice
