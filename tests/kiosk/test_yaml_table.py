"""A table file has exactly its keys and no empty text; every mistake is reported by its line."""

from pathlib import Path

import pytest

from kiosk.yaml_table import Table, load_table
from kiosk.yaml_text import YamlProblem

GOOD = "name: màu\ncolours:\n  - { code: 01, name: đỏ }\n  - code: 02\n    name: xanh\n"


def load(folder: Path, content: str) -> Table:
    path = folder / "colours.yaml"
    path.write_text(content, encoding="utf-8")
    return load_table(path, {"name"}, "colours", {"code", "name"})


def test_header_and_rows(tmp_path: Path) -> None:
    table = load(tmp_path, GOOD)
    assert table.header["name"] == "màu"
    assert [(row["code"], row["name"]) for row in table.rows] == [("01", "đỏ"), ("02", "xanh")]


def test_a_row_reports_its_own_mistakes(tmp_path: Path) -> None:
    problem = load(tmp_path, GOOD).rows[1].problem("name", "no such colour")
    assert (problem.path.name, problem.line, problem.reason) == ("colours.yaml", 5, "no such colour")


@pytest.mark.parametrize(
    ("wrong", "line", "reason"),
    [
        ("just text", 1, "needs a list 'colours'"),
        ("name: màu\ncolours: none\n", 2, "needs a list 'colours'"),
        (GOOD.replace("name: màu\n", ""), 1, "exactly the keys name"),
        (GOOD + "size: 1\n", 1, "exactly the keys name"),
        (GOOD.replace("code: 02\n    ", ""), 4, "exactly the keys code, name"),
        (GOOD + "  - đen\n", 6, "exactly the keys code, name"),
        (GOOD.replace("name: xanh", "name:"), 5, "'name' needs a text"),
        (GOOD.replace("name: xanh", "name: [xanh]"), 5, "'name' needs a text"),
    ],
)
def test_a_wrong_file_names_line_and_reason(tmp_path: Path, wrong: str, line: int, reason: str) -> None:
    with pytest.raises(YamlProblem) as caught:
        load(tmp_path, wrong)
    assert caught.value.line == line
    assert reason in caught.value.reason
