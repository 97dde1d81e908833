"""`kiosk tour` as a user starts it: what it prints, what it leaves behind, and what it says when it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.resources import resource_path
from tests.journeys.portal_side import code_on, pdf_text

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 240


def tour(out: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Play it without a display, as `make run` does there."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [sys.executable, ROOT / "main.py", "tour", "--out", out, *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def summary_in(out: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return found


def test_a_tour_ends_with_the_dossier_at_the_portal(tmp_path: Path) -> None:
    (tmp_path / "99-old.png").write_bytes(b"of an earlier tour")
    (tmp_path / "notes.txt").write_text("somebody's own")
    played = tour(tmp_path)
    assert (played.returncode, played.stderr) == (0, "")
    summary = summary_in(tmp_path)
    assert json.loads(played.stdout) == summary
    assert summary["route"] == "desk"
    assert set(summary) == {
        *("client_ref", "slip_code", "national_code", "route", "steps", "taps", "keystrokes", "seconds_per_step"),
        *("pages", "letters", "typed", "saved"),
    }
    figures_hold(summary)
    portal = json.loads((tmp_path / "portal.json").read_text(encoding="utf-8"))
    assert portal["national_code"] == summary["national_code"]
    assert json.loads(portal["receipt_payload"])["client_ref"] == summary["client_ref"]
    assert "NGUYỄN VĂN MẪU" in pdf_text((tmp_path / "declaration.pdf").read_bytes())
    assert json.loads((tmp_path / "exchange.json").read_text(encoding="utf-8"))["module"] == "BS"
    assert code_on((tmp_path / "slip.bin").read_bytes()).startswith("DTC1:")
    pictures = sorted(path.name for path in tmp_path.glob("[0-9][0-9]-*.png"))
    assert len(pictures) >= 20
    assert pictures[-2:] == [pictures[-2][:2] + "-goodbye.png", pictures[-1][:2] + "-home-again.png"]
    assert "99-old.png" not in pictures
    assert (tmp_path / "notes.txt").exists()


def figures_hold(summary: dict[str, object]) -> None:
    """Issue 6: with the card for oneself, registered in the commune to which the card's address maps, at most 16 pages
    and 30 taps and no letter typed."""
    pages, taps, letters = (summary[name] for name in ("pages", "taps", "letters"))
    assert isinstance(pages, int)
    assert isinstance(taps, int)
    assert (pages <= 16, taps <= 30, letters) == (True, True, 0)
    typed, saved = summary["typed"], summary["saved"]
    assert isinstance(typed, dict)
    assert isinstance(saved, float)
    assert typed["letters"] > 0
    assert saved > 0.5


@pytest.mark.proof
def test_with_papers_that_are_brought_they_are_scanned(tmp_path: Path) -> None:
    played = tour(tmp_path, "--papers")
    assert (played.returncode, played.stderr) == (0, "")
    assert list(tmp_path.glob("[0-9][0-9]-capture.png"))


@pytest.mark.proof
def test_with_the_line_down_it_ends_the_same_way(tmp_path: Path) -> None:
    played = tour(tmp_path, "--offline")
    assert (played.returncode, played.stderr) == (0, "")
    assert summary_in(tmp_path)["national_code"]
    assert json.loads((tmp_path / "portal.json").read_text(encoding="utf-8"))["status"] == "received"


@pytest.mark.proof
def test_by_the_route_prepare_nothing_is_sent(tmp_path: Path) -> None:
    played = tour(tmp_path, "--route", "prepare")
    assert (played.returncode, played.stderr) == (0, "")
    summary = summary_in(tmp_path)
    assert (summary["route"], summary["national_code"]) == ("prepare", None)
    assert json.loads((tmp_path / "portal.json").read_text(encoding="utf-8")) == {}


@pytest.mark.proof
def test_by_agreement_online_it_is_filed_as_such(tmp_path: Path) -> None:
    played = tour(tmp_path, "--route", "online_by_agreement")
    assert (played.returncode, played.stderr) == (0, "")
    assert summary_in(tmp_path)["route"] == "online_by_agreement"


@pytest.mark.proof
@pytest.mark.parametrize("code", sorted(path.stem for path in resource_path("demo", "answers").glob("*.yaml")))
def test_every_service_with_a_form_of_its_own_is_played_to_its_end(tmp_path: Path, code: str) -> None:
    played = tour(tmp_path, "--service", code)
    assert (played.returncode, played.stderr) == (0, "")
    prepared = code == "3.000333"  # the police receive it; an office with an agreement sets another route
    assert summary_in(tmp_path)["route"] == ("prepare" if prepared else "desk")
    assert pdf_text((tmp_path / "declaration.pdf").read_bytes())


@pytest.mark.proof
def test_an_office_with_an_agreement_files_a_criminal_record_certificate(tmp_path: Path) -> None:
    played = tour(tmp_path, "--service", "3.000333", "--route", "online_by_agreement")
    assert (played.returncode, played.stderr) == (0, "")
    assert summary_in(tmp_path)["national_code"]


@pytest.mark.proof
def test_a_service_that_is_not_there_is_named(tmp_path: Path) -> None:
    played = tour(tmp_path, "--service", "9.999999")
    assert played.returncode == 1
    assert "there is no service 9.999999" in played.stderr


@pytest.mark.proof
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    played = tour(tmp_path / "file" / "out")
    assert played.returncode == 1
    assert played.stderr.startswith("kiosk tour: failed: ")
