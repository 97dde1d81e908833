"""Writes a civil-status service's answers in the names, types and codes of the ministry's exchange contract, as JSON.

Nothing is sent: an officer's software, or a person, takes the file over instead of typing everything again. What was
not answered, or is unknown, is left out.
"""

import json
from collections.abc import Mapping

from kiosk.catalog import Service
from kiosk.computed import all_fields
from kiosk.conditions import Facts, value_text
from kiosk.dates import parse_iso
from kiosk.exchange import Exchange, ExchangeList, Row, Take, TargetType
from kiosk.form import Address, Answer, Answers, Field
from kiosk.form_rules import completed, display_text, holds

SCHEMA = "diem-truy-cap/civil-status/1"
MEDIA_TYPE = "application/json"

_HOME = "VN"  # every address that a form takes is one of this country
Json = str | int | Mapping[str, str]
# A value, and the codes in it by their place in the message: {"nksNoiSinh.maXa": {"code", "label", "list"}}.
_Written = tuple[Json, dict[str, dict[str, str]]]


def export(
    exchange: Exchange, service: Service, answers: Answers, facts: Facts, areas_version: str
) -> dict[str, object] | None:
    """The message of the service's module: `data` by the contract's names, and `codes` with every code in it beside its
    label. None where the contract has no module for the service. `facts` as for kiosk.form_rules, with "today"."""
    mapping = exchange.services.get(service.code)
    if mapping is None:
        return None
    writing = _Writing(exchange, service, completed(service.form, answers, facts))
    said: dict[str, _Written] = {}
    for row in mapping.rows:
        if row.target.name in said or not holds(row.when, writing.live, facts):
            continue
        if written := writing.row(row):
            said[row.target.name] = written
    in_order = {name: said[name] for name in mapping.module.targets if name in said}
    return {
        "schema": SCHEMA,
        "contract": {"version": exchange.contract.version, "source": exchange.contract.source},
        "service": {"code": service.code, "name": service.name},
        "module": mapping.module.code,
        "areas_version": areas_version,
        "data": {name: value for name, (value, _codes) in in_order.items()},
        "codes": {place: code for _value, codes in in_order.values() for place, code in codes.items()},
    }


def as_bytes(message: Mapping[str, object]) -> bytes:
    """The message as the file that is handed over: UTF-8 JSON, readable for a person."""
    return (json.dumps(message, ensure_ascii=False, indent=2) + "\n").encode()


def file_name(slip_code: str) -> str:
    """The name of that file."""
    return f"ho-tich-{slip_code}.json"


class _Writing:
    """Writes values from the answers that are filed."""

    def __init__(self, exchange: Exchange, service: Service, live: Answers) -> None:
        self._lists = exchange.contract.lists
        self._fields = all_fields(service.form)
        self.live = live

    def row(self, row: Row) -> _Written | None:
        """What the row has to say, or None."""
        match row.take:
            case Take.VALUE:
                return self._constant(row)
            case Take.FROM:
                answer = self._known(row.fields[0])
                return self._answer(row, self._fields[row.fields[0]], answer) if answer else None
            case Take.WORDS:
                return self._plain("; ".join(filter(None, map(self._text, row.fields))))
            case Take.CLOCK:
                return self._plain(":".join(f"{int(text):02}" for name in row.fields if (text := self._text(name))))

    def _constant(self, row: Row) -> _Written:
        if row.target.list_id:
            return self._coded(row, row.value)
        return int(row.value) if row.target.type is TargetType.INT else row.value, {}

    def _known(self, name: str) -> Answer | None:
        answer = self.live.get(name)
        return None if answer is None or answer.unknown else answer

    def _text(self, name: str) -> str:
        answer = self._known(name)
        return display_text(self._fields[name], answer.value) if answer else ""

    def _plain(self, text: str) -> _Written | None:
        return (text, {}) if text else None

    def _answer(self, row: Row, field: Field, answer: Answer) -> _Written | None:
        value, text = answer.value, display_text(field, answer.value)
        if isinstance(value, Address):
            return self._address(row, value)
        if row.codes is not None:
            code = row.codes.get(value_text(answer))
            return None if code is None else self._coded(row, code) if row.target.list_id else (code, {})
        if row.target.list_id:
            return self._coded(row, value_text(answer))
        match row.target.type:
            case TargetType.INT:
                return int(value_text(answer)), {}
            case TargetType.ADDRESS:
                return {"dcChiTiet": text}, {}
            case TargetType.NAME_PARTS:
                return name_parts(text), {}
            case TargetType.DATE_PARTS:
                return date_parts(str(value)), {}
            case TargetType.TEXT | TargetType.DATE:
                return text, {}

    def _coded(self, row: Row, code: str) -> _Written:
        listed: ExchangeList = self._lists[row.target.list_id]
        label = listed.labels[code]
        value: Json = label if listed.by_label else int(code) if row.target.type is TargetType.INT else code
        return value, {row.target.name: {"code": code, "label": label, "list": listed.id}}

    def _address(self, row: Row, address: Address) -> _Written:
        line = ", ".join(filter(None, (self._text(row.line_begins) if row.line_begins else "", address.line)))
        codes = {
            f"{row.target.name}.maTinh": _area(address.province_code, address.province_name, "tinh"),
            f"{row.target.name}.maXa": _area(address.commune_code, address.commune_name, "xa"),
        }
        if row.target.type is not TargetType.ADDRESS:
            return ", ".join(filter(None, (line, address.commune_name, address.province_name))), codes
        parts = {"quocGia": _HOME, "maTinh": address.province_code, "maXa": address.commune_code, "dcChiTiet": line}
        return {name: part for name, part in parts.items() if part}, codes


def _area(code: str, label: str, list_id: str) -> dict[str, str]:
    return {"code": code, "label": label, "list": list_id}


def name_parts(name: str) -> dict[str, str]:
    """The name by the places of its words: the first is Ho, the last Ten, the others ChuDem. It is no more than the
    contract's way to carry a name: who bears a name of the Central Highlands or abroad has the family name elsewhere.
    Joined again, the parts are the name."""
    words = name.split()
    family, given = (words[0], words[-1]) if len(words) > 1 else ("", name)
    parts = {"Ho": family, "ChuDem": " ".join(words[1:-1]), "Ten": given}
    return {part: text for part, text in parts.items() if text}


def date_parts(iso: str) -> dict[str, str]:
    """A date of reduced precision by its parts, those that are known."""
    day = parse_iso(iso)
    if day is None:
        return {}
    parts = {"ngaySinh": day.day, "thangSinh": day.month, "namSinh": day.year}
    return {name: f"{number:02}" for name, number in parts.items() if number is not None}
