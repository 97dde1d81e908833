"""Code lists of the state (ethnic groups, nationalities): what a dossier carries is code, name and list version."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.yaml_table import load_table


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list in its own order: the name of each code. `version` is the day or release of its source."""

    scheme: str
    version: str
    source: str
    names: Mapping[str, str]

    def name(self, code: str) -> str | None:
        """The Vietnamese name of `code`, or None when the list does not have it."""
        return self.names.get(code)

    def code(self, name: str) -> str | None:
        """The code of exactly this Vietnamese name, or None."""
        return next((code for code, listed in self.names.items() if listed == name), None)


def load_code_list(path: Path) -> CodeList:
    """Read one list. YamlProblem names file, line and reason; codes and names must each be there once."""
    table = load_table(path, {"scheme", "version", "source"}, "codes", {"code", "name"})
    names: dict[str, str] = {}
    for row in table.rows:
        if row["code"] in names:
            raise row.problem("code", f"the code {row['code']} stands here twice")
        if row["name"] in names.values():
            raise row.problem("name", f"the name {row['name']} stands here twice")
        names[row["code"]] = row["name"]
    header = table.header
    return CodeList(header["scheme"], header["version"], header["source"], names)
