"""Reads a YAML file of one common shape: a header of texts and one list of flat rows, all keys being known."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.yaml_text import NodePath, YamlProblem, YamlText, load_text


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one row, and the way to report a mistake in one of them."""

    texts: Mapping[str, str]
    _file: YamlText
    _at: NodePath

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def problem(self, key: str, reason: str) -> YamlProblem:
        """An error about the value of `key`, with its file and line."""
        return self._file.problem((*self._at, key), reason)


@dataclass(frozen=True, slots=True)
class Table:
    """The header (a row, too) and the rows in the order of the file."""

    header: Row
    rows: tuple[Row, ...]


def load_table(path: Path, header_keys: set[str], rows_key: str, row_keys: set[str]) -> Table:
    """Read `path`: exactly `header_keys` with texts, and under `rows_key` a list of rows with `row_keys`.

    No text may be empty. YamlProblem names file, line and reason.
    """
    file = load_text(path)
    root = file.root
    if not isinstance(root, dict) or not isinstance(rows := root.get(rows_key), list):
        raise file.problem((rows_key,), f"needs a list {rows_key!r}")
    header = {key: value for key, value in root.items() if key != rows_key}
    return Table(
        _row(file, (), header, header_keys),
        tuple(_row(file, (rows_key, index), row, row_keys) for index, row in enumerate(rows)),
    )


def _row(file: YamlText, at: NodePath, node: object, keys: set[str]) -> Row:
    if not isinstance(node, dict) or node.keys() != keys:
        raise file.problem(at, f"needs exactly the keys {', '.join(sorted(keys))}")
    for key, value in node.items():
        if not isinstance(value, str) or not value:
            raise file.problem((*at, key), f"{key!r} needs a text")
    return Row(node, file, at)
