"""Ratings are kept as counts by month, and nothing else; a disk that fails stops nobody."""

import json
from pathlib import Path

import pytest

from commands.gallery_stand_ins import ImmediateTasks
from commands.rating_notes import FILE_NAME, RatingNotes
from kiosk.ratings import Rating
from tests.fakes import FakeClock


def test_counts_and_nothing_else(tmp_path: Path, qapp: object) -> None:
    for rating in (Rating.GOOD, Rating.GOOD, Rating.POOR):
        RatingNotes(ImmediateTasks(frozenset()), tmp_path, FakeClock()).rated(rating)
    [counts] = json.loads((tmp_path / FILE_NAME).read_text()).values()
    assert counts == {"good": 2, "poor": 1}


def test_a_folder_that_is_gone_stops_nobody(tmp_path: Path, qapp: object, caplog: pytest.LogCaptureFixture) -> None:
    RatingNotes(ImmediateTasks(frozenset()), tmp_path / "gone", FakeClock()).rated(Rating.FAIR)
    assert "not kept" in caplog.text
