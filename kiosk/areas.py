"""Provinces and communes of today, found by code or by typing without accents, with the day of their data."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.name_search import Entry, by_name, search
from kiosk.old_areas import OldAreas, OldCommune, read_old_areas
from kiosk.vietnamese import fold
from kiosk.yaml_table import load_table

PROVINCE_KINDS = ("Thành phố", "Tỉnh")
COMMUNE_KINDS = ("Xã", "Phường", "Đặc khu")


class AreasProblem(KioskError):
    """A file of areas is wrong; the text names file, line and reason."""

    key = "areas"


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34 provinces and centrally-run cities; `code` has two digits, `kind` is one of PROVINCE_KINDS."""

    code: str
    name: str
    kind: str

    @property
    def full_name(self) -> str:
        """As it is written in an address: "Thành phố Hà Nội"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Commune:
    """One of the 3,321 communes; `code` has five digits, `kind` is one of COMMUNE_KINDS."""

    code: str
    name: str
    kind: str
    province_code: str

    @property
    def full_name(self) -> str:
        """As it is written in an address: "Phường Hoàn Kiếm"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class OldProvince:
    """One of the 63 provinces until 30 June 2025; `today` is the code of the one that it belongs to now, None where it
    was split."""

    code: str
    today: str | None


@dataclass(frozen=True)
class Areas:
    """All areas, valid at the day `version` (ISO), by ascending code.

    `old_provinces` leads from the folded name without spaces of a province until 30 June 2025 to its code then and the
    code of today's, which is None where the old one was split. `old` has the old communes.
    """

    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]
    version: str
    old_provinces: Mapping[str, "OldProvince"]
    old: OldAreas
    _province_entries: tuple[Entry[Province], ...] = field(init=False, repr=False, compare=False)
    _commune_entries: Mapping[str, Sequence[Entry[Commune]]] = field(init=False, repr=False, compare=False)
    _communes_by_code: Mapping[str, Commune] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_province: dict[str, list[Entry[Commune]]] = {province.code: [] for province in self.provinces}
        for commune in self.communes:
            by_province[commune.province_code].append(Entry.of(commune))
        for entries in by_province.values():
            entries.sort(key=by_name)
        object.__setattr__(self, "_province_entries", tuple(map(Entry.of, self.provinces)))
        object.__setattr__(self, "_commune_entries", by_province)
        object.__setattr__(self, "_communes_by_code", {commune.code: commune for commune in self.communes})

    def province(self, code: str) -> Province | None:
        """The province with this code."""
        return next((province for province in self.provinces if province.code == code), None)

    def commune(self, code: str) -> Commune | None:
        """The commune with this code."""
        return self._communes_by_code.get(code)

    def communes_of(self, province_code: str) -> tuple[Commune, ...]:
        """The communes of a province by name."""
        return tuple(entry.unit for entry in self._commune_entries.get(province_code, ()))

    def search_communes(self, text: str, province_code: str | None, limit: int) -> tuple[Commune, ...]:
        """At most `limit` communes, of one province or of all, that `text` may mean, best first.

        Accents, case, spaces and the kind ("phường") may be missing; words may be unfinished.
        """
        codes = self._commune_entries if province_code is None else [province_code]
        entries = (entry for code in codes for entry in self._commune_entries.get(code, ()))
        return search(entries, text, COMMUNE_KINDS)[:limit]

    def search_old_communes(self, text: str, province_code: str, limit: int) -> tuple[tuple[Commune, OldCommune], ...]:
        """At most `limit` communes of the province by the names of the old ones that they have a part of, with those:
        people go on calling their commune as they always did. Nothing for less than two letters."""
        typed = fold(text)
        if len(typed) < 2:
            return ()
        olds = dict.fromkeys(old.code for old in self.old_provinces.values() if old.today in (province_code, None))
        found = ((self.commune(code), old) for old in self.old.named(olds, typed) for code in old.today)
        here = ((unit, old) for unit, old in found if unit is not None and unit.province_code == province_code)
        return tuple(islice(here, limit))

    def search_provinces(self, text: str) -> tuple[Province, ...]:
        """The provinces that `text` may mean, best first; else today's province of an old one of this name."""
        found = search(self._province_entries, text, (*PROVINCE_KINDS, "TP"))
        old = self.old_provinces.get(fold(text).replace(" ", ""))
        return found or tuple(province for province in self.provinces if old and province.code == old.today)


def load_areas(folder: Path) -> Areas:
    """Read the tables of today's and the old areas, and areas.yaml, of `folder`.

    Raises AreasProblem, or YamlProblem for areas.yaml.
    """
    metadata = load_table(
        folder / "areas.yaml", {"version", "source", "licence"}, "amendments", {"in_force", "source", "change"}
    )
    provinces = load_provinces(folder)
    codes = {province.code for province in provinces}
    communes = tuple(
        Commune(code, name, kind, province)
        for code, kind, province, name in _rows(
            folder / "communes.tsv",
            ("code", "kind", "province", "name"),
            lambda row: len(row[0]) == 5 and row[1] in COMMUNE_KINDS and row[2] in codes,
        )
    )
    old = _rows(
        folder / "old_provinces.tsv",
        ("code", "name", "today", "aliases"),
        lambda row: row[2] == "-" or row[2] in codes,
    )
    today = frozenset(commune.code for commune in communes)
    old_areas = read_old_areas(lambda name, columns, good: _rows(folder / name, columns, good), today)
    return Areas(provinces, communes, metadata.header["version"], dict(_old_names(old)), old_areas)


def load_provinces(folder: Path) -> tuple[Province, ...]:
    """The provinces alone, by ascending code. Raises AreasProblem."""
    rows = _rows(folder / "provinces.tsv", ("code", "kind", "name"), _is_province)
    return tuple(Province(code, name, kind) for code, kind, name in rows)


def _is_province(row: Sequence[str]) -> bool:
    return len(row[0]) == 2 and row[1] in PROVINCE_KINDS


def _old_names(rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, OldProvince]]:
    for code, name, today, aliases in rows:
        spellings = [fold(name).replace(" ", ""), *(aliases.split() if aliases != "-" else [])]
        for spelling in spellings:
            yield spelling, OldProvince(code, None if today == "-" else today)


def _rows(path: Path, columns: Sequence[str], is_good: Callable[[Sequence[str]], bool]) -> Iterator[Sequence[str]]:
    """The rows of a tab-separated file with these columns, ascending by the first, none empty."""
    try:
        header, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    except (OSError, UnicodeDecodeError) as error:
        raise AreasProblem(f"{path}: cannot be read: {error}") from error
    if tuple(header.split("\t")) != tuple(columns):
        raise AreasProblem(f"{path}:1: the columns must be {', '.join(columns)}")
    before = ""
    for number, line in enumerate(lines, start=2):
        row = line.split("\t")
        if len(row) != len(columns) or not all(row) or row[0] <= before or not is_good(row):
            raise AreasProblem(f"{path}:{number}: not a row of {', '.join(columns)} in the order of codes")
        before = row[0]
        yield row
