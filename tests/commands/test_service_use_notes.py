"""What is begun at this kiosk is counted once a visit, and kept; a disk that fails stands in nobody's way."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands.gallery_stand_ins import ImmediateTasks
from commands.service_use_notes import FILE_NAME, ServiceUseNotes
from kiosk.monthly_counts import load_monthly_counts
from kiosk.visit import Place, Step, Visit
from tests.fakes import FakeClock
from tests.sample_forms import extract_copy

HOME = Visit()


def visit_at(step: Step, code: str = "2.000635") -> Visit:
    return Visit(place=Place(step), service=replace(extract_copy(), code=code))


@pytest.fixture
def notes(tmp_path: Path, qapp: object) -> ServiceUseNotes:
    return ServiceUseNotes(ImmediateTasks(frozenset()), tmp_path, FakeClock())


def test_a_service_counts_once_a_visit_and_looking_does_not(notes: ServiceUseNotes, tmp_path: Path) -> None:
    for visit in (HOME, visit_at(Step.BEFORE, "1.000656"), HOME):
        notes.look(visit)
    assert notes.often_used() == ()
    for step in (Step.BEFORE, Step.CONSENT, Step.FORM, Step.FORM):
        notes.look(visit_at(step))
    notes.look(HOME)
    notes.look(visit_at(Step.CONSENT))
    notes.look(visit_at(Step.FORM, "1.000656"))  # a further dossier of the same visit
    assert notes.often_used() == ("2.000635", "1.000656")
    assert dict(load_monthly_counts(tmp_path / FILE_NAME).months[0][1]) == {"2.000635": 2, "1.000656": 1}


def test_it_is_remembered(notes: ServiceUseNotes, tmp_path: Path) -> None:
    notes.look(visit_at(Step.CONSENT))
    assert ServiceUseNotes(ImmediateTasks(frozenset()), tmp_path, FakeClock()).often_used() == ("2.000635",)


def test_a_disk_that_keeps_nothing_stands_in_nobodys_way(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gone = tmp_path / "gone"
    notes = ServiceUseNotes(ImmediateTasks(frozenset()), gone, FakeClock())
    notes.look(visit_at(Step.CONSENT))
    assert notes.often_used() == ("2.000635",)
    assert "is not kept" in caplog.text
