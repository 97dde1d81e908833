"""docs/portal-contract.md is exact: its examples are of the wire types, and it names every call and problem."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from kiosk import manifest, receipt, roster
from kiosk.receipt import ProblemType
from tests.portal.test_openapi import CALLS

TEXT = (Path(__file__).parent.parent.parent / "docs" / "portal-contract.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_of_its_type(name: str, example: str) -> None:
    model: type[BaseModel] = getattr(receipt if hasattr(receipt, name) else roster, name)
    read = model.model_validate_json(example)
    assert model.model_validate_json(read.model_dump_json()) == read


def test_there_is_an_example_of_each() -> None:
    assert len(EXAMPLES) >= 10


def test_every_call_is_described() -> None:
    for method, path in CALLS:
        name = method.upper()
        assert re.search(rf"`(HEAD, )?{name} {re.escape(path)}`", TEXT), (name, path)


@pytest.mark.parametrize("kind", ProblemType)
def test_every_problem_is_described(kind: ProblemType) -> None:
    assert f"| `{kind.rpartition(':')[2]}` |" in TEXT


def test_the_media_types_are_named() -> None:
    named = (manifest.MEDIA_TYPE, receipt.RECEIPT_MEDIA_TYPE, receipt.PROBLEM_MEDIA_TYPE, roster.ROSTER_MEDIA_TYPE)
    for media_type in named:
        assert media_type in TEXT
