"""Tests of the steps without a device: a real disk, a real portal over HTTP, and clocks that differ."""

from datetime import timedelta
from pathlib import Path

import pytest

from commands.demo import Demo, demo_settings, prepare_demo
from commands.local_socket import LIST_QUEUE, LocalServer
from commands.place import Place
from commands.self_test import Fault, NothingToTest
from commands.self_test_person import Nobody
from commands.self_test_place import DiskStep, LineStep
from commands.wall_clock import WallClock
from kiosk.config import Settings
from kiosk.ports import Clock

NOBODY = Nobody()


class FastClock(WallClock):
    """A kiosk's clock that is five minutes fast."""

    def now(self):  # type: ignore[no-untyped-def]  # as WallClock's
        return super().now() + timedelta(minutes=5)


def test_the_disk_is_measured_and_left_as_it_was(tmp_path: Path) -> None:
    measured = DiskStep(tmp_path / "not" / "yet", 0).run(NOBODY)
    assert measured.faults == ()
    assert 0 < measured.figures["fsync_ms"] <= measured.figures["slowest_fsync_ms"]
    assert measured.figures["free_mb"] > 0
    assert list(tmp_path.iterdir()) == []


def test_less_space_than_is_kept_free_is_a_fault(tmp_path: Path) -> None:
    assert DiskStep(tmp_path, 10**18).run(NOBODY).faults == (Fault.LITTLE_SPACE,)


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    demo = prepare_demo(tmp_path, demo_settings(tmp_path, real_devices=False))
    demo.portal.stop()
    return demo


def line_of(demo: Demo, tmp_path: Path, clock: Clock) -> LineStep:
    return LineStep(Place(demo.settings, tmp_path), clock)


@pytest.mark.proof
def test_the_portal_answers_and_tells_the_time(tmp_path: Path) -> None:
    demo = prepare_demo(tmp_path, demo_settings(tmp_path, real_devices=False))
    with demo.portal:
        measured = line_of(demo, tmp_path, WallClock()).run(NOBODY)
        assert measured.faults == ()
        assert abs(measured.figures["clock_off_s"]) < 5
        fast = line_of(demo, tmp_path, FastClock()).run(NOBODY)
        assert fast.faults == (Fault.CLOCK_WRONG,)
        assert fast.figures["clock_off_s"] == pytest.approx(300, abs=5)


def test_a_portal_that_is_silent_is_said(demo: Demo, tmp_path: Path) -> None:
    assert line_of(demo, tmp_path, WallClock()).run(NOBODY).faults == (Fault.PORTAL_SILENT,)


def test_a_kiosk_that_was_never_enrolled_has_nothing_to_test_and_gets_no_store(tmp_path: Path) -> None:
    place = Place(Settings(data_folder=tmp_path / "kiosk"))
    with pytest.raises(NothingToTest, match="not_enrolled"):
        LineStep(place, WallClock()).run(NOBODY)
    assert not (tmp_path / "kiosk").exists()


@pytest.mark.parametrize(("condition", "faults"), [("clear", ()), ("offline", (Fault.PORTAL_SILENT,))])
def test_a_running_kiosk_says_how_its_line_is(
    tmp_path_factory: pytest.TempPathFactory, condition: str, faults: tuple[Fault, ...]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    server = LocalServer(folder, {LIST_QUEUE: lambda: {"condition": condition, "entries": []}})
    server.start()
    try:
        measured = LineStep(Place(Settings(data_folder=folder)), WallClock()).run(NOBODY)
    finally:
        server.stop()
    assert measured.faults == faults
    assert measured.figures == {"kiosk_runs": True, "line": condition}


def test_a_running_kiosk_that_does_not_answer_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("s")
    server = LocalServer(folder, {})
    server.start()
    try:
        with pytest.raises(NothingToTest, match="kiosk_does_not_answer"):
            LineStep(Place(Settings(data_folder=folder)), WallClock()).run(NOBODY)
    finally:
        server.stop()
