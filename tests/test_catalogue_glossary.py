"""Whoever writes down services finds every line of `kiosk catalog check` explained in docs/catalogue.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READERS = [
    *("catalog_file", "catalog_folders", "condition_file", "dead_rows", "fact_file", "fee_file", "field_file"),
    *("form_blocks", "form_file", "part_file", "reachability", "rule_file", "service_file", "typed_yaml"),
    *("yaml_layers", "yaml_text"),
]
TELLERS = {"problem", "follow_up", "YamlProblem", "_problem", "_unread"}
TABLE_CELL = re.compile(r"^\| (`.*?) \|", re.MULTILINE)
EXPLAINED = [
    line
    for cell in TABLE_CELL.findall((ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8"))
    for line in re.findall("`([^`]+)`", cell)
]


def texts(module: str) -> Iterator[tuple[str, ...]]:
    """The fixed parts of each reason that the module can give."""
    tree = ast.parse((ROOT / "kiosk" / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for told in told_by(node):
            parts = tuple(fixed(told))
            if any(" " in part.strip() for part in parts):
                yield parts


def told_by(node: ast.AST) -> list[ast.expr]:
    """What is told by a call that reports a mistake, and by a function that returns its reason."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in TELLERS:
            return node.args
        case ast.Yield(value=ast.Tuple(elts=told)):
            return told
        case ast.Assign(targets=[ast.Name(id="reason")], value=told):
            return [told]
        case ast.Return(value=ast.IfExp(orelse=told)) | ast.Return(value=ast.JoinedStr() as told):
            return [told]
        case ast.Yield(value=ast.JoinedStr() as told):
            return [told]
    return []


def fixed(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            for value in values:
                yield from fixed(value)


REASONS = sorted({(module, parts) for module in READERS for parts in texts(module)})


def test_the_reasons_are_found() -> None:
    assert len(REASONS) > 90
    assert ("rule_file", (" can only ask",)) in REASONS
    assert ("reachability", ("no answers ever lead to the page ",)) in REASONS


@pytest.mark.parametrize(("module", "parts"), REASONS, ids=["…".join(parts) for _module, parts in REASONS])
def test_every_reason_is_in_the_glossary(module: str, parts: tuple[str, ...]) -> None:
    wanted = re.compile(".*".join(re.escape(part.strip()) for part in parts))
    assert any(wanted.search(line) for line in EXPLAINED), f"kiosk/{module}.py: {'…'.join(parts)}"
