"""docs/faults.md is whole: no case of the matrix is missing, and every test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "faults.md"
CASES = range(1, 73)
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def functions_of(path: str) -> set[str]:
    """The functions that a module defines, read and not run."""
    if not (ROOT / path).exists():
        return set()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8"))


def test_every_case_of_the_matrix_has_its_row() -> None:
    assert [int(number) for number, *_ in rows()] == list(CASES)


def test_every_test_that_is_named_is_there() -> None:
    named = [place for *_, tests in rows() for place in TEST.findall(tests)]
    assert len(named) > len(CASES)
    missing = [f"{path}::{name}" for path, name in named if name not in functions_of(path)]
    assert missing == []


def test_a_case_without_a_test_says_why() -> None:
    without = {number: happens for number, _, happens, tests in rows() if not TEST.search(tests)}
    assert {number: happens for number, happens in without.items() if "No test:" not in happens} == {}
