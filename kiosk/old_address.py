"""What the address on a card says about today's areas: hints to show, never a choice that nobody made."""

import re
from dataclasses import dataclass

from kiosk.areas import Areas, Commune, OldProvince, Province
from kiosk.old_areas import OldCommune, commune_key, is_commune, is_district
from kiosk.vietnamese import fold

_PROVINCE_WORDS = re.compile(r"^(?:thanh pho|tinh|tp|t) ")
_COUNTRY = "viet nam"


@dataclass(frozen=True, slots=True)
class PrintedAddress:
    """An address as a card has it, read with today's areas.

    `province` is None where it is unknown or was split. `communes` are those of today that it can lie in, all of them
    where the old commune was divided; empty where the name says nothing. `old_name` is the old commune as it was
    called ("Xã Hòa Bình, Huyện Thường Tín"), "" where the address has today's two tiers. `line` is what stands before.
    """

    line: str
    province: Province | None
    communes: tuple[Commune, ...] = ()
    old_name: str = ""


def read_printed(address: str, areas: Areas) -> PrintedAddress:
    """The address of a card of before or after 1 July 2025 (Resolution 202/2025/QH15), with or without accents,
    "Thành phố", "TP.", "Tỉnh", "T.", "Q.", "P." and "HCM", with or without its district."""
    parts = [part.strip() for part in re.split("[,;]", address) if fold(part)]
    if parts and fold(parts[-1]) == _COUNTRY:
        parts.pop()
    old_province = _province(parts[-1], areas) if parts else None
    if old_province is None:
        return PrintedAddress(parts[0] if parts else "", None)
    today = areas.province(old_province.today) if old_province.today else None
    return (
        _three_tiers(parts, old_province, areas)
        or _two_tiers(parts, today, areas)
        or _without_district(parts, old_province, areas)
        or PrintedAddress(", ".join(parts[: min(1, len(parts) - 1)]), today)
    )


def _province(part: str, areas: Areas) -> OldProvince | None:
    folded = fold(part)
    spellings = (folded, _PROVINCE_WORDS.sub("", folded))
    names = (areas.old_provinces.get(spelling.replace(" ", "")) for spelling in spellings)
    return next((province for province in names if province is not None), None)


def _three_tiers(parts: list[str], province: OldProvince, areas: Areas) -> PrintedAddress | None:
    """Commune, district, province; of a commune that is not known, all that are left of its district."""
    if len(parts) < 2 or is_commune(fold(parts[-2])):
        return None
    district = fold(parts[-2])
    named = areas.old.communes(province.code, district, fold(parts[-3])) if len(parts) > 2 else ()
    if named:
        return _old(parts, 3, named, areas)
    whole = areas.old.of_district(province.code, district)
    return _old(parts, 2, whole, areas) if whole and is_district(district) else None


def _without_district(parts: list[str], province: OldProvince, areas: Areas) -> PrintedAddress | None:
    """A commune whose district is left out, or is written as nobody knows it."""
    for tiers in (2, 3):
        if len(parts) >= tiers and (found := areas.old.communes(province.code, "", fold(parts[-tiers]))):
            return _old(parts, tiers, found, areas)
    return None


def _old(parts: list[str], tiers: int, found: tuple[OldCommune, ...], areas: Areas) -> PrintedAddress:
    codes = dict.fromkeys(code for commune in found for code in commune.today)
    communes = tuple(commune for code in codes if (commune := areas.commune(code)) is not None)
    provinces = {commune.province_code for commune in communes}
    only = areas.province(next(iter(provinces))) if len(provinces) == 1 else None
    names = {", ".join(dict.fromkeys((commune.name, commune.district_name))) for commune in found}
    return PrintedAddress(", ".join(parts[:-tiers]), only, communes, names.pop() if len(names) == 1 else parts[-tiers])


def _two_tiers(parts: list[str], province: Province | None, areas: Areas) -> PrintedAddress | None:
    if len(parts) < 2 or province is None or is_district(fold(parts[-2])):
        return None
    wanted = commune_key(fold(parts[-2]))
    found = tuple(unit for unit in areas.communes_of(province.code) if commune_key(fold(unit.name)) == wanted)
    return PrintedAddress(", ".join(parts[:-2]), province, found) if found else None
