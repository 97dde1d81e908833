"""Resources are found in a checkout and in a frozen build."""

import sys
from pathlib import Path

import pytest

from kiosk.resources import resource_path


def test_a_checkout_has_them_beside_the_packages() -> None:
    assert resource_path("fonts", "OFL.txt").is_file()


def test_a_frozen_build_has_them_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_path("icons", "check.svg") == tmp_path / "resources" / "icons" / "check.svg"
