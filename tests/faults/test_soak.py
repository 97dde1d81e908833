"""Kiosks and portal are killed at random on a bad line: every dossier arrives, once. `make soak` does it for hours."""

from pathlib import Path

import pytest

from tests.faults.soak import soak


@pytest.mark.parametrize(
    ("seconds", "seed"), [(8, 1), pytest.param(600, 2, marks=pytest.mark.proof)], ids=["short", "long"]
)
def test_every_dossier_arrives_once(tmp_path: Path, seconds: float, seed: int) -> None:
    counts = soak(tmp_path, seconds, seed, kiosks=2)
    assert counts["at_portal"] == counts["at_kiosk"] >= counts["dossiers"] > 0
    assert counts["kill_kiosk"] > 0
    assert counts["kill_portal"] > 0
