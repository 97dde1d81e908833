"""Writes resources/codes/nationalities.yaml from the Vietnamese country names of CLDR that Babel carries.

Run again after an upgrade of Babel: PYTHONPATH=. .venv/bin/python scripts/make_nationalities.py
"""

from pathlib import Path

import babel

from kiosk.vietnamese import fold

TARGET = Path(__file__).resolve().parent.parent / "resources" / "codes" / "nationalities.yaml"

# In CLDR, but no code of ISO 3166-1: groups, pseudo-locales and exceptional reservations.
NOT_ISO = {"AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
UNINHABITED = {"AQ", "BV", "GS", "HM", "IO", "TF", "UM"}
# As the forms of the Ministry of Justice name them.
OFFICIAL_NAMES = {
    "HK": "Trung Quốc (Hồng Công)",
    "MM": "Myanmar",
    "MO": "Trung Quốc (Ma Cao)",
    "PS": "Palestine",
    "TW": "Trung Quốc (Đài Loan)",
}
HEADER = f"""\
# Made by scripts/make_nationalities.py; change the script, not this file.
# Names: Unicode CLDR, Unicode License V3. Territories without inhabitants are left out.
# 200 is no ISO code: the electronic forms of the Ministry of Justice use it for stateless persons.
scheme: ISO 3166-1 alpha-2
version: Babel {babel.__version__}
source: Unicode CLDR, tên nước bằng tiếng Việt, qua Babel {babel.__version__}
codes:
  - {{ code: VN, name: Việt Nam }}
"""


def nationalities() -> list[tuple[str, str]]:
    """Code and name of every country but Vietnam, by name."""
    names = {code: name for code, name in babel.Locale("vi").territories.items() if len(code) == 2}
    chosen = {code: OFFICIAL_NAMES.get(code, name) for code, name in names.items()}
    for code in NOT_ISO | UNINHABITED | {"VN"}:
        del chosen[code]
    return sorted(chosen.items(), key=lambda entry: fold(entry[1]))


def main() -> None:
    """Write the file."""
    rows = [*nationalities(), ("200", "Không quốc tịch")]
    lines = [f'  - {{ code: {code}, name: "{name}" }}\n' for code, name in rows]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
