"""Tests of `kiosk find-page`: one JSON object a line, corners in the picture's pixels, and the exit code."""

import json
from pathlib import Path

import pytest

from commands import find_page
from tests.devices.pictures_made import RED, encoded, plain, sheet_on_table

CORNERS = [(380.0, 90.0), (900.0, 90.0), (900.0, 830.0), (380.0, 830.0)]


def test_the_corners_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.jpg"
    file.write_bytes(encoded(sheet_on_table(CORNERS)))
    assert find_page.run([str(file)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["file", "corners", "problems", "ms"]
    assert answer["file"] == str(file)
    assert answer["problems"] == []
    for (x, y), (expected_x, expected_y) in zip(answer["corners"], CORNERS, strict=True):
        assert abs(x - expected_x) + abs(y - expected_y) < 12


def test_no_page_and_no_picture_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "table.png").write_bytes(encoded(plain(RED), "PNG"))
    assert find_page.run([str(tmp_path / "table.png"), str(tmp_path / "missing.png")]) == 1
    table, missing = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert table["corners"] is None
    assert "no_page" in table["problems"]
    assert (missing["corners"], missing["problems"]) == (None, ["unreadable"])
