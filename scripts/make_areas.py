"""Writes resources/areas/ from the database in the wheel of vietnamadminunits 1.0.4 and the resolutions of 2026.

Run again after a new resolution (add it to AMENDMENTS):

    pip download --no-deps --dest out vietnamadminunits==1.0.4
    PYTHONPATH=. .venv/bin/python scripts/make_areas.py out/vietnamadminunits-1.0.4-py3-none-any.whl
"""

import hashlib
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.old_areas import commune_key, district_key
from kiosk.vietnamese import fold

TARGET = Path(__file__).resolve().parent.parent / "resources" / "areas"
WHEEL_SHA256 = "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"
CITY, PROVINCE = "Thành phố", "Tỉnh"
KINDS = ("Xã", "Phường", "Đặc khu")
COUNTS_OF_2025 = {"Xã": 2621, "Phường": 687, "Đặc khu": 13}  # Quyết định 19/2025/QĐ-TTg
COUNTS_NOW = {"Xã": 2599, "Phường": 709, "Đặc khu": 13}


class Amendment(NamedTuple):
    """What a resolution changed: a province became a city, or communes became wards. Codes and names stay."""

    in_force: str
    source: str
    city: str = ""
    wards: str = ""

    def change(self) -> str:
        """One line for the metadata."""
        return f"{self.city} {CITY}" if self.city else f"{self.wards} Phường"


AMENDMENTS = (
    Amendment("2026-04-30", "Nghị quyết 30/2026/QH16", city="75"),
    Amendment(
        "2026-04-30",
        "Nghị quyết 237/NQ-UBTVQH16",
        wards="25270 25357 25363 26116 26170 26248 26326 26368 26425 26485",
    ),
    Amendment("2026-09-01", "Nghị quyết 36/2026/QH16", city="22"),
    Amendment("2026-09-20", "Nghị quyết 39/2026/QH16", city="24"),
    Amendment(
        "2026-09-20",
        "Nghị quyết 388/NQ-UBTVQH16",
        wards="07294 07375 07399 07444 07840 09193 09292 09313 09319 09454 09475 09496",
    ),
)

# Tiền Giang: most of it is Đồng Tháp (82) today, a part is Tây Ninh (80), so its citizens are asked.
SPLIT = {"82"}

# Other spellings on cards and papers, written like kiosk.vietnamese.fold without spaces.
ALIASES = {
    "06": "baccan",
    "46": "thuathienhue",
    "66": "daclac",
    "67": "dacnong",
    "77": "brvt",
    "79": "hcm tphcm",
}

METADATA = """\
# Made by scripts/make_areas.py; change the script, not this file.
version: {version}
source: "Quyết định 19/2025/QĐ-TTg, theo bộ dữ liệu vietnamadminunits 1.0.4, và các nghị quyết dưới đây"
licence: "MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu, see LICENSE beside this file"
amendments:
"""


class Province(NamedTuple):
    """A row of provinces.tsv."""

    code: str
    kind: str
    name: str


class Commune(NamedTuple):
    """A row of communes.tsv."""

    code: str
    kind: str
    province: str
    name: str


def split_name(full_name: str, kinds: tuple[str, ...]) -> tuple[str, str]:
    """Kind and name. The name's own first words decide: the database's column of kinds has four mistakes."""
    kind = next(kind for kind in kinds if full_name.startswith(kind + " "))
    return kind, full_name.removeprefix(kind + " ")


def read_today(database: sqlite3.Connection) -> tuple[list[Province], list[Commune]]:
    """The units of 1 July 2025."""
    provinces, communes = {}, []
    rows = database.execute("SELECT provinceCode, province, wardCode, ward FROM admin_units ORDER BY wardCode")
    for province_code, province, code, full_name in rows:
        provinces[province_code] = Province(province_code, *split_name(province, (CITY, PROVINCE)))
        kind, name = split_name(full_name, KINDS)
        communes.append(Commune(code, kind, province_code, name))
    return sorted(provinces.values()), communes


def amend(provinces: list[Province], communes: list[Commune]) -> tuple[list[Province], list[Commune]]:
    """The units after AMENDMENTS."""
    cities = {amendment.city for amendment in AMENDMENTS}
    wards = {code for amendment in AMENDMENTS for code in amendment.wards.split()}
    return (
        [unit._replace(kind=CITY) if unit.code in cities else unit for unit in provinces],
        [unit._replace(kind="Phường") if unit.code in wards else unit for unit in communes],
    )


def read_old_provinces(database: sqlite3.Connection, converter: dict[str, list[str]]) -> list[list[str]]:
    """The 63 provinces until 30 June 2025: code, name, code of today, other spellings; "-" where there is none."""
    codes = dict(database.execute("SELECT DISTINCT provinceKey, provinceCode FROM admin_units"))
    today = {old: codes[new] for new, olds in converter.items() for old in olds}
    rows = database.execute("SELECT DISTINCT provinceCode, provinceShort, provinceKey FROM admin_units_legacy")
    return sorted(
        [code, name, "-" if code in SPLIT else today[key], ALIASES.get(code, "-")] for code, name, key in rows
    )


def read_old_communes(
    database: sqlite3.Connection, converter: dict[str, dict[str, dict[str, list[Any]]]]
) -> tuple[list[list[str]], list[list[str]]]:
    """The districts and the communes until 30 June 2025. A commune's row ends with the codes of all communes of today
    that have a part of it, by the resolutions of the National Assembly's committee (1654 to 1687/NQ-UBTVQH15)."""
    codes = {
        (province, ward): code
        for province, ward, code in database.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
    }
    today: dict[str, set[str]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                today.setdefault(old, set()).add(codes[province, ward])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            today.setdefault(old, set()).update(codes[province, part["newWardKey"]] for part in parts)
    query = "SELECT provinceCode, districtCode, district, wardCode, ward, provinceKey, districtKey, wardKey"
    districts, communes = {}, []
    for province, district, district_name, code, name, *keys in database.execute(f"{query} FROM admin_units_legacy"):
        districts[district] = [district, province, district_key(fold(district_name)), district_name]
        # An island district had no communes: it stands for itself.
        now = " ".join(sorted(today["_".join(key or "" for key in keys)]))
        called = name or district_name
        communes.append([code or f"{district}00", district, commune_key(fold(called)), called, now])
    return sorted(districts.values()), sorted(communes)


def check(provinces: list[Province], communes: list[Commune], old: list[list[str]], counts: object) -> None:
    """Refuse data that is not what the law says."""
    found = Counter(unit.kind for unit in communes)
    codes = {unit.code for unit in communes}
    if found != counts or len(codes) != 3321 or len(provinces) != 34 or len(old) != 63:
        raise SystemExit(f"unexpected counts: {found}, {len(codes)}, {len(provinces)}, {len(old)}")


def write(name: str, header: str, rows: Iterable[Iterable[str]]) -> None:
    """One tab-separated file."""
    lines = [header, *("\t".join(row) for row in rows)]
    (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main(wheel: Path) -> None:
    """Read the wheel, apply the resolutions, check, write."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel} is not vietnamadminunits 1.0.4")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        database = sqlite3.connect(archive.extract("vietnamadminunits/data/dataset.db", folder))
        converter = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
        licence = archive.read("vietnamadminunits-1.0.4.dist-info/licenses/LICENSE")
        provinces, communes = read_today(database)
        old = read_old_provinces(database, converter["DICT_PROVINCE"])
        old_districts, old_communes = read_old_communes(database, converter)
        database.close()
    check(provinces, communes, old, COUNTS_OF_2025)
    provinces, communes = amend(provinces, communes)
    check(provinces, communes, old, COUNTS_NOW)
    TARGET.mkdir(parents=True, exist_ok=True)
    write("provinces.tsv", "code\tkind\tname", provinces)
    write("communes.tsv", "code\tkind\tprovince\tname", communes)
    write("old_provinces.tsv", "code\tname\ttoday\taliases", old)
    write("old_districts.tsv", "code\tprovince\tkey\tname", old_districts)
    write("old_communes.tsv", "code\tdistrict\tkey\tname\ttoday", old_communes)
    rows = [f'  - {{ in_force: {a.in_force}, source: "{a.source}", change: "{a.change()}" }}\n' for a in AMENDMENTS]
    metadata = METADATA.format(version=AMENDMENTS[-1].in_force) + "".join(rows)
    (TARGET / "areas.yaml").write_text(metadata, encoding="utf-8")
    (TARGET / "LICENSE").write_bytes(licence)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
