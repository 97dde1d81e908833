"""What the three-level address of an older card says about today's areas: hints to show, never a choice."""

import re

from kiosk.areas import Areas, Commune, Province
from kiosk.vietnamese import fold

_PROVINCE_WORDS = re.compile(r"^(?:thanh pho|tinh|tp|t) ")
_COMMUNE_WORDS = re.compile(r"^(?:xa|phuong|thi tran|dac khu|quan|huyen|thi xa|thanh pho|x|p|tt|dk|q|h|tx|tp) ")


def old_province_hint(address: str, areas: Areas) -> Province | None:
    """Today's province of the last part of `address`; None when it is unknown or was split, so that one asks.

    Names of before and after 1 July 2025 are understood (Resolution 202/2025/QH15), with or without accents,
    "Thành phố", "TP.", "Tỉnh", "T." and "HCM".
    """
    parts = _parts(address)
    if not parts:
        return None
    for spelling in (parts[-1], _PROVINCE_WORDS.sub("", parts[-1])):
        if code := areas.old_provinces.get(spelling.replace(" ", "")):
            return areas.province(code)
    return None


def commune_candidates(address: str, areas: Areas) -> tuple[Commune, ...]:
    """Communes of today's province that have the name of a part of `address`, the most precise part first.

    Suggestions only: a name may have moved, and many old communes were divided among several new ones.
    """
    province = old_province_hint(address, areas)
    if province is None:
        return ()
    by_name: dict[str, list[Commune]] = {}
    for commune in areas.communes_of(province.code):
        by_name.setdefault(fold(commune.name), []).append(commune)
    names = [_COMMUNE_WORDS.sub("", part) for part in _parts(address)[:-1]]
    return tuple(dict.fromkeys(commune for name in names for commune in by_name.get(name, ())))


def _parts(address: str) -> list[str]:
    parts = [folded for part in re.split("[,;]", address) if (folded := fold(part))]
    return parts[:-1] if parts and parts[-1] == "viet nam" else parts
