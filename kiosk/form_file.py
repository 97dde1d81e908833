"""Reads a service's form.yaml: pages, fields, rules and choices, every mistake with its line."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from kiosk.codes import CodeList
from kiosk.condition_file import read_condition
from kiosk.form import Choice, Field, FieldType, Form, Privacy, QuestionPage, Rule, RuleKind
from kiosk.form_rules import SAME_AS
from kiosk.reachability import unreachable_pages
from kiosk.typed_yaml import Section, duplicates
from kiosk.yaml_text import YamlProblem, load_text

# What a card can offer (kiosk.prefill), and which places of the dossier an answer can fill (kiosk.parties).
CARD_VALUES = frozenset(
    {"card.name", "card.number", "card.old_number", "card.birth_date", "card.sex", "card.issued_on", "card.address"}
)
_PERSON = ("name", "birth_date", "sex", "id_kind", "id_number", "id_issued_on", "id_issued_by", "address", "phone")
ROLES = frozenset(
    {f"{person}.{part}" for person in ("submitter", "owner") for part in (*_PERSON, "email")}
    | {"submitter.relation", "delivery.by", "delivery.address", "copies"}
)

RADIOS_MAX = 6  # more choices at once than one page can show at a readable size need a list that can be searched

_ID = re.compile(r"[a-z][a-z0-9_]*")
_SIZED = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.NUMBER, FieldType.ADDRESS})
_FITTING = {
    RuleKind.MIN: _SIZED,
    RuleKind.MAX: _SIZED,
    RuleKind.PATTERN: frozenset({FieldType.TEXT}),
    RuleKind.NOT_AFTER_TODAY: frozenset({FieldType.DATE}),
    RuleKind.NOT_BEFORE_FIELD: frozenset({FieldType.DATE}),
    RuleKind.FULL_DATE: frozenset({FieldType.DATE}),
}
_WITHOUT_ARGUMENT = frozenset({RuleKind.NOT_AFTER_TODAY, RuleKind.FULL_DATE})


def read_form(path: Path, code_lists: Mapping[str, CodeList], found: list[YamlProblem], *, thorough: bool) -> Form:
    """The form of the file. Mistakes are added to `found`, and the form is of use only when there are none.
    `thorough` looks also for pages that no answers lead to, which takes longer than reading."""
    before = len(found)
    try:
        file = load_text(path)
    except YamlProblem as problem:
        found.append(problem)
        return Form("", "", ())
    root = Section(file, found, file.root)
    form = _Reader(code_lists).form(root)
    if thorough and len(found) == before:
        places = {page.id: index for index, page in enumerate(form.pages)}
        for page_id in unreachable_pages(form):
            root.problem("no answers ever lead to this page", "pages", places[page_id], "when")
    return form


class _Reader:
    """One pass over a form. `_known` grows on the way, for a condition may ask only what was answered before."""

    def __init__(self, code_lists: Mapping[str, CodeList]) -> None:
        self._code_lists = code_lists
        self._known: dict[str, Field] = {}
        self._page_ids: set[str] = set()

    def form(self, root: Section) -> Form:
        form_id, version = root.text("id"), root.text("version")
        pages = tuple(self._page(section) for section in root.sections("pages", at_least=1))
        root.close()
        return Form(form_id, version, pages)

    def _page(self, section: Section) -> QuestionPage:
        page_id = _name(section)
        if page_id in self._page_ids:
            section.problem(f"the page {page_id!r} stands here twice", "id")
        self._page_ids.add(page_id)
        heading = {key: section.text(key) for key in ("section", "title")}
        hint = section.text("hint", "")
        when = read_condition(section, "when", self._known)
        earlier = dict(self._known)
        fields = tuple(self._field(part, earlier) for part in section.sections("fields", at_least=1))
        section.close()
        return QuestionPage(page_id, heading["section"], heading["title"], hint, fields, when)

    def _field(self, section: Section, earlier: Mapping[str, Field]) -> Field:
        """A field; `earlier` are the fields of the pages before, `_known` those of this page before it, too."""
        field_id = _name(section)
        kind = section.one_of("type", FieldType)
        code_list = section.text("code_list", "")
        prefill = section.text("prefill", "")
        field = Field(
            id=field_id,
            type=kind,
            label=section.text("label"),
            hint=section.text("hint", ""),
            required=section.flag("required", default=True),
            required_when=read_condition(section, "required_when", self._known),
            unknown_label=section.text("unknown_label", ""),
            choices=self._choices(section, kind, code_list, earlier),
            code_list=code_list,
            rules=tuple(self._rule(part, kind) for part in section.sections("rules")),
            prefill=prefill,
            same_when=read_condition(section, "same_when", earlier),
            role=section.text("role", ""),
            privacy=section.one_of("privacy", Privacy, Privacy.PLAIN),
            uppercase=section.flag("uppercase", default=False),
        )
        self._check(section, field, earlier)
        section.close()
        self._known[field.id] = field
        return field

    def _check(self, section: Section, field: Field, earlier: Mapping[str, Field]) -> None:
        if field.id in self._known:
            section.problem(f"the field {field.id!r} stands here twice", "id")
        if field.role and field.role not in ROLES:
            section.problem(f"no such place in a dossier: {field.role!r}", "role")
        if field.required and field.required_when is not None:
            section.problem("'required_when' says nothing beside required: yes", "required_when")
        if field.same_when is not None and not field.prefill.startswith(SAME_AS):
            section.problem(f"'same_when' needs a 'prefill' that begins with {SAME_AS!r}", "same_when")
        if field.prefill.startswith(SAME_AS):
            source = earlier.get(field.prefill.removeprefix(SAME_AS))
            if source is None or source.type is not field.type:
                section.problem(f"{field.prefill!r} is no {field.type} field of an earlier page", "prefill")
            elif field.same_when is not None and source.unknown_label and not field.unknown_label:
                section.problem("needs an 'unknown_label', for the field that it equals has one", "same_when")
        elif field.prefill and field.prefill not in CARD_VALUES:
            section.problem(f"nothing offers {field.prefill!r}", "prefill")

    def _choices(
        self, section: Section, kind: FieldType, code_list: str, earlier: Mapping[str, Field]
    ) -> tuple[Choice, ...]:
        parts = section.sections("choices")
        if kind is not FieldType.CHOICE:
            if parts or code_list:
                section.problem(f"a field of type {kind} has no choices", "choices" if parts else "code_list")
            return ()
        if code_list:
            return self._listed(section, code_list, bool(parts))
        choices = tuple(_choice(part, earlier) for part in parts)
        for code in duplicates(choice.code for choice in choices):
            section.problem(f"the code {code!r} stands here twice", "choices")
        if len(choices) < 2:
            section.problem("needs at least two choices, or a 'code_list'", "choices")
        together = Counter(choice.when for choice in choices)
        if together[None] + max((count for when, count in together.items() if when), default=0) > RADIOS_MAX:
            section.problem(f"more than {RADIOS_MAX} choices at once: needs groups or a 'code_list'", "choices")
        return choices

    def _listed(self, section: Section, code_list: str, has_choices: bool) -> tuple[Choice, ...]:
        if has_choices:
            section.problem("needs either 'choices' or 'code_list'", "choices")
        if code_list not in self._code_lists:
            section.problem(f"there is no code list {code_list!r}", "code_list")
            return ()
        return tuple(Choice(code, name) for code, name in self._code_lists[code_list].names.items())

    def _rule(self, section: Section, kind: FieldType) -> Rule:
        rule_kind = section.one_of("kind", RuleKind)
        argument = "" if rule_kind in _WITHOUT_ARGUMENT else section.text("argument")
        rule = Rule(rule_kind, argument, section.text("message"))
        if kind not in _FITTING[rule.kind]:
            section.problem(f"a field of type {kind} has no rule {rule.kind.value!r}", "kind")
        elif argument:
            self._check_argument(section, rule)
        section.close()
        return rule

    def _check_argument(self, section: Section, rule: Rule) -> None:
        if rule.kind in {RuleKind.MIN, RuleKind.MAX} and not re.fullmatch("[0-9]{1,9}", rule.argument):
            section.problem(f"{rule.argument!r} is not a whole number", "argument")
        if rule.kind is RuleKind.NOT_BEFORE_FIELD:
            other = self._known.get(rule.argument)
            if other is None or other.type is not FieldType.DATE:
                section.problem(f"{rule.argument!r} is no date that is asked before this", "argument")
        if rule.kind is RuleKind.PATTERN:
            try:
                re.compile(rule.argument)
            except re.error as error:
                section.problem(f"{rule.argument!r} is no pattern: {error}", "argument")


def _choice(section: Section, earlier: Mapping[str, Field]) -> Choice:
    when = read_condition(section, "when", earlier)
    choice = Choice(section.text("code"), section.text("label"), section.text("hint", ""), when)
    section.close()
    return choice


def _name(section: Section) -> str:
    name = section.text("id")
    if name and not _ID.fullmatch(name):
        section.problem(f"{name!r} is no id: needs small letters, digits and '_', a letter first", "id")
    return name
