"""`kiosk catalog check` and `kiosk catalog new`: what they print, and their exit codes."""

import shutil
from pathlib import Path

import pytest

from commands import catalog
from tests.sample_forms import FIXTURES


def test_the_shipped_catalogue_is_ok(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalog.run(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "OK"
    assert lines[1].split() == ["services", "1"]
    assert "desk 1" in lines[3]


def test_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalog.run(["check", str(FIXTURES / "catalog")]) == 0
    out = capsys.readouterr().out
    assert "services    2" in out
    assert "fields      Lý lịch tư pháp 1, Thử 1" in out
    assert "routes      online_by_agreement 1, prepare 1" in out
    assert "levels      4 2" in out
    assert "facts       found 15, unverified 3" in out


def test_every_mistake_has_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(FIXTURES / "catalog", tmp_path / "catalog")
    path = folder / "9.000001" / "service.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: 4", "level: 7").replace("proof", '""'))
    assert catalog.run(["check", str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        f"{path}:10: 'level' is '7': needs one of 1, 2, 3, 4",
        f"{path}:33: 'code' needs a text",
    ]
    assert "mistakes: 2" in printed.err


def test_a_new_service_says_what_there_is_to_fill_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "catalog"
    assert catalog.run(["new", "1.004873", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"begun: {folder / '1.004873'}"
    assert len(lines) > 30
    assert all(line.endswith("is still to be filled in") for line in lines[1:])


def test_a_new_service_with_everything_filled_in_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalog.run(["new", "1.004873", str(tmp_path)]) == 0
    path = tmp_path / "1.004873" / "service.yaml"
    text = path.read_text(encoding="utf-8")
    for key, value in {"checked_on": "2026-11-21", "level": "4", "minutes_at_kiosk": "5", "amount_vnd": "0"}.items():
        text = text.replace(f'{key}: "?"', f"{key}: {value}")
    path.write_text(text.replace('"?"', "x"), encoding="utf-8")
    capsys.readouterr()
    assert catalog.run(["check", str(tmp_path)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("code", ["2.635", "../x", "2.000635.01"])
def test_a_code_has_the_form_of_the_national_database(
    tmp_path: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert catalog.run(["new", code, str(tmp_path)]) == 1
    assert "is no code of a procedure" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(FIXTURES / "catalog", tmp_path / "catalog")
    assert catalog.run(["new", "3.000333", str(folder)]) == 1
    assert "File exists" in capsys.readouterr().err
    assert catalog.run(["check", str(folder)]) == 0
