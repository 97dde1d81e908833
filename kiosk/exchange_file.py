"""Reads the exchange contract and what of each service's answers it takes, and refuses what does not fit together."""

from collections.abc import Mapping
from pathlib import Path

from kiosk.codes import CodeList
from kiosk.computed import all_fields
from kiosk.condition_file import read_condition
from kiosk.exchange import Contract, Exchange, ExchangeList, Module, Row, ServiceExchange, Take, Target, TargetType
from kiosk.form import Field, FieldType, Form
from kiosk.typed_yaml import Section, duplicates
from kiosk.yaml_text import Node, YamlProblem, YamlText, load_text

CONTRACT_FILE, PERSON_FILE = "contract.yaml", "person.yaml"


def read_exchange(
    folder: Path, code_lists: Mapping[str, CodeList], forms: Mapping[str, Form]
) -> tuple[Exchange, list[YamlProblem]]:
    """The contract of the folder with what its services' files say, and every mistake in them: a field that a form does
    not have, a name that is not in the contract, a code of a choice that is not mapped. `forms` are those of the
    services that there are. A service with a mistake is left out: an office's own form may have lost a field, and that
    is no reason to take no dossiers. Raises YamlProblem where the contract itself cannot be read.
    """
    found: list[YamlProblem] = []
    contract = _contract(load_text(folder / CONTRACT_FILE), code_lists, found)
    if found:
        raise found[0]
    person = load_text(folder / PERSON_FILE)
    services = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in {CONTRACT_FILE, PERSON_FILE}:
            continue
        before = len(found)
        one = _Reader(contract, person, load_text(path), forms, found).service()
        if len(found) == before:
            services[one.service_code] = one
    return Exchange(contract, services), found


def _contract(file: YamlText, code_lists: Mapping[str, CodeList], found: list[YamlProblem]) -> Contract:
    root = Section(file, found, file.root)
    lists = {listed.id: listed for listed in (_list(section, code_lists) for section in root.sections("lists", 1))}
    modules = {module.code: module for module in (_module(section, lists) for section in root.sections("modules", 1))}
    contract = Contract(root.text("version"), root.text("source"), lists, modules)
    root.close()
    return contract


def _list(section: Section, code_lists: Mapping[str, CodeList]) -> ExchangeList:
    list_id, shared = section.text("id"), section.text("code_list", "")
    by_label = section.flag("by_label", default=False)
    section.text("name")
    if shared and shared not in code_lists:
        section.problem(f"there is no list {shared!r}", "code_list")
    labels = dict(code_lists[shared].names) if shared in code_lists else {}
    for row in section.sections("codes", 0 if shared else 1):
        code = row.text("code")
        if code in labels:
            row.problem(f"the code {code!r} stands here twice", "code")
        labels[code] = row.text("label")
        row.close()
    section.close()
    return ExchangeList(list_id, labels, by_label)


def _module(section: Section, lists: Mapping[str, ExchangeList]) -> Module:
    code = section.text("code")
    section.text("name")
    section.text("source")
    targets = [_target(row, lists) for row in section.sections("fields", 1)]
    for name in duplicates(target.name for target in targets):
        section.problem(f"{name!r} stands here twice", "fields")
    section.close()
    return Module(code, {target.name: target for target in targets})


def _target(section: Section, lists: Mapping[str, ExchangeList]) -> Target:
    target = Target(section.text("name"), section.one_of("type", TargetType, TargetType.TEXT), section.text("list", ""))
    if target.list_id and target.list_id not in lists:
        section.problem(f"there is no list {target.list_id!r}", "list")
    section.close()
    return target


class _Reader:
    """One pass over the file of a service."""

    def __init__(
        self,
        contract: Contract,
        person: YamlText,
        file: YamlText,
        forms: Mapping[str, Form],
        found: list[YamlProblem],
    ) -> None:
        self._contract = contract
        self._person = person
        self._found = found
        self._root = Section(file, found, file.root)
        self._code = self._root.text("service")
        form = forms.get(self._code)
        if form is None:
            self._root.problem(f"there is no service {self._code!r}", "service")
        self._fields: dict[str, Field] = all_fields(form) if form else {}
        module = self._root.text("module")
        if module not in contract.modules:
            self._root.problem(f"the contract has no module {module!r}", "module")
        self._module = contract.modules.get(module, Module(module, {}))

    def service(self) -> ServiceExchange:
        """The rows of the file, those for persons last: what is said of a name itself goes before."""
        persons = self._root.sections("persons")
        rows = [self._row(section) for section in self._root.sections("rows", at_least=1)]
        for section in persons:
            rows += self._person_rows(section)
        self._root.close()
        return ServiceExchange(self._code, self._module, tuple(row for row in rows if row))

    def _person_rows(self, section: Section) -> list[Row | None]:
        """The shared rows for one person, as far as the module and the form have what they name."""
        words = {"{to}": section.text("to"), "{from}": section.text("from")}
        section.close()
        nodes = self._person.root.get("rows") if isinstance(self._person.root, dict) else None
        rows = []
        for index, node in enumerate(nodes if isinstance(nodes, list) else []):
            written = _filled(node, words)
            if isinstance(written, dict) and self._fits(written):
                rows.append(self._row(Section(self._person, self._found, written, ("rows", index))))
        if not rows:
            section.problem("neither the module nor the form has such a person")
        return rows

    def _fits(self, row: dict[str, Node]) -> bool:
        without = row.pop("without", "")
        field = self._fields.get(str(row.get("from", "")))
        when = row.get("when")
        asked = when.get("field") if isinstance(when, dict) else None
        if without in self._module.targets or row.get("to") not in self._module.targets:
            return False
        if ("from" in row and field is None) or (asked is not None and asked not in self._fields):
            return False
        if field is not None and isinstance(codes := row.get("codes"), dict):
            there = {choice.code for choice in field.choices}
            left_out = row.get("left_out", [])
            row["codes"] = {code: text for code, text in codes.items() if code in there}
            row["left_out"] = [code for code in left_out if code in there] if isinstance(left_out, list) else left_out
            return bool(row["codes"])
        return True

    def _row(self, section: Section) -> Row | None:
        name = section.text("to")
        target = self._module.targets.get(name)
        if target is None:
            section.problem(f"the module {self._module.code} has no {name!r}", "to")
            return None
        given = [take for take in Take if section.has(take)]
        if len(given) != 1:
            section.problem(f"needs exactly one of {', '.join(Take)}")
            return None
        take = given[0]
        value = section.text(take) if take is Take.VALUE else ""
        fields = () if take is Take.VALUE else section.texts(take, at_least=1)
        begins = section.text("line_begins", "")
        when = read_condition(section, "when", self._fields)
        unknown = [name for name in (*fields, begins) if name and name not in self._fields]
        for field_id in unknown:
            section.problem(f"the form has no field {field_id!r}")
        codes = None if unknown else self._codes(section, target, take, fields)
        if take is Take.VALUE:
            self._check_constant(section, target, value)
        section.close()
        return Row(target, take, fields, value, codes, when, begins)

    def _check_constant(self, section: Section, target: Target, value: str) -> None:
        if target.list_id and value not in self._contract.lists[target.list_id].labels:
            section.problem(f"the list {target.list_id!r} has no {value!r}", Take.VALUE)
        elif target.type is TargetType.INT and not (value.isascii() and value.isdigit()):
            section.problem(f"{target.name!r} needs a whole number", Take.VALUE)
        elif target.type not in {TargetType.TEXT, TargetType.INT}:
            section.problem(f"{target.name!r} is of type {target.type}, and takes no constant", Take.VALUE)

    def _codes(self, section: Section, target: Target, take: Take, fields: tuple[str, ...]) -> dict[str, str] | None:
        """The codes of a choice with those of the target's list: each that the form has is mapped or left out."""
        left_out = section.texts("left_out")
        field = self._fields[fields[0]] if take is Take.FROM else None
        if field is None or not (target.list_id or section.has("codes")):
            return None
        if field.type is not FieldType.CHOICE:
            section.problem(f"{field.id!r} is no choice, and {target.name!r} takes a code")
            return None
        labels = self._contract.lists[target.list_id].labels if target.list_id else None
        own = section.section("codes") if section.has("codes") else None
        codes: dict[str, str] = {}
        for choice in field.choices:
            if choice.code in left_out:
                continue
            code = (own.text(choice.code, "") if own.has(choice.code) else "") if own else choice.code
            if not code or (labels is not None and code not in labels):
                section.problem(f"the code {choice.code!r} of {field.id!r} is not mapped")
            codes[choice.code] = code
        if own:
            own.close()
        return codes


def _filled(node: Node, words: Mapping[str, str]) -> Node:
    if isinstance(node, str):
        for place, word in words.items():
            node = node.replace(place, word)
        return node
    if isinstance(node, list):
        return [_filled(item, words) for item in node]
    return {key: _filled(value, words) for key, value in node.items()}
