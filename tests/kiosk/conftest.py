"""A small catalogue to be spoiled."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sample_forms import FIXTURES

CODE = "9.000001"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def small_catalog(tmp_path: Path) -> Path:
    """A copy of the small catalogue."""
    return shutil.copytree(FIXTURES / "catalog", tmp_path / "catalog")


@pytest.fixture
def edit(small_catalog: Path) -> Edit:
    """Replace a text in a file of the service 9.000001."""

    def change(file: str, old: str, new: str) -> None:
        path = small_catalog / CODE / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change
