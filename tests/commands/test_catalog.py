"""`kiosk catalog check` and `kiosk catalog new`: what they print, and their exit codes."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import catalog
from commands.catalog_counts import facts, fileable, level, unverified
from kiosk.catalog import Confidence, Fact, Route
from kiosk.resources import resource_path
from tests.factories import FACT, make_service
from tests.sample_forms import FIXTURES

SMALL = str(FIXTURES / "catalog")
FILLED = {
    "checked_on": "2026-11-21",
    "field": "thu",
}


def test_the_shipped_catalogue_is_ok(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalog.run(["check"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out.splitlines()[-1] == "OK"


def test_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalog.run(["check", SMALL]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("version     test+")
    assert lines[1:] == [
        "updated on  2026-11-21",
        "services    2",
        "fileable    1",
        "own forms   2",
        "questions   2",
        "fields      Lý lịch tư pháp 1, Thử 1",
        "routes      online_by_agreement 1, prepare 1",
        "levels      4 2",
        "named       found 2",
        "facts       found 17, unverified 3",
        "OK",
    ]


def test_what_can_only_be_read_is_level_one_and_not_filed() -> None:
    unsure = Fact("Tên", "mẫu", FACT.checked_on, Confidence.UNVERIFIED)
    service = make_service(named=unsure, paper_form=unsure)
    assert (level(service), fileable(service), unverified(service)) == (1, False, 2)
    assert len(facts(service)) == 9
    assert level(make_service()) == 4
    assert not fileable(make_service(route=Route.PREPARE))


def test_every_mistake_has_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(SMALL, tmp_path / "catalog")
    path = folder / "9.000001" / "service.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("online: toan_trinh", "online: 7").replace("proof", '""'), encoding="utf-8")
    assert catalog.run(["check", str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        f"{path}:12: 'online' is '7': needs one of toan_trinh, mot_phan, truc_tiep, chua_ro",
        f"{path}:35: 'code' needs a text",
    ]
    assert "mistakes: 2" in printed.err


class MonthBefore:
    """A clock that stands in October, before the small catalogue was written."""

    def now(self) -> datetime:
        return datetime(2026, 10, 21, tzinfo=UTC)

    def monotonic_s(self) -> float:
        return 0.0


def test_a_source_that_was_read_later_than_today(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalog.run(["check", SMALL], clock=MonthBefore()) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2  # one for each service
    assert all("nobody has read a source on a day to come" in line for line in lines)


def test_folders_are_laid_over_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, route in (("province", "desk"), ("office", "prepare")):
        (tmp_path / name / "9.000001").mkdir(parents=True)
        (tmp_path / name / "9.000001" / "service.yaml").write_text(f"route: {route}\n")
    over = [str(tmp_path / "province"), str(tmp_path / "office")]
    assert catalog.run(["check", SMALL, "--over", *over]) == 0
    assert "routes      prepare 2" in capsys.readouterr().out
    assert catalog.run(["check", SMALL, "--over", *reversed(over)]) == 0
    assert "routes      desk 1, prepare 1" in capsys.readouterr().out


def test_an_offices_folder_alone_is_checked_over_the_shipped_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalog, "SHIPPED", FIXTURES / "catalog")
    (tmp_path / "3.000333").mkdir()
    (tmp_path / "3.000333" / "service.yaml").write_text("hidden: yes\n")
    assert catalog.run(["check", str(tmp_path)]) == 0
    assert "services    1" in capsys.readouterr().out


def test_a_new_service_says_what_there_is_to_fill_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(SMALL, tmp_path / "catalog")
    assert catalog.run(["new", "1.004873", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"begun: {folder / '1.004873'}"
    assert len(lines) > 20
    left = [line for line in lines[1:] if not line.endswith("is still to be filled in")]
    assert [line.partition(": ")[2] for line in left] == ["there is no shared form 'requester'"]


def test_the_notes_of_a_new_service_hold_nothing_to_fill_in() -> None:
    lines = resource_path("catalog_skeleton", "service.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("#") and '"?"' in line] == []


def test_a_new_service_with_everything_filled_in_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(SMALL, tmp_path / "catalog")
    (folder / "_forms").mkdir()
    shutil.copy(folder / "9.000001" / "form.yaml", folder / "_forms" / "requester.yaml")
    assert catalog.run(["new", "1.004873", str(folder)]) == 0
    path = folder / "1.004873" / "service.yaml"
    text = path.read_text(encoding="utf-8")
    for key, value in FILLED.items():
        text = text.replace(f'{key}: "?"', f"{key}: {value}")
    path.write_text(text.replace('"?"', "x"), encoding="utf-8")
    capsys.readouterr()
    assert catalog.run(["check", str(folder)]) == 0, capsys.readouterr().out
    assert "named       found 2, unverified 1" in capsys.readouterr().out


@pytest.mark.parametrize("code", ["2.635", "../x", "2.000635.01", "x.", "x.Tên", "_forms"])
def test_a_code_has_the_form_of_the_national_database_or_is_ours(
    tmp_path: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert catalog.run(["new", code, str(tmp_path)]) == 1
    assert "is no code of a procedure" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_office_does_not_begin_anew_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalog, "SHIPPED", FIXTURES / "catalog")
    assert catalog.run(["new", "3.000333", str(tmp_path)]) == 1
    assert "3.000333 is in the catalogue already" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(SMALL, tmp_path / "catalog")
    assert catalog.run(["new", "3.000333", str(folder)]) == 1
    assert "File exists" in capsys.readouterr().err
    assert catalog.run(["check", str(folder)]) == 0
