"""The exchange contract of the ministry's civil-status software as values: its names, types and lists, and what of a
form's answers goes where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.form import Condition


class TargetType(StrEnum):
    """What the contract takes under a name."""

    TEXT = "text"
    INT = "int"
    DATE = "date"  # dd/MM/yyyy; MM/yyyy or yyyy where no more is known
    ADDRESS = "address"  # {quocGia, maTinh, maXa, dcChiTiet}
    NAME_PARTS = "name_parts"  # {Ho, ChuDem, Ten}
    DATE_PARTS = "date_parts"  # {ngaySinh, thangSinh, namSinh}


@dataclass(frozen=True, slots=True)
class Target:
    """One name of a module. `list_id` names the contract's list where the value is a code of one, "" elsewhere."""

    name: str
    type: TargetType
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeList:
    """One list of codes. `by_label` says that the message carries the label, where the software has codes of its own
    that are not these."""

    id: str
    labels: Mapping[str, str]
    by_label: bool = False


@dataclass(frozen=True, slots=True)
class Module:
    """One kind of registration, with its names in the contract's order."""

    code: str
    targets: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class Contract:
    """All that is known of the contract, and from where."""

    version: str
    source: str
    lists: Mapping[str, ExchangeList]
    modules: Mapping[str, Module]


class Take(StrEnum):
    """How a row makes a value: a constant, one answer, several answers in words, or hour and minute."""

    VALUE = "value"
    FROM = "from"
    WORDS = "words"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Row:
    """What goes under one name. Of several rows for a name the first that has a value counts. `codes` are the form's
    codes with those of the contract's list, or with words; a code that is not there gives no value. `line_begins` is a
    field whose text stands before the line of an address."""

    target: Target
    take: Take
    fields: tuple[str, ...] = ()
    value: str = ""
    codes: Mapping[str, str] | None = None
    when: Condition | None = None
    line_begins: str = ""


@dataclass(frozen=True, slots=True)
class ServiceExchange:
    """The rows of one service."""

    service_code: str
    module: Module
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """The contract, and what of each service's answers it takes. A service that is not there has no module."""

    contract: Contract
    services: Mapping[str, ServiceExchange]
