"""The three tiers until 30 June 2025, and which communes of today have a part of each old commune."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

# As papers write them, folded. "Thành phố" can be a district as well as a province.
_DISTRICT_WORDS = re.compile(r"^(?:quan|huyen|thi xa|thanh pho|q|h|tx|tp) ")
_COMMUNE_WORDS = re.compile(r"^(?:xa|phuong|thi tran|dac khu|x|p|tt|dk) ")
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")  # "Phường 01" and "Phường 1" are one


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune until 30 June 2025. `today` are the codes of the communes that have a part of it now: several where it
    was divided, and then only its people know which is theirs."""

    name: str
    district_name: str
    today: tuple[str, ...]


@dataclass(frozen=True)
class OldAreas:
    """The old communes by district, found by their folded names; districts by the code of their old province."""

    _districts: Mapping[str, Mapping[str, Mapping[str, tuple[OldCommune, ...]]]]

    def communes(self, province: str, district: str, commune: str) -> tuple[OldCommune, ...]:
        """The communes that the folded parts of an address mean, in the old province of that code. Without a district
        ("") all of that name in the province: one that is meant cannot be told from the others."""
        wanted = commune_key(commune)
        if not wanted:
            return ()
        districts = self._districts.get(province, {})
        names: Iterable[str] = [district_key(district)] if district else districts
        return tuple(found for name in names for found in districts.get(name, {}).get(wanted, ()))

    def of_district(self, province: str, district: str) -> tuple[OldCommune, ...]:
        """All communes of a district."""
        communes = self._districts.get(province, {}).get(district_key(district), {})
        return tuple(found for matches in communes.values() for found in matches)

    def named(self, provinces: Iterable[str], typed: str) -> tuple[OldCommune, ...]:
        """The communes of those old provinces whose name begins with the folded text; for a search by typing."""
        wanted = commune_key(typed) or typed
        return tuple(
            found
            for province in provinces
            for communes in self._districts.get(province, {}).values()
            for name, matches in communes.items()
            if name.startswith(wanted)
            for found in matches
        )


def is_district(folded: str) -> bool:
    """Whether the part of an address says that it is a district."""
    return _DISTRICT_WORDS.match(folded) is not None


def is_commune(folded: str) -> bool:
    """Whether the part of an address says that it is a commune."""
    return _COMMUNE_WORDS.match(folded) is not None


def district_key(folded: str) -> str:
    """The bare name of a district: "quan ba dinh" and "q ba dinh" are "ba dinh"."""
    return _LEADING_ZEROS.sub("", _DISTRICT_WORDS.sub("", folded))


def commune_key(folded: str) -> str:
    """The bare name of a commune."""
    return _LEADING_ZEROS.sub("", _COMMUNE_WORDS.sub("", folded))


# (file, columns, whether a row is good) -> its rows
Rows = Callable[[str, Sequence[str], Callable[[Sequence[str]], bool]], Iterator[Sequence[str]]]


def read_old_areas(rows: Rows, communes_today: frozenset[str]) -> OldAreas:
    """From old_districts.tsv and old_communes.tsv, in which `key` is the bare folded name. `rows` gives the rows of a
    file with these columns, each good."""
    of_districts = ("code", "province", "key", "name")
    districts = {
        code: (province, key, name)
        for code, province, key, name in rows("old_districts.tsv", of_districts, lambda row: len(row[0]) == 3)
    }

    def is_good(row: Sequence[str]) -> bool:
        return row[1] in districts and communes_today.issuperset(row[4].split())

    found: dict[str, dict[str, dict[str, tuple[OldCommune, ...]]]] = {}
    columns = ("code", "district", "key", "name", "today")
    for _code, district, key, name, today in rows("old_communes.tsv", columns, is_good):
        province, bare_district, district_name = districts[district]
        of_district = found.setdefault(province, {}).setdefault(bare_district, {})
        of_district[key] = (*of_district.get(key, ()), OldCommune(name, district_name, tuple(today.split())))
    return OldAreas(found)
